"""What is recorded of a case and not counted by its score, with reasons and remedies."""

from collections.abc import Sequence
from typing import Any

from assessments.display.words import capitalised, readable_units
from assessments.facts.not_counted import NotCounted
from assessments.row_uses import by_reason

WORDS_NOT_SHOWN = "Why it doesn’t count is shown to those who see its words."


def not_counted_view(rows: Sequence[NotCounted], *, in_words: bool) -> list[dict[str, Any]]:
    """A line for each reason, with its rows. Reasons quote what was typed.

    Without `in_words`, only the kinds of the rows.
    """
    groups = by_reason(rows)
    if in_words:
        return [_in_words(group) for group in groups]
    kinds = dict.fromkeys(capitalised(str(left_out.row._meta.verbose_name)) for left_out in rows)
    return [{"rows": list(kinds), "reason": WORDS_NOT_SHOWN, "remedy": ""}] if kinds else []


def _in_words(group: list[NotCounted]) -> dict[str, Any]:
    return {
        "rows": [readable_units(str(left_out.row)) for left_out in group],
        "reason": group[0].reason,
        "remedy": group[0].remedy or "Nothing needs to be done.",
    }
