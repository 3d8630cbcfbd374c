"""The reaction, its treatment, and what was found, on the picture of a case."""

from collections.abc import Mapping

from assessments.display.words import readable_units
from cases.models import (
    CaseRow,
    Finding,
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
from web.case_page.timeline.story import (
    BACKGROUND,
    REACTION,
    Bar,
    Lane,
    Mark,
    Story,
    Teller,
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
RESPONSES = {
    TreatmentResponse.RESOLVED.value: "complete resolution",
    TreatmentResponse.EFFECTIVE.value: "effective",
    TreatmentResponse.NONE.value: "no response",
}


def add_reactions(story: Story, record: CaseRecord, teller: Teller) -> None:
    """Each reaction from first sign to resolution, with its relapse; and death."""
    assessed = {row.pk for row in teller.timeline.reactions}
    for row in record.all(Reaction):
        kind = "reaction" if row.pk in assessed else "other-reaction"
        lane = Lane(THE_REACTION, kind, row.term or "Reaction", _some(row.get_outcome_display().lower()))
        _add_course(story, lane, row, "reaction", teller)
        if row.relapse:
            mark = Mark(
                f"{row.anchor}.relapse", teller.days(row, ".relapse"), f"{lane.label}: relapse",
                "relapse", "relapse", when=teller.when(row.relapse),
            )  # fmt: skip
            story.put(lane, mark)
        story.keep(lane)
    _add_death(story, record, teller)


def _add_death(story: Story, record: CaseRecord, teller: Teller) -> None:
    for patient in record.all(Patient):
        if patient.death_date:
            lane = Lane(THE_REACTION, "death", "Death")
            day = teller.timeline.days_to(DEATH)
            story.put(lane, Mark(DEATH, day, "Death", "death", when=teller.when(patient.death_date)))
            story.keep(lane)


def add_treatments(story: Story, record: CaseRecord, teller: Teller) -> None:
    """What the reaction was treated with, and when it answered; systemic steroids told apart."""
    for row in record.all(Treatment):
        kind = "steroid" if row.is_systemic_steroid else "treatment"
        lane = Lane(TREATMENT, kind, row.name, _treatment_notes(row, teller))
        _add_course(story, lane, row, "treatment", teller)
        if row.response_at:
            event = f"{row.anchor}.response"
            said = RESPONSES.get(row.response, "response")
            mark = Mark(
                event, teller.timeline.days_to(event), f"{row.name}: {said}", "response", said,
                when=teller.when(row.response_at),
            )  # fmt: skip
            story.put(lane, mark)
        story.keep(lane)


def _treatment_notes(row: Treatment, teller: Teller) -> list[str]:
    amount = f"{plain_number(row.amount)} {readable_units(row.unit)}" if row.amount is not None else ""
    kind = "systemic steroid" if row.is_systemic_steroid else ""
    said = [", ".join(filter(None, (kind, amount, row.route)))]
    if row.response:
        after = teller.timeline.between(row.anchor, f"{row.anchor}.response")
        said.append(RESPONSES[row.response] + _since(after))
    return _some(*said)


def _since(after: Span) -> str:
    if not is_placed(after):
        return ""
    within = not after.low and after.high
    return f" within {Span(after.high, after.high)} of its start" if within else f" {after} after its start"


def _some(*texts: str) -> list[str]:
    return [text for text in texts if text]


def add_findings(
    story: Story,
    record: CaseRecord,
    teller: Teller,
) -> None:
    """Skin, lymph nodes, organs and other signs: a lane for each that has a day."""
    lanes: dict[str, Lane] = {}
    sites = _sites(record)
    for row in (
        *record.all(SkinExamination),
        *record.all(LymphNodeExamination),
        *record.all(OrganInvolvement),
        *record.all(Symptom),
    ):
        label = _lane_of(row)
        lane = lanes.setdefault(label, Lane(SIGNS, "sign", label))
        story.put(lane, _finding_mark(row, sites, teller))
    for lane in lanes.values():
        story.keep(lane)


def _lane_of(row: Finding) -> str:
    if isinstance(row, OrganInvolvement):
        return row.get_organ_display()
    return {SkinExamination: "Skin", LymphNodeExamination: "Lymph nodes"}.get(type(row), "Other signs")


def _finding_mark(row: Finding, sites: Mapping[int, str], teller: Teller) -> Mark:
    shape = _shape(row)
    days = teller.days_of(row.when) if isinstance(row, Symptom) else teller.days(row)
    tells, word = _said(row, sites)
    return Mark(row.anchor, days, tells, shape, word, row.phase, when=_when(row, teller))


def _when(row: Finding, teller: Teller) -> str:
    return teller.when(row.when)


def _shape(row: Finding) -> str:
    return "positive" if isinstance(row, SkinExamination) else SHAPES[row.result]


def _said(row: Finding, sites: Mapping[int, str]) -> tuple[str, str]:
    """What was found, whole and in a word."""
    if isinstance(row, SkinExamination):
        extent = "" if row.extent_percent is None else f"{plain_number(row.extent_percent)} %"
        said = ", ".join(filter(None, (str(row), f"{extent} of body surface" if extent else "")))
        return f"Skin: {said}", extent or row.extent
    result = FOUND[row.result]
    if isinstance(row, Symptom):
        said = row.term if row.result == ResultKind.POSITIVE else f"{row.term}: {result}"
        return said, said
    if isinstance(row, LymphNodeExamination):
        where = sites.get(row.pk, "")
        return f"Lymph nodes: {result}{f' ({where})' if where else ''}", result
    basis = f" ({row.basis})" if row.basis else ""
    return f"{row.get_organ_display()}: {result}{basis}", result


def _sites(record: CaseRecord) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for site in record.all(LymphNodeSite):
        size = f" {plain_number(site.size_cm)} cm" if site.size_cm is not None else ""
        found.setdefault(site.examination_id, []).append(f"{site.site}{size}")
    return {examination: ", ".join(each) for examination, each in found.items()}


def add_history(story: Story, record: CaseRecord, teller: Teller) -> None:
    """Earlier illness and earlier drugs, as far as they are dated against the reaction."""
    for row in (*record.all(MedicalHistory), *record.all(PastDrug)):
        label = row.term if isinstance(row, MedicalHistory) else row.name
        lane = Lane(BEFORE, "history", label or "Earlier illness")
        _add_course(story, lane, row, "history", teller, phase=BACKGROUND)
        if isinstance(row, PastDrug) and row.response_at:
            event = f"{row.anchor}.response"
            mark = Mark(
                event, teller.timeline.days_to(event), f"{lane.label}: response", "response", "response",
                BACKGROUND, when=teller.when(row.response_at),
            )  # fmt: skip
            story.put(lane, mark)
        story.keep(lane)


def _add_course(
    story: Story, lane: Lane, row: CaseRow, what: str, teller: Teller, phase: str = REACTION
) -> None:
    """A bar from start to end. An end without a day is listed; a start without one leaves only the end."""
    start_at, end_at = getattr(row, row.starts), getattr(row, row.ends)
    start, end = teller.days(row), teller.days(row, ".end") if end_at else UNKNOWN_SPAN
    if not is_placed(start):
        tells = ": ".join(filter(None, (lane.label, lane.said)))
        story.undated.append(Undated(row.anchor, tells, teller.when(start_at), phase))
    if end_at and not is_placed(end):
        story.undated.append(Undated(f"{row.anchor}.end", f"{lane.label}: end", teller.when(end_at), phase))
    if is_placed(start):
        lane.bars.append(_bar(lane, row, start, end, teller, phase))
    elif is_placed(end):
        lane.marks.append(Mark(f"{row.anchor}.end", end, f"{lane.label}: end", phase=phase))


def _bar(lane: Lane, row: CaseRow, start: Span, end: Span, teller: Teller, phase: str) -> Bar:
    return Bar(
        (row.anchor, f"{row.anchor}.end") if is_placed(end) else (row.anchor,),
        start,
        end if is_placed(end) else Span(start.low, None),
        lane.label,
        style="" if is_placed(end) else "endless",
        phase=phase,
        when=teller.between(getattr(row, row.starts), getattr(row, row.ends)),
    )
