"""What is recorded of a case and not counted by its score, with reasons and remedies."""

from collections.abc import Iterable

from assessments.display.words import capitalised, readable_units
from assessments.facts.not_counted import NotCounted

WORDS_NOT_SHOWN = "Why it doesn’t count is shown to those who see its words."


def not_counted_view(rows: Iterable[NotCounted], *, in_words: bool) -> list[dict[str, str]]:
    """A line for each row that could have been evidence and is not. Reasons quote what was typed.

    Without `in_words`, of each row only its kind.
    """
    return [_in_words(left_out) if in_words else _by_kind(left_out) for left_out in rows]


def _by_kind(left_out: NotCounted) -> dict[str, str]:
    kind = capitalised(str(left_out.row._meta.verbose_name))
    return {"row": kind, "reason": WORDS_NOT_SHOWN, "remedy": ""}


def _in_words(left_out: NotCounted) -> dict[str, str]:
    return {
        "row": readable_units(str(left_out.row)),
        "reason": left_out.reason,
        "remedy": left_out.remedy or "Nothing needs to be done.",
    }
