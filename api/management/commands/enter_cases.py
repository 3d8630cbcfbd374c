"""`manage.py enter_cases`: cases in JSON files, as POST /api/v1/cases/ takes them, are entered."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rest_framework.exceptions import ParseError
from rich.table import Table
from rich.text import Text

from accounts.models import User
from accounts.roles import Permission
from api.case_files import ENTERED, REFUSED, EntryResult, enter_bodies, read_cases_of, refused_file
from cases.management.acting_user import acting_user, add_by
from cases.management.collector import tune_collector
from cases.management.console import console
from cases.management.progress import counting
from exchange.management.tables import new_table

STANDARD_INPUT = "-"
# Longer tables help nobody; the numbers do, and --json.
SHOWN_CASES = 500


class Command(BaseCommand):
    help = (
        "Enter cases from JSON files: one case or a list of cases per file, each as POST /api/v1/cases/ "
        "takes it. A case is entered whole or, with its problems named, not at all."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="+", help="JSON files; - reads standard input")
        parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")
        add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        tune_collector()
        user = acting_user(options["by"], Permission.AMEND_CASES)
        results = [result for file in options["file"] for result in _enter_file(file, user)]
        if options["json"]:
            self.stdout.write(json.dumps([asdict(r) for r in results], indent=2, ensure_ascii=False))
        else:
            self._print(results)
        if any(result.state == REFUSED for result in results):
            sys.exit(1)

    def _print(self, results: Sequence[EntryResult]) -> None:
        out = console(self.stdout)
        shown = results if len(results) <= SHOWN_CASES else [r for r in results if r.state == REFUSED]
        if shown:
            out.print(_table(shown[:SHOWN_CASES]))
        if len(shown) > SHOWN_CASES:
            out.print(f"and {len(shown) - SHOWN_CASES} more: see --json", highlight=False)
        counts = Counter(result.state for result in results)
        out.print(f"{counts[ENTERED]} entered, {counts[REFUSED]} refused.", highlight=False)


def _enter_file(file: str, user: User) -> Iterator[EntryResult]:
    try:
        bodies = read_cases_of(_content(file))
    except OSError as error:
        yield refused_file(file, f"It can't be read: {error.strerror}. Check its name and permissions.")
        return
    except ParseError as error:
        yield refused_file(file, str(error.detail))
        return
    with counting(Path(file).name, len(bodies)) as advance:
        yield from enter_bodies(bodies, file, by=user, advance=advance)


def _content(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()


def _table(results: Sequence[EntryResult]) -> Table:
    """One line per case: its file and place, its number, what became of it, and every problem."""
    table = new_table("Enter cases", "file and place", "case", "what became of it", "problems")
    for result in results:
        place = f"{result.file}\n{result.position or ''}".rstrip()
        problems = "\n".join(_sentence(problem) for problem in result.problems)
        # As plain text: a path such as doses[0] is no markup.
        table.add_row(*(Text(cell) for cell in (place, result.number, result.state, problems)))
    return table


def _sentence(problem: dict[str, str]) -> str:
    return ": ".join(filter(None, (problem["path"], problem["detail"])))
