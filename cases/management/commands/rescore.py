"""`manage.py rescore`: bring stored scores up to date with the evidence."""

import sys

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cases.models import CaseScore
from cases.services.assessing import Failure, rescore


class Command(BaseCommand):
    help = "Score cases anew: those that are outdated, or with --all every case."

    def add_arguments(self, parser):
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--all", action="store_true", help="every case, also those that are current")
        group.add_argument("--outdated", action="store_true", help="only outdated cases (the default)")

    def handle(self, *args, **options):
        wanted = CaseScore.objects.order_by("case_id")
        if not options["all"]:
            wanted = wanted.filter(is_current=False)
        ids = list(wanted.values_list("case_id", flat=True))
        failures = self._run(ids)
        self.stdout.write(f"{len(ids) - len(failures)} of {len(ids)} cases scored.")
        for failure in failures:
            self.stderr.write(f"case id {failure.case_id} stays outdated: {failure.reason}")
        if failures:
            sys.exit(1)

    def _run(self, ids: list[int]) -> list[Failure]:
        failures = []
        columns = (TextColumn("scoring"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(file=sys.stderr), transient=True) as progress:
            task = progress.add_task("scoring", total=len(ids))
            for done in rescore(ids):
                if isinstance(done, Failure):
                    failures.append(done)
                progress.advance(task, 1 if isinstance(done, Failure) else done)
        return failures
