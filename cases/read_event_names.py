"""The rows of a case that other things are dated by, and what they are called."""

from collections.abc import Iterable
from typing import Any

from cases.event_names import DatingRows, names_of
from cases.models import Case, CaseRow, Dose, MedicalHistory, Reaction, Treatment


def event_names(case: Case) -> dict[str, str]:
    """Names of events ("first dose of anakinra", "onset") with their anchors. Four queries.

    Where two events would have one name, the one entered first has it.
    """
    return names_of(dating_rows(case))


def dating_rows(case: Case) -> DatingRows:
    """What is stored of a case that other things are dated by. Four queries."""
    doses = Dose.objects.filter(case=case).select_related("exposure")
    return DatingRows(
        list(Reaction.objects.filter(case=case).order_by("position", "id")),
        list(doses.order_by("exposure__position", "exposure_id", "position", "id")),
        list(Treatment.objects.filter(case=case).order_by("position", "id")),
        list(MedicalHistory.objects.filter(case=case).order_by("id")),
    )


def dating_rows_among(rows: Iterable[CaseRow]) -> DatingRows:
    """The same among rows in memory, where each dose is linked to its drug."""
    of_kind: dict[type[CaseRow], list[Any]] = {Reaction: [], Dose: [], Treatment: [], MedicalHistory: []}
    for row in rows:
        of_kind.get(type(row), []).append(row)
    for kind in (Reaction, Treatment):
        of_kind[kind].sort(key=lambda row: (row.position, row.pk))
    of_kind[Dose].sort(key=lambda dose: (dose.exposure.position, dose.exposure_id, dose.position, dose.pk))
    of_kind[MedicalHistory].sort(key=lambda row: row.pk)
    return DatingRows(*of_kind.values())
