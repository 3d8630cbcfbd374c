"""What was found of viruses during the reaction, for many cases at once."""

from collections.abc import Iterable

from cases.models import ViralTest
from research.filters.examinations import TESTED
from research.filters.kinds import VIRUS


def viruses_of(case_ids: Iterable[int]) -> dict[int, list[ViralTest]]:
    """The tests of the reaction by case, with their examinations; `is_positive` where found. One query."""
    tests = (
        ViralTest.objects.filter(VIRUS.only, case__in=list(case_ids))
        .select_related("examination")
        .annotate(is_positive=TESTED["positive"][1])
        .order_by("case", "examination__position", "id")
    )
    found: dict[int, list[ViralTest]] = {}
    for test in tests:
        found.setdefault(test.case_id, []).append(test)
    return found
