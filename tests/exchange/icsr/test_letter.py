"""The two cases of the letter leave as valid messages and come back; what differs is what the report says."""

import uuid
from dataclasses import replace

import pytest
from lxml import etree

from assessments.facts import facts_of
from cases.amendment import amend
from cases.models import Dose, Drug, Examination, Narrative
from cases.opening import opening
from cases.record.read_cases import read_cases
from e2b import Batch, Severity, diff, read, validate, write
from e2b.elements import ICH
from e2b.validation import load_schema
from exchange.icsr import LossHandling, message_of, reconcile, rows_of
from exchange.icsr.own_messages import as_recorded
from tests.e2b.cases import HEADER
from tests.exchange.icsr.overlay import completed
from tests.material import SCHEMA, conformance
from values.moments import Moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def records(letter_cases):
    return list(read_cases(case.pk for case in letter_cases).values())


@pytest.fixture
def returned(records, assessor):
    """The cases beside what became of them in a registry that has only the dictionary."""
    return [(record, sent(record, assessor, f"COPY-{at}")) for at, record in enumerate(records)]


def sent(record, by, number):
    message = read(write(Batch(HEADER, (message_of(record, recorded_only=True).message,)))).messages[0]
    incoming = rows_of(message, drugs={drug.name.lower(): drug for drug in Drug.objects.all()})
    with opening(number, by=by, reason="received", **incoming.case_values) as amendment:
        amendment.add_all(incoming.rows)
    return read_cases([amendment.case.pk])[amendment.case.pk]


def test_they_are_valid(records):
    for record in records:
        violations = validate(completed(message_of(record).message))
        assert [v for v in violations if v.severity is Severity.ERROR] == []


@conformance
def test_the_schema_accepts_them(records):
    schema = load_schema(str(SCHEMA))
    for record in records:
        written = write(Batch(HEADER, (completed(message_of(record).message),)))
        assert schema.validate(etree.fromstring(written)), list(schema.error_log)


def test_they_come_back_with_every_element(returned):
    for record, copy in returned:
        before, after = (
            message_of(record, recorded_only=True).message,
            message_of(copy, recorded_only=True).message,
        )
        differing = diff(before, after)
        # Local ids are of each registry; an empty element comes back with its null flavor.
        assert {d.element for d in differing if d.left is not None} <= {"C.1.2", "id", "G.k.9.i.1"}
        assert {str(d.right) for d in differing if d.left is None} <= {"(NI)", "(UNK)", "0"}


def test_tests_come_back_as_what_they_were(returned):
    for record, copy in returned:
        assert columns_of_tests(record) == columns_of_tests(copy)


def columns_of_tests(record):
    """Every examination and detail as its columns, without keys, places and quotations."""
    aside = {"id", "uuid", "case", "examination", "position", "null_flavors", "verbatim", "when"}
    return sorted(
        sorted((f.name, str(getattr(row, f.name))) for f in row._meta.fields if f.name not in aside)
        for row in record
        if row._meta.model_name in ("examination", "viraltest", "biopsydetail", "geneticdetail")
    )


def test_the_facts_differ_by_what_the_loss_report_lists(returned):
    for record, copy in returned:
        lost = {loss.row.uuid for loss in message_of(record).losses}
        # A drug's facts are those of its doses and pairs, too.
        lost |= {row.exposure.uuid for row in record if row.uuid in lost and hasattr(row, "exposure")}
        assert differing(record, copy) <= lost
        assert differing(record, copy)


def differing(record, copy) -> set[uuid.UUID]:
    """The rows whose facts the other case doesn't have."""
    before, after = (facts_of(read_cases([r.case.pk])[r.case.pk]) for r in (record, copy))
    rows = set()
    for name in ("temperatures", "nodes", "tests", "skin", "biopsies", "organs", "exposures"):
        others = {nameless(fact) for fact in getattr(after, name)}
        rows |= {uuid.UUID(fact.id) for fact in getattr(before, name) if nameless(fact) not in others}
    if nameless(before.course) != nameless(after.course):
        rows.add(uuid.UUID(before.course.id))
    return rows


def nameless(fact) -> str:
    return str({name: getattr(fact, name) for name in fact.__slots__ if name not in ("id", *EVIDENCE)})


EVIDENCE = ("days_from_treatment_evidence",)


def test_the_reported_score_comes_back(returned):
    for record, copy in returned:
        (before,), (after,) = record.case.reported_scores.all(), copy.case.reported_scores.all()
        assert (before.total, before.category, before.source) == (after.total, after.category, after.source)


def test_every_finding_without_an_element_is_sent_in_words(records):
    for record in records:
        out = message_of(record)
        for loss in out.losses:
            is_in_text = " ".join(loss.statement.split()) in str(out.message.H[loss.element])
            assert is_in_text == (loss.handling is LossHandling.IN_WORDS), loss
        assert out.message.H["H.1"].startswith(record.case.narrative.case_narrative.strip())
        assert not {mark for mark in ("---", "[case registry", "\n- ") if mark in str(out.message)}


def test_our_score_leaves_in_the_senders_comments_where_it_is_wanted_and_nowhere_else(records):
    for record in records:
        unwanted, wanted = message_of(record).message, message_of(record, with_score=True).message
        sentence = "On the evidence of this report, the RegiSCAR score is 3: possible DRESS."
        assert sentence in wanted.H["H.4"]
        assert wanted.H.with_values({"H.4": unwanted.H["H.4"]}) == unwanted.H
        assert "RegiSCAR score is" not in str(unwanted)
        assert not [block for block in (*wanted.F, *wanted.G) if "RegiSCAR" in str(block)]


def test_the_reporters_score_always_leaves_in_the_reporters_comments(records):
    for record in records:
        comments = message_of(record).message.H["H.2"]
        assert comments.startswith(record.single(Narrative).reporter_comments)
        assert "RegiSCAR score given by the reporter: 5, Probable (Authors of the letter" in comments


def test_an_outdated_score_is_left_out_and_reported_as_a_loss(records):
    record = records[0]
    record.standing.is_current = False
    out = message_of(record, with_score=True)
    assert "score" not in out.message.H["H.4"]
    assert [loss for loss in out.losses if loss.field == "score" and "rescore" in loss.statement]


def test_a_provisional_score_is_marked(records):
    records[0].standing.provisional = True
    assert "It is provisional" in message_of(records[0], with_score=True).message.H["H.4"]


def test_nothing_grows_from_one_exchange_to_the_next(returned, assessor):
    for _, copy in returned:
        third = sent(copy, assessor, f"{copy.case.number}-AGAIN")
        before, after = message_of(copy).message, message_of(third).message
        assert {d.element for d in diff(before, after)} <= {"C.1.2", "id", "G.k.9.i.1"}


def test_its_own_export_changes_nothing(records, letter_cases):
    for record in records:
        assert not reconcile(rows_of(as_recorded(message_of(record).message, record)), record)


def test_a_follow_up_removes_what_it_no_longer_has_and_leaves_the_findings(records, assessor):
    record = records[0]
    message = replace(message_of(record).message, F=message_of(record).message.F[2:])
    changes = reconcile(rows_of(as_recorded(message, record)), record)
    assert [row.name for row in changes.removed] == ["C-reactive protein (CRP)", "leukocytes"]
    assert not changes.added
    assert not changes.changed
    with amend(record.case, by=assessor, reason="follow-up") as amendment:
        for row in changes.removed:
            amendment.remove(row)
    copy = read_cases([record.case.pk])[record.case.pk]
    assert len(list(copy)) == len(list(record)) - 2
    assert not reconcile(rows_of(as_recorded(message, copy)), copy)


def test_what_finds_no_room_beside_a_comment_is_sent_in_the_narrative(records):
    record = records[0]
    biopsy = next(row for row in record.all(Examination) if row.kind == "biopsy")
    biopsy.comment = "x" * ICH["F.r.6"].length
    out = message_of(record)
    test = next(test for test in out.message.F if test["F.r.2.1"] == "skin biopsy")
    assert test["F.r.6"] == biopsy.comment
    assert "skin biopsy: Compatible with DRESS" in out.message.H["H.1"]
    assert [loss for loss in out.losses if loss.row is biopsy and "Compatible" in loss.statement]


def test_a_score_that_finds_no_room_in_the_senders_comments_is_a_loss(records):
    record = records[0]
    record.single(Narrative).sender_comments = "x" * ICH["H.4"].length
    out = message_of(record, with_score=True)
    assert out.message.H["H.4"] == record.single(Narrative).sender_comments
    (score,) = [loss for loss in out.losses if loss.field == "score"]
    assert score.handling is LossHandling.STAYS


def test_a_relative_date_is_sent_with_the_days_it_must_lie_between(records):
    record = records[1]
    for dose in record.all(Dose)[:1]:
        dose.start = Moment.parse("2016-03")
    narrative = message_of(record).message.H["H.1"]
    assert "began 7 days after first dose of anakinra (between 8 Mar 2016 and 7 Apr 2016)" in narrative


def test_a_date_that_follows_exactly_from_another_leaves_and_is_named(records):
    record = records[1]
    for dose in record.all(Dose)[:1]:
        dose.start = Moment.parse("2016-03-01")
    message = message_of(record).message
    assert message.E[0]["E.i.4"].hl7 == "20160308"
    assert "Dates that the sender has derived" in message.H["H.4"]
    assert "7 days after first dose of anakinra" in message.H["H.4"]
    assert "began 7 days" not in message.H["H.1"]
    assert not reconcile(rows_of(as_recorded(message, record)), record)
