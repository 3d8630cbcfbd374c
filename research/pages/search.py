"""Views of the list of cases with its filters, and of two filters side by side; the address is the query."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import user_of
from accounts.roles import Permission
from assessments.scorecards import ScoreCard, scorecards
from cases.models import Case
from cases.unreadable import UNNAMED, read_each
from cases.visibility import sees_identities, shown_number, visible_to
from research.case_list import MOST_COUNTED, Page, Sort, any_outdated, count_of, page_of, sorts_for
from research.facets import MOST_LOOKED_AT, facets
from research.filters import WITHHELD, CaseFilter
from research.filters.class_by import CLASS_BY
from research.masking import mask_row
from research.pages.filters import (
    COLUMNS,
    OTHER_PARAMETERS,
    chapters,
    sentence,
    shortcuts,
    shown_columns,
    switches,
    tokens,
    with_,
    without,
)
from research.pages.listing import list_row, unread_row
from research.pages.summaries import side_by_side
from research.protected_counts import protected_facets, protected_pair
from research.recognised import Recogniser
from research.summaries import summary
from research.table_files import FORMATS
from research.viruses import VirusResult, viruses_of

FORMAT_WORDS = {"csv": "CSV", "xlsx": "Excel (XLSX)", "parquet": "Parquet"}


def parameters_of(request: HttpRequest) -> dict[str, str]:
    """The parameters of the address: repeated values joined by commas, empty ones left out."""
    return {
        name: ",".join(value for value in values if value)
        for name, values in request.GET.lists()
        if any(values)
    }


@login_required
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    """All cases that the user may see, filtered, sorted, a page at a time."""
    everything = visible_to(user_of(request))
    data = parameters_of(request)
    identities = sees_identities(user_of(request))
    filters = CaseFilter(data, queryset=everything, identities=identities)
    problems = _problems(filters, data)
    cases = filters.qs if not problems else everything.none()
    page, problem = _page(cases, data, sorts_for(identities=identities))
    context = {
        "filters": filters,
        "problems": [*problems, *([problem] if problem else [])],
        "page": page,
        **_counts(filters, cases, data),
        **_list(user_of(request), page, data),
        **_form(user_of(request), filters, data),
        "leaves_out_outdated": filters.needs_current_score and any_outdated(filters.all_cases),
    }
    return render(request, "research/case_list.html", context)


def _problems(filters: CaseFilter, data: dict[str, str]) -> list[str]:
    """Unknown names and invalid values in the address, as sentences."""
    problems = [f"There is no filter “{name}”." for name in filters.unknown(OTHER_PARAMETERS)]
    problems += [WITHHELD.format(label) for label in filters.withheld()]
    for name, errors in filters.errors.items():
        problems += [f"{filters.filters[name].label}: {error}" for error in errors]
    sorts = sorts_for(identities=filters.identities)
    if data.get("sort", "newest") not in sorts:
        problems.append(f"There is no order “{data['sort']}”. Choose among: {', '.join(sorts)}.")
    keys = {column.key for column in COLUMNS}
    problems += [f"There is no column “{key}”." for key in _columns(data) if key not in keys]
    return problems


def _columns(data: dict[str, str]) -> list[str]:
    return [key for key in data.get("columns", "").split(",") if key]


def _page(cases: Any, data: dict[str, str], sorts: dict[str, Sort]) -> tuple[Page, str]:
    """The page that the address asks for, or the first one and what was wrong."""
    sort = sorts.get(data.get("sort", "newest"), sorts["newest"])
    older, newer = data.get("older_than", ""), data.get("newer_than", "")
    try:
        return page_of(cases, older_than=older, newer_than=newer, sort=sort), ""
    except ValueError:
        return page_of(cases, sort=sort), "There is no such page; this is the first one."


def _counts(filters: CaseFilter, cases: Any, data: dict[str, str]) -> dict[str, Any]:
    is_exact = data.get("count") == "exact"
    count = cases.count() if is_exact else count_of(cases)
    return {
        "count": count,
        "count_words": _number_of_cases(count, is_exact=is_exact),
        "count_exactly": with_(data, count="exact") if count > MOST_COUNTED and not is_exact else "",
        "undetermined": _undetermined(filters),
        **_left_out(filters),
        "is_filtered": bool(filters.chosen),
    }


def _number_of_cases(count: int, *, is_exact: bool) -> str:
    if count > MOST_COUNTED and not is_exact:
        return f"more than {MOST_COUNTED:,} cases"
    return f"{count:,} case{'' if count == 1 else 's'}"


def _left_out(filters: CaseFilter) -> dict[str, Any]:
    """How many nullified cases would be found, were they not left out."""
    count = count_of(filters.nullified_left_out())
    if not count:
        return {"left_out": ""}
    number = f"More than {MOST_COUNTED:,}" if count > MOST_COUNTED else f"{count:,}"
    words = f"{number} nullified case{'' if count == 1 else 's'} left out"
    return {"left_out": words, "left_out_count": count}


def _undetermined(filters: CaseFilter) -> str:
    if not filters.has_ranges or filters.certainty_chosen == "possibly":
        return ""
    count = count_of(filters.undetermined())
    if not count:
        return ""
    number = f"More than {MOST_COUNTED:,}" if count > MOST_COUNTED else f"{count:,}"
    return f"{number} further case{' is' if count == 1 else 's are'} undetermined"


def _list(user: User, page: Page, data: dict[str, str]) -> dict[str, Any]:
    columns = shown_columns(_columns(data))
    identified = sees_identities(user)
    rows = _rows(page.cases, is_identified=identified)
    keys = {column.key for column in columns}
    return {
        "rows": rows,
        "columns": columns,
        "shown": keys,
        "scored_columns": len(keys & {"class", "evidence", "decides"}),
        "is_identified": identified,
        "may_rescore": user.may(Permission.RESCORE),
        "may_export": user.may(Permission.EXPORT),
    }


def _rows(cases: Iterable[Case], *, is_identified: bool) -> list[dict[str, Any]]:
    """A row for each case; of one that can't be read, its number and the reason."""
    by_id = {case.pk: case for case in cases}

    def read(ids: list[int]) -> dict[int, dict[str, Any]]:
        viruses, cards = viruses_of(ids), scorecards([by_id[pk] for pk in ids])
        if not is_identified:
            _mask(cards, viruses)
        return {
            card.case.pk: list_row(card, viruses.get(card.case.pk, ()), is_identified=is_identified)
            for card in cards
        }

    rows, problems = read_each(by_id, read)
    for pk, reason in problems.items():
        number = shown_number(by_id[pk], identities=is_identified)
        rows[pk] = unread_row(by_id[pk], number, reason if is_identified else UNNAMED)
    return [rows[pk] for pk in by_id]


def _mask(cards: Iterable[ScoreCard], viruses: Mapping[int, Iterable[VirusResult]]) -> None:
    """Pseudonyms for the numbers of cases, recognised names for texts, and banded ages."""
    recogniser = Recogniser()
    for card in cards:
        card.case.number = card.summary.pseudonym
        for row in (card.summary, *card.suspects):
            mask_row(row, recogniser)
        for test, _ in viruses.get(card.case.pk, ()):
            mask_row(test, recogniser)
            mask_row(test.examination, recogniser)


def _form(user: User, filters: CaseFilter, data: dict[str, str]) -> dict[str, Any]:
    counted = facets(filters, of_all=data.get("count") == "exact")
    if not sees_identities(user):
        counted = protected_facets(counted, filters)
    shown = {column.key for column in shown_columns(_columns(data))}
    return {
        "chapters": chapters(filters, counted),
        "switches": switches(filters),
        "facets_are_exact": counted.is_exact,
        "small_cells_below": 0 if sees_identities(user) else settings.SMALL_CELLS_BELOW,
        "most_looked_at": f"{MOST_LOOKED_AT:,}",
        "tokens": tokens(filters, data),
        "shortcuts": shortcuts(filters, data),
        "sorts": [
            (key, sort.label, key == data.get("sort", "newest"))
            for key, sort in sorts_for(identities=filters.identities).items()
        ],
        "all_columns": [(column, column.key in shown) for column in COLUMNS],
        "formats": [(key, FORMAT_WORDS[key]) for key in FORMATS],
        "query": without({**data}, "columns", "sort", "beside")[1:],
        "download_query": filters.address,
        "beside": data.get("beside"),
        "beside_words": _words_of(data["beside"], identities=filters.identities) if "beside" in data else "",
        "address": without(data),
    }


def _words_of(query: str, *, identities: bool) -> str:
    return sentence(CaseFilter(_parse_query(query), queryset=None, identities=identities))


def _parse_query(query: str) -> dict[str, str]:
    return {name: ",".join(values) for name, values in QueryDict(query).lists()}


@login_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two filters side by side: `a` and `b` are the addresses of two searches."""
    everything = visible_to(user_of(request))
    queries = [request.GET.get(name, "").lstrip("?") for name in ("a", "b")]
    identities = sees_identities(user_of(request))
    pair = [CaseFilter(_parse_query(query), queryset=everything, identities=identities) for query in queries]
    class_by = request.GET.get("class_by", "") or pair[0].class_by_chosen
    problems = [
        f"{side}: {problem}"
        for side, filters in zip("AB", pair, strict=True)
        for problem in _problems(filters, {})
    ]
    if class_by not in CLASS_BY:
        problems.append(f"Classes aren’t counted by “{class_by}”. Choose among: {', '.join(CLASS_BY)}.")
    context = {
        "problems": problems,
        "sides": [
            {"side": side, "words": sentence(filters), "query": query, "other": other}
            for side, filters, query, other in zip("AB", pair, queries, reversed(queries), strict=True)
        ],
        "ways": [(key, counted.label, key == class_by) for key, counted in CLASS_BY.items()],
        "tables": [] if problems else _tables(user_of(request), pair, class_by),
        "small_cells_below": 0 if sees_identities(user_of(request)) else settings.SMALL_CELLS_BELOW,
    }
    return render(request, "research/compare.html", context, status=400 if problems else 200)


def _tables(user: User, pair: list[CaseFilter], class_by: str) -> list[dict[str, Any]]:
    a, b = (summary(filters, class_by) for filters in pair)
    if not sees_identities(user):
        a, b = protected_pair(a, b)
    return side_by_side(a, b, CLASS_BY[class_by].title)
