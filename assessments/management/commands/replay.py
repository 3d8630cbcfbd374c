"""`manage.py replay`: compute every stored assessment again and compare the bytes."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.assessing import Replayed, replay
from assessments.models import Assessment


class Command(BaseCommand):
    help = (
        "Recompute stored assessments from their own facts and rule version; each must give the same bytes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", nargs="*", help="case numbers; all assessments if none is given")
        parser.add_argument("--json", action="store_true", help="print a JSON list of those that differ")

    def handle(self, *args: Any, **options: Any) -> None:
        stored = Assessment.objects.order_by("id").select_related("case")
        if options["case"]:
            stored = stored.filter(case__number__in=options["case"])
        identical = 0
        differing: list[Replayed] = []
        for replayed in replay(stored.iterator(chunk_size=1000)):
            if replayed.is_identical:
                identical += 1
            else:
                differing.append(replayed)
        self._report(identical, differing, as_json=options["json"])
        if differing:
            sys.exit(1)

    def _report(self, identical: int, differing: list[Replayed], *, as_json: bool) -> None:
        if as_json:
            lines = [
                {"assessment": str(r.assessment.uuid), "case": r.assessment.case.number, "problem": r.problem}
                for r in differing
            ]
            self.stdout.write(json.dumps({"identical": identical, "differing": lines}, indent=2))
            return
        for r in differing:
            self.stdout.write(f"differs: case {r.assessment.case.number}, {r.assessment.uuid} {r.problem}")
        self.stdout.write(f"{identical} identical, {len(differing)} different.")
