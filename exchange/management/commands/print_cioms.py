"""`manage.py print_cioms`: cases as CIOMS Form I."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.record.case_record import CaseRecord
from cases.record.read_cases import stream_cases
from exchange.cioms.form import cioms, file_name
from exchange.queries import UnknownCases, cases_by_number


class Command(BaseCommand):
    help = "Print cases as CIOMS Form I, one PDF per case."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", nargs="+", help="case numbers")
        parser.add_argument("--out", type=Path, default=Path(), help="folder to write to (default: here)")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["out"]
        try:
            cases = cases_by_number(options["case"])
            folder.mkdir(parents=True, exist_ok=True)
            for record in stream_cases([case.pk for case in cases]):
                self._print(record, folder)
        except UnknownCases as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}. Choose another folder.") from None

    def _print(self, record: CaseRecord, folder: Path) -> None:
        form = cioms(record)
        path = folder / file_name(record.case)
        path.write_bytes(form.pdf)
        self.stdout.write(str(path))
        if form.unprintable:
            self.stderr.write(f"{record.case}: {form.remark}")
