"""Versions: what opens them, what they freeze, and what is different between two."""

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.amendment import amend
from cases.models import (
    Case,
    CaseEvent,
    CaseVersion,
    Dose,
    Exposure,
    Patient,
    Reaction,
    Reporter,
    Temperature,
)
from cases.version_records import (
    canonical,
    compare,
    freeze_record,
    read_frozen_record,
    suggested_day_zero,
    versions_of,
)
from cases.versions import describe_version, first_versions, nullify, open_version
from e2b import WriteError, read
from exchange import version_message
from tests.cases.rows import add, open_case
from values.moments import Moment

pytestmark = pytest.mark.django_db


def told(changes):
    """Changes as a test writes them down."""
    return [
        (change.kind, change.table, change.title, [(f.label, f.before, f.after) for f in change.fields])
        for change in changes
    ]


def test_opening_makes_version_one(assessor):
    case = open_case(assessor, first_received=date(2020, 1, 2))
    version = case.versions.get()
    assert (version.number, version.kind, version.received, version.reason, version.opened_by) == (
        1,
        "initial",
        date(2020, 1, 2),
        "test",
        assessor,
    )
    assert version.closed_at is None


def test_many_cases_get_their_first_versions_in_one_statement(assessor, organisation):
    cases = Case.objects.bulk_create(Case(number=f"MANY-{n}", organisation=organisation) for n in range(5))
    with CaptureQueriesContext(connection) as captured:
        first_versions(cases, assessor, "made")
    assert len(captured) == 1
    assert CaseVersion.objects.filter(case__in=cases, number=1).count() == 5


def test_a_follow_up_closes_and_freezes_the_version_before(letter_cases, assessor):
    case = letter_cases[0]
    before = canonical(freeze_record(case))
    second = open_version(case, by=assessor, reason="letter of the clinic", received=date(2030, 1, 2))
    add(case, assessor, Temperature(celsius="39.9"))
    first = case.versions.get(number=1)
    assert (second.number, second.kind, second.closed_at) == (2, "follow_up", None)
    assert first.closed_by == assessor
    assert bytes(first.record.content) == before
    assert read_frozen_record(first) == json.loads(before)
    (message,) = read(bytes(first.message.content)).messages
    assert message.drugs[0]["G.k.2.2"] == "canakinumab"
    assert [version.number for version in versions_of(case)] == [2, 1]


def test_a_message_that_cannot_be_written_stops_no_version(assessor, monkeypatch):
    def refuse(batch):
        raise WriteError("There is a control character in H.1.")

    monkeypatch.setattr(version_message, "write", refuse)
    case = open_case(assessor)
    open_version(case, by=assessor, reason="more")
    assert case.versions.get(number=1).message is None
    assert any("control character in H.1" in change for change in CaseEvent.objects.first().changes)


def test_the_latest_information_moves_forward_only(assessor):
    case = open_case(assessor, first_received=date(2020, 1, 2), latest_information=date(2020, 3, 1))
    for received, latest in ((date(2020, 2, 1), date(2020, 3, 1)), (date(2020, 4, 1), date(2020, 4, 1))):
        open_version(case, by=assessor, reason="more", received=received)
        assert Case.objects.get(pk=case.pk).latest_information == latest


def test_a_version_writes_its_event(assessor):
    case = open_case(assessor)
    open_version(case, by=assessor, reason="telephone call")
    event = CaseEvent.objects.first()
    assert (event.action, event.reason) == ("follow-up opened", "telephone call")
    assert event.changes == ["closed Version 1 (initial report)", "opened Version 2 (follow-up)"]


def test_a_stale_case_in_memory_reverts_nothing(assessor):
    stale = open_case(assessor)
    with amend(Case.objects.get(pk=stale.pk), by=assessor, reason="numbers") as amendment:
        amendment.change_case(worldwide_id="AT-TEST-1")
    open_version(stale, by=assessor, reason="more", received=date(2020, 1, 1), kind="amendment")
    assert Case.objects.get(pk=stale.pk).worldwide_id == "AT-TEST-1"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reason": " "}, "reason"),
        ({"kind": "nullification"}, "nullify"),
        ({"kind": "initial"}, "nullify"),
        ({"significance": "huge"}, "huge"),
        ({"day_zero": date(2020, 1, 2)}, "who held"),
        ({"received": date(2020, 1, 2), "day_zero": date(2020, 1, 1), "held_by": "us"}, "Day zero"),
    ],
)
def test_what_a_version_refuses_leaves_the_open_one_open(assessor, wrong, words):
    case = open_case(assessor)
    with pytest.raises(ValidationError, match=words):
        open_version(case, **{"by": assessor, "reason": "more", **wrong})
    assert case.versions.get().closed_at is None


def test_who_may_only_read_opens_no_version(letter_cases, researcher):
    for service in (open_version, nullify):
        with pytest.raises(PermissionDenied):
            service(letter_cases[0], by=researcher, reason="curiosity")


def test_a_case_from_before_versions_gets_its_first_one(assessor):
    case = open_case(assessor)
    CaseVersion.objects.filter(case=case).delete()
    assert open_version(case, by=assessor, reason="more").number == 2
    assert case.versions.get(number=1).record is not None


# ---- states


def in_state(case, by, *states):
    for state in states:
        with amend(case, by=by, reason="workflow") as amendment:
            amendment.change_case(state=state)
    return case


@pytest.mark.parametrize(
    ("way", "allowed"),
    [
        (("in_review",), True),
        (("in_review", "closed"), True),
        (("closed",), False),
        (("nullified",), False),
        (("in_review", "draft"), False),
        (("in_review", "closed", "in_review"), False),
        (("in_review", "closed", "draft"), False),
    ],
)
def test_states_follow_each_other(assessor, way, allowed):
    case = open_case(assessor)
    if allowed:
        in_state(case, assessor, *way)
        assert Case.objects.get(pk=case.pk).state == way[-1]
        return
    in_state(case, assessor, *way[:-1])
    with pytest.raises(ValidationError) as refusal:
        in_state(case, assessor, way[-1])
    assert set(refusal.value.message_dict) == {"state"}


def test_a_follow_up_brings_a_closed_case_back_to_review(assessor):
    case = in_state(open_case(assessor), assessor, "in_review", "closed")
    open_version(case, by=assessor, reason="more")
    assert Case.objects.get(pk=case.pk).state == "in_review"


def test_nullification_is_version_state_and_c_1_11_at_once(letter_cases, assessor):
    case = letter_cases[0]
    version = nullify(case, by=assessor, reason="entered twice")
    case.refresh_from_db()
    assert (version.number, version.kind) == (2, "nullification")
    assert (case.state, case.nullification_or_amendment, case.nullification_reason) == (
        "nullified",
        "1",
        "entered twice",
    )
    assert CaseEvent.objects.first().action == "nullified"


def test_a_nullified_case_is_changed_by_nobody_until_an_amendment_revives_it(assessor):
    case = open_case(assessor)
    nullify(case, by=assessor, reason="entered twice")
    for attempt in (
        lambda: add(case, assessor, Temperature(celsius=39)),
        lambda: open_version(case, by=assessor, reason="more"),
        lambda: nullify(case, by=assessor, reason="again"),
    ):
        with pytest.raises(ValidationError, match="amendment version to revive"):
            attempt()
    third = open_version(case, by=assessor, reason="was another patient", kind="amendment")
    case.refresh_from_db()
    assert (third.number, case.state, case.nullification_or_amendment) == (3, "in_review", "2")
    assert read_frozen_record(case.versions.get(number=2))["case"]["values"]["state"] == "nullified"
    add(case, assessor, Temperature(celsius=39))


# ---- day zero


def test_day_zero_is_suggested_from_the_version_that_completed_the_four_criteria(assessor):
    case = open_case(assessor, first_received=date(2020, 1, 2))
    add(case, assessor, Patient(sex="1"))
    add(case, assessor, Reaction(term="rash"))
    add(case, assessor, Reporter(country="AT"))
    add(case, assessor, Exposure(name="ibuprofen", role="2"))
    assert suggested_day_zero(case) is None
    open_version(case, by=assessor, reason="the drug at last", received=date(2020, 2, 3))
    add(case, assessor, Exposure(name="phenytoin", role="1"))
    open_version(case, by=assessor, reason="more", received=date(2020, 3, 4))
    assert suggested_day_zero(case) == date(2020, 2, 3)


def test_day_zero_of_a_complete_first_report_is_its_receipt(letter_cases):
    case = letter_cases[0]
    assert suggested_day_zero(case) == case.versions.get().received


def test_the_open_version_is_described_and_a_closed_one_is_not(assessor):
    case = open_case(assessor, first_received=date(2020, 1, 2))
    first = case.versions.get()
    describe_version(first, by=assessor, reason="day zero", day_zero=date(2020, 1, 3), held_by="affiliate")
    assert case.versions.get().held_by == "affiliate"
    open_version(case, by=assessor, reason="more")
    with pytest.raises(ValidationError, match="is closed and stays"):
        describe_version(first, by=assessor, reason="later", held_by="somebody else")
    with pytest.raises(ValidationError, match="one can say"):
        describe_version(case.versions.get(number=2), by=assessor, reason="x", number=7)


# ---- comparison


@pytest.fixture
def two_records(letter_cases, assessor):
    """A record, the same after changes of every kind, and the words for them."""
    case = letter_cases[0]
    before = freeze_record(case)
    dose, gone = case.doses.get(position=3), case.symptoms.get(term="arthralgia")
    with amend(case, by=assessor, reason="follow-up") as amendment:
        amendment.change_case(report_type="2")
        amendment.change(dose, amount=5, text="")
        amendment.remove(gone)
        third = f"dose:{dose.uuid}"
        amendment.add(Temperature(celsius="39.40", when=Moment.parse(f"{third}+10d"), is_peak=True))
    return before, freeze_record(case)


def test_versions_are_compared_field_by_field(two_records):
    changes = {(kind, title): fields for kind, _, title, fields in told(compare(*two_records))}
    assert changes["changed", "LETTER-P1"] == [("Report type", "", "Report from study")]
    assert changes["changed", "RegiSCAR"] == [("Computed", "3 [-1, 7]", "3 [0, 7]")]
    assert changes["changed", "5 mg/kg subcutaneous"] == [
        ("Amount", "4", "5"),
        ("Text", "4 mg/kg monthly", ""),
    ]
    assert ("When", "", "10 days after third dose of canakinumab") in changes["added", "39.4 °C"]
    removed = changes["removed", "arthralgia"]
    assert ("Term", "arthralgia", "") in removed


def test_a_record_is_equal_to_itself(letter_cases):
    record = freeze_record(letter_cases[0])
    assert compare(record, json.loads(canonical(record))) == []


def test_numbers_keep_their_digits_in_the_record(assessor):
    case = open_case(assessor)
    exposure = add(case, assessor, Exposure(name="a drug"))
    add(case, assessor, Dose(exposure=exposure, amount="10.0"))
    (dose,) = freeze_record(case)["rows"]["dose"]
    assert dose["values"]["amount"] == "10.0"
    assert dose["values"]["exposure"] == str(exposure.uuid)


def test_what_a_later_model_no_longer_knows_is_shown_by_name(letter_cases):
    before = freeze_record(letter_cases[0])
    after = json.loads(canonical(before))
    after["case"]["values"]["colour_of_paper"] = "blue"
    after["rows"]["stamp"] = [{"uuid": "u", "title": "a stamp", "values": {"ink": "red"}}]
    assert told(compare(before, after)) == [
        ("changed", "case", "LETTER-P1", [("Colour of paper", "", "blue")]),
        ("added", "stamp", "a stamp", [("Ink", "", "red")]),
    ]


def test_freezing_costs_the_same_for_few_rows_and_many(letter_cases, assessor):
    small = open_case(assessor)

    def queries(case):
        with CaptureQueriesContext(connection) as captured:
            freeze_record(case)
        return len(captured)

    assert queries(letter_cases[0]) <= queries(small) + 2
    before = queries(letter_cases[0])
    for number in range(5):
        add(letter_cases[0], assessor, Temperature(celsius=38 + number / 10))
    assert queries(letter_cases[0]) == before
