"""The fields of a row that are shown beside its title, by model, in their order."""

from typing import Any, cast

from django.db import models

from assessments.display.words import readable_units
from cases.models import CaseRow
from values.numbers import plain_number

SHOWN: dict[str, tuple[str, ...]] = {
    "reaction": ("outcome", "is_resolved", "sequelae"),
    "temperature": ("site", "is_peak"),
    "skinexamination": (
        "extent_percent",
        "extent",
        "distribution",
        "facial_oedema",
        "infiltration",
        "purpura_beyond_legs",
        "scaling",
        "itch",
        "reporter_finds_suggestive",
    ),
    "lymphnodeexamination": ("is_complete",),
    "lymphnodesite": ("size_cm",),
    "organinvolvement": ("basis", "meets_threshold", "other_explanation"),
    "examination": ("lower_limit", "upper_limit", "is_peak", "comment"),
    "biopsydetail": ("keratinocyte_necrosis", "infiltrate", "conclusion", "conclusion_verbatim"),
    "medicalhistory": ("is_family_history", "is_continuing", "comments"),
    "pastdrug": ("indication", "reaction", "response", "doses"),
    "treatment": ("amount", "unit", "route", "response", "is_systemic_steroid", "comments"),
    "differentialdiagnosis": ("basis",),
}


def details(row: CaseRow) -> list[dict[str, str]]:
    """The fields of a row that hold something, each with its name. An unset field is left out."""
    shown = []
    for name in SHOWN.get(str(row._meta.model_name), ()):
        field = column(type(row), name)
        if text := _text(row, field):
            shown.append({"name": str(field.verbose_name), "text": text})
    return shown


def column(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    """A field of a model that is a column of its table."""
    return cast("models.Field[Any, Any]", model._meta.get_field(name))


def _text(row: CaseRow, field: "models.Field[Any, Any]") -> str:
    value: Any = getattr(row, field.name)
    if (field.null and value is None) or value == "":
        return ""
    if isinstance(field, models.BooleanField):
        # A plain switch that is off is the ordinary state; an answered question is shown either way.
        return "yes" if value else "no" if field.null else ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(field, models.DecimalField):
        return plain_number(value)
    return readable_units(str(value))
