"""Every one of ICH's 223 elements has one home in the record, and takes its shape from the table."""

from collections import Counter

import pytest
from django.core.exceptions import ValidationError

from cases.models import Case, Examination, Patient, ich
from e2b.codelists import CODE_LISTS
from e2b.elements import ICH
from exchange.models import SenderDetails
from tests.cases.rows import add, open_case
from tests.product import product_models

MODELS = product_models()
PLACED = [(element, model, field) for model in MODELS for element, field in ich.elements_of(model)]


def test_no_element_is_forgotten_and_none_has_two_homes():
    # What an organisation says in every report fills new ones; the report's own row is the home.
    homes = Counter(element for element, model, _ in PLACED if model is not SenderDetails)
    assert sorted(set(ICH) - set(homes)) == []
    assert [element for element, count in homes.items() if count > 1] == []
    assert sorted(set(homes) - set(ICH)) == []


@pytest.mark.parametrize(("element", "model", "field"), PLACED, ids=[p[0] for p in PLACED])
def test_a_field_holds_what_its_element_allows(element, model, field):
    definition = ICH[element]
    if field.get_internal_type() in ("CharField", "TextField") and definition.type in ("AN", "A"):
        assert (field.max_length or definition.length) >= definition.length
    if field.choices and definition.codes in CODE_LISTS and definition.length == 1:
        assert {key for key, _ in field.choices} == set(CODE_LISTS[definition.codes].codes)


@pytest.mark.parametrize(("element", "model", "field"), PLACED, ids=[p[0] for p in PLACED])
def test_every_field_explains_itself(element, model, field):
    assert field.help_text or field.is_relation or field.verbose_name


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("flavors", "values", "words"),
    [
        ({"D.1": "MSK"}, {}, None),
        ({"D.5": "ASKU"}, {}, None),
        ({"D.1": "NI"}, {}, "allowed: MSK, UNK, ASKU, NASK"),
        ({"D.3": "UNK"}, {}, "leave the element out"),
        ({"E.i.7": "UNK"}, {}, "is not held by patient"),
        ({"D.1": "MSK"}, {"initials": "A.B."}, "has a value"),
    ],
    ids=[
        "masked",
        "asked-unknown",
        "flavor-not-allowed",
        "no-flavor-allowed",
        "of-another-row",
        "beside-a-value",
    ],
)
def test_why_a_value_is_missing_is_kept_within_what_ich_allows(assessor, flavors, values, words):
    case = open_case(assessor)
    row = Patient(null_flavors=flavors, **values)
    if words is None:
        add(case, assessor, row)
        assert Patient.objects.get(case=case).null_flavors == flavors
    else:
        with pytest.raises(ValidationError, match=words):
            add(case, assessor, row)


@pytest.mark.django_db
@pytest.mark.parametrize("digits", ["10.0", "10", "0.000000123456789", "123456789012345678901234567890.5"])
def test_numbers_keep_the_digits_they_were_reported_with(assessor, digits):
    case = open_case(assessor)
    add(case, assessor, Examination(name="x", value=digits))
    assert format(Examination.objects.get(case=case).value, "f") == digits


def test_the_case_itself_says_why_its_own_values_are_missing():
    case = Case(number="X", null_flavors={"C.1.7": "NI"})
    case.clean()
    case.null_flavors = {"C.1.7": "MSK"}
    with pytest.raises(ValidationError, match="allowed: NI"):
        case.clean()
