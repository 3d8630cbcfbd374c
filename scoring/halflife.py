"""Whether the drug was still in the body when the reaction began, and how much of it.

A monthly biologic is present long after its last injection; a drug with a half-life of five hours
is gone the next day. Half-lives are ranges, because literature seldom gives one number. Five
half-lives is the convention of ALDEN (Sassolas 2010, item 2); at exactly five the drug counts as
present, since the printed wording leaves that point open. Failing kidneys and, for drugs that speed up
their own elimination, the length of treatment change the half-life. Where those that may hold for the
patient, or the report's own, disagree, presence is not known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from scoring.facts import Condition, Exposure, HalfLife
from scoring.result import NO, UNKNOWN, YES
from values.spans import Span

HALF_LIVES_TO_CLEAR = 5
HOURS_PER_DAY = 24
# Typical days from first or last dose to onset: as in the letter on interleukin-1
# inhibitors (1 to 8 weeks), and as in reviews (2 to 8 weeks).
WINDOWS = {"1-8 weeks": (7, 56), "2-8 weeks": (14, 56)}
# Half-lives of groups of patients, the first that holds instead of the usual one. Years, below.
AGE_GROUPS = ((Condition.NEWBORN, Decimal(28) / Decimal("365.25")), (Condition.CHILD, Decimal(18)))
# From so many days of treatment a drug that speeds up its own elimination has its chronic half-life: the
# shortest time that labels give for carbamazepine (3 to 5 weeks).
CHRONIC_FROM = 21


@dataclass(frozen=True, slots=True)
class ByHalfLife:
    """Whether a drug was present by one half-life: the report's own where `reference` is None."""

    present: str
    hours: tuple[Decimal, Decimal] | None
    reference: HalfLife | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """One exposure seen from onset. Shares are of all doses given, 0 to 1, lowest and highest.

    `half_lives_since_last` counts half-lives from the last dose to onset. `by_half_life`: the answer by the
    report's half-life and by each of the dictionary that may hold; empty where none was needed.
    """

    exposure: str
    present: str  # yes, no or unknown
    first_dose: Span
    last_dose: Span
    half_lives_since_last: Span
    share_remaining: tuple[float, float] | None
    windows: dict[str, dict[str, str]]  # window -> {"first dose" or "last dose": yes, no, unknown}
    by_half_life: tuple[ByHalfLife, ...] = ()


def presence(exposure: Exposure) -> Presence:
    """The presence of one drug at the onset of the reaction."""
    settled = _without_half_life(exposure)
    answers = () if settled else tuple(_by_half_life(exposure))
    return Presence(
        exposure=exposure.id,
        present=settled or _agreed(answers),
        first_dose=exposure.first_dose,
        last_dose=exposure.last_dose,
        half_lives_since_last=in_half_lives(exposure.last_dose, exposure.half_life_hours),
        share_remaining=_share(exposure),
        windows={
            name: {
                "first dose": _within(exposure.first_dose, window),
                "last dose": _within(exposure.last_dose, window),
            }
            for name, window in WINDOWS.items()
        },
        by_half_life=answers,
    )


def applicable(
    half_lives: tuple[HalfLife, ...], *, age_years: Span, treated_days: Span, renal_impairment: bool
) -> tuple[HalfLife, ...]:
    """The half-lives of a drug that may hold for a patient. The first one given is the usual one.

    A time to clearance outranks them all. Failing kidneys add those with renal impairment to the usual one,
    since how far they failed is seldom said.
    """
    rows = {condition: [row for row in half_lives if row.condition == condition] for condition in Condition}
    if rows[Condition.CLEARANCE]:
        return tuple(rows[Condition.CLEARANCE])
    groups = [rows[group] for group, below in AGE_GROUPS if rows[group] and age_years.surely_below(below)]
    usual = groups[0] if groups else _by_length(half_lives[:1], rows[Condition.FIRST_DOSE], treated_days)
    return (*usual, *(rows[Condition.RENAL_IMPAIRMENT] if renal_impairment else ()))


def _by_length(
    usual: tuple[HalfLife, ...], first_dose: list[HalfLife], treated_days: Span
) -> tuple[HalfLife, ...]:
    """The chronic half-life, that of the first dose, or both, by how long treatment had lasted."""
    if not usual or usual[0].condition is not Condition.CHRONIC or treated_days.surely_at_least(CHRONIC_FROM):
        return usual
    return tuple(first_dose) or usual if treated_days.surely_below(CHRONIC_FROM) else (*usual, *first_dose)


def _without_half_life(exposure: Exposure) -> str:
    """Yes or no where no half-life is needed: begun after onset, or given at onset; else empty."""
    if exposure.first_dose.high is not None and exposure.first_dose.high < 0:
        return NO
    last = exposure.last_dose.high
    given_at_onset = last is not None and last <= 0 and _began_before_onset(exposure)
    return YES if exposure.is_continued or given_at_onset else ""


def _by_half_life(exposure: Exposure) -> Iterator[ByHalfLife]:
    hours = exposure.half_life_hours
    if hours and (exposure.is_half_life_stated or not exposure.reference):
        yield ByHalfLife(_present(exposure, max(hours) * HALF_LIVES_TO_CLEAR), hours)
    for row in exposure.reference:
        yield ByHalfLife(_present(exposure, _hours_to_clear(row)), row.hours, row)


def _hours_to_clear(row: HalfLife) -> Decimal | None:
    if row.hours is None:
        return None
    return max(row.hours) * (1 if row.condition is Condition.CLEARANCE else HALF_LIVES_TO_CLEAR)


def _present(exposure: Exposure, hours_to_clear: Decimal | None) -> str:
    """Yes up to so many hours after the last dose; unknown where they or the last dose are."""
    since = exposure.last_dose
    if hours_to_clear is None or since.low is None or since.high is None:
        return UNKNOWN
    days = hours_to_clear / HOURS_PER_DAY
    if since.low > days:
        return NO
    return YES if since.high <= days and _began_before_onset(exposure) else UNKNOWN


def _agreed(answers: tuple[ByHalfLife, ...]) -> str:
    """The answer by all half-lives; unknown where two disagree.

    A half-life without a number is a longer one: beside it only a yes holds.
    """
    given = {answer.present for answer in answers if answer.hours}
    has_longer = any(not answer.hours for answer in answers)
    return UNKNOWN if len(given) != 1 or (has_longer and given == {NO}) else given.pop()


def _began_before_onset(exposure: Exposure) -> bool:
    doses = (exposure.first_dose.low, exposure.last_dose.low)
    return any(low is not None and low >= 0 for low in doses)


def in_half_lives(since: Span, half_life_hours: tuple[Decimal, Decimal] | None) -> Span:
    """Days before onset counted in half-lives, to a hundredth; unknown where either is, or after onset."""
    if half_life_hours is None or since.low is None or since.high is None or since.low < 0:
        return Span()
    shortest, longest = (hours / HOURS_PER_DAY for hours in sorted(half_life_hours))
    return Span(_hundredths(since.low / longest), _hundredths(since.high / shortest))


def _hundredths(number: Decimal) -> Decimal:
    return round(number, 2)


def _share(exposure: Exposure) -> tuple[float, float] | None:
    """The share of all doses that is still in the body: first-order elimination, equal doses."""
    spans = [(dose.low, dose.high) for dose in exposure.doses]
    if not spans or exposure.half_life_hours is None:
        return None
    if any(low is None or high is None or low < 0 for low, high in spans):
        return None
    shortest, longest = (float(hours) / HOURS_PER_DAY for hours in sorted(exposure.half_life_hours))
    fewest = sum(0.5 ** (float(high or 0) / shortest) for _, high in spans) / len(spans)
    most = sum(0.5 ** (float(low or 0) / longest) for low, _ in spans) / len(spans)
    return round(fewest, 4), round(most, 4)


def _within(span: Span, window: tuple[int, int]) -> str:
    if span.low is None or span.high is None:
        return UNKNOWN
    if window[0] <= span.low and span.high <= window[1]:
        return YES
    return NO if span.high < window[0] or span.low > window[1] else UNKNOWN
