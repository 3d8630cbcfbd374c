"""Which cases are to be scored anew."""

from collections.abc import Iterable, Iterator, Mapping

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from assessments.facts import FACTS_VERSION
from cases.models import Case, CaseScore
from cases.selection import filtered_cases

CHUNK = 5000


def outdated() -> QuerySet[CaseScore]:
    """Score rows older than their evidence, or made by an earlier release's way from rows to facts."""
    return CaseScore.objects.filter(Q(is_current=False) | ~Q(facts_version=FACTS_VERSION))


def numbered(numbers: Iterable[str]) -> QuerySet[CaseScore]:
    """The score rows of these case numbers. Raises ValidationError for those that nobody has."""
    wanted = list(numbers)
    known = set(Case.objects.filter(number__in=wanted).values_list("number", flat=True))
    if missing := [number for number in wanted if number not in known]:
        raise ValidationError(f"No case is numbered {', '.join(missing)}.")
    return CaseScore.objects.filter(case__number__in=wanted)


def filtered(values: Mapping[str, str]) -> QuerySet[CaseScore]:
    """The score rows of the cases that the filters of the list find. Raises ValidationError."""
    return CaseScore.objects.filter(case__in=filtered_cases(values, Case.objects.all()))


def stream_ids(scores: QuerySet[CaseScore]) -> Iterator[int]:
    """The cases of these score rows in rising order, read bit by bit, each from where the last ended."""
    last = 0
    while True:
        rows = scores.filter(case_id__gt=last).order_by("case_id").values_list("case_id", flat=True)
        ids = list(rows[:CHUNK])
        yield from ids
        if len(ids) < CHUNK:
            return
        last = ids[-1]
