"""Every instrument and every released version of its rules, by name.

One line per instrument. Versions are never removed: stored scores are replayed from them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from scoring.instrument import Instrument, Rules
from scoring.regiscar import REGISCAR

INSTRUMENTS: dict[str, Instrument] = {
    "regiscar": REGISCAR,
}
# The instrument that lists, filters and exports speak of where they name none.
PRIMARY = "regiscar"


class UnknownRuleVersion(LookupError):
    """A stored assessment names rules that this release does not have."""


def primary() -> Instrument:
    return INSTRUMENTS[PRIMARY]


def others() -> list[Instrument]:
    """All instruments but the primary one."""
    return [instrument for key, instrument in INSTRUMENTS.items() if key != PRIMARY]


def rule_versions() -> dict[str, Rules]:
    """Every released version of the rules of every instrument, by its name."""
    return {rules.RULE_VERSION: rules for instrument in INSTRUMENTS.values() for rules in instrument.versions}


def rules(rule_version: str) -> Rules:
    """The rules of one released version. Raises UnknownRuleVersion."""
    known = rule_versions()
    try:
        return known[rule_version]
    except KeyError:
        raise UnknownRuleVersion(
            f"No rules named {rule_version!r} are installed; known are {', '.join(known)}. "
            "Install the release that made the assessment, or a later one."
        ) from None


@contextmanager
def registered(instrument: Instrument) -> Iterator[Instrument]:
    """Add an instrument, or put another in the place of one of the same key, for the length of a test."""
    before = dict(INSTRUMENTS)
    INSTRUMENTS[instrument.key] = instrument
    try:
        yield instrument
    finally:
        INSTRUMENTS.clear()
        INSTRUMENTS.update(before)
