"""`manage.py desynthesize`: remove all synthetic cases, and nothing else."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cases.management.progress import counting
from synthetic.insertion import synthesizer
from synthetic.removal import desynthesize, held, removable


class Command(BaseCommand):
    help = (
        "Remove all synthetic cases with their scores, events and history. Cases of patients stay untouched."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do it; without, only say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        count = removable().count()
        self._list_held()
        if not options["yes"]:
            self.stdout.write(f"{count} synthetic cases would be removed. Say --yes to do it.")
            return
        removed = 0
        try:
            with counting("removing cases", count) as advance:
                for chunk in desynthesize(synthesizer(), "Synthetic cases are no longer needed"):
                    removed += chunk
                    advance(chunk)
        except KeyboardInterrupt:
            self.stderr.write(f"Interrupted: {removed} cases removed. The same command removes the rest.")
            sys.exit(130)
        self.stdout.write(f"{removed} synthetic cases removed.")

    def _list_held(self) -> None:
        for case in held().order_by("pk")[:20]:
            self.stderr.write(
                f"{case} stays: a case of a patient is linked to it, or it was sent or received."
            )
