"""Examinations as the score sees them: tests, temperatures and biopsies, read by the vocabulary."""

from collections.abc import Iterator

from assessments.facts.carried import Carried
from assessments.facts.comparison import comparison
from assessments.facts.not_counted import NotCounted
from cases.models import BiopsyDetail, Examination, ExaminationKind
from cases.recognition import TestReading, result_of, test_of
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from scoring import facts
from scoring.facts import BiopsyConclusion, Qualifier
from scoring.vocabulary import TESTS
from values.dates import PartialDate, Precision
from values.moments import Moment
from values.spans import TimeUnit
from vocabulary.sites import read_tissue

BIOPSY = ExaminationKind.BIOPSY.value
LABORATORY = ExaminationKind.LABORATORY.value
BODY_TEMPERATURE, SKIN_BIOPSY = "body_temperature", "skin_biopsy"
# Tests that become facts of their own kind, and rows of biopsies.
OTHER_FACTS = (BODY_TEMPERATURE, SKIN_BIOPSY)
# Intervals after an event that name a day.
EXACT_UNITS = (TimeUnit.DAY, TimeUnit.HOUR, TimeUnit.MINUTE)
CHOOSE_TEST = "Choose the test under Laboratory, Test; if it is none of them, “None of these tests”."


def test_facts(record: CaseRecord, timeline: CaseTimeline) -> Iterator[facts.Test | NotCounted]:
    """The tests of the reaction. A result of the laboratory whose name leads to no test doesn't count."""
    carried = Carried(record, timeline)
    for row in record.of_reaction(Examination):
        if row.kind == BIOPSY:
            continue
        reading = test_of(row)
        if reading.key and reading.key not in OTHER_FACTS:
            yield _test(row, reading.key, carried, timeline)
        elif not reading.key and row.kind == LABORATORY and not reading.is_chosen:
            yield NotCounted(row, _reason(row, reading), CHOOSE_TEST)


def _test(row: Examination, test: str, carried: Carried, timeline: CaseTimeline) -> facts.Test:
    compared, given = comparison(test, row.unit), carried.given(row, test)
    return facts.Test(
        id=str(row.uuid),
        name=test,
        kind=result_of(row),
        value=compared.convert(row.value),
        upper=given.upper,
        baseline=given.baseline,
        sample=row.sample or exact_moment(row.when),
        day=timeline.days_to(row.anchor),
        qualifier=Qualifier(row.qualifier),
        is_plausible=compared.is_plausible(row.value),
        lower=given.lower,
        limits_from=given.limits_from,
        baseline_from=given.baseline_from,
        is_peak=row.is_peak,
    )


def _reason(row: Examination, reading: TestReading) -> str:
    if reading.question:
        labels = " or ".join(TESTS[key].label for key in reading.candidates)
        meaning = f" Candidates: {labels}." if labels else ""
        return f"“{row.name}” does not name one test. {reading.question}{meaning}"
    if not row.name:
        return "A result without the name of its test."
    return f"“{row.name}” is not among the names of tests that are recognised."


def exact_moment(moment: Moment | None) -> str:
    """A moment that names one day or less; "" for a vaguer one, which joins no results into one sample."""
    if moment is None or moment.is_about:
        return ""
    offset = moment.offset
    if offset is not None:
        return str(moment) if offset.low == offset.high and offset.unit in EXACT_UNITS else ""
    date = moment.date
    return str(moment) if isinstance(date, PartialDate) and date.precision >= Precision.DAY else ""


def examined_temperatures(record: CaseRecord, timeline: CaseTimeline) -> Iterator[facts.Temperature]:
    """Temperatures that stand among the examinations, in degrees Celsius."""
    for row in record.of_reaction(Examination):
        if test_of(row).key == BODY_TEMPERATURE:
            compared = comparison(BODY_TEMPERATURE, row.unit)
            yield facts.Temperature(
                id=str(row.uuid),
                kind=result_of(row),
                celsius=compared.convert(row.value) if compared.is_plausible(row.value) else None,
                is_peak=row.is_peak,
                day=timeline.days_to(row.anchor),
                qualifier=Qualifier(row.qualifier),
            )


def biopsy_facts(record: CaseRecord) -> Iterator[facts.Biopsy | NotCounted]:
    """Biopsies of the skin; what names a part of the body, or no tissue, is taken as skin."""
    details = {detail.examination_id: detail for detail in record.all(BiopsyDetail)}
    for row in record.of_reaction(Examination):
        if row.kind == BIOPSY or test_of(row).key == SKIN_BIOPSY:
            yield _biopsy(row, details.get(row.pk))


def _biopsy(row: Examination, detail: BiopsyDetail | None) -> facts.Biopsy | NotCounted:
    is_skin = _is_skin(row, detail)
    if is_skin is False:
        reason = (
            f"“{detail.tissue if detail else row.name}” is no skin: it doesn't answer the item on its biopsy."
        )
        return NotCounted(row, reason, "If it showed an organ to be involved, enter that under Organs.")
    conclusion = detail.conclusion if detail else ""
    return facts.Biopsy(
        id=str(row.uuid),
        kind=result_of(row),
        conclusion=BiopsyConclusion(conclusion) if conclusion else None,
        is_skin=bool(is_skin),
    )


def _is_skin(row: Examination, detail: BiopsyDetail | None) -> bool | None:
    """Whether it is a biopsy of skin, by its tissue or else its name; None where neither says so."""
    if detail is not None:
        return read_tissue(detail.tissue).is_skin
    return True if test_of(row).key == SKIN_BIOPSY else read_tissue(row.name).is_skin
