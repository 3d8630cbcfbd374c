"""Facts that are stored and still those of their rows, so that scores can be computed again without these."""

from collections.abc import Iterable
from typing import NamedTuple

from assessments.facts import FACTS_VERSION
from cases.models import CaseScore


class Stored(NamedTuple):
    """A current score: the texts of its facts and results, and the version of the evidence they are of.

    `adjudicated` and `answers` are None where no reviewer's answer holds.
    """

    case_id: int
    evidence_version: int
    facts: str
    computed: str
    adjudicated: str | None
    answers: str | None
    answers_due: int


def stored_facts(case_ids: Iterable[int]) -> dict[int, Stored]:
    """Those of these cases whose stored facts are the facts of their rows. One query, no locks.

    Such are scores at the version of their evidence, which triggers count, made by this FACTS_VERSION.
    """
    rows = CaseScore.objects.filter(
        case_id__in=list(case_ids), is_current=True, facts_version=FACTS_VERSION, computed__isnull=False
    ).values_list(
        "case_id",
        "evidence_version",
        "computed__facts",
        "computed__result",
        "adjudicated__result",
        "adjudicated__answers",
        "answers_due",
    )
    return {row[0]: Stored(*row) for row in rows}
