"""Scores as tables in the terminal."""

from collections.abc import Iterable

from rich.table import Table

from assessments.display.badge import result_words
from assessments.scorecards import ScoreCard
from scoring.instrument import Instrument
from scoring.instruments import primary
from values.spans import Span


def standing_table(cards: Iterable[ScoreCard]) -> Table:
    """One line per case: suspect drug, latency, standing class, computed score, what would decide."""
    table = Table(title=_title(primary()), show_lines=True)
    for heading in ("case", "suspect drug", "latency", "standing", "computed", "would decide"):
        table.add_column(heading)
    for card in cards:
        table.add_row(
            card.case.number,
            ", ".join(exposure.name for exposure in card.suspects) or "none",
            latency(card),
            standing(card),
            computed(card),
            "\n".join(card.label(item.key) for item in card.decisive) or "nothing open",
        )
    return table


def _title(instrument: Instrument) -> str:
    return f"{instrument.purpose} ({instrument.title})"


def item_table(card: ScoreCard) -> Table:
    """One line per item of a case's score."""
    table = Table(title=f"{card.case.number}: items", show_lines=False)
    for heading in ("item", "points", "attainable", "basis", "why", "what would settle it"):
        table.add_column(heading)
    result = card.evidence_result
    for item in result.items if result else ():
        reach = f"{item.low} to {item.high}" if item.is_open else "settled"
        table.add_row(card.label(item.key), str(item.points), reach, item.basis, item.rule, item.needs)
    return table


def standing(card: ScoreCard) -> str:
    """The standing class with total and origin; never an outdated one."""
    if not card.is_current:
        return "outdated: run rescore"
    badge = card.stored_standing.badge
    attainable = " and attainable" if card.stored_standing.origin == "reported" else ""
    return "\n".join([f"{badge.words}{attainable}", *badge.marks])


def computed(card: ScoreCard) -> str:
    result = card.computed
    if result is None:
        return "not scored"
    return f"{result_words(result)}\n{result.total} in [{result.low}, {result.high}]"


def latency(card: ScoreCard) -> str:
    """From last and first dose of the leading suspect drug to onset."""
    summary = card.summary
    last = Span(summary.latency_last_low, summary.latency_last_high)
    first = Span(summary.latency_first_low, summary.latency_first_high)
    return f"{last} after last dose\n{first} after first dose"
