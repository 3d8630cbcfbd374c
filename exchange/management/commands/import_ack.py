"""`manage.py import_ack`: receivers' acknowledgements of submissions are imported."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.table import Table

from accounts.models import User
from accounts.roles import Permission
from cases.management.acting_user import acting_user, add_by
from cases.management.console import console
from exchange.acknowledgements import import_acknowledgement
from exchange.management.tables import new_table
from exchange.receiving import FileRefused, files_in


class Command(BaseCommand):
    help = "Take acknowledgements, or zips of them. What can't be matched to a submission waits in a queue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="+", type=Path)
        parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")
        add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        user = acting_user(options["by"], Permission.EXPORT)
        try:
            results = [result for path in options["file"] for result in _import_path(path, user)]
        except PermissionDenied as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps(results, indent=2, ensure_ascii=False))
        else:
            console(self.stdout).print(_table(results))
        if any(map(_needs_attention, results)):
            sys.exit(1)


def _import_path(path: Path, user: User) -> Iterator[dict[str, Any]]:
    try:
        with path.open("rb") as stream:
            for name, content in files_in(stream, path.name):
                yield _import_file(name, content, user)
    except OSError as error:
        yield _refused(path.name, f"It can't be read: {error.strerror}.")


def _import_file(name: str, content: IO[bytes] | FileRefused, user: User) -> dict[str, Any]:
    try:
        if isinstance(content, FileRefused):
            raise content
        return import_acknowledgement(content, name, by=user).as_dict()
    except FileRefused as refused:
        return _refused(name, str(refused))


def _refused(name: str, reason: str) -> dict[str, Any]:
    return {"file": name, "refused": reason, "messages": []}


def _needs_attention(result: dict[str, Any]) -> bool:
    return "refused" in result or any(answer["state"] == "unmatched" for answer in result["messages"])


def _table(results: Iterable[dict[str, Any]]) -> Table:
    """One line per answered message: its case, the new state of the submission, how it was matched."""
    headings = ("file", "batch", "message", "case", "state", "matched", "what the receiver said")
    table = new_table("Acknowledgements", *headings)
    for result in results:
        if "refused" in result:
            table.add_row(result["file"], "", "", "", "refused", "", result["refused"])
        for answer in result["messages"]:
            batch = f"{result['batch']} {result['outcome']}{'' if result['is_new'] else ' (known)'}"
            columns = (answer[name] for name in ("message", "case", "state", "matched"))
            table.add_row(result["file"], batch, *columns, answer["text"] or result["text"])
    return table
