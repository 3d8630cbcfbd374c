"""Blood samples: counts with their bounds, completed where two of three numbers give the third, and graded.

Counts are in 10^9/L, shares in % of the leukocytes. Grades: 0, 1 (moderate), 2 (marked).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from scoring.facts import Qualifier, Test
from scoring.regiscar.v1.table import PARAMETERS
from values.spans import Span

OF_EOSINOPHILS = ("eosinophils", "eosinophils_percent")
# Each test of a sample, and the attribute of `Sample` that holds its number.
NUMBERS = {"eosinophils": "absolute", "eosinophils_percent": "percent", "leukocytes": "leukocytes"}
COUNTS = frozenset(NUMBERS)
ZERO = Decimal(0)
HUNDRED = Decimal(100)


class Range(NamedTuple):
    """What a number can be: `low` to `high`, None without an upper end; `below_high`: not reached."""

    low: Decimal
    high: Decimal | None
    below_high: bool = False

    def surely_below(self, limit: Decimal) -> bool:
        """Whether it stays below a limit, whatever its bounds leave open."""
        if self.high is None:
            return False
        return self.high < limit or (self.below_high and self.high == limit)


def range_of(test: Test) -> Range:
    """The range of a test whose number can be compared."""
    number = test.number or ZERO
    if test.is_upper_bound:
        return Range(ZERO, number, test.qualifier is Qualifier.LESS)
    return Range(number, None if test.is_lower_bound else number)


def highest(ranges: list[Range]) -> Range | None:
    """The highest of several results of one sample; None without any."""
    return _joined(ranges, max) if ranges else None


def any_of(ranges: list[Range]) -> Range | None:
    """One of several results, nobody knows which; None without any."""
    return _joined(ranges, min) if ranges else None


def _joined(ranges: list[Range], low_of: Callable[[Iterable[Decimal]], Decimal]) -> Range:
    if len(ranges) == 1:
        return ranges[0]
    highs = [r.high for r in ranges if r.high is not None]
    high = max(highs) if len(highs) == len(ranges) else None
    reached = any(r.high == high and not r.below_high for r in ranges)
    return Range(low_of([r.low for r in ranges]), high, high is not None and not reached)


def _times(left: Range, right: Range) -> Range:
    high = None if left.high is None or right.high is None else left.high * right.high
    return Range(left.low * right.low, high, high is not None and (left.below_high or right.below_high))


def _divided(part: Range, whole: Range) -> Range:
    low = part.low / whole.high if whole.high else ZERO
    high = part.high / whole.low if part.high is not None and whole.low else None
    return Range(low, high, high is not None and part.below_high)


PERCENT = Range(HUNDRED, HUNDRED)
PER_CENT = Range(Decimal("0.01"), Decimal("0.01"))


@dataclass(slots=True)
class Sample:
    """The eosinophils and leukocytes of one blood sample."""

    tests: list[Test] = field(default_factory=list)
    absolute: Range | None = None
    percent: Range | None = None
    leukocytes: Range | None = None

    @property
    def ids(self) -> list[str]:
        """The rows of the sample."""
        return [test.id for test in self.tests]

    @property
    def is_peak(self) -> bool:
        """Whether the report says that these eosinophils were the highest of the reaction."""
        return any(test.is_peak and test.name in OF_EOSINOPHILS for test in self.tests)

    @property
    def day(self) -> Span:
        """The days on which the sample can have been taken."""
        if len(self.tests) == 1:
            return self.tests[0].day
        lows = [test.day.low for test in self.tests if test.day.low is not None]
        highs = [test.day.high for test in self.tests if test.day.high is not None]
        return Span(
            min(lows) if len(lows) == len(self.tests) else None,
            max(highs) if len(highs) == len(self.tests) else None,
        )

    def complete(self) -> None:
        """Take the numbers of the tests, and compute the third where two are reported."""
        if len(self.tests) == 1:
            setattr(self, NUMBERS[self.tests[0].name], range_of(self.tests[0]))
            return
        ranges: dict[str, list[Range]] = {}
        for test in self.tests:
            ranges.setdefault(test.name, []).append(range_of(test))
        self.absolute = highest(ranges.get("eosinophils", []))
        self.percent = highest(ranges.get("eosinophils_percent", []))
        # Which of several leukocyte counts belongs to the eosinophils is not known.
        self.leukocytes = any_of(ranges.get("leukocytes", []))
        self._compute()

    def _compute(self) -> None:
        if self.absolute is None and self.percent is not None and self.leukocytes is not None:
            self.absolute = _times(_times(self.leukocytes, self.percent), PER_CENT)
        elif self.percent is None and self.absolute is not None and self.leukocytes is not None:
            self.percent = _divided(_times(self.absolute, PERCENT), self.leukocytes)
        elif self.leukocytes is None and self.absolute is not None and self.percent and self.percent.low:
            self.leukocytes = _divided(_times(self.absolute, PERCENT), self.percent)

    def grades(self) -> tuple[int, int]:
        """The lowest and the highest grade that this sample can mean."""
        least, most = grades_of_count(self.absolute)
        if self.leukocytes is None:
            return self._grades_without_leukocytes(least)
        few = PARAMETERS.leukocytes_for_percent
        by_share = _grades(self.percent, *SHARES)
        if self.leukocytes.surely_below(few):
            return max(least, by_share[0]), max(most, by_share[1])
        return least, max(most, by_share[1]) if self.leukocytes.low < few else most

    def _grades_without_leukocytes(self, least: int) -> tuple[int, int]:
        """A count counts as it is, a share as the lower of what it implies; few cells can make it more."""
        if self.absolute is not None:
            return least, 0 if self.absolute.high == 0 else 2
        implied = _least(self.percent, *SHARES_OF_FEWEST)
        none = self.percent is not None and self.percent.high == 0
        return min(implied, _least(self.percent, *SHARES)), 0 if none else 2


COUNT_LIMITS = (PARAMETERS.eosinophils_moderate, PARAMETERS.eosinophils_marked)
SHARES = (PARAMETERS.eosinophils_moderate_percent, PARAMETERS.eosinophils_marked_percent)
# The shares that with exactly 4.0 leukocytes make the limits of the count: more leukocytes make more.
SHARES_OF_FEWEST = (
    PARAMETERS.eosinophils_moderate / PARAMETERS.leukocytes_for_percent * 100,
    PARAMETERS.eosinophils_marked / PARAMETERS.leukocytes_for_percent * 100,
)


def grades_of_count(count: Range | None) -> tuple[int, int]:
    """The lowest and the highest grade of an absolute count; 0 without one."""
    return _grades(count, *COUNT_LIMITS)


def _grades(number: Range | None, moderate: Decimal, marked: Decimal) -> tuple[int, int]:
    if number is None:
        return 0, 0
    most = 0 if number.surely_below(moderate) else 1 if number.surely_below(marked) else 2
    return _least(number, moderate, marked), most


def _least(number: Range | None, moderate: Decimal, marked: Decimal) -> int:
    if number is None:
        return 0
    return 2 if number.low >= marked else 1 if number.low >= moderate else 0


def samples_of(tests: Iterable[Test]) -> list[Sample]:
    """Samples with a number on eosinophils, in the order of their ids."""
    by_name: dict[tuple[str, str], Sample] = {}
    for test in tests:
        # A test without a sample name is a sample of its own.
        name = (test.sample, "" if test.sample else test.id)
        by_name.setdefault(name, Sample()).tests.append(test)
    of_eosinophils = [s for s in by_name.values() if any(t.name in OF_EOSINOPHILS for t in s.tests)]
    for sample in of_eosinophils:
        sample.complete()
    return sorted(of_eosinophils, key=lambda sample: sorted(sample.ids))
