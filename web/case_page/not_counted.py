"""What is recorded of a case and not counted by its score, with reasons and remedies."""

from collections.abc import Iterable

from assessments.display.words import capitalised, readable_units
from assessments.facts.not_counted import NotCounted


def not_counted_view(rows: Iterable[NotCounted]) -> list[dict[str, str]]:
    """A line for each row that could have been evidence and is not."""
    return [
        {
            "row": readable_units(str(left_out.row)),
            "kind": capitalised(str(left_out.row._meta.verbose_name)),
            "reason": left_out.reason,
            "remedy": left_out.remedy,
        }
        for left_out in rows
    ]
