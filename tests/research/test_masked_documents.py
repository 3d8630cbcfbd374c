"""De-identified documents are stored once made, and made anew as soon as anything in the case is another."""

import hashlib
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import case_json
from assessments.rescoring import rescore_cases
from cases.amendment import amend
from cases.models import CASE_ROWS, Case, Drug, Reaction
from research import masked_documents
from research.deidentified_json import masked
from research.masked_documents import DUE, MASKING_VERSION, UNREADABLE, make_due, mark_due, whole
from research.models import MaskedDocument
from synthetic.insertion import synthesize
from tests.cases.rows import sql
from tests.pseudonyms import pseudonym

pytestmark = pytest.mark.django_db


def keys() -> dict[int, str]:
    return dict(MaskedDocument.objects.values_list("case_id", "key"))


def test_a_document_is_made_once(letter_cases, monkeypatch):
    ids = [case.pk for case in letter_cases]
    made = whole(ids)
    monkeypatch.setattr(masked_documents, "masked", None)
    assert whole(ids) == made
    assert json.loads(made[ids[0]])["number"] == pseudonym("LETTER-P1")
    row = MaskedDocument.objects.get(case=ids[0])
    assert (row.masking_version, row.rule_version) == (MASKING_VERSION, "regiscar-kardaun-2007.1")
    assert row.evidence_version == letter_cases[0].summary.evidence_version


@pytest.mark.parametrize("model", CASE_ROWS, ids=lambda model: model.__name__)
def test_a_row_changed_past_every_service_makes_it_stale(letter_cases, model):
    ids = [case.pk for case in letter_cases]
    whole(ids)
    before = keys()
    table = model._meta.db_table
    changed = sql(f"UPDATE {table} SET verbatim = verbatim || ' and more' RETURNING case_id")
    whole(ids)
    after = keys()
    assert {pk for pk in ids if before[pk] != after[pk]} == {pk for (pk,) in changed or ()}


def test_the_case_itself_its_score_and_the_dictionary_count_too(letter_cases):
    pk = letter_cases[0].pk
    seen = [whole([pk])]
    for statement in (
        "UPDATE cases_case SET report_type = '2'",
        "UPDATE assessments_standing SET provisional = NOT provisional",
    ):
        sql(statement)
        before = keys()[pk]
        seen.append(whole([pk]))
        assert keys()[pk] != before
    before = keys()[pk]
    Drug.objects.create(name="etanercept-new", release="test")
    whole([pk])
    assert keys()[pk] != before


def test_another_masking_version_makes_every_document_anew(letter_cases, monkeypatch):
    ids = [case.pk for case in letter_cases]
    whole(ids)
    before = keys()
    monkeypatch.setattr(masked_documents, "MASKING_VERSION", MASKING_VERSION + 1)
    whole(ids)
    assert not set(before.values()) & set(keys().values())


def test_the_database_and_python_digest_alike(letter_cases):
    ids = [case.pk for case in letter_cases]
    texts = case_json.whole(ids)
    expected = {pk: hashlib.sha256(text.encode()).hexdigest() for pk, text in texts.items()}
    assert case_json.digests(ids) == expected


def test_stored_documents_take_three_queries(letter_cases):
    ids = [case.pk for case in letter_cases]
    whole(ids)
    with CaptureQueriesContext(connection) as queries:
        whole(ids)
    assert len(queries) == 3  # names of drugs, digests, documents


def test_a_case_that_is_gone_is_left_out(letter_cases):
    assert whole([letter_cases[0].pk, 10**9]).keys() == {letter_cases[0].pk}
    assert whole([]) == {}


def due() -> set[int]:
    return set(MaskedDocument.objects.filter(key=DUE).values_list("case_id", flat=True))


WAYS_TO_SCORE = {
    "an amendment": lambda case, by: amend_case(case, by),
    "rescoring of changed evidence": lambda case, by: rescore_cases([case.pk]),
}


def amend_case(case, by):
    with amend(case, by=by, reason="test") as amendment:
        amendment.add(Reaction(term="fever"))


@pytest.mark.parametrize("way", WAYS_TO_SCORE)
def test_a_document_is_made_in_the_background_once_its_case_is_scored(
    letter_cases, assessor, django_capture_on_commit_callbacks, monkeypatch, way
):
    case, other = letter_cases
    whole([case.pk, other.pk])
    if way != "an amendment":
        sql(
            "UPDATE cases_casesummary SET evidence_version = evidence_version + 1 WHERE case_id = %s",
            case.pk,
        )
    with django_capture_on_commit_callbacks(execute=True):
        WAYS_TO_SCORE[way](case, assessor)
    assert due() == {case.pk}
    assert make_due() == 1
    assert (make_due(), due()) == (0, set())
    monkeypatch.setattr(masked_documents, "masked", None)
    assert '"fever"' in whole([case.pk])[case.pk] or way != "an amendment"


def test_new_cases_are_due_and_rescoring_them_unchanged_makes_nothing_anew(
    drugs, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        list(synthesize(3, seed=5))
    assert len(due()) == make_due() == 3
    with django_capture_on_commit_callbacks() as callbacks:
        rescore_cases(Case.objects.values_list("pk", flat=True))
    assert callbacks == []


def test_a_document_that_is_due_is_not_served(letter_cases):
    pk = letter_cases[0].pk
    made = whole([pk])
    mark_due([pk, 10**9])
    assert due() == {pk}
    assert whole([pk]) == made
    assert due() == set()


def test_a_case_that_cannot_be_read_keeps_no_other_waiting(letter_cases, monkeypatch):
    ids = [case.pk for case in letter_cases]
    mark_due(ids)

    def unreadable(recorded, recogniser):
        if ids[0] in recorded:
            raise ValueError("no such date")
        return masked(recorded, recogniser)

    monkeypatch.setattr(masked_documents, "masked", unreadable)
    assert (make_due(), make_due()) == (2, 0)
    assert keys()[ids[0]] == UNREADABLE
    assert len(keys()[ids[1]]) == 64


def test_the_command_has_all_ready(letter_cases, capsys):
    call_command("mask_cases")
    assert "The de-identified documents of 2 cases are ready." in capsys.readouterr().out
    assert len(keys()) == 2


# Masking version, and the documents that it makes of twenty synthetic cases, but for their numbers.
MADE = (2, "22ffb6802307ed93")


def test_equal_rows_give_equal_documents_as_long_as_the_version_is_the_same(drugs):
    list(synthesize(20, seed=8))
    ids = Case.objects.order_by("pk").values_list("pk", flat=True)
    texts = []
    for document in whole(ids).values():
        data = json.loads(document)
        del data["number"]
        texts.append(json.dumps(without_keys(data), sort_keys=True))
    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    assert (MASKING_VERSION, digest) == MADE, "raise MASKING_VERSION"


def without_keys(value):
    """The database numbers rows as they come."""
    if isinstance(value, dict):
        return {name: without_keys(inner) for name, inner in value.items() if name != "id"}
    return [without_keys(inner) for inner in value] if isinstance(value, list) else value
