"""Which cases are to be scored anew."""

from collections.abc import Iterable, Iterator, Mapping

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet

from assessments.facts import FACTS_VERSION
from assessments.models import Standing
from cases.models import Case, CaseSummary, Exposure
from cases.models.exposure import SUSPECT_ROLES
from cases.selection import filtered_cases
from scoring.instrument import Instrument, Subject
from scoring.instruments import INSTRUMENTS

CHUNK = 5000


def outdated() -> QuerySet[CaseSummary]:
    """Cases whose evidence has changed, whose facts an earlier release made, or that lack a standing."""
    due = Q(is_current=False) | ~Q(facts_version=FACTS_VERSION)
    for instrument in INSTRUMENTS.values():
        due |= _lacks(instrument)
    return CaseSummary.objects.filter(due)


def _lacks(instrument: Instrument) -> Q:
    """Whether a case, or a suspect drug of it, has no current standing by an instrument."""
    current = Standing.objects.filter(instrument=instrument.key, is_current=True)
    if instrument.subject is Subject.CASE:
        return ~Q(Exists(current.filter(case=OuterRef("pk"))))
    without = Exposure.objects.filter(
        ~Exists(current.filter(exposure=OuterRef("pk"))), case=OuterRef("pk"), role__in=SUSPECT_ROLES
    )
    return Q(Exists(without))


def not_scored_by(rule_version: str) -> QuerySet[CaseSummary]:
    """Cases without a standing that this rule version made."""
    return CaseSummary.objects.filter(
        ~Exists(Standing.objects.filter(case=OuterRef("pk"), rule_version=rule_version))
    )


def numbered(numbers: Iterable[str]) -> QuerySet[CaseSummary]:
    """The cases of these numbers. Raises ValidationError for those that nobody has."""
    wanted = list(numbers)
    existing = set(Case.objects.filter(number__in=wanted).values_list("number", flat=True))
    if missing := [number for number in wanted if number not in existing]:
        raise ValidationError(f"No case is numbered {', '.join(missing)}.")
    return CaseSummary.objects.filter(case__number__in=wanted)


def filtered(values: Mapping[str, str]) -> QuerySet[CaseSummary]:
    """The cases that the filters of the list find. Raises ValidationError."""
    return CaseSummary.objects.filter(case__in=filtered_cases(values, Case.objects.all()))


def stream_ids(summaries: QuerySet[CaseSummary]) -> Iterator[int]:
    """The cases of these summaries in rising order, read bit by bit, each from where the last ended."""
    last = 0
    while True:
        rows = summaries.filter(case_id__gt=last).order_by("case_id").values_list("case_id", flat=True)
        ids = list(rows[:CHUNK])
        yield from ids
        if len(ids) < CHUNK:
            return
        last = ids[-1]
