"""A drug named as in the dictionary is linked to it, at every door and until somebody takes that away."""

import pytest

from cases.amendment import add_to_all, amend, amend_set
from cases.drugs.linked import link_drugs
from cases.models import Drug, Exposure, PastDrug, Treatment
from tests.cases.rows import add, open_case

pytestmark = pytest.mark.django_db

NAMES = (
    ("allopurinol", "allopurinol"),
    ("Allopurinol", "allopurinol"),
    ("  ALLOPURINOL ", "allopurinol"),
    # Neither a part of a name nor another spelling.
    ("allopurinol 300 mg", None),
    ("allopurinole", None),
    ("allo", None),
)


@pytest.fixture(autouse=True)
def dictionary(db):
    return [
        Drug.objects.get_or_create(name=name, defaults={"release": "1"})[0]
        for name in ("allopurinol", "rasburicase")
    ]


@pytest.mark.parametrize(("name", "linked"), NAMES)
def test_an_equal_name_is_linked(assessor, name, linked):
    row = add(open_case(assessor), assessor, Exposure(name=name))
    row.refresh_from_db()
    assert (row.drug and row.drug.name) == linked


@pytest.mark.parametrize("model", [PastDrug, Treatment])
def test_earlier_drugs_and_treatments_are_linked_too(assessor, model):
    assert add(open_case(assessor), assessor, model(name="Allopurinol")).drug.name == "allopurinol"


def test_a_linked_drug_brings_its_half_lives(assessor):
    drug = Drug.objects.get(name="allopurinol")
    drug.half_lives.get_or_create(
        is_default=True, defaults={"low_hours": 1, "high_hours": 2, "source": "a source"}
    )
    row = add(open_case(assessor), assessor, Exposure(name="Allopurinol"))
    assert row.half_lives[0].hours is not None
    assert row.reference_release == drug.release


def test_what_somebody_chose_or_took_away_stays(assessor):
    case = open_case(assessor)
    chosen = add(case, assessor, Exposure(name="allopurinol", drug=Drug.objects.get(name="rasburicase")))
    assert chosen.drug.name == "rasburicase"
    with amend(case, by=assessor, reason="another product of that name") as amendment:
        amendment.change(chosen, drug=None)
        amendment.change(chosen, verbatim="Allopurinol N")
    chosen.refresh_from_db()
    assert chosen.drug is None


def test_a_set_is_linked(assessor):
    cases = [open_case(assessor, "SET-1"), open_case(assessor, "SET-2")]
    names = ["allopurinol", "Rasburicase", "something else"]
    with amend_set(cases, by=assessor, reason="a set") as amendments:
        add_to_all((amendment, [Exposure(name=name) for name in names]) for amendment in amendments)
    linked = Exposure.objects.order_by("case", "id").values_list("drug__name", flat=True)
    assert list(linked) == ["allopurinol", "rasburicase", None] * 2


def test_any_number_of_names_takes_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        link_drugs([Exposure(name="allopurinol"), PastDrug(name="rasburicase"), Treatment(name="a third")])
    with django_assert_num_queries(0):
        link_drugs([Exposure(name="allopurinol", drug=Drug(name="rasburicase"))])
