"""A narrative drafted from the rows of a case, in the order in which reviewers read.

It says what a row says and nothing else: what nobody recorded is left out, and our own score stays where it
belongs, in the sender's comments.
"""

from collections.abc import Callable, Iterable, Iterator

from cases.models import (
    AutopsyCauseOfDeath,
    CaseRow,
    CausalityAssessment,
    DifferentialDiagnosis,
    DrugReaction,
    Examination,
    Exposure,
    LymphNodeExamination,
    LymphNodeSite,
    MedicalHistory,
    OrganInvolvement,
    PastDrug,
    Patient,
    Phase,
    Reaction,
    ReportedCauseOfDeath,
    ReportedScore,
    Reporter,
    SkinExamination,
    Symptom,
    Temperature,
    Treatment,
)
from cases.models.exposure import SUSPECT_ROLES, Role
from cases.models.reaction import SERIOUSNESS
from cases.record.case_record import CaseRecord
from exchange.cioms.wording import country_name
from exchange.icsr.finding_sentences import finding_sentence
from exchange.icsr.row_texts import RowDescriber, capital
from exchange.narrative.drugs import concomitants, suspect
from exchange.narrative.results import test_sentences
from scoring.instruments import INSTRUMENTS
from values.numbers import plain_number

Sentences = Iterator[str]
# Findings that the paragraphs of their phases bring in; treatments and diagnoses have their own.
FOUND: tuple[type[CaseRow], ...] = (
    Temperature,
    SkinExamination,
    LymphNodeExamination,
    LymphNodeSite,
    OrganInvolvement,
    Symptom,
)


def draft(record: CaseRecord) -> str:
    """The narrative: opening, history, drugs, reaction, tests, course and judgement, a paragraph each.

    A paragraph of which nothing is recorded is left out.
    """
    describer = RowDescriber(record)
    paragraphs = (_paragraph(sentences(record, describer)) for sentences in PARAGRAPHS)
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _paragraph(sentences: Sentences) -> str:
    return " ".join([_sentence(words) for words in sentences if words.strip()])


def _sentence(words: str) -> str:
    return f"{capital(words.strip()).rstrip('. ')}."


def _opening(record: CaseRecord, describer: RowDescriber) -> Sentences:
    reactions, patient = _names(record.all(Reaction)), record.single(Patient)
    source = next((row for row in record.all(Reporter) if row.is_primary), None)
    if patient or reactions:
        about = _patient(patient) if patient else "a patient"
        yield f"{_source(source)} concerns {about}{f', with {reactions}' if reactions else ''}"
    suspects = _names(row for row in record.all(Exposure) if row.role in SUSPECT_ROLES)
    if suspects:
        yield f"Suspected: {suspects}"
    for words, who in (("reporter", "The reporter"), ("company", "The sender")):
        reasons = [
            text
            for key, text, _ in SERIOUSNESS
            if any(getattr(row, f"{words}_{key}") for row in record.all(Reaction))
        ]
        if reasons:
            yield f"{who} considers the case serious: {', '.join(reasons)}"


def _source(reporter: Reporter | None) -> str:
    if reporter is None:
        return "This report"
    who = reporter.get_qualification_display().lower() if reporter.qualification else ""
    where = f" in {country_name(reporter.country)}" if reporter.country else ""
    return f"This report from a {who or 'reporter'}{where}"


def _patient(patient: Patient) -> str:
    sex = f"{patient.get_sex_display().lower()} " if patient.sex in ("1", "2") else ""
    age = "" if patient.age is None else f", {plain_number(patient.age)} {patient.get_age_unit_display()} old"
    group = f" ({patient.get_age_group_display().lower()})" if patient.age_group and not age else ""
    return f"a {sex}patient{age}{group}"


def _names(rows: Iterable[CaseRow]) -> str:
    """The rows as a list of names, each once, "and" before the last."""
    *first, last = dict.fromkeys(map(str, rows)) or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _history(record: CaseRecord, describer: RowDescriber) -> Sentences:
    patient = record.single(Patient)
    if patient and patient.history_text:
        yield patient.history_text
    for row in record.all(MedicalHistory):
        whose = "Family history" if row.is_family_history else "History"
        yield f"{whose}: {row.term}{_period(row, describer)}{f' ({row.comments})' if row.comments else ''}"
    for drug in record.all(PastDrug):
        parts = [
            f" for {drug.indication}" if drug.indication else "",
            _period(drug, describer),
            f", with the reaction {drug.reaction}" if drug.reaction else "",
        ]
        yield f"Taken earlier: {drug.name}{''.join(parts)}"
    yield from _findings(record, describer, Phase.BACKGROUND)


def _period(row: MedicalHistory | PastDrug, describer: RowDescriber) -> str:
    start = f", since {describer.moment(row.start)}" if row.start else ""
    return f"{start}{f', until {describer.moment(row.end)}' if row.end else ''}"


def _drugs(record: CaseRecord, describer: RowDescriber) -> Sentences:
    for row in record.all(Exposure):
        if row.role in SUSPECT_ROLES:
            yield from suspect(row, record, describer)
    yield from concomitants(
        [row for row in record.all(Exposure) if row.role == Role.CONCOMITANT], record, describer
    )


def _reaction(record: CaseRecord, describer: RowDescriber) -> Sentences:
    for row in record.all(Reaction):
        if row.onset:
            yield f"{row} began {describer.moment(row.onset)}"
    yield from _findings(record, describer, Phase.REACTION)


def _findings(record: CaseRecord, describer: RowDescriber, *phases: str) -> Sentences:
    """The findings of a phase as they are worded wherever they leave in words."""
    for model in FOUND:
        for row in record.all(model):
            if _phase(row) in phases:
                yield finding_sentence(row, describer)


def _phase(row: CaseRow) -> str:
    """The phase of a finding; a lymph node site has that of its examination."""
    return str((row.examination if isinstance(row, LymphNodeSite) else row).phase)  # type: ignore[attr-defined]


def _tests(record: CaseRecord, describer: RowDescriber) -> Sentences:
    return test_sentences(record.all(Examination), describer)


def _course(record: CaseRecord, describer: RowDescriber) -> Sentences:
    for treatment in record.all(Treatment):
        yield finding_sentence(treatment, describer)
    yield from _findings(record, describer, Phase.AFTER)
    for pair in record.all(DrugReaction):
        if pair.dechallenge:
            yield f"{pair.exposure}: {pair.get_dechallenge_display().lower()}"
        if pair.recurrence:
            yield f"{pair.exposure}: {pair.get_recurrence_display().lower()}"
    for row in record.all(Reaction):
        parts = [
            f"outcome: {row.get_outcome_display().lower()}" if row.outcome else "",
            f"ended {describer.moment(row.end)}" if row.end else "",
            f"came back {describer.moment(row.relapse)}" if row.relapse else "",
            f"sequelae: {row.sequelae}" if row.sequelae else "",
        ]
        if any(parts):
            yield f"{row}: {', '.join(filter(None, parts))}"
    yield from _death(record, describer)


def _death(record: CaseRecord, describer: RowDescriber) -> Sentences:
    patient = record.single(Patient)
    if patient and patient.death_date:
        yield f"The patient died {describer.moment(patient.death_date)}"
    for cause in record.all(ReportedCauseOfDeath):
        yield f"Reported cause of death: {cause.text or cause.meddra_code}"
    for autopsy in record.all(AutopsyCauseOfDeath):
        yield f"Cause of death by autopsy: {autopsy.text or autopsy.meddra_code}"


def _judgement(record: CaseRecord, describer: RowDescriber) -> Sentences:
    for diagnosis in record.all(DifferentialDiagnosis):
        yield finding_sentence(diagnosis, describer)
    for judgement in record.all(CausalityAssessment):
        by = f" by {judgement.source}" if judgement.source else ""
        method = f" ({judgement.method})" if judgement.method else ""
        if judgement.result:
            yield f"Causality of {judgement.pair.exposure}{by}{method}: {judgement.result}"
    for score in record.all(ReportedScore):
        yield f"{INSTRUMENTS[score.instrument].title} as reported by {score.source}: {score}"


PARAGRAPHS: tuple[Callable[[CaseRecord, RowDescriber], Sentences], ...] = (
    _opening,
    _history,
    _drugs,
    _reaction,
    _tests,
    _course,
    _judgement,
)
