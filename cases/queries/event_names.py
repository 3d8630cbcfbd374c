"""What the events of a case are called, where people date one thing by another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cases.models import Case, CaseRow, Dose, MedicalHistory, Reaction, Treatment

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True)
class DatingRows:
    """The rows that others are dated by, each table in its own order; doses in that of their drugs."""

    reactions: list[Reaction] = field(default_factory=list)
    doses: list[Dose] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)
    history: list[MedicalHistory] = field(default_factory=list)


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


def names_of(rows: DatingRows) -> dict[str, str]:
    """As `event_names`, of rows that need not be stored."""
    names: dict[str, str] = {"birth": "birth"}
    for name, anchor in (
        *_reactions(rows.reactions),
        *_doses(rows.doses),
        *_treatments(rows.treatments),
        *_history(rows.history),
    ):
        names.setdefault(" ".join(name.lower().split()), anchor)
    return names


def _reactions(reactions: list[Reaction]) -> Iterator[tuple[str, str]]:
    for reaction in [r for r in reactions if r.is_assessed] or reactions[:1]:
        yield "onset", reaction.anchor
    for reaction in reactions:
        yield f"onset of {reaction.term}", reaction.anchor
        yield f"end of {reaction.term}", f"{reaction.anchor}.end"


def _doses(doses: list[Dose]) -> Iterator[tuple[str, str]]:
    by_drug: dict[str, list[Dose]] = {}
    for dose in doses:
        by_drug.setdefault(dose.exposure.name, []).append(dose)
    for drug, of_drug in by_drug.items():
        for ordinal, dose in zip(ORDINALS, of_drug, strict=False):
            yield f"{ordinal} dose of {drug}", dose.anchor
        last = of_drug[-1]
        yield f"last dose of {drug}", f"{last.anchor}.end" if last.end or last.interval else last.anchor


def _treatments(treatments: list[Treatment]) -> Iterator[tuple[str, str]]:
    for treatment in treatments:
        yield f"treatment with {treatment.name}", treatment.anchor
        yield f"end of treatment with {treatment.name}", f"{treatment.anchor}.end"


def _history(history: list[MedicalHistory]) -> Iterator[tuple[str, str]]:
    for condition in history:
        yield condition.term, condition.anchor
        yield f"end of {condition.term}", f"{condition.anchor}.end"
