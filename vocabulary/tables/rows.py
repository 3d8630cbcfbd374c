"""Rows of a table, and which of them are titles and heads of columns."""

from dataclasses import dataclass

from vocabulary.tables.cells import is_result, split_name
from vocabulary.tables.days import days_in, whole_day, without_days
from vocabulary.tables.headings import Role, role_of
from vocabulary.test_names import read_test_name

_COLUMN_WORDS = 2  # of headings, that make a row the head of a table


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the text, from 1, and its cells. `is_cut`: whether it is a row of columns and no sentence."""

    line: int
    cells: tuple[str, ...]
    is_cut: bool = True

    @property
    def filled(self) -> list[int]:
        """The numbers of the columns, from 0, in which something stands."""
        return [column for column, cell in enumerate(self.cells) if cell]


def is_heading(cells: list[str]) -> bool:
    """Whether cells head a table or a report: dates without results, or words for columns."""
    filled = [cell for cell in cells if cell]
    words = sum(role_of(cell) is not None for cell in filled)
    dated = [cell for cell in filled if days_in(cell)]
    if words >= _COLUMN_WORDS or len(dated) > 1:
        return True
    if len(dated) == 1:
        return (len(filled) == 1 or words + 1 == len(filled)) and not _has_more(dated[0])
    return len(filled) > 1 and all(role_of(cell) or is_test(cell) for cell in filled)


def is_test(text: str) -> bool:
    """Whether a cell is the name of a test, or of one of several."""
    name, unit, _ = split_name(text)
    reading = read_test_name(name, unit)
    return bool(reading.key or reading.question)


def _has_more(text: str) -> bool:
    """Whether a line holds numbers beside its dates, as one with a result does."""
    return any(sign.isdigit() for sign in without_days(text))


def is_title(row: Row) -> bool:
    """Whether a row is a title over all columns: one cell alone, or words beside one date."""
    filled = [row.cells[column] for column in row.filled]
    if len(filled) == 1:
        return not row.filled[0] or bool(days_in(filled[0]))
    others = [cell for cell in filled if not days_in(cell)]
    roles = {role_of(cell) for cell in others} - {None, Role.DATE}
    days = sum(bool(whole_day(cell)) for cell in filled)
    has_days = len(others) < len(filled) and (days < 2 or len(others) == days)
    return has_days and not roles and not any(is_result(cell) or is_test(cell) for cell in others)
