"""Names for the events of a case that other entries are dated by: "onset", "first dose of anakinra"."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cases.models import Case, Dose, MedicalHistory, Reaction, Treatment

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True)
class AnchorRows:
    """The rows that others are dated by, each table in its own order; doses in that of their drugs.

    A row's `anchor` is the name under which moments of other rows refer to its start.
    """

    reactions: list[Reaction] = field(default_factory=list)
    doses: list[Dose] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)
    history: list[MedicalHistory] = field(default_factory=list)


def read_event_names(case: Case) -> dict[str, str]:
    """The names of a stored case's events with their anchors, as `name_events` gives them. Four queries."""
    return name_events(read_anchor_rows(case))


def read_anchor_rows(case: Case) -> AnchorRows:
    """The rows of a stored case that others are dated by. Four queries."""
    doses = Dose.objects.filter(case=case).select_related("exposure")
    return AnchorRows(
        list(Reaction.objects.filter(case=case).order_by("position", "id")),
        list(doses.order_by("exposure__position", "exposure_id", "position", "id")),
        list(Treatment.objects.filter(case=case).order_by("position", "id")),
        list(MedicalHistory.objects.filter(case=case).order_by("id")),
    )


def name_events(rows: AnchorRows) -> dict[str, str]:
    """Names ("first dose of anakinra", "onset") with their anchors; the rows need not be stored.

    Where two events would have one name, the one entered first has it.
    """
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
        for at, dose in enumerate(of_drug):
            yield f"{_ordinal(at + 1)} dose of {drug}", dose.anchor
        last = of_drug[-1]
        yield f"last dose of {drug}", f"{last.anchor}.end" if last.end or last.interval else last.anchor


def _ordinal(number: int) -> str:
    if number <= len(ORDINALS):
        return ORDINALS[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _treatments(treatments: list[Treatment]) -> Iterator[tuple[str, str]]:
    for treatment in treatments:
        yield f"treatment with {treatment.name}", treatment.anchor
        yield f"end of treatment with {treatment.name}", f"{treatment.anchor}.end"


def _history(history: list[MedicalHistory]) -> Iterator[tuple[str, str]]:
    for condition in history:
        yield condition.term, condition.anchor
        yield f"end of {condition.term}", f"{condition.anchor}.end"
