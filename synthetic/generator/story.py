"""The course of one synthetic case, and how completely its report describes it."""

from dataclasses import dataclass
from datetime import date

from synthetic.generator import rates
from synthetic.generator.chance import Chance
from synthetic.generator.tables import Cell, Medicine

FIRST_DAY, LAST_DAY = date(2012, 1, 1).toordinal(), date(2024, 6, 30).toordinal()


@dataclass(frozen=True)
class Story:
    """What happened. `onset` is an ordinal of the calendar; other days are counted from it."""

    onset: int
    latency: int  # days from first dose to onset
    duration: int  # days from onset to complete resolution
    severity: float  # 0 a mild rash, 1 full DRESS
    thoroughness: float  # the share of reportable details that the report gives
    dating: str  # exact, partial, relative
    is_onset_known: bool
    is_fatal: bool
    source: str  # company, hospital
    culprit: Medicine
    age: int

    def has_sign(self, chance: Chance, in_full_dress: float) -> bool:
        """Whether the patient has a sign, given its share among patients with full DRESS."""
        return chance.happens(in_full_dress * (0.15 + 0.85 * self.severity))

    def date_of(self, day: float) -> str:
        """The calendar date of a day counted from onset."""
        return date.fromordinal(self.onset + int(day)).isoformat()


def make_story(chance: Chance, medicines: dict[str, Medicine]) -> Story:
    """`medicines`: the substances of the dictionary by name."""
    source = "hospital" if chance.happens(rates.FROM_HOSPITAL) else "company"
    culprit = _culprit(chance, medicines)
    median, spread = rates.LATENCY_OF.get(culprit.name, rates.LATENCY)
    return Story(
        onset=chance.whole(FIRST_DAY, LAST_DAY),
        latency=min(400, max(1, round(chance.skewed(median, spread)))),
        duration=min(300, max(3, round(chance.skewed(*rates.DURATION)))),
        severity=chance.between(0, 1),
        thoroughness=chance.weighted(rates.THOROUGHNESS),
        dating=chance.weighted(rates.DATING),
        is_onset_known=not chance.happens(rates.ONSET_NOT_COMPUTABLE[source]),
        is_fatal=chance.happens(rates.FATAL),
        source=source,
        culprit=culprit,
        age=chance.whole(1, 92),
    )


def _culprit(chance: Chance, medicines: dict[str, Medicine]) -> Medicine:
    name = chance.weighted((*rates.CULPRITS, ("", 1.0)))
    return medicines.get(name) or chance.pick(list(medicines.values()))


def as_reported(day: str, dating: str) -> Cell:
    """A calendar date, cut to the month where the report dates partially."""
    return day[:7] if dating == "partial" else day
