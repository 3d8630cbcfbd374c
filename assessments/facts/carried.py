"""What one row of the laboratory says for others: limits of normal and the patient's own values before."""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from assessments.facts.comparison import carry, comparison
from cases.models import Examination, Phase
from cases.recognition import test_of
from cases.record.case_record import CaseRecord


class Given(NamedTuple):
    """Limits of normal and the patient's own value, in the unit of comparison, and their rows."""

    lower: Decimal | None = None
    upper: Decimal | None = None
    baseline: Decimal | None = None
    limits_from: str = ""
    baseline_from: str = ""


class Carried:
    """The limits and baselines of one case."""

    def __init__(self, record: CaseRecord) -> None:
        self._before: dict[str, list[Examination]] = defaultdict(list)
        for row in record.all(Examination):
            if row.phase == Phase.BACKGROUND.value:
                self._before[test_of(row).key].append(row)

    def given(self, row: Examination, test: str) -> Given:
        """What holds for a row of this test: its own limits, and the lowest value before the reaction."""
        own = comparison(test, row.unit)
        if own.unit_limit:
            return Given(**{own.unit_limit: Decimal(1)})
        lower, upper = own.convert(row.lower_limit), own.convert(row.upper_limit)
        return Given(lower, upper, self._baseline(test, row.unit))

    def _baseline(self, test: str, unit: str) -> Decimal | None:
        values = [carry(row.value, test, row.unit, unit) for row in self._before.get(test, ())]
        return min((value for value in values if value is not None), default=None)
