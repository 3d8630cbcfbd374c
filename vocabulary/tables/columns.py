"""What each column of a table holds: by its heading, else by what stands in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from vocabulary.tables.cells import is_empty, is_flag, is_result
from vocabulary.tables.days import are_days_without_year, at_clock, day_in_heading, is_clock, whole_day
from vocabulary.tables.headings import Role, role_of
from vocabulary.tables.limits import LimitsError, is_unit, read_limits
from vocabulary.tables.rows import Row, is_heading, is_test, is_title


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `day`: of its results, as its heading gives it; `heading`: as written."""

    role: Role | None = None
    heading: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table, and how many rows at its top are its head.

    `is_down`: its tests stand side by side and its days below each other.
    """

    columns: tuple[Column, ...]
    head: int = 0
    is_down: bool = False

    def first(self, role: Role) -> int | None:
        """The number of the first column of a role."""
        return next((n for n, column in enumerate(self.columns) if column.role is role), None)


def layout_of(rows: Sequence[Row]) -> Layout:
    """The layout of rows that were cut into columns."""
    width = max(len(row.cells) for row in rows)
    head = _head(rows)
    body = [row for row in rows[head:] if len(row.filled) > 1]
    headed = _headed([_padded(row, width) for row in rows[:head]], width)
    columns = _by_content(_without_corner(headed), [_padded(row, width) for row in body])
    layout = Layout(tuple(columns), head)
    is_down = (
        layout.first(Role.DATE) is not None
        and layout.first(Role.NAME) is None
        and any(column.role is Role.VALUE and is_test(column.heading) for column in columns)
    )
    return replace(layout, is_down=is_down)


def _padded(row: Row, width: int) -> list[str]:
    return [*row.cells, *[""] * (width - len(row.cells))]


def _head(rows: Sequence[Row]) -> int:
    """How many rows at the top are titles and headings."""
    head = 0
    for number, row in enumerate(rows):
        if is_title(row):
            continue
        if not is_heading(list(row.cells)) and not _are_days_alone(row):
            break
        head = number + 1
    return head


def _are_days_alone(row: Row) -> bool:
    cells = [row.cells[column] for column in row.filled]
    days = [cell for cell in cells if not role_of(cell)]
    return bool(days) and are_days_without_year(days)


def _headed(heads: list[list[str]], width: int) -> list[Column]:
    """The columns as the rows of the head name them; a row of times belongs to the days above it."""
    columns = [Column() for _ in range(width)]
    for cells in heads:
        if len([cell for cell in cells if cell]) == 1 and not role_of("".join(cells)):
            continue
        undated = are_days_without_year([cell for cell in cells if cell and not role_of(cell)])
        columns = [_joined(column, cell, undated) for column, cell in zip(columns, cells, strict=True)]
    return columns


def _without_corner(columns: list[Column]) -> list[Column]:
    """Where days stand side by side, "date" in their row names them, and no column of dates below it."""
    if not any(column.day for column in columns):
        return columns
    return [replace(column, role=None) if column.role is Role.DATE else column for column in columns]


def _joined(column: Column, cell: str, undated: bool) -> Column:
    if not cell:
        return column
    if column.day and is_clock(cell):
        return replace(column, day=at_clock(column.day, cell))
    role = role_of(cell) or role_of(cell.partition("(")[0].partition("[")[0])
    day = "" if role else day_in_heading(cell) or (cell if undated else "")
    heading = f"{column.heading} {cell}".strip()
    return Column(column.role or (Role.VALUE if day else role), heading, column.day or day)


def _by_content(columns: list[Column], body: list[list[str]]) -> list[Column]:
    """The columns without a heading of ours, by what stands in all of their cells."""
    decided = list(columns)
    for number, column in enumerate(columns):
        cells = [row[number] for row in body if row[number]]
        if column.role is None and cells:
            decided[number] = replace(column, role=_role(cells, decided, number, body))
    if not any(role_of(column.heading) is Role.VALUE for column in columns):
        return decided
    # Beside a column of results, one under a word that is neither ours nor a day holds anything else.
    return [replace(column, role=None) if _is_unsure(column) else column for column in decided]


def _is_unsure(column: Column) -> bool:
    is_ours = column.day or role_of(column.heading)
    return column.role is Role.VALUE and bool(column.heading) and not is_ours


def _role(cells: list[str], columns: Sequence[Column], number: int, body: list[list[str]]) -> Role:
    taken = {column.role for column in columns}
    checks: tuple[tuple[Role, Callable[[str], bool]], ...] = (
        (Role.DATE, lambda text: bool(whole_day(text))),
        (Role.TIME, is_clock),
        (Role.FLAG, is_flag),
        (Role.UNIT, is_unit),
    )
    for role, holds in checks:
        if role not in taken and _holds(holds, cells):
            return role
    if _are_limits(cells) and Role.LIMITS not in taken and _has_results(columns, number, body):
        return Role.LIMITS
    results = sum(is_result(cell) or is_empty(cell) for cell in cells)
    if Role.NAME not in taken and (2 * results < len(cells) or sum(map(is_test, cells)) * 2 > len(cells)):
        return Role.NAME
    return Role.VALUE if 2 * results >= len(cells) or columns[number].heading else Role.REMARK


def _holds(holds: Callable[[str], bool], cells: list[str]) -> bool:
    """Whether cells hold nothing but this, beside empty ones and words such as "unit"."""
    others = [cell for cell in cells if not holds(cell)]
    return len(others) < len(cells) and all(is_empty(cell) or role_of(cell) for cell in others)


def _are_limits(cells: list[str]) -> bool:
    """Whether all cells give limits, at least one of them as a number."""
    try:
        limits = [read_limits(cell) for cell in cells]
    except LimitsError:
        return False
    return any(limit.has_number for limit in limits)


def _has_results(columns: Sequence[Column], number: int, body: list[list[str]]) -> bool:
    """Whether another column holds the results, so that this one may hold limits."""
    if any(column.role is Role.VALUE for column in columns):
        return True
    others = [n for n, column in enumerate(columns) if n != number and column.role is None]
    return any(all(is_result(row[n]) for row in body if row[n]) and _filled(body, n) for n in others)


def _filled(body: list[list[str]], column: int) -> bool:
    return any(row[column] for row in body)
