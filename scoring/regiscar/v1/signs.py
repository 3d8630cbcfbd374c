"""Signs in words as the items read them: reported, denied, or pointing to an item without establishing it."""

from collections.abc import Iterable
from typing import NamedTuple

from scoring.facts import Facts, Sign, Test
from vocabulary.signs import Evidence


class ItemSigns(NamedTuple):
    """The signs of one item. What must never be counted for it is none of them."""

    reported: tuple[Sign, ...] = ()
    denied: tuple[Sign, ...] = ()
    suggests: tuple[Sign, ...] = ()


NO_SIGNS = ItemSigns()


def sign_inputs(facts: Facts, item: str) -> tuple[Sign, ...]:
    """The signs that an item reads."""
    return tuple([s for s in facts.signs if s.item == item and s.evidence is not Evidence.NEVER])


def signs_of(facts: Facts, item: str) -> ItemSigns:
    """The signs of an item by what they are evidence of."""
    return grouped(sign_inputs(facts, item)) if facts.signs else NO_SIGNS


def grouped(signs: Iterable[Sign]) -> ItemSigns:
    """Signs by what they are evidence of."""
    by_evidence: dict[Evidence, list[Sign]] = {evidence: [] for evidence in Evidence}
    for sign in signs:
        by_evidence[sign.evidence].append(sign)
    return ItemSigns(
        tuple(by_evidence[Evidence.REPORTED]),
        tuple(by_evidence[Evidence.DENIED]),
        tuple(by_evidence[Evidence.SUGGESTS]),
    )


def ids(facts: Iterable[Sign | Test]) -> list[str]:
    """The ids of the rows that signs or results came from."""
    return [fact.id for fact in facts]


def terms(signs: Iterable[Sign]) -> str:
    """The terms as the report has them, in quotation marks: “Pyrexia”, “Fever”."""
    return ", ".join(sorted({f"“{sign.term}”" for sign in signs}))
