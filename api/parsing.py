"""Strict parsing of request bodies: ambiguous or harmful JSON is refused before anything is read from it."""

import json
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

MAX_DEPTH = 20
MAX_BYTES = 20 * 1024 * 1024


class TooLarge(APIException):
    status_code = 413
    default_detail = f"This is larger than {MAX_BYTES // 1024 // 1024} MB. Enter fewer rows at once."


class StrictJson(BaseParser):
    """One JSON object in UTF-8, without duplicate names; decimal numbers keep their digits."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: Any = None, parser_context: Any = None) -> dict[str, Any]:
        content = stream.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise TooLarge
        data = read_json(content)
        if not isinstance(data, dict):
            raise ParseError("Send one JSON object.")
        check_storable(data)
        return data


def read_json(content: bytes) -> Any:
    """JSON in UTF-8. Raises ParseError where it is none, or ambiguous."""
    try:
        return json.loads(
            content.decode("utf-8"),
            parse_float=_decimal,
            parse_constant=_refuse_constant,
            object_pairs_hook=_object,
        )
    except RecursionError:
        raise ParseError(f"This JSON is nested deeper than {MAX_DEPTH} levels.") from None
    except UnicodeDecodeError:
        raise ParseError("This is not UTF-8.") from None
    except ValueError as error:
        raise ParseError(f"This is no JSON that can be read: {error}") from None


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text[:40]} is no number that can be kept") from None


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} stands twice")
    return data


def check_storable(value: Any, depth: int = 1, path: str = "") -> None:
    """Raise ParseError for values nested too deeply, and for texts that can't be stored."""
    if depth > MAX_DEPTH:
        raise ParseError(f"This JSON is nested deeper than {MAX_DEPTH} levels.")
    if isinstance(value, dict):
        for name, inner in value.items():
            check_storable(name, depth, path)
            check_storable(inner, depth + 1, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            check_storable(inner, depth + 1, f"{path}[{number}]")
    elif isinstance(value, str) and (problem := unstorable(value)):
        raise ParseError(f"{path or 'A name'} {problem}")


def unstorable(text: str) -> str:
    """Why PostgreSQL can't store a text; empty if it can."""
    if "\x00" in text:
        return "holds the character NUL, which can't be stored. Take it out."
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        return "holds half of a surrogate pair, which is no character. Write the whole one."
    return ""
