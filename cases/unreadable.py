"""Cases that can't be read, among others that can: they are named with the reason, logged, and stop nobody.

No service stores such a case; a database shell, a restored backup or a defect of ours can.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from django.core.exceptions import ValidationError

from cases.models import Case
from cases.visibility import shown_number

Reading = TypeVar("Reading")
# What a value of another shape raises where it is read. Errors of the database are none of a case.
UNREADABLE = (ValueError, TypeError, AttributeError, ArithmeticError, LookupError, ValidationError)
# For readers without identities, who are shown no value.
UNNAMED = "This case can't be read: staff asked to look at it."

logger = logging.getLogger(__name__)


def read_each(
    case_ids: Iterable[int], read: Callable[[list[int]], Mapping[int, Reading]]
) -> tuple[dict[int, Reading], dict[int, str]]:
    """What `read` gives for these cases by id, and by id why others can't be read.

    All are read at once; only where that fails, each by itself.
    """
    ids = list(case_ids)
    try:
        return dict(read(ids)), {}
    except UNREADABLE:
        return _one_by_one(ids, read)


def _one_by_one(
    ids: list[int], read: Callable[[list[int]], Mapping[int, Reading]]
) -> tuple[dict[int, Reading], dict[int, str]]:
    readings: dict[int, Reading] = {}
    problems: dict[int, str] = {}
    for pk in ids:
        try:
            readings.update(read([pk]))
        except UNREADABLE as error:
            problems[pk] = unreadable(pk, error)
    return readings, problems


def unreadable(case_id: int, error: Exception) -> str:
    """The sentence for those who may read the record. The fault is logged."""
    logger.error("Case of id %s can't be read", case_id, exc_info=error)
    return f"This case can't be read: {type(error).__name__}: {error} Staff asked to look at it."


def named(problems: Mapping[int, str], *, identities: bool) -> list[dict[str, str]]:
    """Cases that can't be read, as manifests and the API list them: number and problem, in their order.

    Readers without identities are shown the pseudonym and no reason. One query, none without a problem.
    """
    if not problems:
        return []
    cases = Case.objects.filter(pk__in=problems).select_related("summary").order_by("pk")
    return [
        {
            "number": shown_number(case, identities=identities),
            "problem": problems[case.pk] if identities else UNNAMED,
        }
        for case in cases
    ]
