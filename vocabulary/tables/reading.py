"""A pasted text as results, headings and what wasn't understood: `read_table`."""

from vocabulary.tables.account import (
    NO_RESULT,
    NOT_A_RESULT,
    NOT_ALIGNED,
    OTHER_DATE,
    WRONG_NUMBER,
    Account,
    cells_of,
)
from vocabulary.tables.across import Across
from vocabulary.tables.columns import Layout, layout_of
from vocabulary.tables.days import days_in, whole_day, without_days
from vocabulary.tables.down import Down
from vocabulary.tables.grid import segments
from vocabulary.tables.headings import DateOf, date_of, role_of
from vocabulary.tables.numbers import decimal_sign
from vocabulary.tables.record import Cell, NotRead, PastedTable
from vocabulary.tables.rows import Row, is_test, is_title
from vocabulary.tables.sentences import SpacedHead, sentence_results

LONGEST_TITLE = 100  # characters; a longer line with a date is a sentence


def read_table(text: str) -> PastedTable:
    """All that a pasted text holds; nothing of it is left out."""
    account = Account()
    for rows in segments(text):
        account.decimal = decimal_sign(cell for row in rows for cell in row.cells)
        _read_segment(account, rows)
    return account.table


def _read_segment(account: Account, rows: list[Row]) -> None:
    cut = [row for row in rows if row.is_cut]
    layout = layout_of(cut) if any(not is_title(row) for row in cut) else Layout(())
    heads = set(map(id, cut[: layout.head]))
    reader: Across | Down = Across(account, layout)
    if layout.is_down:
        reader = Down(account, layout, [row for row in cut if id(row) not in heads and not is_title(row)])
    has_days = any(column.day for column in layout.columns)
    for row in rows:
        # A line that isn't cut as the others are may be of any of their days.
        day = "" if has_days else account.day
        if is_title(row):
            for cells in _with_labels(cells_of(row)):
                _read_sentence(account, cells, day)
        elif not row.is_cut:
            _read_sentence(account, cells_of(row), day)
        elif id(row) in heads:
            account.headings += cells_of(row)
            account.spaced = None
        else:
            _read_row(account, reader, row)


def _read_row(account: Account, reader: Across | Down, row: Row) -> None:
    before = account.accounted()
    reader.read(row)
    account.refuse_rest(cells_of(row), before)


# Lines without columns


def _with_labels(cells: list[Cell]) -> list[list[Cell]]:
    """The cells of a title, a label such as "Collected:" together with the date behind it."""
    groups: list[list[Cell]] = []
    for cell in cells:
        if groups and whole_day(cell.text) and not days_in(groups[-1][-1].text):
            groups[-1].append(cell)
        else:
            groups.append([cell])
    return groups


def _read_sentence(account: Account, cells: list[Cell], day: str) -> None:
    text = " ".join(cell.text for cell in cells)
    days = days_in(text)
    has_digits = any(sign.isdigit() for sign in without_days(text))
    if account.spaced and not days and has_digits:
        _read_spaced(account, account.spaced, cells[0], text)
    elif results := sentence_results(text, cells[0]._replace(text=text), day):
        for result in results:
            account.add(result)
    elif days and not has_digits:
        _read_title(account, cells, text, days)
    elif is_test(text):
        account.refuse(cells[0], "", NO_RESULT)
    elif any(sign.isdigit() for sign in text):
        reason = NOT_ALIGNED if len(cells) > 1 else NOT_A_RESULT
        account.not_read += [NotRead(cell, "", reason) for cell in cells]
    else:
        account.headings += cells


def _read_spaced(account: Account, head: SpacedHead, cell: Cell, text: str) -> None:
    if cells := head.cells(text):
        _read_row(account, Across(account, Layout(head.columns)), Row(cell.line, cells))
    else:
        account.refuse(cell, "", WRONG_NUMBER)


def _read_title(account: Account, cells: list[Cell], text: str, days: list[str]) -> None:
    """A line with dates: the days of columns, the day of the results below it, or another date."""
    words = without_days(text)
    if len(days) > 1 and all(role_of(word) for word in words.split()):
        account.headings += cells
        account.spaced = SpacedHead(days)
        return
    kind = DateOf.OTHER if len(days) > 1 or len(text) > LONGEST_TITLE else date_of(words)
    if kind is DateOf.OTHER:
        account.not_read += [NotRead(cell, "", OTHER_DATE) for cell in cells]
        return
    account.headings += cells
    if account.has_results or account.day_of is not DateOf.SAMPLE or kind is DateOf.SAMPLE:
        account.day, account.day_of = days[0], kind
    account.has_results, account.spaced = False, None
