"""Where a case stands, in the few lines that fit above its form and into a list."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from cases.models import Case, CaseScore, Origin
from cases.queries.scorecards import scorecards

COLOURS = {"definite": "danger", "probable": "warning", "possible": "info", "no_case": ""}


@dataclass(frozen=True)
class Decisive:
    """An open item that could change the class, and what would settle it."""

    label: str
    needs: str


@dataclass(frozen=True)
class Standing:
    """The class a case is listed under, where it comes from, and what the evidence alone gives."""

    label: str
    colour: str
    rest: str


@dataclass(frozen=True)
class Panel:
    standing: Standing
    is_current: bool
    decisive: tuple[Decisive, ...]
    page: str | None


def standing(score: CaseScore) -> Standing:
    """An outdated score has no class: it is never shown as if it held."""
    if not score.is_current:
        return Standing("outdated", "", "")
    label = f"{score.get_standing_category_display()} {score.standing_total}"
    interval = f"computed {score.computed_total} [{score.low}, {score.high}]"
    rest = interval if score.standing_origin == Origin.COMPUTED else f"{score.standing_origin}; {interval}"
    return Standing(label, COLOURS[score.standing_category], rest)


def badge(shown: Standing) -> str:
    """A standing as it is shown in a list."""
    label = render_to_string("unfold/helpers/label.html", {"text": shown.label, "type": shown.colour})
    return format_html('{} <span class="pl-2">{}</span>', mark_safe(label), shown.rest)  # noqa: S308


def panel(case: Case) -> Panel:
    """What is shown above the form of a case. A fixed number of queries."""
    (card,) = scorecards([case])
    open_items = card.decisive if card.is_current else []
    return Panel(
        standing=standing(card.score),
        is_current=card.is_current,
        decisive=tuple(Decisive(card.label(item.key), item.needs) for item in open_items),
        page=page_of(case),
    )


def page_of(case: Case) -> str | None:
    """The address of the case page, where the whole score card is."""
    try:
        return reverse("case-detail", kwargs={"number": case.number})
    except NoReverseMatch:
        return None
