"""Enter the cases of a JSON file: the API's body, one case or a list of them, each whole or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from rest_framework.exceptions import ParseError

from accounts.models import User
from api.case_entry import enter_case
from api.parsing import check_storable, read_json
from api.problems import errors_of

ENTERED, REFUSED = "entered", "refused"
NO_LIST = "This is neither a case nor a list of cases. Write an object as POST /api/v1/cases/ takes it."
NO_CASE = "Write a case as an object, as POST /api/v1/cases/ takes it."
NO_REASON = "Write why the case is entered, as text."


@dataclass(frozen=True)
class EntryResult:
    """What became of one case of a file. `position`: its place in a list, from 1; 0 for the file as a whole.

    `problems`: `path` and `detail` of each value that was refused; the path is empty for the whole case.
    """

    file: str
    position: int
    number: str
    uuid: str
    state: str
    problems: tuple[dict[str, str], ...] = ()


def read_cases_of(content: bytes) -> list[Any]:
    """The bodies in a file. Raises ParseError where it isn't JSON of cases."""
    data = read_json(content)
    if isinstance(data, dict):
        return [data]
    if not isinstance(data, list):
        raise ParseError(NO_LIST)
    return data


def enter_bodies(
    bodies: list[Any], file: Path | str, *, by: User, advance: Callable[[int], None]
) -> Iterator[EntryResult]:
    """Enter each case in its own transaction; one that is refused leaves the others alone."""
    for position, body in enumerate(bodies, 1):
        yield _enter(body, str(file), position, by)
        advance(1)


def refused_file(file: Path | str, detail: str) -> EntryResult:
    """The result for a file of which nothing could be read."""
    return EntryResult(str(file), 0, "", "", REFUSED, ({"path": "", "detail": detail},))


def _enter(body: Any, file: str, position: int, by: User) -> EntryResult:
    number = str(body.get("number") or "") if isinstance(body, dict) else ""
    try:
        data, reason = _parts(body)
        case = enter_case(data, by=by, reason=reason)
    except ParseError as error:
        problems = [{"path": "", "detail": str(error.detail)}]
    except ValidationError as error:
        problems = errors_of(error)
    else:
        return EntryResult(file, position, case.number, str(case.uuid), ENTERED)
    return EntryResult(file, position, number, "", REFUSED, tuple(problems))


def _parts(body: Any) -> tuple[dict[str, Any], str]:
    """The case and the reason for entering it. Raises ParseError and ValidationError."""
    if not isinstance(body, dict):
        raise ParseError(NO_CASE)
    check_storable(body)
    data = dict(body)
    reason = data.pop("reason", "")
    if not isinstance(reason, str):
        raise ValidationError({"reason": NO_REASON})
    return data, reason
