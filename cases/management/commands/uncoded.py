"""`manage.py uncoded`: the terms that nobody has coded yet, the most frequent first."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.table import Table

from cases.coding import Uncoded, uncoded
from cases.management.console import console
from cases.models import Case


class Command(BaseCommand):
    help = "Print the uncoded terms of cases, with the number of cases that have each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", nargs="*", help="case numbers; all cases if none is given")
        parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        numbers = options["case"]
        cases = Case.objects.filter(number__in=numbers) if numbers else Case.objects.all()
        if unknown := set(numbers) - set(cases.values_list("number", flat=True) if numbers else ()):
            raise CommandError(f"No case is numbered {', '.join(sorted(unknown))}.")
        terms = uncoded(cases)
        if options["json"]:
            self.stdout.write(json.dumps([asdict(term) for term in terms], indent=2, ensure_ascii=False))
        else:
            console(self.stdout).print(_table(terms))


def _table(terms: list[Uncoded]) -> Table:
    table = Table(title="Terms without a code")
    for heading in ("term", "of a", "dictionary", "cases"):
        table.add_column(heading)
    for term in terms:
        table.add_row(term.term, term.what, term.dictionary, str(term.cases))
    return table
