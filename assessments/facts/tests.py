"""Examinations that the score understands, in the units in which it compares them."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from cases.models import BiopsyDetail, Examination, ExaminationKind, Phase
from cases.models.examination import Qualifier
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from scoring import facts
from scoring.facts import BiopsyConclusion, ResultKind
from scoring.vocabulary import TESTS
from values.quantities import IncompatibleUnits, Quantity

BACKGROUND = Phase.BACKGROUND.value
BIOPSY = ExaminationKind.BIOPSY.value
SKIN = "skin"
UPPER_BOUNDS = (Qualifier.LESS, Qualifier.AT_MOST)


def test_facts(record: CaseRecord, timeline: CaseTimeline) -> Iterator[facts.Test]:
    before = _before_the_reaction(record)
    for row in record.of_reaction(Examination):
        if row.test in TESTS:
            unit = TESTS[row.test].unit or row.unit
            yield facts.Test(
                id=str(row.uuid),
                name=row.test,
                kind=_kind(row),
                value=_in_unit(_certain_value(row), row.unit, unit),
                upper=_in_unit(row.upper_limit, row.unit, unit),
                baseline=_baseline(before[row.test], unit),
                sample=row.sample or str(row.when or ""),
                day=timeline.days_to(row.anchor),
            )


def _kind(row: Examination) -> ResultKind:
    """A number that is only an upper bound ("< 2.0") says no more than words do."""
    bound = row.result == ResultKind.MEASURED and row.qualifier in UPPER_BOUNDS
    return ResultKind.QUALITATIVE if bound else ResultKind(row.result)


def _certain_value(row: Examination) -> Decimal | None:
    """The number that the result reaches at least."""
    return None if row.qualifier in UPPER_BOUNDS else row.value


def _in_unit(value: Decimal | None, source: str, target: str) -> Decimal | None:
    """In the unit of comparison, or None where no safe conversion leads there."""
    if value is None:
        return None
    try:
        return Quantity(value, source).to(target).value
    except IncompatibleUnits:
        return None


def _before_the_reaction(record: CaseRecord) -> dict[str, list[Examination]]:
    found = defaultdict(list)
    for row in record.all(Examination):
        if row.phase == BACKGROUND:
            found[row.test].append(row)
    return found


def _baseline(before: list[Examination], unit: str) -> Decimal | None:
    """The patient's own value before the reaction: the lowest that was measured."""
    known = [_in_unit(row.value, row.unit, unit) for row in before]
    return min((value for value in known if value is not None), default=None)


def biopsy_facts(record: CaseRecord) -> Iterator[facts.Biopsy]:
    details = {detail.examination_id: detail for detail in record.all(BiopsyDetail)}
    for row in record.of_reaction(Examination):
        if row.kind != BIOPSY:
            continue
        detail = details.get(row.pk)
        if detail is None or detail.tissue.lower() == SKIN:
            conclusion = detail.conclusion if detail else ""
            yield facts.Biopsy(
                id=str(row.uuid),
                kind=ResultKind(row.result),
                conclusion=BiopsyConclusion(conclusion) if conclusion else None,
            )
