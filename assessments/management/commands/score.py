"""`manage.py score`: where cases stand, and why."""

import json
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.assessing import make_current
from assessments.management.score_table import item_table, standing_table
from assessments.row_uses import row_uses
from assessments.scorecards import ScoreCard, all_scorecards, as_data, evidence_as_data, others_as_data
from cases.management.console import console
from cases.models import Case
from cases.record.read_cases import read_cases
from cases.unreadable import read_each
from scoring.instruments import PRIMARY


class Command(BaseCommand):
    help = "Print the scores of cases, side by side; outdated ones are scored anew first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("case", nargs="*", help="case numbers; all cases if none is given")
        parser.add_argument("--json", action="store_true", help="print a JSON list instead of tables")
        parser.add_argument("--items", action="store_true", help="also print each item with its rule")

    def handle(self, *args: Any, **options: Any) -> None:
        cases = _cases(options["case"])
        ids = [case.pk for case in cases]
        problems = self._print_data(ids) if options["json"] else self._print_tables(ids, options["items"])
        for case in cases:
            if case.pk in problems:
                self.stderr.write(f"{case}: {problems[case.pk]}")
        if problems:
            raise CommandError(f"{len(problems)} of {len(cases)} cases can't be read; the others are shown.")

    def _print_data(self, ids: list[int]) -> dict[int, str]:
        """Print the cases as JSON; returns why some can't be read, by id."""
        readings, problems = read_each(ids, _data)
        data = [row for pk in ids for row in readings.get(pk, ())]
        self.stdout.write(json.dumps(data, indent=2, ensure_ascii=False))
        return problems

    def _print_tables(self, ids: list[int], items: bool) -> dict[int, str]:
        """As `_print_data`, as tables."""
        readings, problems = read_each(ids, _cards)
        cards = [card for pk in ids for card in readings.get(pk, ())]
        out = console(self.stdout)
        out.print(standing_table(cards))
        if items:
            for card in cards:
                out.print(item_table(card))
        return problems


def _cards(case_ids: list[int]) -> dict[int, list[ScoreCard]]:
    """The card of each case by the primary instrument; outdated scores are made anew first."""
    make_current(case_ids)
    cards = all_scorecards(Case.objects.in_bulk(case_ids).values(), [PRIMARY])
    for card in chain.from_iterable(cards.values()):
        # What is stored is decoded where it is first shown: here, so that one case stops no table.
        standing_table([card])
        item_table(card)
    return cards


def _data(case_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """For each case the score by the primary instrument, and those by the others under `by_instrument`.

    With `organs`, `drugs` and `not_counted`: the rows of the case that no item uses, and why.
    """
    make_current(case_ids)
    cards, records = all_scorecards(Case.objects.in_bulk(case_ids).values()), read_cases(case_ids)
    return {
        pk: [
            {
                **as_data(card),
                **evidence_as_data(card, row_uses(records[pk], card.instrument.rules)),
                "by_instrument": others_as_data(cards[pk]),
            }
            for card in cards[pk]
            if card.instrument.key == PRIMARY
        ]
        for pk in case_ids
    }


def _cases(numbers: list[str]) -> list[Case]:
    if not numbers:
        return list(Case.objects.order_by("number"))
    found = {case.number: case for case in Case.objects.filter(number__in=numbers)}
    unknown = [number for number in numbers if number not in found]
    if unknown:
        raise CommandError(f"No case is numbered {', '.join(unknown)}. `manage.py score` lists all cases.")
    return [found[number] for number in numbers]
