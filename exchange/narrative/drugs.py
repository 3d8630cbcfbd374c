"""The drugs of a narrative: why, how much, when, how long before the reaction, and their half-lives."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from cases.models import Dose, DrugReaction, Exposure, Indication, Reaction
from cases.models.exposure import Action
from cases.record.case_record import CaseRecord
from exchange.icsr.row_texts import RowDescriber
from values.numbers import hours_phrase, plain_number

# UCUM units of time as words, for one and for several.
PERIODS = {
    "min": ("minute", "minutes"),
    "h": ("hour", "hours"),
    "d": ("day", "days"),
    "wk": ("week", "weeks"),
    "mo": ("month", "months"),
    "a": ("year", "years"),
}
# What was done with a drug, as a sentence; what is unknown or not applicable is none.
ACTIONS: dict[str, str] = {
    Action.WITHDRAWN: "{} was withdrawn",
    Action.REDUCED: "the dose of {} was reduced",
    Action.INCREASED: "the dose of {} was increased",
    Action.NOT_CHANGED: "the dose of {} was not changed",
}


def suspect(row: Exposure, record: CaseRecord, describer: RowDescriber) -> Iterator[str]:
    """A suspect drug: why and how it was given, when the reaction followed, its half-life, what was done."""
    yield _given(row, record, describer)
    if row.is_ongoing_at_onset is not None:
        yield f"{row} was {'still' if row.is_ongoing_at_onset else 'no longer'} given when the reaction began"
    yield from _latencies(row, record, describer)
    yield _half_life(row)
    if row.action_taken in ACTIONS:
        yield ACTIONS[row.action_taken].format(row)


def concomitants(rows: Iterable[Exposure], record: CaseRecord, describer: RowDescriber) -> Iterator[str]:
    """Each other drug of the time in one sentence."""
    for row in rows:
        yield f"also given: {_given(row, record, describer, verb='')}"


def _given(row: Exposure, record: CaseRecord, describer: RowDescriber, verb: str = " was given") -> str:
    reasons = ", ".join(map(str, record.below(Indication, "exposure", row)))
    doses = [words for dose in record.below(Dose, "exposure", row) if (words := _dose(dose, describer))]
    reason = f" for {reasons}" if reasons else ""
    listed = f": {'; '.join(doses)}" if doses else ""
    return f"{row}{verb}{reason}{listed}"


def _dose(dose: Dose, describer: RowDescriber) -> str:
    parts = [
        _amount(dose),
        dose.route,
        f"from {describer.moment(dose.start)}" if dose.start else "",
        f"until {describer.moment(dose.end)}" if dose.end else "",
        f"for {_period(dose.duration, dose.duration_unit)}" if dose.duration is not None else "",
        f"batch {dose.batch}" if dose.batch else "",
    ]
    return ", ".join(filter(None, parts))


def _amount(dose: Dose) -> str:
    """The dose in the words of the report where they repeat its number; else the number before them."""
    if dose.amount is None:
        return dose.text
    amount = f"{plain_number(dose.amount)} {dose.unit}".strip()
    if dose.text.startswith(amount):
        return dose.text
    words = f", {dose.text}" if dose.text else ""
    return f"{amount}{_interval(dose)}{words}"


def _interval(dose: Dose) -> str:
    if dose.interval is None:
        return ""
    every = _period(dose.interval, dose.interval_unit)
    return f" every {every.removeprefix('1 ')}"


def _period(number: Decimal, unit: str) -> str:
    one, several = PERIODS.get(unit, (unit, unit))
    return f"{plain_number(number)} {one if number == 1 else several}".strip()


def _latencies(row: Exposure, record: CaseRecord, describer: RowDescriber) -> Iterator[str]:
    """From the first dose to each reaction: as the source states it, or where both days are known."""
    starts = [day for dose in record.below(Dose, "exposure", row) if (day := describer.day_of(dose.start))]
    pairs = {pair.reaction_id: pair for pair in record.below(DrugReaction, "exposure", row)}
    for reaction in record.all(Reaction):
        pair, onset = pairs.get(reaction.pk), describer.day_of(reaction.onset)
        if pair and pair.first_dose_interval is not None:
            interval = _period(pair.first_dose_interval, pair.first_dose_unit)
            yield f"the source states {interval} from the first dose of {row} to {reaction}"
        elif onset and starts and min(starts) <= onset:
            days = _period(Decimal((onset - min(starts)).days), "d")
            yield f"{reaction} began {days} after the first dated dose of {row}"


def _half_life(row: Exposure) -> str:
    """The half-life that the source states; else that of the dictionary, and that it is its."""
    if row.stated_half_life_hours is not None:
        return f"half-life of {row} according to the source: {hours_phrase(*row.stated_half_life_hours)}"
    usual = row.half_lives[0] if row.half_lives else None
    if usual is None or usual.hours is None:
        return ""
    verified = "" if usual.is_verified else ", not verified"
    return f"half-life of {row} in the drug dictionary: {hours_phrase(*usual.hours)}{verified}"
