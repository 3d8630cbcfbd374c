"""`manage.py export_icsr`: cases are sent as E2B(R3)."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.table import Table

from accounts.models import User
from accounts.roles import Permission
from cases.management.acting_user import acting_user, add_by
from cases.management.collector import tune_collector
from cases.management.console import console
from cases.management.progress import counting
from cases.selection import filter_names, filtered_cases
from cases.visibility import visible_to
from e2b import PROFILES
from exchange.declarations import Declaration, DeclarationError, read_declaration
from exchange.export_job import Export, ExportResult
from exchange.exporting import export_cases
from exchange.queries import UnknownCases, cases_by_number
from exchange.receivers import Receiver
from exchange.sending_again import cases_not_loaded

SHOWN_REASONS = 12


class Command(BaseCommand):
    help = "Write cases as E2B(R3) for a receiver. Cases that the receiver would reject don't leave."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", nargs="*", help="case numbers")
        parser.add_argument("--all", action="store_true", help="every case, instead of numbers")
        parser.add_argument(
            "--again",
            metavar="BATCH",
            default="",
            help="the cases of this batch (N.1.2) that were rejected or are of unknown outcome",
        )
        for name in filter_names():
            parser.add_argument(f"--{name}", help=f"only cases by this filter of the list: {name}")
        parser.add_argument("--receiver", required=True, type=str.upper, choices=list(PROFILES))
        parser.add_argument("--route", default="", help="a route of this receiver, such as “postmarket test”")
        parser.add_argument(
            "--to", default="", help="the receiver's identifier, where it is none of the routes"
        )
        parser.add_argument("--out", required=True, type=Path, help="folder to write to")
        parser.add_argument("--declare", type=Path, help="TOML file with what the sender adds to every case")
        parser.add_argument("--draft", action="store_true", help="also incomplete cases, marked as drafts")
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--batch", action="store_true", help="one file for all cases (the default)")
        group.add_argument("--files", action="store_true", help="one file for each case")
        parser.add_argument("--json", action="store_true", help="print a JSON object instead of tables")
        add_by(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        tune_collector()
        user = acting_user(options["by"], Permission.EXPORT)
        try:
            results, paths = _export(options, user)
        except (UnknownCases, DeclarationError, PermissionDenied) as error:
            raise CommandError(str(error)) from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}. Nothing was sent.") from None
        self._print(results, paths, as_json=options["json"])
        if any(result.is_refused for result in results):
            sys.exit(1)

    def _print(self, results: Sequence[ExportResult], paths: Iterable[Path], *, as_json: bool) -> None:
        if as_json:
            data = {
                "files": [str(path) for path in paths],
                "cases": [result.as_dict() for result in results],
            }
            self.stdout.write(json.dumps(data, indent=2, ensure_ascii=False))
            return
        out = console(self.stdout)
        out.print(_table(results))
        written = sum(not result.is_refused for result in results)
        out.print(f"{written} of {len(results)} cases written.", highlight=False)
        for path in paths:
            self.stdout.write(str(path))


def _export(options: Mapping[str, Any], user: User) -> tuple[list[ExportResult], list[Path]]:
    ids = _chosen_cases(options, user)
    export = Export(
        user,
        Receiver.of(PROFILES[options["receiver"]], options["route"], options["to"]),
        options["out"],
        is_draft=options["draft"],
        one_file_each=options["files"],
        declaration=read_declaration(options["declare"]) if options["declare"] else Declaration(),
    )
    results: list[ExportResult] = []
    with counting("exporting", len(ids)) as advance:

        def report(result: ExportResult) -> None:
            results.append(result)
            advance(1)

        return results, export_cases(ids, export, report)


def _chosen_cases(options: Mapping[str, Any], user: User) -> list[int]:
    filters = {name: options[name] for name in filter_names() if options[name]}
    if sum(map(bool, (options["case"], filters or options["all"], options["again"]))) > 1:
        raise CommandError("Give case numbers, or filters, or --all, or --again: not several of them.")
    if options["again"]:
        return cases_not_loaded(options["again"], user)
    if options["case"]:
        return [case.pk for case in cases_by_number(options["case"], user)]
    if not filters and not options["all"]:
        raise CommandError("Give case numbers, a filter, --all, or --again with a batch.")
    try:
        chosen = filtered_cases(filters, visible_to(user))
    except ValidationError as error:
        raise CommandError("; ".join(f"--{message}" for message in error.messages)) from None
    return list(chosen.order_by("pk").values_list("pk", flat=True))


def _table(results: Sequence[ExportResult]) -> Table:
    """One line per case: state, identifier, and for those refused each reason with place and remedy."""
    table = Table(title="Export", show_lines=True)
    for heading in ("case", "state", "message", "reasons and remarks"):
        table.add_column(heading)
    for result in results:
        table.add_row(result.case, result.state, result.identifier, "\n".join(_remarks(result)))
    return table


def _remarks(result: ExportResult) -> list[str]:
    reasons = [str(violation) for violation in result.errors]
    remarks = reasons[:SHOWN_REASONS]
    if len(reasons) > SHOWN_REASONS:
        remarks.append(f"and {len(reasons) - SHOWN_REASONS} more: see --json")
    if result.declared:
        remarks.append(f"declared by the sender: {', '.join(result.declared)}")
    if result.left_out:
        remarks.append(f"{len(result.left_out)} statements without an element of their own: see --json")
    return remarks
