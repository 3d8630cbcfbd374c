"""Rows with a test each: one result, or one for each day above their columns."""

from dataclasses import replace

from vocabulary.tables.account import (
    NO_HEADING,
    NO_RESULT,
    NO_TEST,
    OTHER_HEADING,
    REMARK,
    Account,
    cells_of,
)
from vocabulary.tables.cells import is_empty, is_flag, split_cell, split_name
from vocabulary.tables.columns import Layout
from vocabulary.tables.days import at_clock, is_clock, whole_day
from vocabulary.tables.headings import Role, role_of
from vocabulary.tables.limits import LimitsError, read_limits
from vocabulary.tables.record import Cell, PastedResult
from vocabulary.tables.rows import Row, is_test


class Across:
    """Rows with a test each: one result, or one for each day above its columns."""

    def __init__(self, table: Account, layout: Layout) -> None:
        self.table, self.columns = table, list(layout.columns)

    def read(self, row: Row) -> None:
        """Take over every cell of a row."""
        by_role = self._by_role(row)
        names = by_role.pop(Role.NAME, [])
        name = " ".join(cell.text for cell in names)
        values = by_role.pop(Role.VALUE, [])
        if self._is_more_of_the_head(name, values):
            self.table.headings += cells_of(row)
            return
        self.table.headings += names
        filled = [cell for cell in values if not is_empty(cell.text)]
        if not name and filled:
            for cell in filled:
                self.table.refuse(cell, self._above(cell), NO_TEST)
        elif name:
            self._read_test(name, values, by_role, names[0])

    def _by_role(self, row: Row) -> dict[Role | None, list[Cell]]:
        cells: dict[Role | None, list[Cell]] = {}
        for cell in cells_of(row):
            cells.setdefault(self.columns[cell.column - 1].role, []).append(cell)
        for cell in cells.pop(Role.REMARK, []):
            self.table.refuse(cell, self._above(cell), REMARK)
        for cell in cells.pop(None, []):
            heading = self.columns[cell.column - 1].heading
            reason = OTHER_HEADING.format(heading) if heading else NO_HEADING
            self.table.refuse(cell, self._above(cell), reason)
        return cells

    def _is_more_of_the_head(self, name: str, values: list[Cell]) -> bool:
        """Whether a row gives days, or times of day, of the columns; they are written to them."""
        if not values or is_test(name):
            return False
        are_clocks = all(is_clock(cell.text) for cell in values)
        if not are_clocks and not all(whole_day(cell.text) for cell in values):
            return False
        for cell in values:
            column = self.columns[cell.column - 1]
            day = at_clock(column.day, cell.text) if are_clocks else whole_day(cell.text)
            self.columns[cell.column - 1] = replace(column, day=day)
        return True

    def _read_test(
        self, name: str, values: list[Cell], by_role: dict[Role | None, list[Cell]], name_cell: Cell
    ) -> None:
        table = self.table
        test, unit, limits = split_name(name)
        unit, limits = self._unit_and_limits(test, by_role, unit, limits)
        day = self._day(by_role)
        results = [cell for cell in values if not is_empty(cell.text)]
        table.empty += [cell for cell in values if is_empty(cell.text)]
        if not results and is_test(test) and not values:
            table.refuse(name_cell, test, NO_RESULT)
        undated = [cell for cell in results if not self.columns[cell.column - 1].heading]
        for cell in results:
            if cell in undated[1:] or (cell in undated and len(undated) < len(results)):
                table.refuse(cell, test, NO_HEADING)
                continue
            parts = split_cell(cell.text)
            own = parts.unit and parts.unit != unit
            table.add(
                PastedResult(
                    cell,
                    test,
                    _with_flag(parts.text, self._flag(cell, by_role)),
                    parts.unit or unit,
                    parts.limits or ("" if own and unit else limits),
                    self.columns[cell.column - 1].day or self._unread_day(cell) or day,
                )
            )

    def _unread_day(self, cell: Cell) -> str:
        """The heading of a column of results that is neither a day nor a word such as "result"."""
        column = self.columns[cell.column - 1]
        return "" if role_of(column.heading) else column.heading

    def _day(self, by_role: dict[Role | None, list[Cell]]) -> str:
        """The day in the row itself, with its time, else that of the report."""
        dates, times = by_role.pop(Role.DATE, []), by_role.pop(Role.TIME, [])
        self.table.headings += [*dates, *times]
        if not dates:
            return self.table.day
        day = whole_day(dates[0].text) or dates[0].text
        return at_clock(day, times[0].text) if times and is_clock(times[0].text) else day

    def _flag(self, value: Cell, by_role: dict[Role | None, list[Cell]]) -> str:
        """The flag in the column behind a result, before the next result."""
        for cell in by_role.get(Role.FLAG, []):
            before = [n for n in range(cell.column - 1) if self.columns[n].role is Role.VALUE]
            if before and before[-1] + 1 == value.column:
                self.table.headings.append(cell)
                return cell.text if is_flag(cell.text) else ""
        return ""

    def _unit_and_limits(
        self, test: str, by_role: dict[Role | None, list[Cell]], unit: str, limits: str
    ) -> tuple[str, str]:
        table, cells = self.table, by_role.get(Role.UNIT, [])
        table.headings += cells
        unit = next((cell.text for cell in cells if not is_empty(cell.text)), unit)
        limits = _from_ends(by_role) or limits
        table.headings += [*by_role.get(Role.LOWER, []), *by_role.get(Role.UPPER, [])]
        for cell in by_role.get(Role.LIMITS, []):
            try:
                reading = read_limits(cell.text, table.decimal)
            except LimitsError as error:
                table.refuse(cell, test, str(error))
                continue
            table.headings.append(cell)
            unit = unit or reading.unit
            if reading.has_number:
                limits = cell.text
        return unit, limits

    def _above(self, cell: Cell) -> str:
        heading = self.columns[cell.column - 1].heading
        return f"column {heading or cell.column}"


def _with_flag(text: str, flag: str) -> str:
    return text if not flag or text.endswith(f" {flag}") else f"{text} {flag}"


def _from_ends(by_role: dict[Role | None, list[Cell]]) -> str:
    """Limits from the two columns of a lower and an upper one."""
    ends = [next((cell.text for cell in by_role.get(role, [])), "") for role in (Role.LOWER, Role.UPPER)]
    lower, upper = ("" if is_empty(end) else end.strip("<>=≤≥ ") for end in ends)
    if lower and upper:
        return f"{lower}-{upper}"
    return f"<={upper}" if upper else f">={lower}" if lower else ""
