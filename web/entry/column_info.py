"""What a form field takes from its column: the ICH element, the list offered at its box, the dictionary."""

from dataclasses import dataclass
from functools import cache
from typing import cast

from django import forms
from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.checks.coded import CODED
from e2b.elements import ICH
from web.entry.datalists import datalist_for, suggested_column
from web.entry.django_types import Column

# Columns that hold codes -> the dictionary that each is from.
DICTIONARIES: dict[tuple[type[Model], str], str] = {
    (coded.model, code): coded.dictionary for coded in CODED for code, _ in coded.codes
}


@dataclass(frozen=True)
class ColumnInfo:
    """`nullable` is the ICH element that may be missing with a reason; each is "" where there is none."""

    ich_words: str = ""  # elements with their names
    ich_title: str = ""  # the same as an attribute of a tag
    nullable: str = ""
    dictionary: str = ""


class _EntryField(forms.Field):
    """How a form field of a column looks to the type checker."""

    column_info: ColumnInfo


NOTHING = ColumnInfo()


def column_info(field: forms.Field) -> ColumnInfo:
    """What a form field has from its column."""
    info: ColumnInfo = getattr(field, "column_info", NOTHING)
    return info


def set_column_info(field: forms.Field, info: ColumnInfo) -> None:
    cast(_EntryField, field).column_info = info


def apply_column(field: forms.Field, column: Column) -> None:
    """Give a form field what follows from its column."""
    info, attributes = _of_column(column)
    set_column_info(field, info)
    field.widget.attrs |= attributes
    element, _, name = info.ich_words.partition(" ")
    if field.help_text == f"{name} ({element}).":
        field.help_text = ""  # shown on hover already


@cache
def _of_column(column: Column) -> tuple[ColumnInfo, dict[str, str]]:
    elements = [ICH[element] for element in getattr(column, "ich", ())]
    words = "; ".join(f"{element.id} {element.name}" for element in elements)
    title: SafeString | str = format_html(' title="{}"', words) if words else ""
    nullable = next((element.id for element in elements if element.null_flavors), "")
    dictionary = DICTIONARIES.get((column.model, column.name), "")
    attributes = {
        "list": datalist_for(column),
        "data-suggests": suggested_column(column),
        "data-why": nullable,
    }
    return (
        ColumnInfo(words, title, nullable, dictionary),
        {name: value for name, value in attributes.items() if value},
    )
