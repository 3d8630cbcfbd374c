"""k-anonymity: how many cases are alike in what others know of a patient, in SQL and in plain Python."""

import random
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from cases.amendment import amend
from cases.models import (
    AutopsyCauseOfDeath,
    Case,
    Drug,
    Examination,
    Exposure,
    GeneticDetail,
    Patient,
    Reaction,
    ReportedCauseOfDeath,
    Reporter,
    Sender,
    StudyRegistration,
)
from cases.record.read_cases import read_cases
from research.anonymity import OVER, Anonymity, anonymity_of
from synthetic.insertion import synthesize
from tests.cases.rows import open_case
from tests.research.plain_anonymity import plain_anonymity
from values.moments import Moment

pytestmark = pytest.mark.django_db
# A case by its attributes; each may be given another value.
BASE = {
    "age": 48,
    "age_unit": "a",
    "age_group": "",
    "birth_date": None,
    "sex": "1",
    "death_date": None,
    "onset": "2020-01-15",
    "outcome": "1",
    "company_death": None,
    "country": "FR",
    "occurred_in": "FR",
    "obtained_in": "",
    "authorised_in": "",
    "sender_in": "",
    "registered_in": "",
    "suspect": "canakinumab",
    "interacting": "",
    "concomitant": "",
    "allele": "",
    "carried": "positive",
    "cause": "",
    "autopsy": "",
}
# What tells cases apart, with the attribute of `OVER` it belongs to.
APART = [
    ("age band", {"age": 49}),
    ("age band", {"age": 480, "age_unit": "mo"}),
    ("age band", {"age": None, "age_unit": ""}),
    ("age band", {"age": None, "age_unit": "", "birth_date": "1971-05-17"}),
    ("age band", {"age_group": "5"}),
    ("sex", {"sex": "2"}),
    ("sex", {"sex": ""}),
    ("country", {"country": "DE"}),
    ("country", {"occurred_in": "DE"}),
    ("country", {"obtained_in": "DE"}),
    ("country", {"authorised_in": "DE"}),
    ("country", {"sender_in": "DE"}),
    ("country", {"registered_in": "DE"}),
    ("suspect drugs", {"suspect": "anakinra"}),
    ("suspect drugs", {"suspect": "no such drug"}),
    ("suspect drugs", {"interacting": "anakinra"}),
    ("year of onset", {"onset": "2021-01-15"}),
    ("year of onset", {"onset": ""}),
    ("HLA alleles", {"allele": "B*58:01"}),
    ("death", {"outcome": "5"}),
    ("death", {"company_death": True}),
    ("death", {"death_date": "2020-02-01"}),
    ("death", {"cause": "sepsis"}),
    ("death", {"autopsy": "sepsis"}),
]
ALIKE = [
    {"onset": "2020-12-15"},
    {"age": "48.5"},
    {"age": 580, "age_unit": "mo"},
    {"concomitant": "anakinra"},
    {"outcome": "2"},
]


def case_of(by, number: int, **attributes) -> Case:
    wanted = {**BASE, **attributes}
    case = open_case(by, f"ALIKE-{number}")
    with amend(case, by=by, reason="test") as amendment:
        for row in rows_of(wanted):
            amendment.add(row)
        if wanted["allele"]:
            test = amendment.add(Examination(name="HLA", kind="genetic", result=wanted["carried"]))
            amendment.add(GeneticDetail(examination=test, gene="HLA", allele=wanted["allele"]))
    return case


def rows_of(wanted: dict) -> Iterator:
    moments = {
        name: Moment.parse(wanted[name]) if wanted[name] else None for name in ("birth_date", "death_date")
    }
    yield Patient(**{name: wanted[name] for name in ("age", "age_unit", "age_group", "sex")}, **moments)
    onset = Moment.parse(wanted["onset"]) if wanted["onset"] else None
    yield Reaction(
        term="rash",
        onset=onset,
        outcome=wanted["outcome"],
        country=wanted["occurred_in"],
        company_death=wanted["company_death"],
    )
    yield Reporter(country=wanted["country"])
    for role, name in (("1", "suspect"), ("3", "interacting"), ("2", "concomitant")):
        if wanted[name]:
            countries = {
                "country_obtained": wanted["obtained_in"],
                "authorisation_country": wanted["authorised_in"],
            }
            drug = Drug.objects.filter(name=wanted[name]).first()
            yield Exposure(name=wanted[name], drug=drug, role=role, **countries)
    for model, column, name in (
        (Sender, "country", "sender_in"),
        (StudyRegistration, "country", "registered_in"),
        (ReportedCauseOfDeath, "text", "cause"),
        (AutopsyCauseOfDeath, "text", "autopsy"),
    ):
        if wanted[name]:
            yield model(**{column: wanted[name]})


def measured() -> Anonymity:
    """By SQL, after it was held against plain Python."""
    anonymity = anonymity_of(Case.objects.all())
    records = read_cases(Case.objects.values_list("pk", flat=True)).values()
    plain = plain_anonymity(records, anonymity.floor)
    assert (anonymity.k, anonymity.cases, anonymity.in_small_groups) == plain
    return anonymity


@pytest.mark.parametrize(("attribute", "other"), APART, ids=str)
def test_what_tells_cases_apart(drugs, assessor, attribute, other):
    assert attribute in OVER
    for number in range(3):
        case_of(assessor, number)
    assert (measured().k, measured().is_below) == (3, False)
    case_of(assessor, 4, **other)
    assert (measured().k, measured().cases, measured().in_small_groups) == (1, 4, 1)


@pytest.mark.parametrize("other", ALIKE, ids=str)
def test_what_does_not(drugs, assessor, other):
    for number, attributes in enumerate(({}, {}, other)):
        case_of(assessor, number, **attributes)
    assert measured().k == 3


def test_who_carries_an_allele_is_unlike_who_does_not(drugs, assessor):
    for number, carried in enumerate(("positive", "positive", "negative")):
        case_of(assessor, number, allele="B*58:01", carried=carried)
    assert (measured().k, measured().in_small_groups) == (1, 3)


def test_sites_are_told_apart(drugs, assessor, make_user):
    elsewhere = make_user("assessor", "elsewhere")
    elsewhere.organisation = Organisation.objects.create(name="Another centre", identifier="ELSEWHERE")
    elsewhere.save()
    for number, by in enumerate((assessor, assessor, elsewhere)):
        case_of(by, number)
    assert measured().k == 1


def test_ages_above_ninety_and_below_two_are_alike_as_they_are_shown(drugs, assessor):
    ages = [(91, "a"), (99, "a"), (10, "{decade}"), (9, "{decade}"), (20, "mo"), (20, "mo"), (610, "d")]
    for number, (age, unit) in enumerate(ages):
        case_of(assessor, number, age=age, age_unit=unit)
    assert measured().k is not None


def test_groups_of_every_size(drugs, assessor, settings):
    values = random.Random(7)  # noqa: S311 - any numbers do
    for number in range(24):
        sex, country, age = (values.choice(pair) for pair in (("1", "2"), ("FR", "DE"), (48, 49)))
        case_of(assessor, number, sex=sex, country=country, age=age)
    for settings.K_ANONYMITY_FLOOR in (1, 2, 3, 5):
        anonymity = measured()
        assert anonymity.is_below == (anonymity.k < settings.K_ANONYMITY_FLOOR)


def test_synthetic_cases_and_those_of_the_letter(letter_cases, synthesizer):
    list(synthesize(40, seed=9))
    assert measured().cases == 42


def test_it_takes_one_query_and_none_without_cases(letter_cases):
    with CaptureQueriesContext(connection) as queries:
        anonymity_of(Case.objects.all())
    assert len(queries) == 1
    assert anonymity_of(Case.objects.none()) == anonymity_of(Case.objects.filter(number="x"))
    empty = anonymity_of(Case.objects.none())
    assert (empty.k, empty.is_below, empty.statement) == (
        None,
        False,
        "There is no case in it, and so no k to state.",
    )


@pytest.mark.parametrize(
    ("anonymity", "words"),
    [
        (Anonymity(4, 40, 0, 3), "k-anonymity is 4 over age band, sex, "),
        (Anonymity(1, 40, 2, 3), "Fewer than 5 of its 40 cases stand in groups of fewer than 3."),
        (Anonymity(1, 40, 12, 3), "12 of its 40 cases"),
        (Anonymity(2, 40, 38, 3), "Most of its 40 cases"),
        (Anonymity(1, 40, 40, 3), "All of its 40 cases"),
        (Anonymity(1, 3, 3, 3), "Some of its 3 cases"),
    ],
    ids=["above", "few", "some", "most", "all", "none too many"],
)
def test_it_is_stated_in_a_sentence(anonymity, words):
    assert words in anonymity.statement
    assert ("groups of fewer" in anonymity.statement) == anonymity.is_below
