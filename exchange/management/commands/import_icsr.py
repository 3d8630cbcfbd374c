"""`manage.py import_icsr`: received E2B(R3) files become cases."""

import json
import sys
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from accounts.roles import Permission
from cases.management.acting_user import acting_user, add_by
from cases.management.collector import settle
from cases.management.progress import counting
from exchange.importing import Result, import_batch
from exchange.management.reports import import_table
from exchange.models import ImportState
from exchange.receiving import FileRefused, files_in, receive

REFUSED = "refused"


class Command(BaseCommand):
    help = "Import E2B(R3) files or zips of them. What can't be imported waits as a received message."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="+", type=Path, help="ICSR files, or zips of them")
        parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")
        add_by(parser)

    def handle(self, *args, **options):
        settle()
        user = acting_user(options["by"], Permission.AMEND_CASES)
        results: list[Result] = []
        try:
            for path in options["file"]:
                self._import(path, user, results)
        except PermissionDenied as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps([one.as_dict() for one in results], indent=2, ensure_ascii=False))
        else:
            import_table(results, self.stdout)
        if any(one.state in (ImportState.WAITING, REFUSED) for one in results):
            sys.exit(1)

    def _import(self, path, user, results):
        try:
            with path.open("rb") as stream:
                for name, content in files_in(stream, path.name):
                    self._file(name, content, user, results)
        except OSError as error:
            results.append(_refused(path.name, f"It can't be read: {error.strerror}."))

    def _file(self, name, content, user, results):
        if isinstance(content, FileRefused):
            results.append(_refused(name, str(content)))
            return
        try:
            batch = receive(content, name, by=user)
        except FileRefused as refused:
            results.append(_refused(name, str(refused)))
            return
        if batch.refusal:
            results.append(_refused(name, f"{batch.refusal} The file is kept; nothing of it was imported."))
            return
        with counting(name, batch.message_count) as counted:
            import_batch(batch, by=user, name=name, tell=lambda one: (results.append(one), counted(1)))


def _refused(name: str, reason: str) -> Result:
    return Result(name, 0, "", REFUSED, reasons=(reason,))
