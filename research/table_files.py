"""Writers of tables as CSV, Excel workbook or Parquet; rows come in chunks, tables in any order.

Memory doesn't grow with the rows: they are written to files of a folder at once.
"""

import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from research.exports import Cell, Column, ExportTable

# A text that begins with one of these would run as a formula in a spreadsheet (OWASP, CSV injection).
# Full-width forms are read as the plain ones by some. What begins with the guard itself is guarded too:
# taking one apostrophe away always gives back the text.
GUARD, QUOTE = "'", '"'
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", GUARD)
# Limits of Excel: rows of a worksheet, its head included, and characters of a cell.
MAX_ROWS, MAX_CHARACTERS = 1_048_576, 32_767
# Rows written as one group of a Parquet file.
ROW_GROUP = 5_000
Rows = Iterable[tuple[Cell, ...]]
ARROW = {
    "text": pa.string(),
    "number": pa.float64(),
    "whole": pa.int64(),
    "truth": pa.bool_(),
    "day": pa.date32(),
    "time": pa.timestamp("us", tz="UTC"),
}


class CannotHold(ValueError):
    """The format can't hold a value or table; no file is made."""


class CsvFiles:
    """One CSV file per table, UTF-8, zipped. Text that looks like a formula is led by an apostrophe."""

    ending = "zip"

    def __init__(self, tables: Sequence[ExportTable], folder: Path) -> None:
        self.folder = folder
        self._open = {
            table.name: (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
            for table in tables
        }
        for table in tables:
            self._open[table.name].write(csv_line([column.name for column in table.columns]))

    def write(self, table: ExportTable, rows: Rows) -> int:
        lines = [csv_line(row) for row in rows]
        self._open[table.name].writelines(lines)
        return len(lines)

    def close(self, target: Path, explanations: dict[str, str]) -> None:
        self.abandon()
        _zip(self.folder, target, explanations)

    def abandon(self) -> None:
        for file in self._open.values():
            file.close()


class ParquetFiles:
    """One Parquet file per table, zipped. Numbers are doubles; days and times have their types."""

    ending = "zip"

    def __init__(self, tables: Sequence[ExportTable], folder: Path) -> None:
        self.folder = folder
        # Record batches take a tenth of the memory of rows of Python objects.
        self._waiting: dict[str, list[pa.RecordBatch]] = {table.name: [] for table in tables}
        self._schemas = {table.name: _schema(table.columns) for table in tables}
        self._writers = {
            name: pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
            for name, schema in self._schemas.items()
        }

    def write(self, table: ExportTable, rows: Rows) -> int:
        chunk = list(rows)
        if chunk:
            self._waiting[table.name].append(_batch(chunk, self._schemas[table.name]))
        if sum(batch.num_rows for batch in self._waiting[table.name]) >= ROW_GROUP:
            self._flush(table.name)
        return len(chunk)

    def _flush(self, name: str) -> None:
        group = pa.Table.from_batches(self._waiting[name]).combine_chunks()
        self._writers[name].write_table(group)
        self._waiting[name].clear()

    def close(self, target: Path, explanations: dict[str, str]) -> None:
        for name, waiting in self._waiting.items():
            if waiting:
                self._flush(name)
        self.abandon()
        _zip(self.folder, target, explanations, compression=zipfile.ZIP_STORED)

    def abandon(self) -> None:
        for writer in self._writers.values():
            writer.close()


class Workbook:
    """One worksheet per table; rows beyond its limit go into a further worksheet with a numbered name.

    Text is written as text, never as a formula. Raises CannotHold for a text longer than a cell.
    """

    ending = "xlsx"

    def __init__(self, tables: Sequence[ExportTable], folder: Path) -> None:
        self._path = folder / "workbook.xlsx"
        self._book = xlsxwriter.Workbook(
            str(self._path),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                # A number that isn't one, which only a database shell can store, is an error of its cell.
                "nan_inf_to_errors": True,
                "default_date_format": "yyyy-mm-dd",
                "remove_timezone": True,
                "tmpdir": str(folder),
            },
        )
        self._tables = {table.name: table for table in tables}
        self._sheets = {name: self._sheet(name, 1) for name in self._tables}
        self._rows = dict.fromkeys(self._tables, 0)

    def _sheet(self, name: str, number: int) -> Any:
        sheet = self._book.add_worksheet(name[:28] if number == 1 else f"{name[:26]} {number}")
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(self._tables[name].columns):
            sheet.write_string(0, at, column.name)
        return sheet

    def write(self, table: ExportTable, rows: Rows) -> int:
        name, count = table.name, 0
        for row in rows:
            sheet_number, place = divmod(self._rows[name], MAX_ROWS - 1)
            if sheet_number and not place:
                self._sheets[name] = self._sheet(name, sheet_number + 1)
            for at, cell in enumerate(row):
                self._write_cell(name, place + 1, at, cell)
            self._rows[name] += 1
            count += 1
        return count

    def _write_cell(self, name: str, row: int, at: int, cell: Cell) -> None:
        sheet = self._sheets[name]
        if cell is None or cell == "":
            return
        if not isinstance(cell, str):
            sheet.write(row, at, cell)
        elif len(cell) > MAX_CHARACTERS:
            column = self._tables[name].columns[at].name
            raise CannotHold(
                f"{name}, row {self._rows[name] + 1}: {column} has {len(cell)} characters, and a cell of "
                f"Excel holds {MAX_CHARACTERS}. Take CSV or Parquet."
            )
        else:
            sheet.write_string(row, at, cell)

    def close(self, target: Path, explanations: dict[str, str]) -> None:
        for name, text in explanations.items():
            sheet = self._book.add_worksheet(name.rsplit(".", 1)[0])
            for at, line in enumerate(text.splitlines()):
                sheet.write_string(at, 0, line)
        self._book.close()
        self._path.rename(target)

    def abandon(self) -> None:
        if not self._book.fileclosed:
            self._book.close()


FORMATS: dict[str, type[CsvFiles] | type[ParquetFiles] | type[Workbook]] = {
    "csv": CsvFiles,
    "xlsx": Workbook,
    "parquet": ParquetFiles,
}


def csv_line(cells: Iterable[Cell]) -> str:
    """A line of a CSV file (RFC 4180): texts in quotes, numbers and dates without."""
    return ",".join(map(_csv_field, cells)) + "\r\n"


def _csv_field(cell: Cell) -> str:
    text = as_csv(cell)
    return f'"{text.replace(QUOTE, QUOTE * 2)}"' if isinstance(cell, str) else text


def as_csv(cell: Cell) -> str:
    """A cell as text. Only a text can look like a formula; numbers and dates need no guard."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return GUARD + cell if cell.startswith(FORMULA) else cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell.isoformat() if not isinstance(cell, int) else str(cell)


def as_arrow(cell: Cell) -> Any:
    return float(cell) if isinstance(cell, Decimal) else cell


def _batch(rows: list[tuple[Cell, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(zip(*rows, strict=True), schema, strict=True)
    arrays = [pa.array(map(as_arrow, cells), type=field.type) for cells, field in columns]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _schema(columns: Sequence[Column]) -> pa.Schema:
    return pa.schema(
        [
            pa.field(column.name, ARROW[column.kind], metadata={"meaning": column.meaning})
            for column in columns
        ]
    )


def _zip(
    folder: Path, target: Path, explanations: dict[str, str], compression: int = zipfile.ZIP_DEFLATED
) -> None:
    """Zip every file of a folder; each is removed once it is in the archive."""
    with zipfile.ZipFile(target, "w", compression, compresslevel=1) as archive:
        for name, text in explanations.items():
            archive.writestr(name, text)
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
            path.unlink()
