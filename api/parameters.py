"""Query parameters: parsed, or refused by name. An unknown parameter is an error, never ignored."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

from api.parsing import unstorable
from api.problems import Problem
from research.sealed import seal, unseal

MAX_DIGITS = 18


def check_names(request: Any, allowed: Collection[str]) -> None:
    """Raise Problem for parameters of other names, and for values that can't be stored as text."""
    given = request.query_params
    errors = [
        {
            "path": name,
            "detail": f"There is no parameter of this name. Known: {', '.join(sorted(allowed)) or 'none'}.",
        }
        for name in given
        if name not in allowed
    ]
    errors += [
        {"path": name, "detail": f"The value {problem}"}
        for name, values in given.lists()
        for value in values
        if (problem := unstorable(value))
    ]
    if errors:
        raise invalid(errors)


def invalid(errors: list[dict[str, str]]) -> Problem:
    return Problem(HTTPStatus.BAD_REQUEST, "The address has parameters that can't be used.", errors)


def whole_number(request: Any, name: str, default: int, highest: int) -> int:
    """The value of a parameter, from 1 to `highest`; the default where it isn't given. Raises Problem."""
    text = request.query_params.get(name)
    if text is None:
        return default
    number = int(text) if text.isascii() and text.isdigit() and len(text) < MAX_DIGITS else 0
    if not 1 <= number <= highest:
        raise invalid([{"path": name, "detail": f"Write a whole number from 1 to {highest}."}])
    return number


def moment(request: Any, name: str) -> datetime | None:
    """A date or time; UTC unless the value names another zone; None where it isn't given. Raises Problem."""
    text = request.query_params.get(name)
    if text is None:
        return None
    # In an address, a plus that isn't escaped is a space.
    time = _parse_time(text.replace(" ", "+"))
    if time is None:
        example = "2026-11-22 or 2026-11-22T08:30:00Z"
        raise invalid([{"path": name, "detail": f"Write a date or a time such as {example}."}])
    return time


def _parse_time(text: str) -> datetime | None:
    try:
        if (time := parse_datetime(text)) is not None:
            return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
        day = parse_date(text)
    except (ValueError, OverflowError):
        return None
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


@dataclass(frozen=True)
class Cursor:
    """Where a page begins: the key of the case before it, and when the first page was read."""

    after: int
    as_of: datetime

    def __str__(self) -> str:
        return seal(f"{self.after} {self.as_of.isoformat()}")

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """The cursor of a query parameter. Raises Problem."""
        try:
            after, _, time = unseal(text).partition(" ")
            return cls(int(after), datetime.fromisoformat(time))
        except ValueError:
            detail = "This is no cursor of ours: follow “next” as it was given."
            raise invalid([{"path": "cursor", "detail": detail}]) from None


def next_address(request: Any, cursor: Cursor) -> str:
    """The address of the request with another cursor."""
    query = request.query_params.copy()
    query["cursor"] = str(cursor)
    address: str = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return address
