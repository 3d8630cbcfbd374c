"""A text as rows of cells: cut at tabs, bars, semicolons, commas, or where columns are aligned by blanks."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from operator import attrgetter

from vocabulary.tables.cells import is_empty, is_flag
from vocabulary.tables.headings import Role, role_of
from vocabulary.tables.rows import Row, is_heading, is_title

_QUOTE_MARKS = re.compile(r"^\s?(?:>\s?)+")
_GAP = re.compile(r"\s{2,}")
_RULE = re.compile(r"[\s|+:=_*~—–-]{3,}")
_BLANKS = str.maketrans(
    {"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2009": " ", "\ufeff": "", "\u200b": ""}
)
_EMPHASIS = re.compile(r"^\*\*(.*)\*\*$")


Lines = list[tuple[int, str]]


def segments(text: str) -> Iterator[list[Row]]:
    """The tables of a text with the sentences before them; each begins with a heading, if it has any."""
    for lines in _joined(_split(_lines(text))):
        yield _rows(lines)


def _lines(text: str) -> Lines:
    """The lines with their numbers, without the marks of a quoted e-mail and of drawn rules."""
    lines = text.translate(_BLANKS).splitlines()
    filled = [line for line in lines if line.strip()]
    if sum(line.lstrip().startswith(">") for line in filled) * 2 >= len(filled):
        lines = [_QUOTE_MARKS.sub("", line) for line in lines]
    return [(number, "" if _RULE.fullmatch(line) and "\t" not in line else line.rstrip(" \r"))
            for number, line in enumerate(lines, 1)]  # fmt: skip


def _split(lines: Lines) -> Iterator[Lines]:
    """Parts that begin at a blank line or a heading."""
    part: Lines = []
    heads_only = True
    for number, line in lines:
        is_head = bool(line.strip()) and is_heading(rough_cells(line))
        if part and (not line.strip() or (is_head and not heads_only)):
            yield part
            part = []
        if line.strip():
            heads_only = is_head if not part else heads_only and is_head
            part.append((number, line))
    if part:
        yield part


def _joined(parts: Iterator[Lines]) -> Iterator[Lines]:
    """Parts without a heading belong to the one before them, whose columns they have."""
    whole: Lines = []
    for part in parts:
        if whole and is_heading(rough_cells(part[0][1])) and not _is_only_head(whole):
            yield whole
            whole = []
        whole = whole + part
    if whole:
        yield whole


def _is_only_head(lines: Lines) -> bool:
    return all(is_heading(rough_cells(line)) for _, line in lines)


def rough_cells(line: str) -> list[str]:
    """The cells of a line by itself."""
    for separator in ("\t", "|", ";"):
        if separator in line:
            return [cell.strip() for cell in line.strip("|" if separator == "|" else "").split(separator)]
    return [cell.strip() for cell in _GAP.split(line.strip())]


def _rows(lines: Lines) -> list[Row]:
    for separator in ("\t", "|", ";"):
        if _separates(separator, lines):
            return [_cut(number, line, separator) for number, line in lines]
    if comma_rows := _comma_rows(lines):
        return comma_rows
    if any(_GAP.search(line.strip()) for _, line in lines):
        return _aligned(lines)
    return [Row(number, (line.strip(),), is_cut=False) for number, line in lines]


def _separates(separator: str, lines: Lines) -> bool:
    """Whether a sign stands between columns; a semicolon may stand in a sentence as well."""
    cut = [line for _, line in lines if separator in line]
    if separator == ";" and (len(cut) < 2 or not any(is_heading(rough_cells(line)) for line in cut)):
        return False
    return bool(cut) and 2 * len(cut) >= len(lines)


def _cut(number: int, line: str, separator: str) -> Row:
    if separator not in line:
        return Row(number, (line.strip(),), is_cut=False)
    text = line.strip().removeprefix("|").removesuffix("|") if separator == "|" else line
    cells = next(csv.reader([text], delimiter=separator)) if '"' in text else text.split(separator)
    return Row(number, tuple(_EMPHASIS.sub(r"\1", cell.strip()) for cell in cells))


def _comma_rows(lines: Lines) -> list[Row]:
    """Rows of a file with commas between its columns: the same number in every line, and a heading."""
    cells = [next(csv.reader([line])) for _, line in lines]
    widths = Counter(map(len, cells))
    if len(lines) < 2 or len(widths) != 1 or len(cells[0]) < 3 or not is_heading(cells[0]):
        return []
    return [
        Row(number, tuple(cell.strip() for cell in row))
        for (number, _), row in zip(lines, cells, strict=True)
    ]


# Columns aligned by blanks

Piece = tuple[int, int, str]  # start, end, text


def _aligned(lines: Lines) -> list[Row]:
    pieces = {number: _pieces(line.expandtabs()) for number, line in lines}
    titles = {number: row for number, row in pieces.items() if _is_title(number, row)}
    rows = _cut_pieces({number: row for number, row in pieces.items() if number not in titles})
    rows += [Row(number, _texts(row), is_cut=False) for number, row in titles.items()]
    return sorted(rows, key=attrgetter("line"))


def _is_title(number: int, row: list[Piece]) -> bool:
    return len(row) > 1 and is_title(Row(number, _texts(row)))


def _texts(row: list[Piece]) -> tuple[str, ...]:
    return tuple(text for _, _, text in row)


def _cut_pieces(pieces: dict[int, list[Piece]]) -> list[Row]:
    """Rows cut where all of them have gaps, or all by their number; else where all but a few have gaps."""
    merged = _with_flags(pieces)
    for rows in (pieces, merged):
        tabular = [row for row in rows.values() if len(row) > 1]
        if not _are_aligned(tabular) and _are_equal(by_number := _by_number(rows)):
            return by_number
        if (narrow := _without_wide(rows)) is not None:
            return _cut_at_gaps(rows, narrow)
    not_cut = [Row(number, _texts(row), is_cut=False) for number, row in pieces.items()]
    return _by_number(pieces) or _by_number(merged) or not_cut


def _are_equal(rows: list[Row]) -> bool:
    """Whether all rows were cut into the same number of cells."""
    return bool(rows) and all(row.is_cut or len(row.cells) == 1 for row in rows)


def _cut_at_gaps(pieces: dict[int, list[Piece]], narrow: list[list[Piece]]) -> list[Row]:
    columns = _columns(narrow)
    rows = []
    for number, row in pieces.items():
        is_cut = row in narrow or (len(row) == 1 and _begins_like_a_row(row, columns))
        rows.append(Row(number, tuple(_placed(row, columns)) if is_cut else _texts(row), is_cut=is_cut))
    return rows


def _without_wide(pieces: dict[int, list[Piece]]) -> list[list[Piece]] | None:
    """The rows that are aligned with each other: all, or all but a few; None where there are no such."""
    tabular = [row for row in pieces.values() if len(row) > 1]
    for _ in range(1 + len(tabular) // 4):
        if _are_aligned(tabular):
            return tabular
        without = [[other for other in tabular if other is not row] for row in tabular]
        tabular = max(without, key=lambda rows: len(_columns(rows)))
    return None


def _are_aligned(rows: list[list[Piece]]) -> bool:
    columns = _columns(rows)
    return all(_fits(row, columns) for row in rows)


def _with_flags(pieces: dict[int, list[Piece]]) -> dict[int, list[Piece]]:
    """Rows whose flags are part of the result before them, as they stand under its heading.

    A lone - is a flag where other rows have theirs, else an empty cell.
    """
    flags = [
        piece for row in pieces.values() for piece in row[1:] if is_flag(piece[2]) and not is_empty(piece[2])
    ]
    stretches = _columns([[flag] for flag in flags])
    return {number: _merged(row, stretches) for number, row in pieces.items()}


def _merged(row: list[Piece], stretches: list[tuple[int, int]]) -> list[Piece]:
    merged: list[Piece] = []
    for start, end, text in row:
        is_over = any(first <= start < last or start <= first < end for first, last in stretches)
        if merged and is_flag(text) and is_over:
            merged[-1] = (merged[-1][0], end, f"{merged[-1][2]} {text}")
        else:
            merged.append((start, end, text))
    return merged


def _begins_like_a_row(row: list[Piece], columns: list[tuple[int, int]]) -> bool:
    """Whether a lone piece stands in a column behind the first, and so is a cell."""
    first, last, _ = row[0]
    return any(start <= first and last <= end for start, end in columns[1:])


def _pieces(line: str) -> list[Piece]:
    return [(match.start(), match.end(), match[0]) for match in re.finditer(r"\S+(?: \S+)*", line)]


def _columns(rows: list[list[Piece]]) -> list[tuple[int, int]]:
    """The stretches that the pieces of any row cover."""
    columns: list[tuple[int, int]] = []
    for start, end, _ in sorted(piece for row in rows for piece in row):
        if columns and start < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(end, columns[-1][1]))
        else:
            columns.append((start, end))
    return columns


def _column_of(piece: Piece, columns: list[tuple[int, int]]) -> int:
    return next(number for number, (start, end) in enumerate(columns) if start <= piece[0] < end)


def _fits(row: list[Piece], columns: list[tuple[int, int]]) -> bool:
    return len({_column_of(piece, columns) for piece in row}) == len(row)


def _placed(row: list[Piece], columns: list[tuple[int, int]]) -> list[str]:
    cells = [""] * len(columns)
    for piece in row:
        if any(start <= piece[0] < end for start, end in columns):
            cells[_column_of(piece, columns)] = piece[2]
    return cells


def _by_number(pieces: dict[int, list[Piece]]) -> list[Row]:
    """Rows whose columns aren't aligned but that have the same number of cells as their heading has.

    The heading may lack the first cell, above the names. None where it has another number: then nobody can
    say what is below what. Rows with another number than it are not cut.
    """
    rows = {number: _texts(row) for number, row in pieces.items()}
    widths = Counter(len(texts) for texts in rows.values() if len(texts) > 1)
    width = widths.most_common(1)[0][0] if widths else 0
    for number, texts in rows.items():
        if len(texts) < 2 or not is_heading(list(texts)):
            continue
        if len(texts) == width - 1 and role_of(texts[0]) is not Role.NAME:
            rows[number] = ("", *texts)
        elif len(texts) != width:
            return []
    return [Row(number, texts, is_cut=len(texts) == width) for number, texts in rows.items()]
