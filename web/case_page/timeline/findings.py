"""The reaction, its treatment, and what was found, on the picture of a case."""

from collections.abc import Mapping

from assessments.display.words import readable_units
from cases.models import (
    CaseRow,
    LymphNodeExamination,
    LymphNodeSite,
    MedicalHistory,
    OrganInvolvement,
    PastDrug,
    Patient,
    Reaction,
    SkinExamination,
    Symptom,
    Treatment,
)
from cases.models.reaction import TreatmentResponse
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import DEATH
from scoring.facts import ResultKind
from values.numbers import plain_number
from values.spans import UNKNOWN_SPAN, Span
from web.case_page.timeline.lanes import (
    BACKGROUND,
    REACTION,
    Bar,
    CaseDates,
    Chart,
    Lane,
    Mark,
    Undated,
    is_placed,
)

THE_REACTION, TREATMENT, SIGNS, BEFORE = "Reaction", "Treatment of the reaction", "Signs and organs", "Before"
SHAPES = {
    ResultKind.MEASURED.value: "dot",
    ResultKind.POSITIVE.value: "positive",
    ResultKind.NEGATIVE.value: "negative",
    ResultKind.QUALITATIVE.value: "words",
    ResultKind.NOT_DONE.value: "not_done",
    ResultKind.NOT_STATED.value: "not_done",
}
# What a finding is called by its result.
FOUND = {
    ResultKind.MEASURED.value: "measured",
    ResultKind.POSITIVE.value: "present",
    ResultKind.NEGATIVE.value: "absent",
    ResultKind.QUALITATIVE.value: "in words only",
    ResultKind.NOT_DONE.value: "not examined",
    ResultKind.NOT_STATED.value: "not stated",
}
# The findings that are drawn, beside tests and temperatures.
Sign = SkinExamination | LymphNodeExamination | OrganInvolvement | Symptom
RESPONSES = {
    TreatmentResponse.RESOLVED.value: "complete resolution",
    TreatmentResponse.EFFECTIVE.value: "effective",
    TreatmentResponse.NONE.value: "no response",
}


def add_reactions(chart: Chart, record: CaseRecord, dates: CaseDates) -> None:
    """Each reaction from first sign to resolution, with its relapse; and death."""
    assessed = {row.pk for row in dates.timeline.reactions}
    for row in record.all(Reaction):
        kind = "reaction" if row.pk in assessed else "other-reaction"
        lane = Lane(THE_REACTION, kind, row.term or "Reaction", _nonempty(row.get_outcome_display().lower()))
        _add_course(chart, lane, row, "reaction", dates)
        if row.relapse:
            mark = Mark(
                f"{row.anchor}.relapse", dates.days(row, ".relapse"), f"{lane.label}: relapse",
                "relapse", "relapse", when=dates.when(row.relapse),
            )  # fmt: skip
            chart.add_mark(lane, mark)
        chart.add_lane(lane)
    _add_death(chart, record, dates)


def _add_death(chart: Chart, record: CaseRecord, dates: CaseDates) -> None:
    for patient in record.all(Patient):
        if patient.death_date:
            lane = Lane(THE_REACTION, "death", "Death")
            day = dates.timeline.days_to(DEATH)
            chart.add_mark(lane, Mark(DEATH, day, "Death", "death", when=dates.when(patient.death_date)))
            chart.add_lane(lane)


def add_treatments(chart: Chart, record: CaseRecord, dates: CaseDates) -> None:
    """What the reaction was treated with, and when it answered; systemic steroids apart."""
    for row in record.all(Treatment):
        kind = "steroid" if row.is_systemic_steroid else "treatment"
        lane = Lane(TREATMENT, kind, row.name, _treatment_notes(row, dates))
        _add_course(chart, lane, row, "treatment", dates)
        if row.response_at:
            event = f"{row.anchor}.response"
            response = RESPONSES.get(row.response, "response")
            mark = Mark(
                event, dates.timeline.days_to(event), f"{row.name}: {response}", "response", response,
                when=dates.when(row.response_at),
            )  # fmt: skip
            chart.add_mark(lane, mark)
        chart.add_lane(lane)


def _treatment_notes(row: Treatment, dates: CaseDates) -> list[str]:
    amount = f"{plain_number(row.amount)} {readable_units(row.unit)}" if row.amount is not None else ""
    kind = "systemic steroid" if row.is_systemic_steroid else ""
    notes = [", ".join(filter(None, (kind, amount, row.route)))]
    if row.response:
        after = dates.timeline.between(row.anchor, f"{row.anchor}.response")
        notes.append(RESPONSES[row.response] + _since(after))
    return _nonempty(*notes)


def _since(after: Span) -> str:
    if not is_placed(after):
        return ""
    within = not after.low and after.high
    return f" within {Span(after.high, after.high)} of its start" if within else f" {after} after its start"


def _nonempty(*texts: str) -> list[str]:
    return [text for text in texts if text]


def add_findings(
    chart: Chart,
    record: CaseRecord,
    dates: CaseDates,
) -> None:
    """Skin, lymph nodes, organs and other signs: a lane for each that has a day."""
    lanes: dict[str, Lane] = {}
    sites = _sites(record)
    rows: list[Sign] = [
        *record.all(SkinExamination),
        *record.all(LymphNodeExamination),
        *record.all(OrganInvolvement),
        *record.all(Symptom),
    ]
    for row in rows:
        label = _lane_of(row)
        lane = lanes.setdefault(label, Lane(SIGNS, "sign", label))
        chart.add_mark(lane, _finding_mark(row, sites, dates))
    for lane in lanes.values():
        chart.add_lane(lane)


def _lane_of(row: Sign) -> str:
    if isinstance(row, OrganInvolvement):
        return row.get_organ_display()
    if isinstance(row, Symptom):
        return "Other signs"
    return "Skin" if isinstance(row, SkinExamination) else "Lymph nodes"


def _finding_mark(row: Sign, sites: Mapping[int, str], dates: CaseDates) -> Mark:
    shape = _shape(row)
    days = dates.days_of(row.when) if isinstance(row, Symptom) else dates.days(row)
    text, word = _description(row, sites)
    return Mark(row.anchor, days, text, shape, word, row.phase, when=dates.when(row.when))


def _shape(row: Sign) -> str:
    return "positive" if isinstance(row, SkinExamination) else SHAPES[row.result]


def _description(row: Sign, sites: Mapping[int, str]) -> tuple[str, str]:
    """What was found, whole and in a word."""
    if isinstance(row, SkinExamination):
        extent = "" if row.extent_percent is None else f"{plain_number(row.extent_percent)} %"
        skin = ", ".join(filter(None, (str(row), f"{extent} of body surface" if extent else "")))
        return f"Skin: {skin}", extent or row.extent
    result = FOUND[row.result]
    if isinstance(row, Symptom):
        text = row.term if row.result == ResultKind.POSITIVE else f"{row.term}: {result}"
        return text, text
    if isinstance(row, LymphNodeExamination):
        where = sites.get(row.pk, "")
        return f"Lymph nodes: {result}{f' ({where})' if where else ''}", result
    basis = f" ({row.basis})" if row.basis else ""
    return f"{row.get_organ_display()}: {result}{basis}", result


def _sites(record: CaseRecord) -> dict[int, str]:
    sites: dict[int, list[str]] = {}
    for site in record.all(LymphNodeSite):
        size = f" {plain_number(site.size_cm)} cm" if site.size_cm is not None else ""
        sites.setdefault(site.examination_id, []).append(f"{site.site}{size}")
    return {examination: ", ".join(each) for examination, each in sites.items()}


def add_history(chart: Chart, record: CaseRecord, dates: CaseDates) -> None:
    """Earlier illness and earlier drugs, as far as they are dated against the reaction."""
    rows: list[MedicalHistory | PastDrug] = [*record.all(MedicalHistory), *record.all(PastDrug)]
    for row in rows:
        label = row.term if isinstance(row, MedicalHistory) else row.name
        lane = Lane(BEFORE, "history", label or "Earlier illness")
        _add_course(chart, lane, row, "history", dates, phase=BACKGROUND)
        if isinstance(row, PastDrug) and row.response_at:
            event = f"{row.anchor}.response"
            mark = Mark(
                event, dates.timeline.days_to(event), f"{lane.label}: response", "response", "response",
                BACKGROUND, when=dates.when(row.response_at),
            )  # fmt: skip
            chart.add_mark(lane, mark)
        chart.add_lane(lane)


def _add_course(
    chart: Chart, lane: Lane, row: CaseRow, what: str, dates: CaseDates, phase: str = REACTION
) -> None:
    """A bar from start to end. An end without a day is listed; a start without one leaves only the end."""
    start_at, end_at = getattr(row, row.starts), getattr(row, row.ends)
    start, end = dates.days(row), dates.days(row, ".end") if end_at else UNKNOWN_SPAN
    if not is_placed(start):
        text = ": ".join(filter(None, (lane.label, lane.note)))
        chart.undated.append(Undated(row.anchor, text, dates.when(start_at), phase))
    if end_at and not is_placed(end):
        chart.undated.append(Undated(f"{row.anchor}.end", f"{lane.label}: end", dates.when(end_at), phase))
    if is_placed(start):
        lane.bars.append(_bar(lane, row, start, end, dates, phase))
    elif is_placed(end):
        lane.marks.append(Mark(f"{row.anchor}.end", end, f"{lane.label}: end", phase=phase))


def _bar(lane: Lane, row: CaseRow, start: Span, end: Span, dates: CaseDates, phase: str) -> Bar:
    return Bar(
        (row.anchor, f"{row.anchor}.end") if is_placed(end) else (row.anchor,),
        start,
        end if is_placed(end) else Span(start.low, None),
        lane.label,
        style="" if is_placed(end) else "endless",
        phase=phase,
        when=dates.between(getattr(row, row.starts), getattr(row, row.ends)),
    )
