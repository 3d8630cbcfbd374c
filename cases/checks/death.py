"""Death: the patient's death, the outcome of the reactions and the causes of death have to agree."""

from collections.abc import Iterator

from cases.checks.result import CheckedCase, FieldRemark
from cases.models import (
    AutopsyCauseOfDeath,
    CaseRow,
    Dose,
    Patient,
    Reaction,
    ReportedCauseOfDeath,
    Treatment,
)
from cases.models.reaction import Outcome
from cases.record.case_timeline import DEATH

CAUSES = (ReportedCauseOfDeath, AutopsyCauseOfDeath)
# Outcomes that a death of the patient leaves to be explained.
LEFT_OPEN = ("", Outcome.UNKNOWN, Outcome.RECOVERING, Outcome.NOT_RECOVERED)
AFTER_DEATH = ((Dose, "start"), (Reaction, "onset"), (Treatment, "start"))


def death_without_date(checked: CheckedCase) -> Iterator[FieldRemark]:
    patient = next(iter(checked.record.all(Patient)), None)
    if _is_fatal(checked) and not (patient and patient.death_date):
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


def death_without_fatal_reaction(checked: CheckedCase) -> Iterator[FieldRemark]:
    reactions = checked.record.all(Reaction)
    if _is_fatal(checked) or not (_causes(checked) or _death_date(checked)):
        return
    for reaction in reactions:
        if reaction.outcome in LEFT_OPEN:
            yield FieldRemark(
                reaction,
                "outcome",
                "The patient died, and this outcome doesn't say whether of it. Enter “Fatal”, or the outcome "
                "before death.",
            )


def fatal_but_not_deadly(checked: CheckedCase) -> Iterator[FieldRemark]:
    for reaction in checked.record.all(Reaction):
        is_deadly = any(getattr(reaction, f"{who}_death") for who in ("reporter", "company"))
        if reaction.outcome == Outcome.FATAL and not is_deadly:
            yield FieldRemark(
                reaction,
                "reporter_death",
                "The outcome is fatal, but not that the reaction results in death. Answer yes, or check the "
                "outcome.",
            )


def something_after_death(checked: CheckedCase) -> Iterator[FieldRemark]:
    for model, field in AFTER_DEATH:
        for row in checked.record.all(model):
            if _surely_after_death(checked, row):
                yield FieldRemark(row, field, "This lies after the patient's death. Check both dates.")


def _surely_after_death(checked: CheckedCase, row: CaseRow) -> bool:
    gap = checked.timeline.between(DEATH, row.anchor)
    return gap.low is not None and gap.low > 0


def _is_fatal(checked: CheckedCase) -> bool:
    return any(reaction.outcome == Outcome.FATAL for reaction in checked.record.all(Reaction))


def _death_date(checked: CheckedCase) -> bool:
    return any(patient.death_date for patient in checked.record.all(Patient))


def _causes(checked: CheckedCase) -> bool:
    return any(checked.record.all(model) for model in CAUSES)
