"""`manage.py import_icsr`: received E2B files become cases, in R3 or R2."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.table import Table

from accounts.models import User
from accounts.roles import Permission
from cases.management.acting_user import acting_user, add_by
from cases.management.collector import tune_collector
from cases.management.console import console
from cases.management.progress import counting
from exchange.import_results import ImportResult
from exchange.importing import import_batch
from exchange.management.tables import new_table
from exchange.models import Batch, ImportState
from exchange.receiving import FileRefused, files_in, receive

REFUSED = "refused"
SHOWN_NOTES = 6
# Longer tables help nobody; the numbers do, and --json.
SHOWN_MESSAGES = 500


class Command(BaseCommand):
    help = "Import E2B files (R3 or R2), or zips of them. What can't be imported waits as a received message."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="+", type=Path, help="ICSR files, or zips of them")
        parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")
        add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        tune_collector()
        user = acting_user(options["by"], Permission.AMEND_CASES)
        results: list[ImportResult] = []
        try:
            for path in options["file"]:
                _import_path(path, user, results)
        except PermissionDenied as error:
            raise CommandError(str(error)) from None
        self._print(results, as_json=options["json"])
        if any(result.state in (ImportState.WAITING, REFUSED) for result in results):
            sys.exit(1)

    def _print(self, results: Sequence[ImportResult], *, as_json: bool) -> None:
        if as_json:
            data = [result.as_dict() for result in results]
            self.stdout.write(json.dumps(data, indent=2, ensure_ascii=False))
            return
        out = console(self.stdout)
        if len(results) <= SHOWN_MESSAGES:
            out.print(_table(results))
        counts = Counter(result.state for result in results).most_common()
        summary = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in counts)
        out.print(f"{len(results)} messages: {summary or 'none'}.", highlight=False)


def _import_path(path: Path, user: User, results: list[ImportResult]) -> None:
    try:
        with path.open("rb") as stream:
            for name, content in files_in(stream, path.name):
                _import_file(name, content, user, results)
    except OSError as error:
        results.append(_refused(path.name, f"It can't be read: {error.strerror}."))


def _import_file(
    name: str, content: IO[bytes] | FileRefused, user: User, results: list[ImportResult]
) -> None:
    try:
        if isinstance(content, FileRefused):
            raise content
        batch = receive(content, name, by=user)
    except FileRefused as refused:
        results.append(_refused(name, str(refused)))
        return
    if batch.refusal:
        results.append(_refused(name, f"{batch.refusal} The file is kept; nothing of it was imported."))
    else:
        _import_batch(batch, name, user, results)


def _import_batch(batch: Batch, name: str, user: User, results: list[ImportResult]) -> None:
    with counting(name, batch.message_count) as advance:

        def report(result: ImportResult) -> None:
            results.append(result)
            advance(1)

        import_batch(batch, by=user, name=name, report=report)


def _refused(name: str, reason: str) -> ImportResult:
    return ImportResult(name, 0, "", REFUSED, reasons=(reason,))


def _table(results: Sequence[ImportResult]) -> Table:
    """One line per message: what became of it, its case and score, reasons, changes, recognitions."""
    headings = ("file and place", "what became of it", "case and score", "reasons and remarks")
    table = new_table("Import", *headings)
    for result in results:
        remarks = [*result.reasons, *result.notes[:SHOWN_NOTES]]
        if len(result.notes) > SHOWN_NOTES:
            remarks.append(f"and {len(result.notes) - SHOWN_NOTES} more: see --json")
        is_state = result.state in ImportState.values
        state = ImportState(result.state).label if is_state else result.state
        place = f"{result.file}\n{result.position or ''} {result.message}".rstrip()
        table.add_row(place, state, f"{result.case}\n{result.score}".rstrip(), "\n".join(remarks))
    return table
