"""What only FDA or EMA asks for, as answered in the form or received: by the row that it belongs to."""

from collections.abc import Iterator
from typing import Any

from cases.preserved_words import preserved_of
from cases.record.case_record import CaseRecord
from e2b.elements import REGIONAL


def regional_view(record: CaseRecord) -> list[dict[str, Any]]:
    """The case and its rows that have such answers, each with its answers in words."""
    return [
        {"title": title, "answers": answers} for title, row in _rows(record) if (answers := _answers(row))
    ]


def _rows(record: CaseRecord) -> Iterator[tuple[str, Any]]:
    yield "The case", record.case
    for row in record:
        if row.null_flavors:
            yield f"{str(row._meta.verbose_name).capitalize()}: {row}".removesuffix(": "), row


def _answers(row: Any) -> list[dict[str, Any]]:
    return [
        {"element": value.element, "name": value.name, "words": value.words, "is_unlisted": value.is_unlisted}
        for value in preserved_of(row.null_flavors)
        if value.element in REGIONAL
    ]
