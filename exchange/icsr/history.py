"""Conditions of the history (D.7.1.r and D.10.7.1.r), whose name in words ICH has no element for.

The record needs a name, ICH a code. The name is sent as a tag below the comments (see `comment_tags`).
"""

from collections.abc import Mapping

from cases.models import MedicalHistory, ParentMedicalHistory
from e2b import Value, text_of
from exchange.icsr.comment_tags import add_tags, split_tags

COMMENTS, CODE = "{}.5", "{}.1b"
_LABEL = "condition"
UNNAMED = "Condition without a name"


def with_term(
    kind: str, row: MedicalHistory | ParentMedicalHistory, values: dict[str, Value]
) -> dict[str, Value]:
    """The elements of a condition, with its name as a tag unless that follows from the code."""
    if row.term == placeholder_term(kind, values):
        return values
    comments = COMMENTS.format(kind)
    return {**values, comments: add_tags(text_of(values.get(comments)), {_LABEL: row.term})}


def split_term(kind: str, values: Mapping[str, Value]) -> tuple[dict[str, Value], str]:
    """The elements as they were reported, and the name of the condition."""
    comments = COMMENTS.format(kind)
    reported, tags = split_tags(text_of(values.get(comments)))
    if _LABEL not in tags:
        return dict(values), placeholder_term(kind, values)
    rest = {name: value for name, value in values.items() if name != comments}
    return ({**rest, comments: reported} if reported else rest), tags[_LABEL]


def placeholder_term(kind: str, values: Mapping[str, Value]) -> str:
    """The name of a condition of which only the code was sent."""
    code = text_of(values.get(CODE.format(kind)))
    return f"MedDRA {code}" if code else UNNAMED
