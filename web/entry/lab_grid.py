"""The laboratory grid: tests down, days across, as texts; and what a pasted table adds to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vocabulary.folding import fold_name
from vocabulary.tables import PastedTable
from web.entry.lab_days import Surroundings, read_day, same_day


@dataclass(frozen=True, slots=True)
class TestRow:
    """A test with what is given of it once. `test`: its key, where somebody chose it; `cells`: one a day."""

    name: str = ""
    unit: str = ""
    limits: str = ""
    test: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """The grid as typed: a text for each day and each cell."""

    days: tuple[str, ...] = ()
    tests: tuple[TestRow, ...] = ()


def with_pasted(grid: Grid, pasted: PastedTable, around: Surroundings) -> Grid:
    """The grid with the results of a pasted text: a row for each test, a column for each day.

    A second result of a test and day stands in a column of its own beside the first.
    """
    grid = _without_empty(grid)
    days, rows = list(grid.days), {_row_key(row): _cells(row) for row in grid.tests}
    heads = {_row_key(row): row for row in grid.tests}
    for result in pasted.results:
        row = TestRow(result.name, result.unit, result.limits)
        key = _row_key(row)
        heads.setdefault(key, row)
        cells = rows.setdefault(key, {})
        cells[_column(days, result.moment, cells, result.text, around)] = result.text
    filled = [
        replace(heads[key], cells=tuple(cells.get(number, "") for number in range(len(days))))
        for key, cells in rows.items()
    ]
    return _in_order(Grid(tuple(days), tuple(filled)), around)


def _without_empty(grid: Grid) -> Grid:
    """The grid without columns and rows in which nothing was typed."""
    tests = [row for row in grid.tests if row.name.strip() or any(map(str.strip, row.cells))]
    typed = [
        number
        for number, day in enumerate(grid.days)
        if day.strip() or any(_cells(row).get(number) for row in tests)
    ]
    rows = (replace(row, cells=tuple(_cells(row).get(number, "") for number in typed)) for row in tests)
    return Grid(tuple(grid.days[number] for number in typed), tuple(rows))


def _row_key(row: TestRow) -> tuple[str, str, str]:
    return fold_name(row.name), row.unit, row.limits


def _cells(row: TestRow) -> dict[int, str]:
    return {number: text for number, text in enumerate(row.cells) if text}


def _column(days: list[str], day: str, cells: Mapping[int, str], text: str, around: Surroundings) -> int:
    """The column of a day in which a test has no other result yet, else a new one at the end."""
    wanted = same_day(day, around)
    for number, other in enumerate(days):
        if same_day(other, around) == wanted and cells.get(number, text) == text:
            return number
    days.append(day)
    return len(days) - 1


def _in_order(grid: Grid, around: Surroundings) -> Grid:
    """The columns by their days, where all of them are dates."""
    readings = [read_day(day, around) for day in grid.days]
    dates = [reading.moment.date for reading in readings if reading.moment and reading.moment.date]
    if len(dates) < len(readings):
        return grid
    order = sorted(range(len(dates)), key=lambda number: str(dates[number]))
    rows = (replace(row, cells=tuple(row.cells[number] for number in order)) for row in grid.tests)
    return Grid(tuple(grid.days[number] for number in order), tuple(rows))
