"""Scores as tables in the terminal."""

from collections.abc import Iterable

from rich.table import Table

from assessments.scorecards import ScoreCard
from values.spans import Span


def standing_table(cards: Iterable[ScoreCard]) -> Table:
    """One line per case: suspect drug, latency, standing class, computed score, what would decide."""
    table = Table(title="DRESS classification (RegiSCAR)", show_lines=True)
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
    score = card.score
    attainable = " and attainable" if score.standing_origin == "reported" else ""
    total = "" if score.standing_total is None else f", {score.standing_total}"
    return f"{score.get_standing_category_display().lower()}{total}\n{score.standing_origin}{attainable}"


def computed(card: ScoreCard) -> str:
    result = card.computed
    return f"{result.total} in [{result.low}, {result.high}]\n{result.category}" if result else "not scored"


def latency(card: ScoreCard) -> str:
    """From last and first dose of the leading suspect drug to onset."""
    score = card.score
    last = Span(score.latency_last_low, score.latency_last_high)
    first = Span(score.latency_first_low, score.latency_first_high)
    return f"{last} after last dose\n{first} after first dose"
