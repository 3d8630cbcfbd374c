"""What each row of a case is for the score: used by an item, not counted, or of a kind it never looks at.

Every row of a case is exactly one of the three: what is recorded is never ignored without saying so.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from assessments.facts import read_facts
from assessments.facts.not_counted import NotCounted
from cases.models import (
    AutopsyCauseOfDeath,
    BiopsyDetail,
    CaseRow,
    CausalityAssessment,
    Document,
    Dose,
    DrugInformation,
    DrugReaction,
    Examination,
    ExaminationKind,
    Exposure,
    Finding,
    FunctionalDetail,
    GeneticDetail,
    Indication,
    LinkedCase,
    LiteratureReference,
    LymphNodeSite,
    MedicalHistory,
    Narrative,
    OtherIdentifier,
    Parent,
    ParentMedicalHistory,
    ParentPastDrug,
    PastDrug,
    Patient,
    Phase,
    ReportedCauseOfDeath,
    ReportedScore,
    Reporter,
    Sender,
    SenderDiagnosis,
    Study,
    StudyRegistration,
    Substance,
    Summary,
    Treatment,
    ViralTest,
)
from cases.models.examination import NO_TEST
from cases.record.case_record import CaseRecord
from cases.record.case_timeline import CaseTimeline
from scoring.facts import Course, Fact, Facts, Test
from scoring.instrument import Rules

# Kinds of rows that no item reads, with the reason. A result under an unknown name is never among them.
NEVER_READ: Mapping[type[CaseRow], str] = {
    ReportedScore: "the score as the source reports it stands beside ours",
    Patient: "age, sex and death say when, not what",
    MedicalHistory: "history is of the time before the reaction",
    PastDrug: "earlier drugs are of the time before the reaction",
    ReportedCauseOfDeath: "a cause of death is a diagnosis",
    AutopsyCauseOfDeath: "a cause of death is a diagnosis",
    Exposure: "the score says whether it is DRESS, not which drug did it",
    Dose: "doses are read for the presence of the drug at onset",
    Substance: "part of a drug",
    Indication: "why a drug was given is no sign of the reaction",
    DrugInformation: "part of a drug",
    DrugReaction: "intervals and rechallenge are read for latency and course",
    CausalityAssessment: "a judgement on the drug",
    Treatment: "what was given is no sign; a steroid and a dated response are read with other items",
    Parent: "of another person",
    ParentMedicalHistory: "of another person",
    ParentPastDrug: "of another person",
    Reporter: "who reports",
    Sender: "who sends",
    OtherIdentifier: "a number of the report",
    Document: "a document; what it says is entered as rows",
    LiteratureReference: "where it was published",
    Study: "where it was observed",
    StudyRegistration: "where it was observed",
    LinkedCase: "another case",
    Narrative: "free text; what it says is entered as rows",
    SenderDiagnosis: "a diagnosis answers no item by its name",
    Summary: "free text",
}
# Details that belong to the row above them, and count as it does.
PARTS: Mapping[type[CaseRow], str] = {
    LymphNodeSite: "examination_id",
    ViralTest: "examination_id",
    BiopsyDetail: "examination_id",
    GeneticDetail: "examination_id",
    FunctionalDetail: "examination_id",
}
# Kinds of examinations of which RegiSCAR reads none: herpes viruses count neither way.
NEVER_READ_EXAMINATIONS = (ExaminationKind.VIRAL, ExaminationKind.GENETIC, ExaminationKind.FUNCTIONAL)
OTHER_PHASE = (
    "If it was seen during the reaction, choose “During the reaction” at Phase. A result of before is the "
    "patient’s own baseline where the reaction has one of the same test."
)
# A row of a kind that no part of the rules foresaw: shown all the same. A property test finds none.
UNFORESEEN = "No item of the score reads this row."


@dataclass(frozen=True)
class RowUses:
    """Every row of a case by what it is for the score of an instrument.

    `used`: the keys of the items that read a row, by its UUID. `never_read`: rows of `NEVER_READ` kinds, and
    tests that the vocabulary knows and no item reads.
    """

    used: Mapping[str, tuple[str, ...]]
    not_counted: tuple[NotCounted, ...]
    never_read: tuple[CaseRow, ...]


def row_uses(record: CaseRecord, rules: Rules, timeline: CaseTimeline | None = None) -> RowUses:
    """What each row of a case is for these rules."""
    timeline = timeline or CaseTimeline(record)
    facts, left_out = read_facts(record, timeline)
    used = _used(facts, rules, timeline)
    reasons = {str(row.row.uuid): row for row in left_out if str(row.row.uuid) not in used}
    never_read: list[CaseRow] = []
    recognised = {test.id for test in facts.tests}
    for row in record:
        if type(row) not in PARTS and str(row.uuid) not in used and str(row.uuid) not in reasons:
            if reason := _reason(row, recognised):
                reasons[str(row.uuid)] = reason
            else:
                never_read.append(row)
    for part, owner in _parts(record):
        if str(owner.uuid) in used:
            used[str(part.uuid)] = used[str(owner.uuid)]
        elif str(owner.uuid) in reasons:
            above = reasons[str(owner.uuid)]
            reasons[str(part.uuid)] = replace(above, row=part)
        else:
            never_read.append(part)
    return RowUses(used, tuple(reasons.values()), tuple(never_read))


def without_parts(not_counted: Iterable[NotCounted]) -> list[NotCounted]:
    """Those that stand for themselves: the details of a row are named with it."""
    return [left_out for left_out in not_counted if type(left_out.row) not in PARTS]


def by_reason(not_counted: Iterable[NotCounted]) -> list[list[NotCounted]]:
    """Those of equal reason and remedy together, as they came; what somebody set aside is last."""
    groups: dict[tuple[str, str], list[NotCounted]] = {}
    for left_out in not_counted:
        groups.setdefault((left_out.reason, left_out.remedy), []).append(left_out)
    return sorted(groups.values(), key=lambda group: group[0].is_set_aside)


def _used(facts: Facts, rules: Rules, timeline: CaseTimeline) -> dict[str, tuple[str, ...]]:
    """The items that read each row: of facts that are their input, and of rows that gave these a limit."""
    used: dict[str, list[str]] = {}
    for item in rules.TABLE:
        for fact in rules.inputs(facts, item.key):
            for row in _rows_of(fact, timeline):
                used.setdefault(row, []).append(item.key)
    return {row: tuple(dict.fromkeys(items)) for row, items in used.items()}


def _rows_of(fact: Fact, timeline: CaseTimeline) -> Iterator[str]:
    if isinstance(fact, Course):
        yield from (str(reaction.uuid) for reaction in timeline.reactions)
        yield from filter(None, (fact.days_from_treatment_evidence, *fact.seen_by))
        return
    yield fact.id
    if isinstance(fact, Test):
        yield from filter(None, (fact.limits_from, fact.baseline_from))


def _reason(row: CaseRow, recognised: Collection[str]) -> NotCounted | None:
    """Why a row that nothing read isn't counted; None for a kind that is never read."""
    if type(row) in NEVER_READ:
        return None
    if isinstance(row, Examination) and _is_never_read(row, recognised):
        return None
    if isinstance(row, Finding) and row.phase != Phase.REACTION:
        return NotCounted(row, f"Entered as “{row.get_phase_display()}”.", OTHER_PHASE, is_set_aside=True)
    if isinstance(row, Examination) and row.test == NO_TEST:
        reason = f"“{row.name}” was marked as none of the known tests."
        return NotCounted(row, reason, is_set_aside=True)
    return NotCounted(row, UNFORESEEN)


def _is_never_read(row: Examination, recognised: Collection[str]) -> bool:
    """Whether no item reads this test, which the vocabulary knows, or this kind of examination."""
    return row.kind in NEVER_READ_EXAMINATIONS or str(row.uuid) in recognised


def _parts(record: CaseRecord) -> Iterator[tuple[CaseRow, CaseRow]]:
    """Each detail with the row that it belongs to."""
    owners = {(type(row), row.pk): row for row in record}
    for model, column in PARTS.items():
        key = model._meta.get_field(column.removesuffix("_id"))
        for part in record.all(model):
            yield part, owners[key.related_model, getattr(part, column)]  # type: ignore[index]
