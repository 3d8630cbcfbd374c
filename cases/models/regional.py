"""Answers to what only FDA or EMA asks for: they have no columns, and are none but the choices all the same.

They stand among a row's reasons of absence, beside what a received message had (see
`exchange.icsr.preserved_elements`). What a sender wrote that is no choice stays as received, marked as such.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import BooleanField, CheckConstraint, F, Func, TextField, Value

from cases.models.ich import RECEIVED
from e2b.codelists import code_list
from e2b.elements import REGIONAL
from e2b.elements.model import Element

UNLISTED = "unlisted"
BOOLEAN = ("true", "false")


def choices_of(element: Element) -> tuple[str, ...]:
    """The codes that an element may hold; empty where it takes any text, or codes of an open list."""
    if element.codes == "true":
        return ("true",)
    return BOOLEAN if element.type == "bool" else tuple(code_list(element.codes).codes)


def is_listed(name: str, data: Mapping[str, Any]) -> bool:
    """Whether a preserved value is a choice of its element, or one of its reasons of absence.

    Elements of ICH, and texts, take any value.
    """
    element = REGIONAL.get(name)
    if element is None:
        return True
    if "flavor" in data:
        return data["flavor"] in element.null_flavors
    return "text" not in data or not choices_of(element) or data["text"] in choices_of(element)


class LeadsNowhere(Func):
    """SQL: whether a JSON path leads to nothing in a JSON column."""

    function = "jsonb_path_exists"
    template = "NOT %(function)s(%(expressions)s)"
    output_field = BooleanField()


def listed_answers(name: str, *blocks: str) -> CheckConstraint:
    """A constraint: what a row answers for a region, in these blocks, is one of the choices."""
    elements = [
        element
        for element in REGIONAL.values()
        if element.block in blocks and (choices_of(element) or element.null_flavors)
    ]
    path = f"$.{RECEIVED}.** ? ({' || '.join(map(_is_unlisted, elements))})"
    names = ", ".join(element.id for element in elements)
    return CheckConstraint(
        name=name,
        condition=LeadsNowhere(F("null_flavors"), Value(path, output_field=TextField())),
        violation_error_message="An answer that only FDA or EMA asks for is none of the choices "
        f"({names}). Choose one from its list, or one of the reasons why there is none.",
    )


def _is_unlisted(element: Element) -> str:
    """As a condition of a JSON path: whether an object has a value of this element that is no choice."""
    wrong = [_is_none_of("text", choices_of(element))] if choices_of(element) else []
    wrong.append(_is_none_of("flavor", element.null_flavors))
    return f'exists(@."{element.id}" ? (!exists(@.{UNLISTED}) && ({" || ".join(wrong)})))'


def _is_none_of(key: str, allowed: tuple[str, ...]) -> str:
    listed = f'@.{key} like_regex "^({"|".join(allowed)})$"'
    return f"exists(@.{key}) && !({listed})" if allowed else f"exists(@.{key})"
