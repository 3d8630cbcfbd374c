"""The parameters of an address: read, or refused by name. An unknown one is never passed over."""

import base64
import binascii
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

from api.parsing import unstorable
from api.problems import Problem

MOST_DIGITS = 18


def check_names(request: Any, known: Collection[str]) -> None:
    """Raise Problem for parameters that are none, or that can't be read."""
    told = request.query_params
    errors = [
        {
            "path": name,
            "detail": f"There is no parameter of this name. Known: {', '.join(sorted(known)) or 'none'}.",
        }
        for name in told
        if name not in known
    ]
    errors += [
        {"path": name, "detail": f"The value {problem}"}
        for name, values in told.lists()
        for value in values
        if (problem := unstorable(value))
    ]
    if errors:
        raise wrong(errors)


def wrong(errors: list[dict[str, str]]) -> Problem:
    return Problem(HTTPStatus.BAD_REQUEST, "The address has parameters that can't be used.", errors)


def whole_number(request: Any, name: str, default: int, most: int) -> int:
    text = request.query_params.get(name)
    if text is None:
        return default
    number = int(text) if text.isascii() and text.isdigit() and len(text) < MOST_DIGITS else 0
    if not 1 <= number <= most:
        raise wrong([{"path": name, "detail": f"Write a whole number from 1 to {most}."}])
    return number


def moment(request: Any, name: str) -> datetime | None:
    """A date or a time with its zone; without one it is UTC."""
    text = request.query_params.get(name)
    if text is None:
        return None
    # In an address, a plus that isn't escaped is a space.
    found = _moment(text.replace(" ", "+"))
    if found is None:
        example = "2026-11-22 or 2026-11-22T08:30:00Z"
        raise wrong([{"path": name, "detail": f"Write a date or a time such as {example}."}])
    return found


def _moment(text: str) -> datetime | None:
    try:
        if (time := parse_datetime(text)) is not None:
            return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
        day = parse_date(text)
    except (ValueError, OverflowError):
        return None
    return day and datetime(day.year, day.month, day.day, tzinfo=UTC)


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: after which case, and as of when the first page was read."""

    after: int
    as_of: datetime

    def __str__(self) -> str:
        return (
            base64.urlsafe_b64encode(f"{self.after} {self.as_of.isoformat()}".encode()).decode().rstrip("=")
        )

    @classmethod
    def of(cls, text: str) -> "Cursor":
        try:
            after, _, told = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition(" ")
            as_of = datetime.fromisoformat(told)
        except (ValueError, binascii.Error):
            as_of = None
        if (
            as_of is None
            or as_of.tzinfo is None
            or not (after.isascii() and after.isdigit() and len(after) < 19)
        ):
            raise wrong(
                [{"path": "cursor", "detail": "This is no cursor of ours: follow “next” as it was given."}]
            )
        return cls(int(after), as_of)
