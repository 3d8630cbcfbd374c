"""What has become of each cell of a pasted text: result, heading, empty, or not understood and why."""

from dataclasses import dataclass, field

from vocabulary.tables.headings import DateOf
from vocabulary.tables.record import Cell, NotRead, PastedResult, PastedTable
from vocabulary.tables.rows import Row
from vocabulary.tables.sentences import SpacedHead

NO_TEST = "No test stands in this row: write its name into the first cell."
NO_RESULT = "No result stands beside this test."
NO_HEADING = "No heading stands above this column: write its day there."
OTHER_HEADING = (
    "“{}” is neither a day nor what a column holds: write unit, lower limit, upper limit or a day."
)
LEFT_OVER = "Nothing in this row says to which result it belongs."
NO_DAY = "No day stands in this row: write one, such as 1 Oct 2026."
NOT_A_RESULT = "Not understood as a test with its result. Write it as ALT 312 U/L, or leave it out."
NOT_ALIGNED = "Which column is this? Its row has other cells than those around it: write | between columns."
OTHER_DATE = (
    "Neither a result nor surely the day of one. Write it as ALT 312 U/L; where the results below are of "
    "this day, write “Sample:” before the date."
)
WRONG_NUMBER = "This row has another number of cells than the heading has days. Write - for what is missing."
REMARK = "Remarks are not taken over: type it as the comment of the result it is about."


@dataclass
class Account:
    """What has been read so far. `day`: of the report that is being read."""

    decimal: str = ""
    results: list[PastedResult] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    headings: list[Cell] = field(default_factory=list)
    empty: list[Cell] = field(default_factory=list)
    day: str = ""
    day_of: DateOf = DateOf.OTHER
    has_results: bool = False  # since the last title
    spaced: SpacedHead | None = None

    def refuse(self, cell: Cell, where: str, reason: str) -> None:
        self.not_read.append(NotRead(cell, where, reason))

    def accounted(self) -> tuple[int, ...]:
        """How many cells of each fate there are."""
        return len(self.headings), len(self.empty), len(self.results), len(self.not_read)

    def refuse_rest(self, cells: list[Cell], before: tuple[int, ...]) -> None:
        """Name the cells of a row of which nothing has been made since `before`."""
        heads, empty, results, unread = before
        used = {*self.headings[heads:], *self.empty[empty:]}
        used |= {result.cell for result in self.results[results:]}
        used |= {entry.cell for entry in self.not_read[unread:]}
        for cell in cells:
            if cell not in used:
                self.refuse(cell, "", LEFT_OVER)

    def add(self, result: PastedResult) -> None:
        self.results.append(result)
        self.has_results = True

    @property
    def table(self) -> PastedTable:
        """All of it, at the end."""
        return PastedTable(tuple(self.results), tuple(self.not_read), tuple(self.headings), tuple(self.empty))


def cells_of(row: Row) -> list[Cell]:
    """The cells of a row in which something stands."""
    return [Cell(row.line, column + 1, row.cells[column]) for column in row.filled]
