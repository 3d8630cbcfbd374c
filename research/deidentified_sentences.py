"""The sentences of a score for readers without the right to identities: made from its facts, in which what
people typed is replaced by recognised names.

The points are those that were stored. A sentence whose answer the replaced names would change is withheld.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from research.recognised import UNCODED, Recogniser, Words
from scoring.facts import Facts
from scoring.instruments import rules
from scoring.result import Basis, Reading, Result
from vocabulary.folding import fold_name

ANSWERED = "Answered by a reviewer; the reason is shown to those who may see the report's words."
WITHHELD = "What this rests on is shown to those who may see the report's words."


class Sentences(NamedTuple):
    """Why an item has its answer, and what would close it."""

    rule: str
    needs: str


def without_words(
    result: Result, facts: Facts, recogniser: Recogniser, drugs: Mapping[str, str] | None = None
) -> Result:
    """A result with other sentences. `drugs`: names to show by the UUID of the exposure."""
    readings = readings_of(result.rule_version, facts, recogniser, drugs)
    items = (
        replace(item, **sentences(item.answer, item.basis, readings.get(item.key))._asdict())
        for item in result.items
    )
    return replace(result, items=tuple(items))


def readings_of(
    rule_version: str, facts: Facts, recogniser: Recogniser, drugs: Mapping[str, str] | None = None
) -> dict[str, Reading]:
    """What the rules read from the facts without the words that people typed."""
    return rules(rule_version).read(_with_recognised_names(facts, recogniser, drugs or {}))


def sentences(answer: str, basis: str, reading: Reading | None) -> Sentences:
    """The sentences of an item of a stored score."""
    if basis == Basis.ADJUDICATED:
        return Sentences(ANSWERED, "")
    if reading is None or (reading.answer, reading.basis) != (answer, basis):
        return Sentences(WITHHELD, "")
    return Sentences(reading.rule, reading.needs)


def _with_recognised_names(facts: Facts, recogniser: Recogniser, drugs: Mapping[str, str]) -> Facts:
    shown = recogniser.shown
    sites = _numbered(site.site for node in facts.nodes for site in node.sites)
    return replace(
        facts,
        nodes=tuple(
            replace(
                node,
                sites=tuple(
                    replace(site, site=recogniser.name(Words.NODES, site.site) or sites[site.site])
                    for site in node.sites
                ),
            )
            for node in facts.nodes
        ),
        organs=tuple(replace(organ, name=shown(Words.ORGAN, organ.name)) for organ in facts.organs),
        # A term is a sign only where the vocabulary has it.
        signs=tuple(replace(sign, term=fold_name(sign.term)) for sign in facts.signs),
        diagnoses=tuple(replace(one, name=shown(Words.CONDITION, one.name)) for one in facts.diagnoses),
        steroids=tuple(replace(steroid, name=shown(Words.DRUG, steroid.name)) for steroid in facts.steroids),
        exposures=tuple(
            replace(drug, name=drugs.get(drug.id) or shown(Words.DRUG, drug.name)) for drug in facts.exposures
        ),
    )


def _numbered(texts: Iterable[str]) -> dict[str, str]:
    """A name for each different text, so that two sites stay two."""
    return {text: f"{UNCODED} {number}" for number, text in enumerate(dict.fromkeys(texts), start=1)}
