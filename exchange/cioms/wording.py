"""How the boxes of a form are worded: parts to lines, answers and numbers to words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from values.moment_text import format_moment
from values.moments import Moment
from values.numbers import plain_number


def in_lines(lines: Iterable[str]) -> str:
    """Those that say something, one below the other."""
    return "\n".join(line for line in lines if line and line.strip())


def joined(first: str, *more: str) -> str:
    """Parts that say something, with semicolons between them."""
    return "; ".join(part for part in (first, *more) if part and part.strip())


def named(name: str, value: str) -> str:
    """A value with what it is before it; nothing without a value."""
    return f"{name} {value}".strip() if value else ""


def beside(text: str, more: str) -> str:
    """A text with another in brackets, where that says more."""
    return f"{text} ({more})" if more and more != text else text


def with_unit(number: Decimal | None, unit: str) -> str:
    """A number with its unit; nothing without a number."""
    return f"{plain_number(number)} {unit}".strip() if number is not None else ""


def numbered(rows: Iterable[Any], say: Callable[[Any], str]) -> Iterator[str]:
    """What is said of each row, numbered where there are several."""
    found = list(rows)
    for number, row in enumerate(found, 1):
        if said := say(row):
            yield f"{number}) {said}" if len(found) > 1 else said


def headed(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines below a heading; nothing where there are none."""
    told = [line for line in lines if line.strip()]
    if told:
        yield f"{heading}: " + ("\n".join(told) if len(told) == 1 else "".join(f"\n– {one}" for one in told))


def result_words(row: Any, present: str = "present", absent: str = "absent") -> str:
    """The result of a finding in words; where it was told in words only, in those of the report."""
    told = {"positive": present, "negative": absent, "qualitative": row.verbatim or "abnormal"}
    return told.get(row.result, row.get_result_display().lower())


def dated(what: str, moment: Moment | None, events: Mapping[str, str]) -> str:
    """A moment in words, with what happened then before it; nothing without a moment."""
    return named(what, format_moment(moment, events)) if moment is not None else ""
