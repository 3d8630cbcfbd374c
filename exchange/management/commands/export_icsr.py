"""`manage.py export_icsr`: cases leave as E2B(R3)."""

import json
import sys
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.roles import Permission
from cases.management.acting_user import acting_user, add_by
from cases.management.collector import settle
from cases.management.progress import counting
from cases.selection import filter_names, filtered_cases
from cases.visibility import visible_to
from e2b import PROFILES
from exchange.declarations import Declaration, DeclarationError, read_declaration
from exchange.exporting import Export, Outcome, Receiver, export_cases
from exchange.management.reports import export_table
from exchange.queries import UnknownCases, cases_numbered


class Command(BaseCommand):
    help = "Write cases as E2B(R3) for a receiver. Cases that the receiver would reject don't leave."

    def add_arguments(self, parser):
        parser.add_argument("case", nargs="*", help="case numbers")
        parser.add_argument("--all", action="store_true", help="every case, instead of numbers")
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

    def handle(self, *args, **options):
        settle()
        user = acting_user(options["by"], Permission.EXPORT)
        try:
            ids = _chosen(options, user)
            declaration = read_declaration(options["declare"]) if options["declare"] else Declaration()
            export = Export(
                user,
                Receiver.of(PROFILES[options["receiver"]], options["route"], options["to"]),
                options["out"],
                is_draft=options["draft"],
                one_file_each=options["files"],
                declaration=declaration,
            )
            outcomes: list[Outcome] = []
            with counting("exporting", len(ids)) as counted:
                paths = export_cases(ids, export, lambda one: (outcomes.append(one), counted(1)))
        except (UnknownCases, DeclarationError, PermissionDenied) as error:
            raise CommandError(str(error)) from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}. Nothing was sent.") from None
        self._report(outcomes, paths, options["json"])
        if any(one.is_refused for one in outcomes):
            sys.exit(1)

    def _report(self, outcomes, paths, as_json):
        if as_json:
            told = {"files": [str(path) for path in paths], "cases": [one.as_dict() for one in outcomes]}
            self.stdout.write(json.dumps(told, indent=2, ensure_ascii=False))
            return
        export_table(outcomes, paths, self.stdout)


def _chosen(options, user) -> list[int]:
    filters = {name: options[name] for name in filter_names() if options[name]}
    if options["case"]:
        if filters or options["all"]:
            raise CommandError("Give case numbers, or filters, or --all: not several of them.")
        return [case.pk for case in cases_numbered(options["case"], user)]
    if not filters and not options["all"]:
        raise CommandError("Give case numbers, a filter, or --all.")
    try:
        chosen = filtered_cases(filters, visible_to(user))
    except ValidationError as error:
        raise CommandError("; ".join(f"--{message}" for message in error.messages)) from None
    return list(chosen.order_by("pk").values_list("pk", flat=True))
