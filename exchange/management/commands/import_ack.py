"""`manage.py import_ack`: what receivers answered to submissions."""

import json
import sys
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from accounts.roles import Permission
from cases.management.acting_user import acting_user, add_by
from exchange.acknowledgements import take_acknowledgement
from exchange.management.reports import acknowledgement_table
from exchange.receiving import FileRefused, files_in


class Command(BaseCommand):
    help = "Take acknowledgements, or zips of them. What can't be matched to a submission waits in a queue."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="+", type=Path)
        parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")
        add_by(parser)

    def handle(self, *args, **options):
        user = acting_user(options["by"], Permission.EXPORT)
        try:
            told = [one for path in options["file"] for one in _taken(path, user)]
        except PermissionDenied as error:
            raise CommandError(str(error)) from None
        if options["json"]:
            self.stdout.write(json.dumps(told, indent=2, ensure_ascii=False))
        else:
            acknowledgement_table(told, self.stdout)
        if any("refused" in one or any(m["state"] == "unmatched" for m in one["messages"]) for one in told):
            sys.exit(1)


def _taken(path: Path, user):
    try:
        with path.open("rb") as stream:
            for name, content in files_in(stream, path.name):
                yield _one(name, content, user)
    except OSError as error:
        yield {"file": path.name, "refused": f"It can't be read: {error.strerror}.", "messages": []}


def _one(name, content, user):
    try:
        if isinstance(content, FileRefused):
            raise content
        return take_acknowledgement(content, name, by=user).as_dict()
    except FileRefused as refused:
        return {"file": name, "refused": str(refused), "messages": []}
