"""`manage.py validate_icsr`: what a receiver would say of files, before anything is imported or sent."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from e2b import PROFILES, E2BError, Severity, read_stream, text_of, validate
from exchange.receiving import FileRefused, files_in


class Command(BaseCommand):
    help = "Check E2B(R3) files, or zips of them, by the rules of a receiver. Nothing is stored."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="+", type=Path)
        parser.add_argument("--receiver", default="ICH", type=str.upper, choices=list(PROFILES))
        parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")

    def handle(self, *args, **options):
        profile = PROFILES[options["receiver"]]
        found = [told for path in options["file"] for told in _checked(path, profile)]
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2, ensure_ascii=False))
        else:
            self._print(found, profile)
        if any(_is_invalid(one) for one in found):
            sys.exit(1)

    def _print(self, found, profile):
        table = Table(title=f"By the rules of {profile.name}", show_lines=True)
        for heading in (
            "file",
            "no.",
            "message",
            "severity",
            "rule",
            "place",
            "what is wrong, and what to do",
        ):
            table.add_column(heading)
        for one in found:
            for finding in one["findings"]:
                place = ", ".join(filter(None, (finding["element"], finding["place"])))
                said = f"{finding['sentence']} {finding['remedy']}".strip()
                named = (one["file"], str(one["position"]), one["message"])
                table.add_row(*named, finding["severity"], finding["rule"], place, said)
        console = Console(file=self.stdout, width=None if self.stdout.isatty() else 160)
        console.print(table)
        invalid = sum(map(_is_invalid, found))
        console.print(f"{len(found) - invalid} of {len(found)} messages are valid.", highlight=False)


def _checked(path: Path, profile):
    try:
        with path.open("rb") as stream:
            for name, content in files_in(stream, path.name):
                if isinstance(content, FileRefused):
                    yield _unreadable(name, str(content))
                else:
                    yield from _messages(name, content, profile)
    except OSError as error:
        yield _unreadable(path.name, f"It can't be read: {error.strerror}.")


def _messages(name, content, profile):
    try:
        for position, message in enumerate(read_stream(content), 1):
            findings = [finding.as_dict() for finding in validate(message, profile)]
            number = text_of(message.N["N.2.r.1"])
            yield {"file": name, "position": position, "message": number, "findings": findings}
    except E2BError as error:
        yield _unreadable(name, str(error))


def _unreadable(name: str, reason: str):
    finding = {
        "severity": "error",
        "rule": "UNREADABLE",
        "element": "",
        "place": "",
        "sentence": reason,
        "remedy": "",
    }
    return {"file": name, "position": 0, "message": "", "findings": [finding]}


def _is_invalid(one) -> bool:
    return any(finding["severity"] == Severity.ERROR for finding in one["findings"])
