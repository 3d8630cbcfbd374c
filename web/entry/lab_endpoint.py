"""What the laboratory grid asks the server: how typed and pasted cells are read. Nothing is written here."""

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.requests import user_of
from cases.models import Case, Examination
from cases.visibility import visible_to
from vocabulary.tables import PastedTable, read_table
from web.entry.lab_days import Surroundings
from web.entry.lab_grid import Grid, TestRow, with_pasted
from web.entry.lab_reading import read_grid
from web.entry.lab_results import signature
from web.entry.page_rows import PageRows

LONGEST_TEXT = 200_000  # characters of a pasted table
MOST_TESTS, MOST_DAYS = 300, 60
LONGEST_CELL = 250
TOO_LARGE = f"At most {MOST_TESTS} tests and {MOST_DAYS} days at a time: paste the table in parts."
NOT_A_GRID = "The grid is sent as JSON: days, and tests with name, unit, limits, test and cells."


class GridError(ValueError):
    """What was sent is no grid, or too large a one."""


@require_POST
def lab_table(request: HttpRequest) -> JsonResponse:
    """The `grid` (JSON) and a pasted `text` -> the grid with what each cell is read as.

    With the rows of the page and the `case`: by them dates are read, and results that it has are found.
    """
    key = request.POST.get("case", "")
    if key and not key.isdecimal():
        return JsonResponse({"error": "A case is named by its number in the address."}, status=400)
    case = get_object_or_404(visible_to(user_of(request)), pk=key) if key else None
    text = request.POST.get("text", "")
    if len(text) > LONGEST_TEXT:
        return JsonResponse(
            {"error": f"A table has at most {LONGEST_TEXT} characters. {TOO_LARGE}"}, status=400
        )
    try:
        grid, pasted = parse_grid(request.POST.get("grid", "")), read_table(text)
        around = _surroundings(case, request)
        grid = _checked(with_pasted(grid, pasted, around) if text.strip() else grid)
    except GridError as error:
        return JsonResponse({"error": str(error)}, status=400)
    return JsonResponse({**read_grid(grid, around), **_left(pasted)})


def parse_grid(text: str) -> Grid:
    """The grid that a page sends. Raises GridError."""
    try:
        sent = json.loads(text or "{}")
        tests = tuple(_row(row) for row in sent.get("tests", ()))
        return _checked(Grid(tuple(map(_cell, sent.get("days", ()))), tests))
    except (AttributeError, TypeError, ValueError) as error:
        raise error if isinstance(error, GridError) else GridError(NOT_A_GRID) from None


def _row(row: dict[str, Any]) -> TestRow:
    name, unit, limits, test = (_cell(row.get(part, "")) for part in ("name", "unit", "limits", "test"))
    return TestRow(name, unit, limits, test, tuple(map(_cell, row.get("cells", ()))))


def _cell(value: Any) -> str:
    if not isinstance(value, str):
        raise GridError(NOT_A_GRID)
    return value[:LONGEST_CELL].replace("\x00", "")


def _checked(grid: Grid) -> Grid:
    if len(grid.tests) > MOST_TESTS or len(grid.days) > MOST_DAYS:
        raise GridError(TOO_LARGE)
    return grid


def _surroundings(case: Case | None, request: HttpRequest) -> Surroundings:
    rows = PageRows(case, request.POST)
    stored = Examination.objects.filter(case=case) if case else Examination.objects.none()
    return Surroundings(rows.events, rows.written_on, frozenset(map(signature, stored)))


def _left(pasted: PastedTable) -> dict[str, Any]:
    """What of a pasted text is in no cell, and why."""
    return {
        "not_read": [
            {"line": entry.cell.line, "text": entry.cell.text, "where": entry.where, "reason": entry.reason}
            for entry in pasted.not_read
        ],
        "headings": [cell.text for cell in pasted.headings],
    }
