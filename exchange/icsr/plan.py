"""Which model holds which block of a message, by the elements that the models' fields name."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from cases.models import CASE_ROWS, Case, CaseRow, Narrative, Parent, Patient, Sender, Study, ich
from e2b.elements import BLOCK, ICH
from exchange.icsr.columns import Column, column

# Elements that need more than their column: the time of creation is the message's own, a pair names
# its reaction by a local id, documents are stored by digest.
SPECIAL = {"C.1.2", "G.k.9.i.1", "C.1.6.1.r.2", "C.4.r.2"}

# The foreign key to the row above, for the blocks inside a drug and inside a pair.
_PARENTS = {"G.k": "exposure", "G.k.9.i": "pair"}


@dataclass(frozen=True, slots=True)
class Plan:
    """One model, the block that it holds or shares, and its columns in the order of the elements."""

    model: type[models.Model]
    kind: str
    columns: tuple[Column, ...]
    held: frozenset[str]
    parent: str = ""  # name of the foreign key to the row above, empty below the case
    numbered: bool = False  # whether rows have a position of their own


def _plans() -> Iterator[Plan]:
    tables: list[type[models.Model]] = [Case, *CASE_ROWS]
    for model in tables:
        placed = sorted(ich.elements_of(model), key=lambda pair: _ORDER[pair[0]])
        if placed:
            kind = ICH[placed[0][0]].block
            yield Plan(
                model,
                kind,
                tuple(column(element, field) for element, field in placed if element not in SPECIAL),
                frozenset(element for element, _ in placed),
                _PARENTS.get(BLOCK[kind].parent, ""),
                any(field.name == "position" for field in model._meta.fields),
            )


_ORDER = {element: place for place, element in enumerate(ICH)}
PLANS: dict[type[models.Model], Plan] = {plan.model: plan for plan in _plans()}

# The models of a section that doesn't repeat; the first one also gets what no column holds.
SECTIONS: dict[str, tuple[type[models.Model], ...]] = {
    "C": (Case, Sender, Study),
    "D": (Patient, Parent),
    "H": (Narrative,),
}
# The model of each block that repeats.
BLOCK_MODELS: dict[str, type[CaseRow]] = {
    plan.kind: plan.model  # type: ignore[misc]
    for plan in PLANS.values()
    if plan.kind not in SECTIONS
}


def kinds_in(parent: str) -> tuple[str, ...]:
    """The blocks inside a block that the record has rows for, in ICH's order."""
    return _KINDS.get(parent, ())


_KINDS = {
    parent: tuple(kind for kind in BLOCK if kind in BLOCK_MODELS and BLOCK[kind].parent == parent)
    for parent in {BLOCK[kind].parent for kind in BLOCK_MODELS}
}
