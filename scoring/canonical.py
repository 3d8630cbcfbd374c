"""One text for equal facts and results, so that digests and replays can be compared byte for byte.

A dataclass becomes an object of its fields in their own order, without those that hold their
default: a field added later leaves older texts as they were. Decimals are text, one for equal
numbers. Parts whose order has no meaning are sorted by content, so that the order of rows never
matters. The writer and the reader of a type are built once, on first use.
"""

import hashlib
import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from json.encoder import encode_basestring as quoted
from json.encoder import encode_basestring_ascii as quoted_ascii
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import orjson

from scoring.answer import Answer
from scoring.facts import Facts
from scoring.result import Result
from values.numbers import plain_number
from values.spans import Span

# Ids of rows of evidence: part of the facts, without influence on any answer.
ROW_IDS = frozenset({"id", "days_from_treatment_evidence", "limits_from", "baseline_from", "seen_by"})
# Sections of `Facts` and parts of a row whose order has no meaning.
UNORDERED = frozenset(
    {
        "temperatures",
        "nodes",
        "tests",
        "skin",
        "biopsies",
        "organs",
        "exposures",
        "sites",
        "doses",
        "signs",
        "diagnoses",
        "steroids",
    }
)


def encode(value: object) -> str:
    """The canonical JSON text of a frozen dataclass of this package."""
    return _WHOLE.write(value)


def encode_facts(facts: Facts) -> str:
    """As `encode`, of a whole case."""
    return _WHOLE.write(facts)


def decode_facts(text: str, without: AbstractSet[str] = frozenset()) -> Facts:
    """The facts of a text that `encode_facts` wrote, with the sections `without` left empty.

    Raises ValueError for a word that no enumeration has.
    """
    sections = orjson.loads(text)
    for section in without & sections.keys():
        del sections[section]
    facts: Facts = _reader(Facts)(sections)
    return facts


def decode_result(text: str) -> Result:
    """The result of a text that `encode` wrote. Raises ValueError for a word that no enumeration has."""
    result: Result = _reader(Result)(orjson.loads(text))
    return result


def decode_answer(text: str) -> Answer:
    """The reviewer's answer of a text that `encode` wrote."""
    answer: Answer = _reader(Answer)(orjson.loads(text))
    return answer


def digest(*values: object) -> str:
    """SHA-256, in hexadecimal, of facts without the ids of their rows and without their order."""
    rows = sorted(_in_ascii(_ANONYMOUS.write(value)) for value in values)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def digest_text(text: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


Writer = Callable[[Any], str]


class _Writers(dict[type, Writer]):
    """The function that writes each type. Fields named in `without` are left out."""

    def __init__(self, without: frozenset[str] = frozenset()) -> None:
        super().__init__(
            {
                NoneType: lambda _: "null",
                bool: lambda answer: "true" if answer else "false",
                int: str,
                str: quoted,
                Decimal: _number,
                Span: _span,
                tuple: self._in_order,
            }
        )
        self._without = without
        self._unordered: dict[type, Writer] = {tuple: self._in_order_of_content}

    def write(self, value: object) -> str:
        return self[type(value)](value)

    def __missing__(self, kind: type) -> Writer:
        # A type that is neither listed above nor a dataclass is a StrEnum.
        writer = self[kind] = self._object(kind) if is_dataclass(kind) else quoted
        return writer

    def _object(self, kind: Any) -> Writer:
        written = [field for field in fields(kind) if field.name not in self._without]
        values_of = attrgetter(*(field.name for field in written))
        keys = [f"{quoted(field.name)}:" for field in written]
        writers = [self._unordered if field.name in UNORDERED else self for field in written]
        defaults = [field.default for field in written]
        left_out = [
            "" if default is MISSING else writer[type(default)](default)
            for writer, default in zip(writers, defaults, strict=True)
        ]

        def write(instance: Any) -> str:
            parts = []
            columns = zip(keys, writers, values_of(instance), defaults, left_out, strict=False)
            for key, writer, value, default, omitted in columns:
                if value is not default:
                    text = writer[type(value)](value)
                    if text != omitted:
                        parts.append(key + text)
            return f"{{{','.join(parts)}}}"

        return write

    def _in_order(self, members: tuple[Any, ...]) -> str:
        return f"[{','.join([self[type(member)](member) for member in members])}]"

    def _in_order_of_content(self, members: tuple[Any, ...]) -> str:
        if len(members) < 2:
            return self._in_order(members)
        texts = [(self[type(member)](member), getattr(member, "id", "")) for member in members]
        return f"[{','.join([text for text, _ in sorted(texts, key=_content_then_id)])}]"


def _content_then_id(row: tuple[str, str]) -> tuple[str, str]:
    """The text of a row after its id, which is its first field if it has one; then the id."""
    text, name = row
    content_start = len(_ID) + len(quoted(name)) if text.startswith(_ID) else 0
    return _in_ascii(text[content_start:]), name


def _in_ascii(text: str) -> str:
    """The same JSON with every other letter escaped: stored texts were sorted in this form."""
    if text.isascii() and text.isprintable():
        return text
    return _NOT_ASCII.sub(lambda match: quoted_ascii(match[0])[1:-1], text)


def _number(number: Decimal) -> str:
    return f'"{plain_number(number)}"'


def _span(span: Span) -> str:
    low = "null" if span.low is None else _number(span.low)
    if span.low == span.high:
        return f"[{low},{low}]"
    return f"[{low},{'null' if span.high is None else _number(span.high)}]"


_ID = '{"id":'
_NOT_ASCII = re.compile("[^ -~]+")
_WHOLE, _ANONYMOUS = _Writers(), _Writers(without=ROW_IDS)


Reader = Callable[[Any], Any]

# Values that parsed JSON holds as the facts do.
_AS_PARSED = (str, bool, int)


@cache
def _reader(kind: Any) -> Reader:
    """The function that turns parsed JSON back into a value of an annotated type."""
    if get_origin(kind) is UnionType:
        (some_type,) = (argument for argument in get_args(kind) if argument is not NoneType)
        return _optional(_reader(some_type))
    if kind is Span:
        return lambda ends: _span_of(*ends)
    if get_origin(kind) is tuple:
        read = _reader(get_args(kind)[0])
        return lambda members: tuple([read(member) for member in members])
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    # The members of a StrEnum are cached; a word that it lacks raises ValueError.
    return cache(kind) if issubclass(kind, StrEnum) else kind


# Equal spans are frequent: every dose of an exposure has one.
@lru_cache(maxsize=2**14)
def _span_of(low: str | None, high: str | None) -> Span:
    return Span(None if low is None else Decimal(low), None if high is None else Decimal(high))


def _optional(read: Reader) -> Reader:
    return read if read in _AS_PARSED else lambda value: None if value is None else read(value)


def _dataclass_reader(kind: Any) -> Reader:
    readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
    differing = {name: read for name, read in readers.items() if read not in _AS_PARSED}

    def read_row(row: dict[str, Any]) -> Any:
        for name in differing.keys() & row.keys():
            row[name] = differing[name](row[name])
        return kind(**row)

    return read_row
