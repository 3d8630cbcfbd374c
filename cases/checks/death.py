"""Death: the patient's, the reaction's outcome and the causes have to tell one story."""

from collections.abc import Iterator

from cases.checks.result import Look, Place
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


def death_without_date(look: Look) -> Iterator[Place]:
    patient = next(iter(look.record.all(Patient)), None)
    if _is_fatal(look) and not (patient and patient.death_date):
        yield Place(
            patient or Patient,
            "death_date",
            "A reaction was fatal. Enter the date of death, as precisely as it is known.",
        )


def death_without_cause(look: Look) -> Iterator[Place]:
    if (_is_fatal(look) or _death_date(look)) and not _causes(look):
        yield Place(
            ReportedCauseOfDeath, "text", "The patient died. Enter the cause of death as it was reported."
        )


def death_without_fatal_reaction(look: Look) -> Iterator[Place]:
    reactions = look.record.all(Reaction)
    if _is_fatal(look) or not (_causes(look) or _death_date(look)):
        return
    for reaction in reactions:
        if reaction.outcome in LEFT_OPEN:
            yield Place(
                reaction,
                "outcome",
                "The patient died, and this outcome doesn't say whether of it. Enter “Fatal”, or the outcome "
                "before death.",
            )


def fatal_but_not_deadly(look: Look) -> Iterator[Place]:
    for reaction in look.record.all(Reaction):
        is_deadly = any(getattr(reaction, f"{who}_death") for who in ("reporter", "company"))
        if reaction.outcome == Outcome.FATAL and not is_deadly:
            yield Place(
                reaction,
                "reporter_death",
                "The outcome is fatal, but not that the reaction results in death. Answer yes, or check the "
                "outcome.",
            )


def something_after_death(look: Look) -> Iterator[Place]:
    for model, field in AFTER_DEATH:
        for row in look.record.all(model):
            if _surely_after_death(look, row):
                yield Place(row, field, "This lies after the patient's death. Check both dates.")


def _surely_after_death(look: Look, row: CaseRow) -> bool:
    gap = look.timeline.between(DEATH, row.anchor)
    return gap.low is not None and gap.low > 0


def _is_fatal(look: Look) -> bool:
    return any(reaction.outcome == Outcome.FATAL for reaction in look.record.all(Reaction))


def _death_date(look: Look) -> bool:
    return any(patient.death_date for patient in look.record.all(Patient))


def _causes(look: Look) -> bool:
    return any(look.record.all(model) for model in CAUSES)
