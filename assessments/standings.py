"""Where cases stand by the primary instrument, joined to cases, for lists and filters."""

from typing import TypeVar

from django.db.models import FilteredRelation, Q, QuerySet

from assessments.models import Standing
from cases.models import Case
from scoring.instruments import PRIMARY

AnyCases = TypeVar("AnyCases", bound="QuerySet[Case]")


def relation_of(instrument: str) -> str:
    """The name under which the standing of a case by an instrument is joined: `standing` for the primary."""
    return "standing" if instrument == PRIMARY else f"standing_{instrument}"


def with_standing(cases: AnyCases, instrument: str = PRIMARY) -> AnyCases:
    """The cases with their standing by an instrument joined where anything asks for it, one row a case."""
    condition = Q(standings__instrument=instrument, standings__exposure=None)
    return cases.annotate(**{relation_of(instrument): FilteredRelation("standings", condition=condition)})


def standing_of(case: Case, instrument: str = PRIMARY) -> Standing | None:
    """Where a case stands by an instrument; None where it was never scored. One query."""
    return Standing.objects.filter(case=case, instrument=instrument, exposure=None).first()


def standings_by_case(case_ids: list[int]) -> dict[int, dict[str, Standing]]:
    """The standings of cases by the key of the instrument, those of drugs left out. One query."""
    standings: dict[int, dict[str, Standing]] = {pk: {} for pk in case_ids}
    for row in Standing.objects.filter(case_id__in=case_ids, exposure=None):
        standings[row.case_id][row.instrument] = row
    return standings
