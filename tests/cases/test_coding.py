"""Coded terms: how far each is coded, and which are not."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.checks.coded import CODED, Status, status
from cases.coding import Uncoded, uncoded, with_uncoded_reactions
from cases.models import Case, Exposure, Indication, PastDrug, Reaction
from tests.cases.rows import add, open_case

REACTION, PRODUCT = CODED[0], next(coded for coded in CODED if coded.model is Exposure)
STATES = [
    (Reaction(), REACTION, Status.EMPTY),
    (Reaction(term="rash"), REACTION, Status.UNCODED),
    (Reaction(term="rash", meddra_code="10037844"), REACTION, Status.NO_VERSION),
    (Reaction(term="rash", meddra_code="10037844", meddra_version="28.0"), REACTION, Status.NOT_VALIDATED),
    (Exposure(name="x"), PRODUCT, Status.UNCODED),
    (Exposure(name="x", mpid_version="1"), PRODUCT, Status.UNCODED),
    (Exposure(name="x", phpid="p", phpid_version="1"), PRODUCT, Status.NOT_VALIDATED),
    (Exposure(name="x", mpid="m", phpid="p", phpid_version="1"), PRODUCT, Status.NO_VERSION),
]


@pytest.mark.parametrize(("row", "coded", "expected"), STATES)
def test_how_far_a_term_is_coded(row, coded, expected):
    assert status(row, coded) is expected


@pytest.fixture
def two_cases(db, assessor):
    cases = [open_case(assessor, f"C-{number}") for number in (1, 2)]
    for case in cases:
        add(case, assessor, Reaction(term="rash"))
    add(cases[0], assessor, Reaction(term="rash"))
    add(cases[0], assessor, Reaction(term="fever", meddra_code="10016558"))
    add(cases[1], assessor, PastDrug(name="", indication="epilepsy"))
    return cases


def test_uncoded_terms_with_the_number_of_their_cases(two_cases, django_assert_num_queries):
    with django_assert_num_queries(len(CODED)):
        assert uncoded(Case.objects.all()) == [
            Uncoded("rash", "reaction", "MedDRA", 2),
            Uncoded("epilepsy", "past drug: indication", "MedDRA", 1),
        ]
    assert [uncoded_term.term for uncoded_term in uncoded(Case.objects.filter(number="C-1"))] == ["rash"]


def test_cases_with_uncoded_reactions_are_each_found_once(two_cases, assessor):
    coded = open_case(assessor, "C-3")
    add(coded, assessor, Reaction(term="fever", meddra_code="10016558"))
    add(coded, assessor, Indication(exposure=add(coded, assessor, Exposure(name="x")), text="fever"))
    assert list(with_uncoded_reactions(Case.objects.order_by("pk"))) == two_cases


def output(*args, **options):
    out = StringIO()
    call_command("uncoded", *args, stdout=out, **options)
    return out.getvalue()


def test_the_command_for_people_and_for_machines(two_cases):
    assert "epilepsy" in output()
    assert json.loads(output("C-1", json=True)) == [
        {"term": "rash", "what": "reaction", "dictionary": "MedDRA", "cases": 1}
    ]
    with pytest.raises(CommandError, match="No case is numbered NONE"):
        output("NONE")
