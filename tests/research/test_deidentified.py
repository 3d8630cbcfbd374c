"""De-identification: every column is classified, and what identifies is never among those that leave."""

import pytest
from django.db import models

from cases.models import CASE_ROWS, CaseSummary, CaseVersion
from cases.models.fields import MomentField
from research.deidentified import COMMON, TABLE, Leaves, Line, leaves

IDENTIFYING = (
    "initials", "identification", "birth_date", "record", "given_name", "middle_name", "family_name",
    "organisation", "department", "street", "city", "postcode", "telephone", "fax", "email", "citation",
    "doi", "file_name", "narrative", "comment", "verbatim", "description", "shows", "history_text",
    "safety_report_id", "worldwide_id", "identifier", "sponsor", "more_information", "reason",
)  # fmt: skip


@pytest.mark.parametrize("model", [*TABLE], ids=lambda model: model.__name__)
def test_every_column_is_classified_once(model):
    line = TABLE[model]
    columns = [
        name
        for names in (line.as_is, line.as_days, line.not_at_all, line.banded, line.by_year)
        for name in names.split()
    ]
    columns += line.words()
    assert len(columns) == len(set(columns))
    assert set(leaves(model)) == {field.name for field in model._meta.concrete_fields}


def test_every_table_of_a_case_is_listed():
    assert set(CASE_ROWS) <= {*TABLE, CaseVersion}


# Texts that nobody types: half-lives copied from the dictionary, keys that scoring writes, and pseudonyms.
NOT_TYPED = ("reference_half_lives",)
DERIVED_TEXTS = (
    "pseudonym", "would_raise_most", "instrument", "rule_version", "category", "computed_category",
    "lowest_category", "highest_category", "adjudicated_lowest_category", "adjudicated_highest_category",
    "reference_release",
)  # fmt: skip


@pytest.mark.parametrize("model", [*TABLE], ids=lambda model: model.__name__)
def test_dates_leave_as_days_and_what_identifies_not_at_all(model):
    for name, how in leaves(model).items():
        field = model._meta.get_field(name)
        if isinstance(field, MomentField | models.DateField):
            assert how is not Leaves.AS_IS, name
        if not isinstance(field, models.BooleanField) and any(word in name for word in IDENTIFYING):
            assert how is Leaves.NOT, name
        if isinstance(field, models.TextField) and name not in NOT_TYPED:
            assert how is Leaves.NOT, name
        if isinstance(field, models.CharField) and not field.choices and name not in DERIVED_TEXTS:
            assert how in (Leaves.NOT, Leaves.RECOGNISED, Leaves.BANDED), name


def test_a_column_that_nobody_classified_is_found():
    assert "fever" not in Line(as_is="id").by_column()
    assert set(COMMON.by_column()) == {"id", "uuid", "case", "null_flavors", "verbatim"}
    assert leaves(CaseSummary)["onset_earliest"] is Leaves.BY_YEAR
