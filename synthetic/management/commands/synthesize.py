"""`manage.py synthesize`: fill the registry with synthetic cases."""

import os
import sys
import time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from cases.management.progress import counting, whole_number
from cases.workers import WorkerFailed
from synthetic.insertion import CHUNK, synthesize


class Command(BaseCommand):
    help = (
        "Make synthetic cases, marked as such. The same seed gives the same cases; a run that was cut "
        "short is taken up where it was by the same command."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=whole_number, help="how many cases of this seed there shall be")
        parser.add_argument("--seed", type=whole_number, required=True, help="a whole number")
        parser.add_argument("--labs", type=whole_number, default=10, help="laboratory results a case (10)")
        parser.add_argument("--jobs", type=whole_number, default=os.cpu_count(), help="processes (all cores)")
        parser.add_argument(
            "--chunk", type=whole_number, default=CHUNK, help="cases committed at a time (250)"
        )
        parser.add_argument("--no-score", action="store_true", help="leave the cases unscored, as outdated")

    def handle(self, *args: Any, **options: Any) -> None:
        began, made, existing = time.monotonic(), 0, 0
        chunks = synthesize(
            options["count"],
            seed=options["seed"],
            labs=options["labs"],
            jobs=max(1, options["jobs"]),
            is_scored=not options["no_score"],
            chunk=max(1, options["chunk"]),
        )
        try:
            with counting("making cases", options["count"]) as advance:
                for chunk in chunks:
                    made, existing = made + chunk.made, existing + chunk.existing
                    advance(chunk.made + chunk.existing)
        except KeyboardInterrupt:
            self.stderr.write(f"Interrupted: {made} cases made. The same command makes the rest.")
            sys.exit(130)
        except (ValidationError, ValueError, WorkerFailed, DatabaseError) as error:
            raise CommandError("\n".join(getattr(error, "messages", [str(error)]))) from error
        rate = made / max(time.monotonic() - began, 1e-9)
        self.stdout.write(f"{made} cases made, {existing} were there already; {rate:.0f} cases a second.")
