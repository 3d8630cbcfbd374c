"""What the events of a case are called, where people date one thing by another."""

from collections.abc import Iterator

from cases.models import Case, Dose, MedicalHistory, Reaction, Treatment

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def event_names(case: Case) -> dict[str, str]:
    """Names of events ("first dose of anakinra", "onset") with their anchors. Four queries.

    Where two events would have one name, the one entered first has it.
    """
    names: dict[str, str] = {"birth": "birth"}
    for name, anchor in (*_reactions(case), *_doses(case), *_treatments(case), *_history(case)):
        names.setdefault(" ".join(name.lower().split()), anchor)
    return names


def _reactions(case: Case) -> Iterator[tuple[str, str]]:
    reactions = list(Reaction.objects.filter(case=case).order_by("position", "id"))
    for reaction in [r for r in reactions if r.is_assessed] or reactions[:1]:
        yield "onset", reaction.anchor
    for reaction in reactions:
        yield f"onset of {reaction.term}", reaction.anchor
        yield f"end of {reaction.term}", f"{reaction.anchor}.end"


def _doses(case: Case) -> Iterator[tuple[str, str]]:
    by_drug: dict[str, list[Dose]] = {}
    doses = Dose.objects.filter(case=case).select_related("exposure")
    for dose in doses.order_by("exposure__position", "exposure_id", "position", "id"):
        by_drug.setdefault(dose.exposure.name, []).append(dose)
    for drug, of_drug in by_drug.items():
        for ordinal, dose in zip(ORDINALS, of_drug, strict=False):
            yield f"{ordinal} dose of {drug}", dose.anchor
        last = of_drug[-1]
        yield f"last dose of {drug}", f"{last.anchor}.end" if last.end or last.interval else last.anchor


def _treatments(case: Case) -> Iterator[tuple[str, str]]:
    for treatment in Treatment.objects.filter(case=case).order_by("position", "id"):
        yield f"treatment with {treatment.name}", treatment.anchor
        yield f"end of treatment with {treatment.name}", f"{treatment.anchor}.end"


def _history(case: Case) -> Iterator[tuple[str, str]]:
    for condition in MedicalHistory.objects.filter(case=case).order_by("id"):
        yield condition.term, condition.anchor
        yield f"end of {condition.term}", f"{condition.anchor}.end"
