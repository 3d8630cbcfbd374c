"""Facts that are stored and still those of their rows, so that scores can be computed again without these."""

from collections.abc import Iterable
from typing import NamedTuple

from assessments.facts import FACTS_VERSION
from assessments.models import Standing
from cases.models import CaseSummary
from scoring.canonical import decode_facts
from scoring.instrument import Subject
from scoring.instruments import INSTRUMENTS


class Stored(NamedTuple):
    """A current standing: the texts of its facts and results, and the version of the evidence they are of.

    `adjudicated` and `answers` are None where no reviewer's answer holds.
    """

    case_id: int
    instrument: str
    exposure_id: int | None
    evidence_version: int
    facts: str
    computed: str
    adjudicated: str | None
    answers: str | None
    answers_due: int


def stored_facts(case_ids: Iterable[int]) -> dict[int, list[Stored]]:
    """Those of these cases whose stored facts are the facts of their rows. One query, no locks.

    Such are cases that every instrument has scored at the version of their evidence, which triggers count,
    on facts made by this FACTS_VERSION.
    """
    current = CaseSummary.objects.filter(
        case_id__in=list(case_ids), is_current=True, facts_version=FACTS_VERSION
    )
    rows = Standing.objects.filter(
        case__in=current.values("pk"), instrument__in=list(INSTRUMENTS), is_current=True
    ).values_list(
        "case_id",
        "instrument",
        "exposure_id",
        "evidence_version",
        "computed__facts",
        "computed__result",
        "adjudicated__result",
        "adjudicated__answers",
        "answers_due",
    )
    stored: dict[int, list[Stored]] = {}
    for row in rows:
        stored.setdefault(row[0], []).append(Stored(*row))
    return {pk: of_case for pk, of_case in stored.items() if _is_complete(of_case)}


def _is_complete(stored: list[Stored]) -> bool:
    """Whether every instrument has scored the case, those that assess drugs each of its suspects."""
    scored = [one.instrument for one in stored]
    of_drugs = [key for key, instrument in INSTRUMENTS.items() if instrument.subject is Subject.EXPOSURE]
    if any(key not in scored for key in INSTRUMENTS if key not in of_drugs):
        return False
    if not of_drugs:
        return True
    whole = decode_facts(next(one.facts for one in stored if one.exposure_id is None))
    suspects = sum(exposure.is_suspect for exposure in whole.exposures)
    return all(scored.count(key) == suspects for key in of_drugs)
