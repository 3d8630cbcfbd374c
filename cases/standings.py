"""Where cases stand, for readers of whole cases. The app that makes scores (assessments) provides it."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from scoring.instruments import PRIMARY


class Badge(Protocol):
    """A class in words, settled or open; as text with all that has to be seen beside it."""

    @property
    def words(self) -> str: ...
    @property
    def is_open(self) -> bool: ...


class Standing(Protocol):
    """Where a case stands by one instrument. Only a current one may be relied on."""

    case_id: int
    instrument: str
    is_current: bool
    rule_version: str
    origin: str
    total: int | None
    category: str
    computed_total: int
    low: int
    high: int
    provisional: bool

    @property
    def badge(self) -> Badge: ...


Standings = Mapping[str, Standing]


def standings_of(case_ids: list[int]) -> Mapping[int, Standings]:
    """The standings of cases by the key of the instrument. One query."""
    return _reader()(case_ids)


def primary_of(standings: Standings) -> Standing | None:
    """The standing by the primary instrument; None where the case was never scored."""
    return standings.get(PRIMARY)


@cache
def _reader() -> Callable[[list[int]], Mapping[int, Standings]]:
    reader: Callable[[list[int]], Mapping[int, Standings]] = import_string(settings.STANDINGS_OF_CASES)
    return reader
