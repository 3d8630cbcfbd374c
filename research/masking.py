"""Rows of models without what could identify a person: emptied in place, for pages. They are never saved."""

from collections.abc import Iterable, Mapping
from typing import Any

from assessments.scorecards import ScoreCard
from research.age_bands import banded_age, banded_years
from research.deidentified import Leaves, leaves, words_of
from research.deidentified_sentences import without_words
from research.recognised import CODED_BY, Recogniser

SOURCE = "the source"
# Columns of an age, and how they are banded: number and unit, or years at least and at most.
BANDS = (("age", "age_unit", banded_age), ("age_low", "age_high", banded_years))


def mask_row(row: Any, recogniser: Recogniser) -> None:
    """Take out of a row what doesn't leave it, and put recognised names for texts.

    Moments stay: whoever shows the row shows them as days.
    """
    model = type(row)
    words = words_of(model)
    for name, rule in leaves(model).items():
        field = model._meta.get_field(name)
        if rule is Leaves.NOT:
            setattr(row, field.attname, None if field.null else {} if name == "null_flavors" else "")
        elif rule is Leaves.RECOGNISED:
            coded = CODED_BY.get(words[name])
            beside = getattr(row, model._meta.get_field(coded).attname) if coded else None
            setattr(row, name, recogniser.shown(words[name], getattr(row, name), beside))
    for first, second, banded in BANDS:
        if leaves(model).get(first) is Leaves.BANDED:
            ends = banded(getattr(row, first), getattr(row, second))
            setattr(row, first, ends[0])
            setattr(row, second, ends[1])


def mask_cards(cards: Iterable[ScoreCard], names: Mapping[str, str] | None = None) -> None:
    """Recognised names for the drugs of cards, and sentences that are made of such names. One query.

    `names`: of drugs by their UUIDs, where they are masked already.
    """
    recogniser = Recogniser()
    for card in cards:
        for drug in {id(drug): drug for drug in (*card.suspects, card.exposure) if drug}.values():
            mask_row(drug, recogniser)
        if card.reported:
            mask_row(card.reported, recogniser)
            card.reported.source = SOURCE
        for name in ("computed", "adjudicated"):
            result = getattr(card, name)
            if result is not None and card.facts is not None:
                drugs = names or {str(drug.uuid): drug.name for drug in card.suspects}
                setattr(card, name, without_words(result, card.facts, recogniser, drugs))
