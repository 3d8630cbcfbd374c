"""At which fields the sentence of a constraint is shown."""

import pytest
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from cases.constraint_fields import fields_of
from cases.models.base import InOrder
from tests.product import product_models


def check(condition) -> list[str]:
    return fields_of(CheckConstraint(name="c", condition=condition))


def test_fields_stand_in_the_order_in_which_a_condition_names_them():
    assert check(Q(age__isnull=True) | ~Q(age_unit="")) == ["age", "age_unit"]
    assert check(Q(first__isnull=True) | Q(latest__gte=F("first"))) == ["first", "latest"]
    assert check(Q(latest__gte=F("first"))) == ["latest", "first"]
    assert check(InOrder(F("start"), F("end"))) == ["start", "end"]


def test_fields_that_are_unique_come_before_the_condition():
    once = UniqueConstraint(name="u", fields=["case"], condition=Q(closed_at__isnull=True))
    assert fields_of(once) == ["case", "closed_at"]


@pytest.mark.parametrize("model", product_models(), ids=lambda m: m.__name__)
def test_every_constraint_of_the_product_is_about_fields_of_its_model(model):
    for constraint in model._meta.constraints:
        fields = fields_of(constraint)
        assert fields
        assert set(fields) <= {field.name for field in model._meta.get_fields()}
