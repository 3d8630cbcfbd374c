"""What the events of a case are called when something is dated by them."""

import pytest

from cases.event_names import AnchorRows, name_events, read_event_names
from cases.models import Dose, Exposure, Reaction
from cases.record.read_cases import read_cases
from tests.cases.rows import add, open_case
from values.moment_reading import parse_moment
from values.moment_text import format_moment

pytestmark = pytest.mark.django_db


def test_the_events_of_the_first_letter_case(letter_cases):
    case = letter_cases[0]
    names = read_event_names(case)
    doses = list(case.doses.order_by("position"))
    assert names["onset"] == case.reactions.get().anchor
    assert names["third dose of canakinumab"] == names["last dose of canakinumab"] == doses[2].anchor
    assert "treatment with methylprednisolone" in names


def test_every_moment_of_both_letter_cases_can_be_formatted_and_parsed_back(letter_cases):
    for case in letter_cases:
        names = read_event_names(case)
        for row in (
            *case.reactions.all(),
            *case.doses.all(),
            *case.treatments.all(),
            *case.medical_history.all(),
        ):
            for field in {"onset", "start", "end", "response_at"} & {f.name for f in row._meta.fields}:
                moment = getattr(row, field)
                if moment is not None:
                    words = format_moment(moment, names)
                    assert parse_moment(words, names) == moment
                    assert "-0" not in words


def test_the_last_dose_of_a_running_treatment_is_its_end(letter_cases):
    dose = letter_cases[1].doses.get(exposure__name="anakinra")
    assert read_event_names(letter_cases[1])["last dose of anakinra"] == f"{dose.anchor}.end"


def test_of_two_events_with_one_name_the_first_entered_has_it(assessor):
    case = open_case(assessor)
    first, _ = (add(case, assessor, Reaction(term="Rash")) for _ in range(2))
    assert read_event_names(case)["onset of rash"] == first.anchor


def test_every_dose_has_a_name_of_its_own():
    drug = Exposure(name="Ilaris")
    doses = [Dose(exposure=drug) for _ in range(22)]
    names = name_events(AnchorRows(doses=doses))
    assert names["tenth dose of ilaris"] == doses[9].anchor
    assert names["12th dose of ilaris"] == doses[11].anchor
    assert names["22nd dose of ilaris"] == doses[21].anchor
    assert {dose.anchor for dose in doses} <= set(names.values())


def test_a_case_in_memory_names_its_events_as_the_stored_one(letter_cases, assessor):
    case = open_case(assessor)
    drugs = [add(case, assessor, Exposure(name="Ilaris", position=position)) for position in (2, 1)]
    for drug in drugs:
        add(case, assessor, Dose(exposure=drug))
    for pk, record in read_cases(case.pk for case in (*letter_cases, case)).items():
        assert name_events(record.anchor_rows) == read_event_names(record.case), pk


def test_four_queries_however_many_rows(letter_cases, assessor, django_assert_num_queries):
    case = letter_cases[0]
    drug = add(case, assessor, Exposure(name="x"))
    add(case, assessor, Dose(exposure=drug))
    with django_assert_num_queries(4):
        read_event_names(case)
