"""Death: the patient's death, the outcome of the reactions and the causes of death have to agree."""

from collections.abc import Iterator

from cases.checks.result import CheckedCase, FieldRemark
from cases.models import (
    AutopsyCauseOfDeath,
    CaseRow,
    Dose,
    Parent,
    Patient,
    Reaction,
    ReportedCauseOfDeath,
    Treatment,
)
from cases.models.reaction import Outcome
from cases.record.case_timeline import DEATH

CAUSES = (ReportedCauseOfDeath, AutopsyCauseOfDeath)
FOETUS = "0"  # D.2.3
AFTER_DEATH = ((Dose, "start"), (Reaction, "onset"), (Treatment, "start"))


def death_without_date(checked: CheckedCase) -> Iterator[FieldRemark]:
    patient = next(iter(checked.record.all(Patient)), None)
    is_deadly = _is_fatal(checked) or any(map(_is_deadly, checked.record.all(Reaction)))
    if is_deadly and not (patient and (patient.death_date or patient.null_flavors.get("D.9.1"))):
        yield FieldRemark(
            patient or Patient,
            "death_date",
            "A reaction was fatal. Enter the date of death, as precisely as it is known.",
        )


def death_without_cause(checked: CheckedCase) -> Iterator[FieldRemark]:
    if (_is_fatal(checked) or _death_date(checked)) and not _causes(checked):
        yield FieldRemark(
            ReportedCauseOfDeath, "text", "The patient died. Enter the cause of death as it was reported."
        )


def fatal_but_not_deadly(checked: CheckedCase) -> Iterator[FieldRemark]:
    for reaction in checked.record.all(Reaction):
        if reaction.outcome == Outcome.FATAL and not _is_deadly(reaction):
            yield FieldRemark(
                reaction,
                "reporter_death",
                "The outcome is fatal, but not that the reaction results in death. Answer yes, or check the "
                "outcome.",
            )


def deadly_but_not_fatal(checked: CheckedCase) -> Iterator[FieldRemark]:
    for reaction in checked.record.all(Reaction):
        if _is_deadly(reaction) and reaction.outcome != Outcome.FATAL:
            yield FieldRemark(
                reaction,
                "outcome",
                "The reaction results in death, but its outcome is not fatal. Check both.",
            )


def onset_before_birth(checked: CheckedCase) -> Iterator[FieldRemark]:
    """Except in a report on a child or foetus, which a reaction may reach before its birth."""
    for patient in checked.record.all(Patient):
        if patient.age_group == FOETUS or patient.gestation is not None or checked.record.all(Parent):
            continue
        for reaction in checked.record.all(Reaction):
            gap = checked.timeline.between(patient.anchor, reaction.anchor)
            if patient.birth_date and gap.surely_below(0):
                yield FieldRemark(
                    reaction, "onset", "This lies before the patient's birth. Check both dates."
                )


def something_after_death(checked: CheckedCase) -> Iterator[FieldRemark]:
    for model, field in AFTER_DEATH:
        for row in checked.record.all(model):
            if _surely_after_death(checked, row):
                yield FieldRemark(row, field, "This lies after the patient's death. Check both dates.")


def _surely_after_death(checked: CheckedCase, row: CaseRow) -> bool:
    gap = checked.timeline.between(DEATH, row.anchor)
    return gap.low is not None and gap.low > 0


def _is_deadly(reaction: Reaction) -> bool:
    return any(getattr(reaction, f"{who}_death") for who in ("reporter", "company"))


def _is_fatal(checked: CheckedCase) -> bool:
    return any(reaction.outcome == Outcome.FATAL for reaction in checked.record.all(Reaction))


def _death_date(checked: CheckedCase) -> bool:
    return any(patient.death_date for patient in checked.record.all(Patient))


def _causes(checked: CheckedCase) -> bool:
    return any(checked.record.all(model) for model in CAUSES)
