"""Where a case stands, beside its form and in a list: score, completeness, and what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join

from assessments.display.scale import mini
from assessments.display.words import answer_words, interval, signed
from assessments.facts.completeness import report_facts
from assessments.models import Standing
from assessments.scorecards import ScoreCard, scorecards
from cases.checks import Remark, remarks_on
from cases.minimum_criteria import CRITERIA, Criterion, missing_criteria
from cases.models import Case
from cases.record.case_timeline import CaseTimeline
from scoring.instrument import Instrument
from scoring.instruments import rules
from scoring.result import Item
from scoring.vigigrade import FULL_PENALTY, LABELS, Completeness, completeness
from web.entry.form_locations import FormLocations
from web.entry.row_uses import ShownRows, shown_rows

MOST_DECISIVE = 3

# Here each row is about something else: what is missing is a row.
ROW_OF_ITS_OWN = ("laboratory", "organ_involvements")
# Where each dimension of completeness is entered.
OF_DIMENSION = {
    "time_to_onset": ("dose", "start"),
    "indication": ("indication", "text"),
    "outcome": ("reaction", "outcome"),
    "sex": ("patient", "sex"),
    "age": ("patient", "age"),
    "dose": ("dose", "amount"),
    "country": ("reporter", "country"),
    "qualification": ("reporter", "qualification"),
    "report_type": ("case", "report_type"),
    "comments": ("narrative", "case_narrative"),
}


@dataclass(frozen=True)
class ShownStanding:
    """The class a case is listed under, what the evidence alone gives, and what has to be seen beside it."""

    label: str
    style: str  # how stylesheets know the class
    rest: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownItem:
    """One item of the score, with a link to where it is entered."""

    label: str
    answer: str
    points: str
    reach: str  # the points that remain attainable; empty where nothing is open
    basis: str
    needs: str
    link: str


@dataclass(frozen=True)
class ShownCriterion:
    label: str
    is_met: bool
    remedy: str
    link: str


@dataclass(frozen=True)
class ShownCompleteness:
    percent: int
    is_well_documented: bool
    first_gap: str  # the dimension that would raise it most
    percent_with: int
    link: str


@dataclass(frozen=True)
class ShownRemark:
    message: str
    what: str  # the row it is about
    severity: str
    link: str


@dataclass(frozen=True)
class Panel:
    standing: ShownStanding
    is_current: bool
    picture: dict[str, Any] | None
    items: list[ShownItem]
    decisive: list[ShownItem]
    more_decisive: int
    completeness: ShownCompleteness | None
    criteria: list[ShownCriterion]
    findings: list[ShownRemark]
    rows: ShownRows
    page: str | None

    @property
    def criteria_met(self) -> int:
        return sum(criterion.is_met for criterion in self.criteria)


def standing(stored: Standing | None) -> ShownStanding:
    """An outdated score has no class: it is never shown as if it held."""
    if stored is None or not stored.is_current:
        return ShownStanding("outdated", "", "")
    shown, reach = stored.badge, f"{interval(stored.low, stored.high)} attainable"
    rest = f"{shown.evidence}, {reach}" if shown.evidence else reach
    return ShownStanding(shown.label, shown.style, rest, shown.marks)


def badge(shown: ShownStanding) -> str:
    """A standing as it is shown in a list."""
    label = format_html('<span class="class-badge {}">{}</span>', shown.style, shown.label)
    marks = format_html_join("", '<span class="mark">{}</span>', ((mark,) for mark in shown.marks))
    return format_html('{} <span class="rest">{}</span>{}', label, shown.rest, marks)


def find_remarks(places: FormLocations, today: date) -> list[Remark]:
    """The remarks on the case as it stands on the form. No query."""
    return remarks_on(places.record, today)


def panel(case: Case, places: FormLocations, remarks: Iterable[Remark]) -> Panel:
    """What is shown beside the form of a case. A fixed number of queries."""
    (card,) = scorecards([case])
    result = card.evidence_result if card.is_current else None
    items = {item.key: _item(card, item, places) for item in result.items} if result else {}
    decisive = [items[item.key] for item in card.decisive] if result else []
    return Panel(
        standing=standing(card.standing),
        is_current=card.is_current,
        picture=_picture(card) if result else None,
        items=list(items.values()),
        decisive=decisive[:MOST_DECISIVE],
        more_decisive=len(decisive[MOST_DECISIVE:]),
        completeness=_completeness(places),
        criteria=_criteria(places),
        findings=[_remark(remark, places) for remark in remarks],
        rows=shown_rows(card, places),
        page=page_of(case),
    )


def _picture(card: ScoreCard) -> dict[str, Any]:
    result, stored = card.shown_result, card.stored_standing
    return mini(rules(result.rule_version), result, standing=stored.total, origin=stored.origin)


def _item(card: ScoreCard, item: Item, places: FormLocations) -> ShownItem:
    return ShownItem(
        label=card.label(item.key),
        answer=answer_words(item.answer),
        points=signed(item.points),
        reach=interval(item.low, item.high) if item.is_open else "",
        basis=item.basis.value,
        needs=item.needs,
        link=_link_of_item(card.instrument, item, places),
    )


def _link_of_item(instrument: Instrument, item: Item, places: FormLocations) -> str:
    if item.key not in instrument.settled_by:
        return ""
    table, field = instrument.settled_by[item.key]
    row = places.row_among(table, item.evidence)
    return (
        places.link(table, field, row) if row or table in ROW_OF_ITS_OWN else places.first_gap(table, field)
    )


def _criteria(places: FormLocations) -> list[ShownCriterion]:
    missing = missing_criteria(places.record)
    return [_criterion(criterion, criterion not in missing, places) for criterion in CRITERIA]


def _criterion(criterion: Criterion, is_met: bool, places: FormLocations) -> ShownCriterion:
    link = "" if is_met else places.first_gap(str(criterion.model._meta.model_name), criterion.field)
    return ShownCriterion(criterion.label, is_met, criterion.remedy, link)


def _completeness(places: FormLocations) -> ShownCompleteness | None:
    found = completeness(report_facts(places.record, CaseTimeline(places.record)))
    return _shown_completeness(found, places) if found else None


def _shown_completeness(found: Completeness, places: FormLocations) -> ShownCompleteness:
    key = found.would_raise_most
    return ShownCompleteness(
        percent=percent(found.score),
        is_well_documented=found.is_well_documented,
        first_gap=LABELS.get(key, ""),
        percent_with=percent(found.score_with(key)) if key else 100,
        link=places.first_gap(*OF_DIMENSION[key]) if key in FULL_PENALTY else "",
    )


def percent(share: Decimal) -> int:
    """Rounded down: 80 % is shown for what is not above 0.8, and 100 % for nothing less than all."""
    return int(share * 100)


def _remark(remark: Remark, places: FormLocations) -> ShownRemark:
    location = places.location(remark.model, remark.row)
    row = location.row if location is not None and location.row.pk else None
    what = str(row) if row is not None and remark.model != "case" else ""
    return ShownRemark(
        remark.message, what, remark.severity.value, places.link(remark.model, remark.field, remark.row)
    )


def page_of(case: Case) -> str | None:
    """The address of the case page, where the whole score card is."""
    try:
        return reverse("case-detail", kwargs={"number": case.number})
    except NoReverseMatch:
        return None
