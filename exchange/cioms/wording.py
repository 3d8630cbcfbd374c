"""Words of the boxes of a form: parts joined to lines, answers, countries and numbers in words."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import pycountry

from values.moment_text import format_moment
from values.moments import Moment
from values.numbers import plain_number


def in_lines(lines: Iterable[str]) -> str:
    """Those that aren't blank, one below the other."""
    return "\n".join(line for line in lines if line and line.strip())


def joined(first: str, *more: str) -> str:
    """Parts that aren't blank, with semicolons between them."""
    return "; ".join(part for part in (first, *more) if part and part.strip())


def named(name: str, value: str) -> str:
    """A value with its name before it; nothing without a value."""
    return f"{name} {value}".strip() if value else ""


def beside(text: str, more: str) -> str:
    """A text with another in brackets, where that is different."""
    return f"{text} ({more})" if more and more != text else text


def with_unit(number: Decimal | None, unit: str) -> str:
    """A number with its unit; nothing without a number."""
    return f"{plain_number(number)} {unit}".strip() if number is not None else ""


def country_name(code: str) -> str:
    """The name of a country by its two letters (ISO 3166-1); any other text as it is."""
    country = pycountry.countries.get(alpha_2=code) if len(code) == len("FR") else None
    return str(country.name) if country else code


def numbered(rows: Iterable[Any], describe: Callable[[Any], str]) -> Iterator[str]:
    """Each row described, numbered where there are several."""
    described = list(rows)
    for number, row in enumerate(described, 1):
        if text := describe(row):
            yield f"{number}) {text}" if len(described) > 1 else text


def headed(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines below a heading; nothing where there are none."""
    filled = [line for line in lines if line.strip()]
    if len(filled) == 1:
        yield f"{heading}: {filled[0]}"
    elif filled:
        yield f"{heading}: " + "".join(f"\n– {line}" for line in filled)


def result_words(row: Any, present: str = "present", absent: str = "absent") -> str:
    """The result of a finding in words; where it was reported in words only, in those of the report."""
    words = {"positive": present, "negative": absent, "qualitative": row.verbatim or "abnormal"}
    return str(words.get(row.result, row.get_result_display().lower()))


def dated(what: str, moment: Moment | None, events: Mapping[str, str]) -> str:
    """A moment in words, with what happened then before it; nothing without a moment."""
    return named(what, format_moment(moment, events)) if moment is not None else ""
