"""One text for equal facts and results, so that digests and replays can be compared byte for byte.

A dataclass becomes an object of its fields in their own order, without those that hold their
default: a field added later leaves older texts as they were. Decimals are text, one for equal
numbers. Unordered sections of `Facts` are sorted by content, so that the order of rows never shows.
"""

import hashlib
import json
from collections.abc import Callable, Hashable
from dataclasses import fields
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from scoring.answer import Answer
from scoring.facts import Facts
from scoring.result import Result
from values.numbers import plain as plain_number
from values.spans import Span

# Names a row of evidence: part of the facts, of no weight in any decision.
ROW_IDS = frozenset({"id", "days_from_treatment_evidence"})
# Parts of a row whose order carries no meaning.
UNORDERED = frozenset({"sites", "doses"})


def encode(thing: object) -> str:
    """The canonical JSON text of a frozen dataclass of this package."""
    return json.dumps(_plain(thing), ensure_ascii=False, separators=(",", ":"))


def encode_facts(facts: Facts) -> str:
    """As `encode`, with every section in an order that does not depend on the order of rows."""
    plain = _plain(facts)
    for section, rows in plain.items():
        if isinstance(rows, list):
            plain[section] = sorted(rows, key=lambda row: (_text(_anonymous(row)), row["id"]))
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def decode_facts(text: str) -> Facts:
    """The facts that `encode_facts` wrote."""
    facts: Facts = _build(Facts, json.loads(text))
    return facts


def decode_result(text: str) -> Result:
    """The result that `encode` wrote."""
    result: Result = _build(Result, json.loads(text))
    return result


def decode_answer(text: str) -> Answer:
    """The reviewer's answer that `encode` wrote."""
    answer: Answer = _build(Answer, json.loads(text))
    return answer


def digest(*things: object) -> str:
    """SHA-256, in hexadecimal, of facts without the ids of their rows and without their order."""
    rows = sorted(_text(_anonymous(_plain(thing))) for thing in things)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def digest_text(text: str) -> str:
    """SHA-256 of a canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _text(plain: Any) -> str:
    return json.dumps(plain, separators=(",", ":"))


def _anonymous(plain: Any) -> Any:
    """Without the ids of rows, at any depth, and with rows in an order of their content."""
    if isinstance(plain, dict):
        return {key: _anonymous(value) for key, value in plain.items() if key not in ROW_IDS}
    if isinstance(plain, list) and plain and isinstance(plain[0], dict):
        return sorted((_anonymous(member) for member in plain), key=_text)
    return plain


def _plain(thing: Any) -> Any:
    kind = type(thing)
    if kind is Span:
        return [None if end is None else plain_number(end) for end in (thing.low, thing.high)]
    if kind is Decimal:
        return plain_number(thing)
    if kind is tuple:
        return [_plain(member) for member in thing]
    if hasattr(kind, "__dataclass_fields__"):
        names, values, defaults = _shape(cast(Hashable, kind))
        return {
            name: sorted(_plain(value), key=_text) if name in UNORDERED else _plain(value)
            for name, value, default in zip(names, values(thing), defaults, strict=True)
            if value != default
        }
    return thing


@lru_cache(maxsize=64)
def _shape(kind: Hashable) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[Any, ...]]:
    declared = fields(cast(type[Any], kind))
    names = tuple(field.name for field in declared)
    defaults = tuple(field.default for field in declared)
    return names, attrgetter(*names), defaults


def _build(kind: Any, plain: Any) -> Any:
    """Read back what `_plain` wrote, by the annotations of the dataclasses."""
    if get_origin(kind) is UnionType:
        (kind,) = (member for member in get_args(kind) if member is not NoneType)
    if plain is None:
        return None
    if kind is Span:
        return Span(*(None if end is None else Decimal(end) for end in plain))
    if get_origin(kind) is tuple:
        members = get_args(kind)
        return tuple(_build(members[0], member) for member in plain)
    if hasattr(kind, "__dataclass_fields__"):
        hints = _hints(kind)
        return kind(**{name: _build(hints[name], value) for name, value in plain.items()})
    return kind(plain)


@lru_cache(maxsize=64)
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)
