"""`manage.py print_cioms`: cases as CIOMS Form I."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.record.read_cases import stream_cases
from exchange.cioms.form import cioms, file_name
from exchange.queries import UnknownCases, cases_numbered


class Command(BaseCommand):
    help = "Print cases as CIOMS Form I, one PDF per case."

    def add_arguments(self, parser):
        parser.add_argument("case", nargs="+", help="case numbers")
        parser.add_argument("--out", type=Path, default=Path(), help="folder to write to (default: here)")

    def handle(self, *args, **options):
        folder: Path = options["out"]
        try:
            cases = cases_numbered(options["case"])
            folder.mkdir(parents=True, exist_ok=True)
            for whole in stream_cases([case.pk for case in cases]):
                self._print(whole, folder)
        except UnknownCases as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}. Choose another folder.") from None

    def _print(self, whole, folder: Path):
        made = cioms(whole)
        path = folder / file_name(whole.case)
        path.write_bytes(made.pdf)
        self.stdout.write(str(path))
        if made.unprintable:
            self.stderr.write(f"{whole.case}: {made.remark}")
