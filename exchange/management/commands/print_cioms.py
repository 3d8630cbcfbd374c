"""`manage.py print_cioms`: cases as CIOMS Form I."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.models import Case
from cases.record.read_cases import read_cases
from cases.unreadable import read_each
from exchange.cioms.form import cioms, file_name
from exchange.cioms.typesetting import PrintedForm
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
            problems = {}
            for case in cases:
                forms, unread = read_each([case.pk], _forms)
                problems.update(unread)
                for form in forms.values():
                    self._print(case, form, folder)
        except UnknownCases as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}. Choose another folder.") from None

        for case in cases:
            if case.pk in problems:
                self.stderr.write(f"{case}: {problems[case.pk]}")
        if problems:
            raise CommandError(f"{len(problems)} of {len(cases)} cases can't be printed; the others are.")

    def _print(self, case: Case, form: PrintedForm, folder: Path) -> None:
        path = folder / file_name(case)
        path.write_bytes(form.pdf)
        self.stdout.write(str(path))
        if form.unprintable:
            self.stderr.write(f"{case}: {form.remark}")


def _forms(case_ids: list[int]) -> dict[int, PrintedForm]:
    return {pk: cioms(record) for pk, record in read_cases(case_ids).items()}
