"""Where cases stand, for readers of whole cases. The app that makes scores (assessments) provides it."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from scoring.instruments import PRIMARY


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
    def category_label(self) -> str: ...


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
