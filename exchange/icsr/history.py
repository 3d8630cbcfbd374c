"""D.7.1.r and D.10.7.1.r: conditions, whose name in words ICH has no element for.

The record needs a name, ICH a code. The name leaves in a line below the comments (see `line`).
"""

from collections.abc import Mapping

from cases.models import MedicalHistory, ParentMedicalHistory
from e2b import Value, text_of
from exchange.icsr.comment_tags import with_line, without_line

COMMENTS, CODE = "{}.5", "{}.1b"
_LABEL = "condition"
UNNAMED = "Condition without a name"


def say_term(
    kind: str, row: MedicalHistory | ParentMedicalHistory, values: dict[str, Value]
) -> dict[str, Value]:
    """The elements of a condition, with its name where a reader would not find it by the code."""
    if row.term == stand_in(kind, values):
        return values
    comments = COMMENTS.format(kind)
    return {**values, comments: with_line(text_of(values.get(comments)), {_LABEL: row.term})}


def hear_term(kind: str, values: Mapping[str, Value]) -> tuple[dict[str, Value], str]:
    """The elements as they were reported, and the name of the condition."""
    comments = COMMENTS.format(kind)
    reported, told = without_line(text_of(values.get(comments)))
    if _LABEL not in told:
        return dict(values), stand_in(kind, values)
    rest = {name: value for name, value in values.items() if name != comments}
    return ({**rest, comments: reported} if reported else rest), told[_LABEL]


def stand_in(kind: str, values: Mapping[str, Value]) -> str:
    """What a condition is called of which only the code was sent."""
    code = text_of(values.get(CODE.format(kind)))
    return f"MedDRA {code}" if code else UNNAMED
