"""What was taken: could it have done it, and is enough said of it."""

from collections.abc import Iterator

from cases.checks.result import Look, Place
from cases.models import Dose, DrugReaction, Exposure, Reaction


def suspect_after_onset(look: Look) -> Iterator[Place]:
    """Certainly after every reaction. That they may overlap is no finding."""
    for exposure in _suspects(look):
        doses = [dose for dose in _doses(look, exposure) if dose.start]
        if doses and all(_after_every_reaction(look, dose) for dose in doses):
            yield Place(
                doses[0],
                "start",
                f"{exposure.name} was started after the reaction began. Check both dates, or the role of the "
                "drug.",
            )


def suspect_without_dose(look: Look) -> Iterator[Place]:
    for exposure in _suspects(look):
        doses = _doses(look, exposure)
        if not any(dose.amount is not None or dose.text for dose in doses):
            yield Place(
                doses[0] if doses else exposure,
                "amount" if doses else "name",
                "A suspect drug without a dose. Enter the dose, or how it was taken in words.",
            )


def suspect_without_start(look: Look) -> Iterator[Place]:
    """Unless the source itself gives the time to the reaction, or the reaction is dated from a dose."""
    timed = {
        pair.exposure_id for pair in look.record.all(DrugReaction) if pair.first_dose_interval is not None
    }
    for exposure in _suspects(look):
        doses = _doses(look, exposure)
        if exposure.pk in timed or any(dose.start or _days_known(look, dose) for dose in doses):
            continue
        yield Place(
            doses[0] if doses else exposure,
            "start" if doses else "name",
            "Nobody can say how long a suspect drug was taken before the reaction. Enter when it was "
            "started, as precisely as it is known.",
        )


def ongoing_but_ended(look: Look) -> Iterator[Place]:
    for exposure in look.record.all(Exposure):
        doses = _doses(look, exposure)
        if exposure.is_ongoing_at_onset and doses and all(_ended_before_onset(look, dose) for dose in doses):
            yield Place(
                exposure,
                "is_ongoing_at_onset",
                "The last dose ended before the reaction began. Answer no, or check the dates.",
            )


def _suspects(look: Look) -> Iterator[Exposure]:
    return (exposure for exposure in look.record.all(Exposure) if exposure.is_suspect)


def _doses(look: Look, exposure: Exposure) -> list[Dose]:
    return [dose for dose in look.record.all(Dose) if dose.exposure_id == exposure.pk]


def _after_every_reaction(look: Look, dose: Dose) -> bool:
    gaps = [look.timeline.between(reaction.anchor, dose.anchor) for reaction in look.record.all(Reaction)]
    return bool(gaps) and all(gap.low is not None and gap.low > 0 for gap in gaps)


def _ended_before_onset(look: Look, dose: Dose) -> bool:
    return bool(dose.end) and look.timeline.days_to(f"{dose.anchor}.end").surely_below(0)


def _days_known(look: Look, dose: Dose) -> bool:
    return look.timeline.days_to(dose.anchor).is_known
