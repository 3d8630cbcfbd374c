"""`manage.py data_dictionary`: write docs/data-dictionary.md anew, or check that it is as it should be."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.data_dictionary import text

PAGE = Path(settings.BASE_DIR) / "docs" / "data-dictionary.md"


class Command(BaseCommand):
    help = "Write docs/data-dictionary.md from the models and the element table of ICH E2B(R3)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail if the page is not what it should be"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = text()
        if not options["check"]:
            PAGE.write_text(wanted, encoding="utf-8")
            self.stdout.write(f"{PAGE}: {wanted.count(chr(10))} lines")
        elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != wanted:
            raise CommandError(f"{PAGE} is outdated: run `manage.py data_dictionary` and commit it.")
