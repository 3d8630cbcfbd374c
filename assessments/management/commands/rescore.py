"""`manage.py rescore`: bring stored scores up to date, or see first what other rules would make of them."""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.db.models import QuerySet

from assessments.assessing import CHUNK, Failure, rescore_in_chunks
from assessments.management.rule_table import as_data, change_tables
from assessments.outdated import filtered, not_scored_by, numbered, outdated, stream_ids
from assessments.rule_changes import Preview, preview
from cases.management.console import console
from cases.management.progress import counting, whole_number
from cases.models import CaseSummary
from cases.workers import WorkerFailed
from scoring.instruments import INSTRUMENTS, UnknownRuleVersion, primary, rules


class Command(BaseCommand):
    help = (
        "Score cases anew: those that are outdated, unless told otherwise. Each chunk is committed by "
        "itself, so that a run which is cut short can be taken up by --outdated, or begun again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("number", nargs="*", default=[], help="case numbers")
        which.add_argument("--all", action="store_true", help="every case, also those that are current")
        which.add_argument("--outdated", action="store_true", help="only outdated cases (the default)")
        which.add_argument(
            "--filter",
            action="append",
            metavar="NAME=VALUE",
            help="cases that the list finds: category=probable, drug=allopurinol; may be repeated",
        )
        parser.add_argument(
            "--rules",
            metavar="VERSION",
            help="cases that this rule version has not scored yet, unless others are named",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )
        parser.add_argument(
            "--from-rows",
            action="store_true",
            help="make the facts of current scores anew too, after anything that went around the triggers",
        )
        parser.add_argument("--json", action="store_true", help="print an object instead of words and tables")
        parser.add_argument(
            "--chunk", type=whole_number, default=CHUNK, help="cases committed at a time (250)"
        )
        parser.add_argument("--jobs", type=whole_number, default=os.cpu_count(), help="processes (all cores)")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            version = self._version(options)
            summaries = _chosen(options, version)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except UnknownRuleVersion as error:
            raise CommandError(str(error)) from error
        count = summaries.count()
        # For a chunk or two, another process takes longer to start than to do its work.
        chunk = max(1, options["chunk"])
        jobs = max(1, min(options["jobs"], count // (2 * chunk)))
        how = {"jobs": jobs, "from_rows": options["from_rows"]}
        try:
            if options["dry_run"]:
                self._preview(summaries, count, version, how, as_json=options["json"])
            else:
                self._rescore(summaries, count, how | {"chunk": chunk}, as_json=options["json"])
        except (WorkerFailed, DatabaseError) as error:
            raise CommandError(
                f"{error}\nWhat was finished before stays; the rest is still outdated."
            ) from error

    def _version(self, options: Mapping[str, Any]) -> str:
        """The rule version asked for, if any. To store scores it must be the one that everybody uses."""
        version: str = options["rules"] or (primary().rules.RULE_VERSION if options["dry_run"] else "")
        instrument = INSTRUMENTS[rules(version).INSTRUMENT] if version else primary()
        current = instrument.rules.RULE_VERSION
        if version and version != current and not options["dry_run"]:
            raise ValidationError(
                f"New scores are made by {current}. To apply {version}, make it the current version in "
                "scoring/instruments.py; add --dry-run to see first what it would change."
            )
        return version

    def _rescore(
        self, summaries: QuerySet[CaseSummary], count: int, how: Mapping[str, Any], *, as_json: bool
    ) -> None:
        began, done, changed = time.monotonic(), 0, 0
        failures: list[Failure] = []
        try:
            with counting("scoring", count) as advance:
                for chunk in rescore_in_chunks(stream_ids(summaries), **how):
                    done, changed = done + chunk.done, changed + chunk.changed
                    failures += chunk.failures
                    advance(chunk.done + len(chunk.failures))
        except KeyboardInterrupt:
            self.stderr.write(f"Interrupted: {done} of {count} cases scored, and these stay so.")
            sys.exit(130)
        seconds = time.monotonic() - began
        if as_json:
            failed = [{"case_id": failure.case_id, "reason": failure.reason} for failure in failures]
            report = {
                "cases": count,
                "scored": done,
                "changed": changed,
                "failed": failed,
                "seconds": seconds,
            }
            self.stdout.write(json.dumps(report))
        else:
            self.stdout.write(f"{done} of {count} cases scored.")
            for failure in failures:
                self.stderr.write(f"case id {failure.case_id} stays outdated: {failure.reason}")
        if failures:
            sys.exit(1)

    def _preview(
        self,
        summaries: QuerySet[CaseSummary],
        count: int,
        version: str,
        how: Mapping[str, Any],
        *,
        as_json: bool,
    ) -> None:
        whole = Preview(0, (), Counter())
        try:
            with counting("comparing", count) as advance:
                for chunk in preview(stream_ids(summaries), version, **how):
                    whole = Preview(
                        whole.done + chunk.done, whole.moved + chunk.moved, whole.items + chunk.items
                    )
                    advance(chunk.done)
        except KeyboardInterrupt:
            self.stderr.write("Interrupted; nothing was changed.")
            sys.exit(130)
        if as_json:
            self.stdout.write(json.dumps(as_data(whole, version), indent=2, ensure_ascii=False))
            return
        out = console(self.stdout)
        for table in change_tables(whole, version):
            out.print(table)


def _chosen(options: Mapping[str, Any], version: str) -> QuerySet[CaseSummary]:
    """The summaries of the cases that the options name."""
    if options["number"]:
        return numbered(options["number"])
    if options["filter"]:
        return filtered(dict(_pair(text) for text in options["filter"]))
    if options["all"]:
        return CaseSummary.objects.all()
    if version:
        return not_scored_by(version)
    return outdated()


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise ValidationError(f"Write --filter {text}=VALUE: a filter has a value.")
    return name, value
