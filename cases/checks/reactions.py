"""Reactions: are they dated, assessed and free of contradictions."""

from collections.abc import Iterator

from cases.checks.result import CheckedCase, FieldRemark
from cases.models import DrugReaction, Reaction
from cases.models.reaction import SERIOUSNESS, Outcome

SERIOUS, NOT_SERIOUS = ("3", "4"), ("1", "2")  # E.i.3.1
CRITERIA = [f"{who}_{key}" for who in ("reporter", "company") for key, _, _ in SERIOUSNESS]


def no_onset(checked: CheckedCase) -> Iterator[FieldRemark]:
    timed = {
        pair.reaction_id for pair in checked.record.all(DrugReaction) if pair.first_dose_interval is not None
    }
    for reaction in checked.record.all(Reaction):
        if not reaction.onset and reaction.pk not in timed:
            yield FieldRemark(
                reaction, "onset", "Enter when the reaction began: a date, or how long after which dose."
            )


def no_outcome(checked: CheckedCase) -> Iterator[FieldRemark]:
    for reaction in checked.record.all(Reaction):
        if not reaction.outcome:
            yield FieldRemark(
                reaction, "outcome", "Enter the outcome. “Unknown” says that the reporter doesn't know it."
            )


def none_assessed(checked: CheckedCase) -> Iterator[FieldRemark]:
    reactions = checked.record.all(Reaction)
    if len(reactions) > 1 and not any(reaction.is_assessed for reaction in reactions):
        yield FieldRemark(
            reactions[0],
            "is_assessed",
            f"The score takes “{reactions[0]}”, the first one entered. Mark what belongs to the reaction "
            "that is to be scored.",
        )


def seriousness_not_stated(checked: CheckedCase) -> Iterator[FieldRemark]:
    for reaction in checked.record.all(Reaction):
        if not reaction.highlighted and all(getattr(reaction, name) is None for name in CRITERIA):
            yield FieldRemark(
                reaction,
                "reporter_death",
                "Nobody has said whether the reaction was serious. Answer the six criteria."
                f"{_proposal(reaction)}",
            )


def _proposal(reaction: Reaction) -> str:
    """What we propose for DRESS; a person confirms it."""
    if not reaction.is_assessed:
        return ""
    return " DRESS is medically important: if you agree, tick that for the company."


def seriousness_contradicts(checked: CheckedCase) -> Iterator[FieldRemark]:
    for reaction in checked.record.all(Reaction):
        answers = {getattr(reaction, name) for name in CRITERIA}
        if reaction.highlighted in NOT_SERIOUS and True in answers:
            yield FieldRemark(
                reaction,
                "highlighted",
                "The reporter finds it not serious, but a criterion of seriousness is met. Check both.",
            )
        if reaction.highlighted in SERIOUS and answers == {False}:
            yield FieldRemark(
                reaction,
                "highlighted",
                "The reporter finds it serious, but no criterion of seriousness is met. Check both.",
            )


def ended_but_ongoing(checked: CheckedCase) -> Iterator[FieldRemark]:
    for reaction in checked.record.all(Reaction):
        if reaction.outcome == Outcome.NOT_RECOVERED and reaction.end:
            yield FieldRemark(
                reaction,
                "end",
                "The outcome says that the reaction goes on. Check the outcome, or this date.",
            )


def recovered_but_not_resolved(checked: CheckedCase) -> Iterator[FieldRemark]:
    for reaction in checked.record.all(Reaction):
        if reaction.outcome == Outcome.RECOVERED and reaction.is_resolved is False:
            yield FieldRemark(
                reaction,
                "is_resolved",
                "The outcome is recovered, but not completely resolved. Check both.",
            )
