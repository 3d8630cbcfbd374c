"""`manage.py validate_icsr`: files checked by a receiver's rules, before anything is imported or sent."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandParser
from rich.table import Table

from cases.management.console import console
from e2b import PROFILES, E2BError, Profile, Severity, read_stream, text_of, validate
from exchange.receiving import FileRefused, files_in

HEADINGS = ("file", "no.", "message", "severity", "rule", "place", "what is wrong, and what to do")


class Command(BaseCommand):
    help = "Check E2B files (R3 or R2), or zips of them, by the rules of a receiver. Nothing is stored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="+", type=Path)
        parser.add_argument("--receiver", default="ICH", type=str.upper, choices=list(PROFILES))
        parser.add_argument("--json", action="store_true", help="print a JSON list instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        profile = PROFILES[options["receiver"]]
        messages = [message for path in options["file"] for message in _check_path(path, profile)]
        if options["json"]:
            self.stdout.write(json.dumps(messages, indent=2, ensure_ascii=False))
        else:
            self._print(messages, profile)
        if any(map(_is_invalid, messages)):
            sys.exit(1)

    def _print(self, messages: Sequence[Mapping[str, Any]], profile: Profile) -> None:
        out = console(self.stdout, width=160)
        out.print(_table(messages, profile))
        invalid = sum(map(_is_invalid, messages))
        out.print(f"{len(messages) - invalid} of {len(messages)} messages are valid.", highlight=False)


def _check_path(path: Path, profile: Profile) -> Iterator[dict[str, Any]]:
    """Each message of a file or zip with the rules that it violates, as data for JSON."""
    try:
        with path.open("rb") as stream:
            for name, content in files_in(stream, path.name):
                if isinstance(content, FileRefused):
                    yield _unreadable(name, str(content))
                else:
                    yield from _check_file(name, content, profile)
    except OSError as error:
        yield _unreadable(path.name, f"It can't be read: {error.strerror}.")


def _check_file(name: str, content: IO[bytes], profile: Profile) -> Iterator[dict[str, Any]]:
    try:
        for position, message in enumerate(read_stream(content), 1):
            findings = [violation.as_dict() for violation in validate(message, profile)]
            number = text_of(message.N["N.2.r.1"])
            yield {"file": name, "position": position, "message": number, "findings": findings}
    except E2BError as error:
        yield _unreadable(name, str(error))


def _unreadable(name: str, reason: str) -> dict[str, Any]:
    finding = {
        "severity": "error",
        "rule": "UNREADABLE",
        "element": "",
        "place": "",
        "sentence": reason,
        "remedy": "",
    }
    return {"file": name, "position": 0, "message": "", "findings": [finding]}


def _is_invalid(message: Mapping[str, Any]) -> bool:
    return any(finding["severity"] == Severity.ERROR for finding in message["findings"])


def _table(messages: Sequence[Mapping[str, Any]], profile: Profile) -> Table:
    """One line per finding: its message, severity, rule and place, and what to do."""
    table = Table(title=f"By the rules of {profile.name}", show_lines=True)
    for heading in HEADINGS:
        table.add_column(heading)
    for message in messages:
        name = (message["file"], str(message["position"]), message["message"])
        for finding in message["findings"]:
            place = ", ".join(filter(None, (finding["element"], finding["place"])))
            words = f"{finding['sentence']} {finding['remedy']}".strip()
            table.add_row(*name, finding["severity"], finding["rule"], place, words)
    return table
