"""Virus tests during the reaction, for many cases at once."""

from collections.abc import Iterable
from typing import NamedTuple

from cases.models import ViralTest
from research.filters.conditions import VIRUS
from research.filters.examinations import TEST_RESULTS


class VirusResult(NamedTuple):
    """A test for a virus with its examination, and whether it is positive."""

    test: ViralTest
    is_positive: bool


def viruses_of(case_ids: Iterable[int]) -> dict[int, list[VirusResult]]:
    """The tests of the reaction by case. One query."""
    tests = (
        ViralTest.objects.filter(VIRUS.only, case__in=list(case_ids))
        .select_related("examination")
        .annotate(is_positive=TEST_RESULTS["positive"][1])
        .order_by("case", "examination__position", "id")
    )
    by_case: dict[int, list[VirusResult]] = {}
    for test in tests:
        by_case.setdefault(test.case_id, []).append(VirusResult(test, test.is_positive))
    return by_case
