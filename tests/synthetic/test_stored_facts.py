"""Scores computed again from stored facts are those that the rows give, and nobody's newer result is lost."""

import hashlib
import json
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import rescoring
from assessments.assessing import rescore_chunk
from assessments.facts import FACTS_VERSION, facts_of
from assessments.models import Assessment, ReviewerAnswer, Standing
from assessments.rescoring import rescore_cases
from assessments.rule_changes import preview_chunk
from assessments.score_cases import score_cases
from assessments.score_store import snapshot
from assessments.stored_facts import stored_facts
from cases.models import CaseSummary
from cases.record.read_cases import read_scored_cases
from scoring import instruments
from scoring.adjudication import item_digest
from scoring.canonical import decode_facts, digest, encode_facts
from scoring.regiscar import v1
from tests.cases.rows import sql
from tests.standings import regiscar

pytestmark = pytest.mark.django_db


def run(*arguments) -> dict:
    out = StringIO()
    call_command("rescore", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def answer(chance: Random, ids, by) -> None:
    """A reviewer answers an item, or withdraws; of the evidence as it is, or as it was once."""
    score = Standing.objects.select_related("computed").get(case_id=chance.choice(ids))
    row = chance.choice(v1.TABLE)
    seen = item_digest(v1, decode_facts(score.computed.facts), row.key)
    ReviewerAnswer.objects.create(
        case_id=score.case_id,
        instrument="regiscar",
        key=row.key,
        answer=chance.choice(["", *row.points]),
        reason="Seen on the photo.",
        by=by,
        evidence_digest=chance.choice([seen, "0" * 64]),
    )


def row_versions() -> list:
    return [
        sql(f"SELECT case_id, xmin::text FROM {table} ORDER BY case_id")
        for table in ("cases_casesummary", "assessments_standing")
    ]


CHANGES = (
    "UPDATE cases_examination SET value = value * 2 WHERE case_id = %s AND value IS NOT NULL",
    "UPDATE cases_patient SET age = 40, age_unit = 'a' WHERE case_id = %s",
    "UPDATE cases_exposure SET position = 9 - position WHERE case_id = %s AND position < 9",
    "UPDATE cases_temperature SET result = 'negative', celsius = NULL WHERE case_id = %s",
    "DELETE FROM cases_organinvolvement WHERE case_id = %s",
    "DELETE FROM cases_narrative WHERE case_id = %s",
)


def change(chance: Random, ids) -> None:
    with connection.cursor() as cursor:
        for pk in chance.sample(ids, 3):
            cursor.execute(chance.choice(CHANGES), [pk])


@pytest.mark.parametrize("seed", range(4))
def test_stored_facts_and_rows_agree_whatever_happens(cases, lenient, reviewer, monkeypatch, seed):
    """After each step rows give no other score than stored facts have, to the last column."""
    chance = Random(seed)  # noqa: S311 - the same steps each time
    for _ in range(12):
        step = chance.choice(["answer", "answer", "change", "rules"])
        if step == "answer":
            answer(chance, cases, reviewer)
        elif step == "change":
            change(chance, cases)
        else:
            is_first = instruments.INSTRUMENTS["regiscar"].rules is v1
            versions = (v1, lenient) if is_first else (lenient, v1)
            monkeypatch.setitem(instruments.INSTRUMENTS, "regiscar", regiscar(*versions))
        rescore_cases(cases)
        assert len(stored_facts(cases)) == len(cases)
        before = row_versions()
        assert score_cases(cases) == 0
        assert row_versions() == before


def test_stored_facts_are_those_of_the_rows(cases):
    found = read_scored_cases(cases)
    for pk, (one,) in stored_facts(cases).items():
        assert one.facts == encode_facts(facts_of(found[pk])) == encode_facts(decode_facts(one.facts))


def test_a_chunk_of_which_nothing_changed_takes_two_queries(cases):
    for ids in (cases[:2], cases):
        with CaptureQueriesContext(connection) as queries:
            assert rescore_cases(ids) == 0
        assert len(queries) == 2


def test_a_chunk_that_changed_takes_as_many_queries_whatever_its_size(cases, lenient, monkeypatch):
    counts = []
    for ids in (cases[:2], cases):
        monkeypatch.setitem(instruments.INSTRUMENTS, "regiscar", regiscar(v1, lenient))
        with CaptureQueriesContext(connection) as queries:
            assert rescore_cases(ids) == len(ids)
        counts.append(len(queries))
        monkeypatch.setitem(instruments.INSTRUMENTS, "regiscar", regiscar(lenient, v1))
        rescore_cases(ids)
    # Stored facts, answers; savepoint and release, locks, standings, reported, keys, three writes.
    assert counts == [11, 11]


def test_a_dry_run_of_current_scores_reads_no_rows(cases, lenient):
    with CaptureQueriesContext(connection) as queries:
        quick = preview_chunk(lenient.RULE_VERSION, tuple(cases))
    assert not [query for query in queries if "FROM cases_exposure" in query["sql"]]
    assert quick.moved
    assert quick == preview_chunk(lenient.RULE_VERSION, tuple(cases), from_rows=True)


def test_evidence_that_changes_meanwhile_is_scored_from_its_rows(cases, lenient, monkeypatch):
    """Between reading stored facts and locking, somebody commits a new temperature."""
    read = rescoring.latest_answers

    def read_then_race(ids):
        sql("UPDATE cases_temperature SET celsius = 41 WHERE celsius IS NOT NULL")
        return read(ids)

    monkeypatch.setitem(instruments.INSTRUMENTS, "regiscar", regiscar(v1, lenient))
    monkeypatch.setattr(rescoring, "latest_answers", read_then_race)
    rescore_cases(cases)
    assert not CaseSummary.objects.filter(is_current=False).exists()
    assert Standing.objects.filter(computed__facts__contains='"celsius":"41"').exists()
    assert score_cases(cases) == 0


def test_stored_facts_that_cannot_be_read_are_made_anew(cases, monkeypatch):
    def unreadable(text, without):
        raise ValueError("no facts")

    monkeypatch.setattr(rescoring, "decode_facts", unreadable)
    done = rescore_chunk(tuple(cases))
    assert (done.done, done.changed, done.failures) == (len(cases), 0, ())


def test_scores_of_another_facts_version_are_due(cases):
    due = len(cases) // 2
    CaseSummary.objects.filter(case_id__in=cases[:due]).update(facts_version=0, completeness=0)
    output = run("--outdated")
    assert (output["scored"], output["changed"]) == (due, due)
    assert set(CaseSummary.objects.values_list("facts_version", flat=True)) == {FACTS_VERSION}
    assert not CaseSummary.objects.filter(completeness=0).exists()


def test_from_rows_mends_what_went_around_the_triggers(cases):
    sql("UPDATE cases_casesummary SET eosinophil_peak = 99")
    assert run("--all")["changed"] == 0
    assert run("--all", "--from-rows")["changed"] == len(cases)
    assert not CaseSummary.objects.filter(eosinophil_peak=99).exists()


# Of the forty synthetic cases and the two of the letter.
MADE_OF_ROWS = (2, "51cbd14537920f4c")


def test_another_way_from_rows_to_scores_has_another_version(cases):
    """Facts, and what a score row says beside the result, are what they were under this FACTS_VERSION.

    If this fails because the rules or the cases of the test are others, enter the digest. If it does because
    equal rows now give other facts, completeness or columns to filter by: raise FACTS_VERSION, enter both.
    """
    scores = Standing.objects.select_related("computed", "case__summary").order_by("case__number")
    left_out = {
        *("computed_id", "adjudicated_id", "scored_at", "scored_version", "rule_version"),
        *("summarised_version", "facts_version", "updated_at"),
    }
    texts = [
        [
            digest(decode_facts(score.computed.facts)),
            score.case.summary.facts_version,
            *(value for name, value in snapshot(score).items() if name not in left_out),
            *(value for name, value in snapshot(score.case.summary).items() if name not in left_out),
        ]
        for score in scores
    ]
    found = hashlib.sha256(json.dumps(texts, default=str).encode()).hexdigest()[:16]
    assert (FACTS_VERSION, found) == MADE_OF_ROWS
    assert Assessment.objects.count() >= len(texts)
