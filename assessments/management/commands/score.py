"""`manage.py score`: where cases stand, and why."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.assessing import make_current
from assessments.management.score_table import item_table, standing_table
from assessments.row_uses import row_uses
from assessments.scorecards import all_scorecards, as_data, evidence_as_data, others_as_data, scorecards
from cases.management.console import console
from cases.models import Case
from cases.record.read_cases import read_cases
from scoring.instruments import PRIMARY


class Command(BaseCommand):
    help = "Print the scores of cases, side by side; outdated ones are scored anew first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", nargs="*", help="case numbers; all cases if none is given")
        parser.add_argument("--json", action="store_true", help="print a JSON list instead of tables")
        parser.add_argument("--items", action="store_true", help="also print each item with its rule")

    def handle(self, *args: Any, **options: Any) -> None:
        cases = _cases(options["case"])
        make_current(case.pk for case in cases)
        if options["json"]:
            self.stdout.write(json.dumps(_as_data(cases), indent=2, ensure_ascii=False))
            return
        cards = scorecards(cases)
        out = console(self.stdout)
        out.print(standing_table(cards))
        if options["items"]:
            for card in cards:
                out.print(item_table(card))


def _as_data(cases: list[Case]) -> list[dict[str, Any]]:
    """For each case the score by the primary instrument, and those by the others under `by_instrument`.

    With `organs`, `drugs` and `not_counted`: the rows of the case that no item uses, and why.
    """
    cards, records = all_scorecards(cases), read_cases([case.pk for case in cases])
    return [
        {
            **as_data(card),
            **evidence_as_data(card, row_uses(records[case.pk], card.instrument.rules)),
            "by_instrument": others_as_data(cards[case.pk]),
        }
        for case in cases
        for card in cards[case.pk]
        if card.instrument.key == PRIMARY
    ]


def _cases(numbers: list[str]) -> list[Case]:
    if not numbers:
        return list(Case.objects.order_by("number"))
    found = {case.number: case for case in Case.objects.filter(number__in=numbers)}
    unknown = [number for number in numbers if number not in found]
    if unknown:
        raise CommandError(f"No case is numbered {', '.join(unknown)}. `manage.py score` lists all cases.")
    return [found[number] for number in numbers]
