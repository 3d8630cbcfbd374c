"""Downloads: the complete tables of the cases that match a filter, as one file, with a log entry.

A file can be fetched only by the user who ordered it, for an hour, and not before it is logged.
"""

import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from cases.models import ExportLog
from cases.unreadable import UNREADABLE, named, read_each
from cases.visibility import sees_identities
from research.anonymity import Anonymity
from research.download_requests import checked, take
from research.exports import Cell, ExportTable, export_tables, masking_of
from research.filters import CaseFilter
from research.protected_counts import protected_parts, protected_rows
from research.small_cells import Count
from research.snapshots import snapshot
from research.summaries import class_counts
from research.table_files import FORMATS, CsvFiles, ParquetFiles, Workbook, csv_line

CHUNK = 250
LIFETIME_SECONDS: int = 60 * settings.DOWNLOADS_KEPT_MINUTES
Writer = CsvFiles | ParquetFiles | Workbook
RowsByTable = dict[str, list[tuple[Cell, ...]]]
DICTIONARY = Path(settings.BASE_DIR) / "docs" / "data-dictionary.md"


@dataclass
class Download:
    """An order and its progress in cases. `log` is set once the file is complete.

    `anonymity`: of the cases, where they are de-identified.
    """

    by: User
    filters: CaseFilter
    format: str
    is_deidentified: bool = True
    done: int = 0
    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    anonymity: Anonymity | None = None
    unreadable: dict[int, str] = field(default_factory=dict)  # reasons by the id of the case
    log: ExportLog | None = None


def download(by: User, filters: CaseFilter, format_: str, *, is_deidentified: bool | None = None) -> Download:
    """Order a download. De-identified for whoever doesn't see identities, and on request for the others.

    Raises PermissionDenied, and ValueError for an unknown format or invalid filters.
    """
    if not by.may(Permission.EXPORT):
        raise PermissionDenied(f"{by} may not export cases.")
    may_identify = sees_identities(by)
    if is_deidentified is False and not may_identify:
        raise PermissionDenied(f"{by} may export cases without identities only.")
    if format_ not in FORMATS:
        raise ValueError(f"There is no format “{format_}”. Choose among: {', '.join(FORMATS)}.")
    if not filters.is_valid():
        raise ValueError("Mend the filters first: nothing fits a wrong one.")
    return Download(by, filters, format_, is_deidentified=is_deidentified is not False)


def prepare(order: Download) -> Iterator[Download]:
    """Write the file; yields the order after every chunk. Raises CannotHold, DownloadRefused, OSError."""
    remove_expired()
    folder = Path(tempfile.mkdtemp(prefix="making-", dir=_downloads_folder()))
    try:
        yield from _make(order, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def path_of(log: ExportLog) -> Path | None:
    """The file of a log entry; None once it has expired."""
    path = _downloads_folder() / f"{log.uuid}.{FORMATS[log.format].ending}"
    return path if path.is_file() and time.time() - path.stat().st_mtime < LIFETIME_SECONDS else None


def file_name(log: ExportLog) -> str:
    kind = "deidentified" if log.is_deidentified else "identified"
    return f"cases-{log.at:%Y-%m-%d-%H%M}-{kind}-{log.format}.{FORMATS[log.format].ending}"


def _make(order: Download, folder: Path) -> Iterator[Download]:
    tables = export_tables(is_deidentified=order.is_deidentified)
    order.counts = {table.name: 0 for table in tables}
    writer = FORMATS[order.format](tables, folder)
    began = timezone.now()
    try:
        with snapshot():
            ids = _in_order(order)
            order.total = len(ids)
            if order.is_deidentified:
                order.anonymity = checked(order.filters, order.by, identities=sees_identities(order.by))
            yield order
            for first in range(0, len(ids), CHUNK):
                chunk = ids[first : first + CHUNK]
                _write_chunk(order, writer, tables, chunk, is_first=not first)
                yield order
            classes = class_counts(order.filters.qs.values("pk"), order.filters.class_by_chosen)
        if not sees_identities(order.by):
            take(order.filters, order.by, began)
        log = _log(order)
        making = folder.with_suffix(".file")
        writer.close(making, _explanations(order, log, tables, classes))
    except BaseException:
        writer.abandon()
        raise
    log.save()
    making.rename(_downloads_folder() / f"{log.uuid}.{writer.ending}")
    order.log = log
    yield order


def _in_order(order: Download) -> list[int]:
    """The keys of the cases; de-identified ones by their pseudonyms, which hide the order of their entry."""
    by = "summary__pseudonym" if order.is_deidentified else "pk"
    return list(order.filters.qs.order_by(by).values_list("pk", flat=True))


def _write_chunk(
    order: Download, writer: Writer, tables: list[ExportTable], chunk: list[int], *, is_first: bool
) -> None:
    """The rows of some cases. They are read before any is written, so that no case is written by halves."""
    wanted = [table for table in tables if table.is_of_cases or is_first]
    try:
        parts = [_rows_of(wanted, chunk, is_deidentified=order.is_deidentified)]
    except UNREADABLE:
        parts = _readable_rows(order, wanted, chunk)
    for rows in parts:
        for table in wanted:
            order.counts[table.name] += writer.write(table, rows.get(table.name, ()))
    order.done += len(chunk)


def _readable_rows(order: Download, tables: list[ExportTable], chunk: list[int]) -> list[RowsByTable]:
    """The rows of those cases that can be read, case by case; the others are noted in the order."""
    of_cases = [table for table in tables if table.is_of_cases]
    others = [table for table in tables if not table.is_of_cases]

    def read(ids: list[int]) -> dict[int, RowsByTable]:
        return {pk: _rows_of(of_cases, [pk], is_deidentified=order.is_deidentified) for pk in ids}

    readings, problems = read_each(chunk, read)
    order.unreadable |= problems
    return [*readings.values(), _rows_of(others, [], is_deidentified=False)]


def _rows_of(tables: list[ExportTable], ids: list[int], *, is_deidentified: bool) -> RowsByTable:
    masking = masking_of(ids, is_deidentified=is_deidentified)
    return {table.name: list(table.rows(ids, masking)) for table in tables}


def _log(order: Download) -> ExportLog:
    return ExportLog(
        by=order.by,
        at=timezone.now(),
        by_name=order.by.get_username(),
        filters=order.filters.address,
        format=order.format,
        is_deidentified=order.is_deidentified,
        cases=order.done - len(order.unreadable),
        tables=list(order.counts),
        row_counts=order.counts,
        **(order.anonymity.for_log() if order.anonymity else {}),
    )


def _explanations(
    order: Download, log: ExportLog, tables: list[ExportTable], classes: dict[str, int]
) -> dict[str, str]:
    """Files that go with the tables: rows, meaning of the columns, data dictionary. Text by file name."""
    rows: Mapping[str, Count] = log.row_counts
    of_classes: Mapping[str, Count] = classes
    if log.is_deidentified:
        rows = protected_rows(log.row_counts, exempt=("case", "drug"))
        of_classes = protected_parts(classes, log.cases)
    manifest = {
        "format": "case-tables-1",
        "export": str(log.uuid),
        "made": log.at.isoformat(timespec="seconds"),
        "by": log.by_name,
        "filters": log.filters,
        "is_deidentified": log.is_deidentified,
        "cases": log.cases,
        **({"anonymity": order.anonymity.as_json()} if order.anonymity else {}),
        "nullified": order.filters.nullified_chosen,
        "classes": {"by": order.filters.class_by_chosen, "cases": of_classes},
        "rows": rows,
        "left_out": named(order.unreadable, identities=not order.is_deidentified),
        "notes": NOTES,
    }
    return {
        "manifest.json": json.dumps(manifest, indent=2, ensure_ascii=False),
        "columns.csv": _columns(tables),
        "data-dictionary.md": DICTIONARY.read_text(encoding="utf-8"),
    }


NOTES = """
Every row of a case is here, repeats included; tables join by case_id and by the ids that they name.
De-identified, case_id is the case's pseudonym and cases stand in its order, which is no order of entry.
Cases that can't be read are listed in the manifest under left_out.
An empty cell: nothing was reported. Where is_current is false, the evidence was changed after scoring.
A class is settled only where is_settled is true; else it is open, from the lowest to the highest class of
its row, or as reported: badge puts that in words. Nullified cases are left out unless they were asked for.
In CSV texts are in quotes, and one that a spreadsheet would run as a formula, or that begins with an
apostrophe, is led by an apostrophe: take one away from the beginning of a text to have
it as it was. In Parquet and XLSX
numbers are doubles, in CSV they keep their digits.
De-identified: without names, free text, documents and publications; dates are days from the onset of the
reaction, at least and at most; empty where that is not known. In the manifest, counts of small groups are
written "<5", and "withheld" where one would give such a count away; its anonymity has k, the size of the
smallest group of cases that are alike in everything under "over", and null where there is no case.
""".strip().splitlines()


def _columns(tables: list[ExportTable]) -> str:
    rows = [
        (table.name, column.name, column.kind, column.meaning) for table in tables for column in table.columns
    ]
    return "".join(map(csv_line, [("table", "column", "kind", "meaning"), *rows]))


def _downloads_folder() -> Path:
    folder = Path(settings.VAR_DIR) / "downloads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def remove_expired() -> int:
    """Remove files whose time is over, and what a stopped server left unfinished; returns how many."""
    expired = [path for path in _downloads_folder().iterdir() if _is_expired(path)]
    for path in expired:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(expired)


def _is_expired(path: Path) -> bool:
    """Whether it is older than downloads are kept. What somebody else has just removed isn't."""
    try:
        return time.time() - path.stat().st_mtime > LIFETIME_SECONDS
    except FileNotFoundError:
        return False
