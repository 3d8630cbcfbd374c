"""What happened: is it dated, judged and consistent in itself."""

from collections.abc import Iterator

from cases.checks.result import Look, Place
from cases.models import DrugReaction, Reaction
from cases.models.reaction import SERIOUSNESS, Outcome

SERIOUS, NOT_SERIOUS = ("3", "4"), ("1", "2")  # E.i.3.1
CRITERIA = [f"{who}_{key}" for who in ("reporter", "company") for key, _, _ in SERIOUSNESS]


def no_onset(look: Look) -> Iterator[Place]:
    timed = {
        pair.reaction_id for pair in look.record.all(DrugReaction) if pair.first_dose_interval is not None
    }
    for reaction in look.record.all(Reaction):
        if not reaction.onset and reaction.pk not in timed:
            yield Place(
                reaction, "onset", "Enter when the reaction began: a date, or how long after which dose."
            )


def no_outcome(look: Look) -> Iterator[Place]:
    for reaction in look.record.all(Reaction):
        if not reaction.outcome:
            yield Place(
                reaction, "outcome", "Enter the outcome. “Unknown” says that the reporter doesn't know it."
            )


def none_assessed(look: Look) -> Iterator[Place]:
    reactions = look.record.all(Reaction)
    if len(reactions) > 1 and not any(reaction.is_assessed for reaction in reactions):
        yield Place(
            reactions[0],
            "is_assessed",
            f"The score takes “{reactions[0]}”, the first one entered. Mark what belongs to the reaction "
            "that is to be scored.",
        )


def seriousness_not_stated(look: Look) -> Iterator[Place]:
    for reaction in look.record.all(Reaction):
        if not reaction.highlighted and all(getattr(reaction, name) is None for name in CRITERIA):
            yield Place(
                reaction,
                "reporter_death",
                "Nobody has said whether the reaction was serious. Answer the six criteria.",
            )


def seriousness_contradicts(look: Look) -> Iterator[Place]:
    for reaction in look.record.all(Reaction):
        answers = {getattr(reaction, name) for name in CRITERIA}
        if reaction.highlighted in NOT_SERIOUS and True in answers:
            yield Place(
                reaction,
                "highlighted",
                "The reporter finds it not serious, but a criterion of seriousness is met. Check both.",
            )
        if reaction.highlighted in SERIOUS and answers == {False}:
            yield Place(
                reaction,
                "highlighted",
                "The reporter finds it serious, but no criterion of seriousness is met. Check both.",
            )


def ended_but_ongoing(look: Look) -> Iterator[Place]:
    for reaction in look.record.all(Reaction):
        if reaction.outcome == Outcome.NOT_RECOVERED and reaction.end:
            yield Place(
                reaction,
                "end",
                "The outcome says that the reaction goes on. Check the outcome, or this date.",
            )


def recovered_but_not_resolved(look: Look) -> Iterator[Place]:
    for reaction in look.record.all(Reaction):
        if reaction.outcome == Outcome.RECOVERED and reaction.is_resolved is False:
            yield Place(
                reaction,
                "is_resolved",
                "The outcome is recovered, but not completely resolved. Check both.",
            )
