"""Checks of single values: data type, length, date, code list, nullFlavor.

Each check takes an element and its value and yields the faults of the value; the element's row has all
that a check compares it with.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from e2b.codelists import code_list
from e2b.datatypes import Attachment, Code, Null, Quantity, Range, Value, text_of
from e2b.elements import ELEMENTS, Element
from e2b.errors import MessageError
from e2b.ucum import has_form, is_ucum, suggestion
from e2b.violations import Level, Severity, Violation
from e2b.writing.markup import is_writable
from values.bounds import FIRST_YEAR
from values.dates import PartialDate


class Fault(NamedTuple):
    """A fault of a value: a violation without its element and place."""

    rule: str
    level: Level
    sentence: str
    remedy: str = ""
    severity: Severity = Severity.ERROR

    def at(self, element: Element, place: str) -> Violation:
        """The violation of an element at a place of the message."""
        return Violation(self.rule, element.id, place, self.sentence, self.remedy, self.severity, self.level)


class CheckOptions(NamedTuple):
    """What values are checked against beside their rows: the day, and nullFlavors that a region adds."""

    today: date
    more_nulls: dict[str, tuple[str, ...]]


# Codes, units, numbers, names and days repeat from message to message; longer texts hardly do.
_SHORT: Final = 60


def faults_of(element: Element, value: Value, options: CheckOptions) -> Iterable[Fault]:
    """All faults of one value."""
    if isinstance(value, str):
        return (
            _faults_of_text(element.id, value) if len(value) <= _SHORT else _faults(element, value, options)
        )
    if isinstance(value, PartialDate):
        return _faults_of_date(element.id, value, options.today)
    return _null(element, value, options) if isinstance(value, Null) else _faults(element, value, options)


@lru_cache(maxsize=16384)
def _faults_of_text(name: str, text: str) -> tuple[Fault, ...]:
    # A text is checked against its row alone.
    return tuple(_faults(ELEMENTS[name], text, CheckOptions(date.max, {})))


@lru_cache(maxsize=16384)
def _faults_of_date(name: str, value: PartialDate, today: date) -> tuple[Fault, ...]:
    return tuple(_faults(ELEMENTS[name], value, CheckOptions(today, {})))


def _faults(element: Element, value: Value, options: CheckOptions) -> Iterator[Fault]:
    text = text_of(value)
    if not is_writable(text):
        yield Fault("ICH-CHARACTER", Level.DATATYPE, "It has a character that XML cannot hold.", "Remove it.")
    if len(text) > element.length > 0:
        yield Fault("ICH-LENGTH", Level.DATATYPE,
                    f"It has {len(text):,} characters; {element.length:,} are allowed.",
                    "Shorten it.")  # fmt: skip
    yield from _CHECKS[element.type](element, value, options)
    yield from _code(element, value)


def _null(element: Element, value: Null, options: CheckOptions) -> Iterator[Fault]:
    allowed = (*element.null_flavors, *options.more_nulls.get(element.id, ()))
    if value.flavor not in allowed:
        remedy = f"Use {', '.join(allowed)}." if allowed else "Leave the element out."
        yield Fault("ICH-NULL", Level.NULL, f"The nullFlavor {value.flavor} is not allowed here.", remedy)


def _text(element: Element, value: Value, _: CheckOptions) -> Iterator[Fault]:
    coded = bool(element.codes) and isinstance(value, Code | Quantity)
    if not isinstance(value, str) and not coded:
        yield _type("It is no text.", "Give text.")


def _number(element: Element, value: Value, _: CheckOptions) -> Iterator[Fault]:
    if isinstance(value, Code) or (isinstance(value, str) and element.codes not in {"", "kg", "cm"}):
        return
    if isinstance(value, Range):
        numbers = [end.value for end in (value.low, value.high) if end and isinstance(end.value, str)]
    else:
        numbers = [text_of(value)]
    if not all(_NUMBER.fullmatch(number) for number in numbers):
        yield _type(f"{text_of(value)[:40]!r} is no number.", "Give digits with a decimal point, no commas.")


def _date(element: Element, value: Value, options: CheckOptions) -> Iterator[Fault]:
    if not isinstance(value, PartialDate):
        yield Fault("ICH-DATE", Level.DATATYPE, f"{text_of(value)[:40]!r} is no date.",
                    "Spell it CCYYMMDDhhmmss+zzzz, cut where it is not known.")  # fmt: skip
        return
    if value.precision < element.least_precision:
        yield Fault("ICH-PRECISION", Level.DATATYPE,
                    f"The date is only precise to the {value.precision.name.lower()}.",
                    f"Give it to the {element.least_precision.name.lower()}.")  # fmt: skip
    if value.parts[0] < FIRST_YEAR:
        yield Fault("ICH-DATE", Level.DATATYPE, f"{value} lies before {FIRST_YEAR}, out of any life.",
                    "Check the year.")  # fmt: skip
    if value.parts[:3] > options.today.timetuple()[:3]:
        yield Fault("ICH-FUTURE", Level.DATATYPE, f"{value} lies in the future.", "Check the year.")


def _boolean(_: Element, value: Value, __: CheckOptions) -> Iterator[Fault]:
    if value not in {"true", "false"}:
        yield _type(f"{text_of(value)[:40]!r} is neither true nor false.", "Give true or false.")


def _document(_: Element, value: Value, __: CheckOptions) -> Iterator[Fault]:
    if not isinstance(value, Attachment):
        yield _type("It is no document.", "Attach the bytes with their media type.")
        return
    try:
        value.data  # noqa: B018 - decoding is the check
    except MessageError as error:
        yield Fault("ICH-BASE64", Level.DATATYPE, str(error), "Encode the document again.")


def _reference(_: Element, value: Value, __: CheckOptions) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield _type("It is no local id.", "Give the id of a reaction.")


_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)

_CHECKS: Final[dict[str, Callable[[Element, Value, CheckOptions], Iterator[Fault]]]] = {
    "AN": _text,
    "A": _text,
    "N": _number,
    "date": _date,
    "bool": _boolean,
    "ED": _document,
    "ref": _reference,
}


def _code(element: Element, value: Value) -> Iterator[Fault]:
    if not element.codes:
        return
    if element.codes in {"kg", "cm"} or element.codes.startswith("@"):
        yield from _unit(element, value)
        return
    if element.codes == "UCUM":
        yield from _ucum(text_of(value))
        return
    codes = code_list(element.codes)
    system = value.system if isinstance(value, Code) else None
    if not codes.accepts(system):
        yield Fault("ICH-SYSTEM", Level.CODE, f"The code system {system!r} is not the one asked for.",
                    f"Use {codes.system or 'no code system'}.")  # fmt: skip
    elif system in {None, codes.system} and not codes.contains(text_of(value)):
        choice = ", ".join(codes.codes) if len(codes.codes) < 20 else ""
        yield Fault("ICH-CODE", Level.CODE, f"{text_of(value)[:40]!r} is not in the code list.",
                    f"Use one of {choice}." if choice else "Use a code of the list.")  # fmt: skip


def _ucum(unit: str) -> Iterator[Fault]:
    if not is_ucum(unit):
        meant = suggestion(unit)
        remedy = f"Write {meant}." if meant else "Write the unit as on ucum.org, or the result in F.r.3.4."
        if not meant and has_form(unit):
            yield Fault("ICH-UNIT", Level.CODE, f"{unit[:40]!r} is not in our table of UCUM.", remedy,
                        Severity.WARNING)  # fmt: skip
        else:
            yield Fault("ICH-UNIT", Level.CODE, f"{unit[:40]!r} is no unit of UCUM.", remedy)


def _unit(element: Element, value: Value) -> Iterator[Fault]:
    if isinstance(value, Quantity):
        unit = element.codes if element.codes in {"kg", "cm"} else "the unit of the result"
        yield Fault("ICH-UNIT", Level.CODE, f"The unit is {value.unit or 'missing'}.", f"Give it in {unit}.",
                    Severity.ERROR if element.codes in {"kg", "cm"} else Severity.WARNING)  # fmt: skip


def _type(sentence: str, remedy: str) -> Fault:
    return Fault("ICH-TYPE", Level.DATATYPE, sentence, remedy)
