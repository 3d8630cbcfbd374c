"""Whether the drug was still in the body when the reaction began, and how much of it.

A monthly biologic is present long after its last injection; a drug with a half-life of five hours
is gone the next day. Half-lives are ranges, because literature seldom gives one number. Five
half-lives is the convention of ALDEN (Sassolas 2010, item 2); at exactly five the drug counts as
present, since the printed wording leaves that point open.
"""

from dataclasses import dataclass
from decimal import Decimal

from scoring.facts import Exposure
from scoring.result import NO, UNKNOWN, YES
from values.spans import Span

HALF_LIVES_TO_CLEAR = 5
HOURS_PER_DAY = 24
# Typical days from first or last dose to onset: as in the letter on interleukin-1
# inhibitors (1 to 8 weeks), and as in reviews (2 to 8 weeks).
WINDOWS = {"1-8 weeks": (7, 56), "2-8 weeks": (14, 56)}


@dataclass(frozen=True, slots=True)
class Presence:
    """One exposure seen from onset. Shares are of all doses given, 0 to 1, lowest and highest.

    `half_lives_since_last` counts half-lives from the last dose to onset.
    """

    exposure: str
    present: str  # yes, no or unknown
    first_dose: Span
    last_dose: Span
    half_lives_since_last: Span
    share_remaining: tuple[float, float] | None
    windows: dict[str, dict[str, str]]  # window -> {"first dose" or "last dose": yes, no, unknown}


def presence(exposure: Exposure) -> Presence:
    """The presence of one drug at the onset of the reaction."""
    return Presence(
        exposure=exposure.id,
        present=_present(exposure),
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
    )


def _present(exposure: Exposure) -> str:
    """Yes while given, or up to five of the longest half-lives after the last dose."""
    if exposure.first_dose.high is not None and exposure.first_dose.high < 0:
        return NO
    if exposure.is_continued:
        return YES
    since = exposure.last_dose
    if exposure.half_life_hours is None or not since.is_known:
        return UNKNOWN
    longest_days = max(exposure.half_life_hours) * HALF_LIVES_TO_CLEAR / HOURS_PER_DAY
    if since.high is not None and since.high <= longest_days:
        return YES if _began_before_onset(exposure) else UNKNOWN
    return NO if since.low is not None and since.low > longest_days else UNKNOWN


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
