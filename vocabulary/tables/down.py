"""Rows of a day each, under the tests."""

from vocabulary.tables.account import NO_DAY, REMARK, Account, cells_of
from vocabulary.tables.cells import is_empty, is_result, split_cell, split_name
from vocabulary.tables.columns import Layout
from vocabulary.tables.days import at_clock, is_clock, whole_day
from vocabulary.tables.headings import Role, role_of
from vocabulary.tables.limits import LimitsError, is_unit, read_limits
from vocabulary.tables.record import Cell, PastedResult
from vocabulary.tables.rows import Row


class Down:
    """Rows of a day each, under the tests."""

    def __init__(self, table: Account, layout: Layout, rows: list[Row]) -> None:
        self.table, self.layout = table, layout
        self.tests = [split_name(column.heading) for column in layout.columns]
        # Units and limits may stand below the results.
        for row in rows:
            cells, beside = self._parted(row)
            if not self._day(beside) and self._is_of_tests(cells, beside):
                self._read_units_or_limits(cells)

    def read(self, row: Row) -> None:
        """Take over every cell of a row: results of a day, or units or limits of all tests."""
        cells, beside = self._parted(row)
        day = self._day(beside)
        if not day and self._is_of_tests(cells, beside):
            self.table.headings += [*beside, *cells]
        elif not day:
            for cell in (*beside, *cells):
                self.table.refuse(cell, self._test(cell)[0], NO_DAY)
        else:
            self._read_results(cells, beside, day)

    def _parted(self, row: Row) -> tuple[list[Cell], list[Cell]]:
        """The cells below tests, and those beside them."""
        cells = [cell for cell in cells_of(row) if self._role(cell) is Role.VALUE]
        return cells, [cell for cell in cells_of(row) if cell not in cells]

    def _role(self, cell: Cell) -> Role | None:
        return self.layout.columns[cell.column - 1].role

    def _test(self, cell: Cell) -> tuple[str, str, str]:
        return self.tests[cell.column - 1]

    def _day(self, beside: list[Cell]) -> str:
        dates = [whole_day(cell.text) for cell in beside if self._role(cell) is Role.DATE]
        clocks = [cell.text for cell in beside if self._role(cell) is Role.TIME and is_clock(cell.text)]
        day = next(filter(None, dates), "")
        return at_clock(day, clocks[0]) if day and clocks else day

    def _is_of_tests(self, cells: list[Cell], beside: list[Cell]) -> bool:
        """Whether a row without a day holds units or limits, as its heading or most of its cells show."""
        filled = [cell for cell in cells if not is_empty(cell.text)]
        is_headed = any(role_of(cell.text) in (Role.UNIT, Role.LIMITS) for cell in beside)
        tests = sum(column.role is Role.VALUE for column in self.layout.columns)
        return (is_headed or 2 * len(filled) >= tests) and all(
            _is_unit_or_limits(cell.text) for cell in filled
        )

    def _read_units_or_limits(self, cells: list[Cell]) -> None:
        for cell in cells:
            if is_empty(cell.text):
                continue
            name, unit, limits = self._test(cell)
            reading = read_limits(cell.text, self.table.decimal)
            unit = unit or reading.unit
            self.tests[cell.column - 1] = (name, unit, cell.text if reading.has_number else limits)

    def _read_results(self, cells: list[Cell], beside: list[Cell], day: str) -> None:
        for cell in beside:
            if self._role(cell) in (Role.DATE, Role.TIME):
                self.table.headings.append(cell)
            else:
                self.table.refuse(cell, f"column {self.layout.columns[cell.column - 1].heading}", REMARK)
        for cell in cells:
            if is_empty(cell.text):
                self.table.empty.append(cell)
                continue
            name, unit, limits = self._test(cell)
            parts = split_cell(cell.text)
            own = parts.unit and unit and parts.unit != unit
            self.table.add(
                PastedResult(
                    cell, name, parts.text, parts.unit or unit, parts.limits or ("" if own else limits), day
                )
            )


def _is_unit_or_limits(text: str) -> bool:
    try:
        read_limits(text)
    except LimitsError:
        return False
    return is_unit(text) or not is_result(text) or text.lstrip().startswith(("<", ">"))
