"""What one row of the laboratory says for others: limits of normal and the patient's own values before."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from assessments.facts.comparison import carry, comparison
from cases.models import Examination, Phase
from cases.recognition import test_of
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from scoring.facts import Qualifier

LIMITS = ("lower_limit", "upper_limit")
BACKGROUND = Phase.BACKGROUND.value
# Where no value before the reaction is known, the lowest normal value earlier in the reaction is the
# patient's own: involvement of the kidney is a multiple of it.
OWN_VALUE_IN_THE_REACTION = frozenset({"creatinine"})

# A number and the row that gave it.
Source = tuple[Decimal, str]


class Given(NamedTuple):
    """Limits of normal and the patient's own value, in the unit of comparison, and their rows."""

    lower: Decimal | None = None
    upper: Decimal | None = None
    baseline: Decimal | None = None
    limits_from: str = ""
    baseline_from: str = ""


# What a unit like "x ULN" says by itself.
MULTIPLES_OF = {
    "lower": Given(lower=Decimal(1)),
    "upper": Given(upper=Decimal(1)),
    "baseline": Given(baseline=Decimal(1)),
}


class Carried:
    """The limits and baselines of one case."""

    def __init__(self, record: CaseRecord, timeline: CaseTimeline) -> None:
        self._timeline = timeline
        self._rows: dict[str, list[Examination]] = defaultdict(list)
        self._before: dict[str, list[Examination]] = defaultdict(list)
        self._giving: dict[tuple[str, str], list[Examination]] = defaultdict(list)
        for row in record.all(Examination):
            self._add(row, test_of(row).key)

    def _add(self, row: Examination, test: str) -> None:
        (self._before if row.phase == BACKGROUND else self._rows)[test].append(row)
        for name in LIMITS:
            if getattr(row, name) is not None:
                self._giving[test, name].append(row)

    def given(self, row: Examination, test: str) -> Given:
        """What holds for a row of this test: its limits or those of another row, and the value before."""
        own = comparison(test, row.unit)
        if own.unit_limit:
            return MULTIPLES_OF[own.unit_limit]
        (lower, lower_from), (upper, upper_from) = [self._limit(row, test, name) for name in LIMITS]
        baseline, baseline_from = self._baseline(row, test, upper)
        return Given(lower, upper, baseline, upper_from or lower_from, baseline_from)

    def _limit(self, row: Examination, test: str, name: str) -> tuple[Decimal | None, str]:
        """Its own limit, or the one that all other rows of the test give that give one."""
        own: Decimal | None = getattr(row, name)
        if own is not None:
            return comparison(test, row.unit).convert(own), ""
        others = self._in_unit_of(row, test, name)
        return others[0] if len({number for number, _ in others}) == 1 else (None, "")

    def _in_unit_of(self, row: Examination, test: str, name: str) -> list[Source]:
        """A limit of the rows of a test that give it, where it compares with this row."""
        carried = [
            (carry(getattr(other, name), test, other.unit, row.unit), str(other.uuid))
            for other in self._giving.get((test, name), ())
        ]
        return [(number, source) for number, source in carried if number is not None]

    def _baseline(self, row: Examination, test: str, upper: Decimal | None) -> tuple[Decimal | None, str]:
        """The lowest value before the reaction, or else the lowest normal one earlier in it."""
        values = self._values(self._before.get(test, ()), row, test)
        if not values and upper is not None and test in OWN_VALUE_IN_THE_REACTION:
            values = [(value, source) for value, source in self._earlier(row, test) if value <= upper]
        return min(values, default=(None, ""))

    def _values(self, rows: Iterable[Examination], row: Examination, test: str) -> list[Source]:
        """The values of rows, none that is only a bound or that no patient can have."""
        carried = [
            (carry(other.value, test, other.unit, row.unit), str(other.uuid))
            for other in rows
            if other.value is not None
            and other.qualifier == Qualifier.EQUAL
            and comparison(test, other.unit).is_plausible(other.value)
        ]
        return [(value, source) for value, source in carried if value is not None]

    def _earlier(self, row: Examination, test: str) -> list[Source]:
        """The values of the reaction that were surely measured before a row."""
        start = self._timeline.days_to(row.anchor).low
        return [] if start is None else self._values(self._rows_before(row, test, start), row, test)

    def _rows_before(self, row: Examination, test: str, start: Decimal) -> list[Examination]:
        rows = [other for other in self._rows[test] if other.phase == row.phase and other is not row]
        ends = [(self._timeline.days_to(other.anchor).high, other) for other in rows]
        return [other for end, other in ends if end is not None and end < start]
