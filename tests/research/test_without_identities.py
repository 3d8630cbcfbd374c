"""Readers without the right to identities search and sort by what they are shown, and by nothing else."""

import pytest
from django.http import QueryDict

from cases.amendment import amend
from cases.models import Case, Exposure, Patient, Reaction
from research.case_list import SORTS, sorts_for
from research.deidentified import Leaves
from research.filters import CaseFilter
from research.filters.without_identities import column_of, rule_of
from tests.cases.rows import open_case
from tests.pseudonyms import pseudonym
from values.moments import Moment

pytestmark = pytest.mark.django_db

# Filters that search by what isn't shown.
WITHHELD = {"received_min", "received_max", "latest_min", "latest_max", "narrative"}


@pytest.fixture
def case(assessor, letter_cases):
    """Patient 1 of the letter, with a drug and a term that no dictionary has."""
    case = letter_cases[0]
    with amend(case, by=assessor, reason="test") as amendment:
        amendment.add(Exposure(name="Miller's syringe", role="2"))
        amendment.add(Reaction(term="fever of Mrs Miller"))
    return case


def filtered(address: str) -> CaseFilter:
    return CaseFilter(QueryDict(address), queryset=Case.objects.all())


def found(address: str) -> set[str]:
    chosen = filtered(address)
    assert chosen.is_valid(), chosen.errors
    assert chosen.withheld() == []
    return set(chosen.qs.values_list("number", flat=True))


def test_only_filters_on_what_is_shown_remain():
    every, kept = set(CaseFilter.all_filters()), set(filtered("").filters)
    assert every - kept == WITHHELD
    assert set(CaseFilter({}, queryset=None, identities=True).filters) == every


@pytest.mark.parametrize("name", sorted(WITHHELD))
def test_a_withheld_filter_is_named_and_not_applied_unseen(name):
    chosen = filtered(f"{name}=2016")
    assert len(chosen.withheld()) == 1
    assert chosen.unknown() == []


@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        ("drug=canakinumab", {"LETTER-P1"}),
        ("drug=canaki", {"LETTER-P1"}),
        ("drug=Miller", set()),
        ("drug=syringe", set()),
        ("drug=uncoded", {"LETTER-P1"}),  # as it is shown
        ("reaction=Miller", set()),
        ("reaction=fever of", set()),
        ("words=Miller", set()),
        ("words=LETTER", set()),
        ("atc=L04AC08", {"LETTER-P1"}),
        ("allele=B*58", set()),
    ],
)
def test_texts_are_searched_as_they_are_shown(case, address, numbers):
    assert found(address) == numbers


@pytest.mark.parametrize("name", ["words", "identifier"])
def test_a_case_is_found_by_its_pseudonym(case, name):
    assert found(f"{name}={pseudonym('LETTER-P1')[:8].lower()}") == {"LETTER-P1"}
    assert found(f"{name}=LETTER") == set()


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("onset_min=2019", True),
        ("onset_min=2020", True),
        ("onset_min=2021", False),
        ("onset_max=2020", True),
        ("onset_max=2019", False),
        ("age_min=48", True),
        ("age_min=49", False),
        ("age_max=48", True),
        ("age_max=47", False),
    ],
)
def test_dates_and_ages_are_searched_by_whole_years(assessor, address, fits):
    case = open_case(assessor, "AGED-1")
    with amend(case, by=assessor, reason="test") as amendment:
        amendment.add(Reaction(term="rash", onset=Moment.parse("2020-06-15"), is_assessed=True))
        amendment.add(Patient(age="48.9", age_unit="a"))
    assert found(address) == ({"AGED-1"} if fits else set())


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("onset_min=2020-06-15", "Write a year such as 2026"),
        ("onset_max=15 Jun 2020", "Write a year such as 2026"),
        ("onset_min=202", "Write a year such as 2026"),
        ("age_min=48.5", "Write whole years from 0 to 90"),
        ("age_max=97", "Write whole years from 0 to 90"),
        ("age_min=-1", "Write whole years from 0 to 90"),
    ],
)
def test_anything_closer_is_refused_with_what_to_write(address, words):
    chosen = filtered(address)
    assert not chosen.is_valid()
    assert words in str(chosen.errors)


def test_orders_are_by_what_is_shown():
    own = sorts_for(identities=False)
    assert set(SORTS) - set(own) == {"latest"}
    assert own["number"].column == "summary__pseudonym"
    assert sorts_for(identities=True) is SORTS


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("number", Leaves.NOT),
        ("summary__onset_earliest", Leaves.BY_YEAR),
        ("summary__age_low__gte", Leaves.BANDED),
        ("exposures__name__icontains", Leaves.RECOGNISED),
        ("exposures__drug__atc", Leaves.AS_IS),
        ("standing__total", Leaves.AS_IS),
        ("patient__birth_date", Leaves.NOT),
    ],
)
def test_the_rule_of_a_path_is_that_of_the_column_it_leads_to(path, rule):
    assert rule_of(Case, path) is rule


def test_a_path_without_a_column_is_an_error():
    with pytest.raises(Exception, match="no_such"):
        column_of(Case, "no_such__column")
