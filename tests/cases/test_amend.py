"""The one door for writes: what it asks, what it leaves behind, and that a refusal leaves nothing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.amendment import amend, amend_set
from cases.models import (
    Case,
    CaseEvent,
    CaseSummary,
    Document,
    Dose,
    Exposure,
    ParentMedicalHistory,
    Reaction,
    Symptom,
    Temperature,
)
from cases.opening import opening
from tests.cases.rows import add, open_case
from tests.standings import standing
from values.moments import Moment

pytestmark = pytest.mark.django_db


def test_it_wants_a_reason(assessor):
    case = open_case(assessor)
    with pytest.raises(ValidationError, match="reason"), amend(case, by=assessor, reason="  "):
        pass


@pytest.mark.parametrize("role", ["researcher", "api_client"])
def test_it_lets_nobody_in_who_may_only_read(make_user, assessor, role):
    case = open_case(assessor)
    with pytest.raises(PermissionDenied), amend(case, by=make_user(role), reason="curiosity"):
        pass


def test_opening_wants_the_same(assessor, researcher):
    with pytest.raises(PermissionDenied), opening("CASE-1", by=researcher, reason="x"):
        pass
    with pytest.raises(ValidationError, match="reason"), opening("CASE-1", by=assessor, reason=""):
        pass
    assert not Case.objects.exists()


def test_it_writes_down_what_happened_in_domain_words(assessor):
    case = open_case(assessor)
    with amend(case, by=assessor, reason="telephone call") as amendment:
        fever = amendment.add(Temperature(celsius="39.2"))
        amendment.change(fever, celsius="39.4")
        amendment.remove(fever)
    event = CaseEvent.objects.first()
    assert (event.case_number, event.action, event.reason, event.by_name) == (
        "CASE-1",
        "amended",
        "telephone call",
        "assessor",
    )
    assert event.changes == [
        "added temperature: 39.2 °C",
        "changed temperature: 39.4 °C",
        "removed temperature: 39.4 °C",
    ]


def test_it_scores_before_it_returns(assessor):
    case = open_case(assessor)
    add(case, assessor, Temperature(celsius="39.2"))
    score = standing(case)
    assert score.is_current
    assert (score.computed_total, score.low, score.high) == (-1, -3, 9)


def test_a_refusal_leaves_nothing_behind(assessor):
    case = open_case(assessor)
    before = CaseSummary.objects.values().get(case=case), CaseEvent.objects.count()
    with pytest.raises(ValidationError), amend(case, by=assessor, reason="typing") as amendment:
        amendment.add(Symptom(term="itch"))
        amendment.add(Temperature(celsius=50))
    assert not case.symptoms.exists()
    assert (CaseSummary.objects.values().get(case=case), CaseEvent.objects.count()) == before


def test_field_errors_name_their_field(assessor):
    case = open_case(assessor)
    with pytest.raises(ValidationError) as refusal:
        add(case, assessor, Exposure(role="7", action_taken="8"))
    assert set(refusal.value.message_dict) == {"action_taken", "role"}


def test_a_row_of_another_case_is_refused(letter_cases, assessor):
    mine, other = letter_cases
    with pytest.raises(ValidationError, match="belongs to another case"):
        with amend(mine, by=assessor, reason="mix-up") as amendment:
            amendment.change(other.temperatures.first(), is_peak=True)


def test_a_moment_must_refer_to_something_in_the_case(letter_cases, assessor):
    mine, other = letter_cases
    foreign = Moment.parse(f"{other.doses.first().anchor}+3d")
    with pytest.raises(ValidationError, match="is not in case LETTER-P1"):
        add(mine, assessor, Temperature(celsius=39, when=foreign))


def test_moments_cannot_refer_to_each_other_in_a_circle(assessor):
    case = open_case(assessor)
    first = add(case, assessor, Reaction(term="rash"))
    second = add(case, assessor, Reaction(term="fever", onset=Moment.parse(f"{first.anchor}+1d")))
    with pytest.raises(ValidationError, match="dated in a circle"):
        with amend(case, by=assessor, reason="dating") as amendment:
            amendment.change(first, onset=Moment.parse(f"{second.anchor}+1d"))


def test_removing_what_others_are_dated_from_is_refused(letter_cases, assessor):
    case = letter_cases[0]
    with pytest.raises(ValidationError, match="Choose an entry of this case"):
        with amend(case, by=assessor, reason="tidying") as amendment:
            amendment.remove(case.doses.get(position=3))
    assert case.doses.count() == 3


def test_what_no_fact_is_read_from_is_dated_by_a_row_of_the_case_too(assessor):
    case = open_case(assessor)
    reaction = add(case, assessor, Reaction(term="DRESS"))
    day = f"{reaction.anchor}+3d"
    letter = add(case, assessor, Document(description="letter", when=Moment.parse(day)))
    with pytest.raises(ValidationError, match=r"document .letter. is dated relative to reaction:.*Choose"):
        with amend(case, by=assessor, reason="no reaction") as amendment:
            amendment.remove(reaction)
    assert case.reactions.exists()
    with amend(case, by=assessor, reason="neither") as amendment:
        amendment.remove(case.reactions.get())
        amendment.change(letter, when=Moment.parse("2016-03"))
    with pytest.raises(ValidationError, match="not in case"):
        add(case, assessor, Document(description="another", when=Moment.parse(day)))


@pytest.mark.parametrize("name", ["start", "end"])
def test_each_of_several_moments_is_looked_at(assessor, name):
    case = open_case(assessor)
    reaction = add(case, assessor, Reaction(term="DRESS"))
    dated = {"start": Moment.parse("2015"), "end": Moment.parse("2017")}
    dated[name] = Moment.parse(f"{reaction.anchor}+0d")
    add(case, assessor, ParentMedicalHistory(term="gout", **dated))
    with pytest.raises(ValidationError, match=r"gout. is dated relative to reaction:"):
        with amend(case, by=assessor, reason="no reaction") as amendment:
            amendment.remove(reaction)


def test_history_keeps_who_when_and_why_of_every_change(assessor):
    case = open_case(assessor)
    fever = add(case, assessor, Temperature(celsius="38.0"))
    with amend(case, by=assessor, reason="misread") as amendment:
        amendment.change(fever, celsius="39.0")
    history = fever.history.order_by("pgh_id")
    assert [(str(h.celsius), h.pgh_label) for h in history] == [("38.00", "insert"), ("39.00", "update")]
    assert history.last().pgh_context["reason"] == "misread"
    assert history.last().pgh_context["user"] == assessor.pk


def test_a_removed_row_stays_in_the_history(assessor):
    case = open_case(assessor)
    fever = add(case, assessor, Temperature(celsius="38.0"))
    history = fever.history.model
    with amend(case, by=assessor, reason="wrong patient") as amendment:
        amendment.remove(fever)
    last = history.objects.order_by("pgh_id").last()
    assert (last.pgh_label, str(last.celsius), last.pgh_context["reason"]) == (
        "delete",
        "38.00",
        "wrong patient",
    )


def test_a_case_is_never_deleted(assessor):
    case = open_case(assessor)
    with pytest.raises(Exception, match="Cannot delete"):
        case.delete()


def test_several_cases_are_changed_in_one_go(letter_cases, assessor):
    with amend_set(reversed(letter_cases), by=assessor, reason="recall of a batch") as amendments:
        assert [amendment.case.number for amendment in amendments] == ["LETTER-P1", "LETTER-P2"]
        for amendment in amendments:
            amendment.add(Symptom(term="malaise"))
    assert CaseSummary.objects.filter(is_current=True).count() == 2
    assert CaseEvent.objects.filter(reason="recall of a batch").count() == 2


def test_one_forbidden_case_stops_the_set(letter_cases, researcher):
    with pytest.raises(PermissionDenied), amend_set(letter_cases, by=researcher, reason="x"):
        pass


def test_the_number_of_queries_does_not_grow_with_the_rows(letter_cases, assessor):
    small = open_case(assessor)

    def queries(case):
        with CaptureQueriesContext(connection) as captured:
            add(case, assessor, Symptom(term="malaise"))
        return len(captured)

    assert queries(letter_cases[0]) == queries(small)


def test_half_life_is_copied_from_the_dictionary_when_the_drug_is_entered(drugs, assessor):
    from cases.models import Drug

    case = open_case(assessor)
    drug = Drug.objects.get(name="canakinumab")
    default = drug.half_lives.filter(is_default=True).first()
    exposure = add(case, assessor, Exposure(name="Ilaris", drug=drug))
    copied = exposure.reference_half_life_low_hours, exposure.reference_half_life_high_hours
    assert copied == (default.low_hours, default.high_hours)
    assert exposure.half_lives[0].hours == copied
    assert exposure.reference_release == drug.release


def test_a_stated_half_life_stands_beside_those_of_the_dictionary(letter_cases):
    exposure = letter_cases[0].exposures.get()
    assert exposure.stated_half_life_hours == (576, 576)
    assert exposure.half_lives[0].hours == (624, 624)


def test_doses_carry_their_case(letter_cases):
    assert set(Dose.objects.values_list("exposure__case", "case")) == {
        (case.pk, case.pk) for case in letter_cases
    }
