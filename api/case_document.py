"""The JSON of one case: all its rows, its moments in words, its scores and the remarks of the checks."""

import json
from collections.abc import Iterator
from typing import Any

from assessments import case_json
from assessments.scorecards import all_scorecards, as_data, others_as_data
from cases.checks.read_remarks import read_remarks
from cases.event_names import read_event_names
from cases.models import Case
from cases.models.fields import MomentField
from cases.record.tree import Branch, tree
from research import masked_documents
from research.masking import mask_cards
from scoring.instruments import PRIMARY
from values.moment_text import format_moment
from values.moments import Moment

# Keys that may hold free text or publications, left out where identities are hidden.
IDENTIFYING_IN_SCORES = {"source"}
IDENTIFYING_IN_FINDINGS = {"message"}


def case_document(case: Case, *, identities: bool) -> str:
    """The case as JSON text, de-identified unless `identities`. A fixed number of queries."""
    cards = all_scorecards([case])[case.pk]
    if not identities:
        mask_cards(cards)
    card = next(card for card in cards if card.instrument.key == PRIMARY)
    read = case_json.whole if identities else masked_documents.whole
    text = read([case.pk])[case.pk]
    extra: dict[str, Any] = {
        "scores": {
            **_scores(as_data(card), identities=identities),
            "by_instrument": {
                key: [_scores(data, identities=identities) for data in of_instrument]
                for key, of_instrument in others_as_data(cards).items()
            },
        },
        "findings": [_finding(remark, identities=identities) for remark in read_remarks([case.pk])[case.pk]],
    }
    if identities:
        extra["moments"] = _moments_in_words(case, json.loads(text))
    more = json.dumps(extra, ensure_ascii=False, separators=(",", ":"))
    return f"{text[:-1]},{more[1:]}"


def _scores(card: dict[str, Any], *, identities: bool) -> dict[str, Any]:
    reported = card["reported"]
    if reported and not identities:
        card["reported"] = {
            name: value for name, value in reported.items() if name not in IDENTIFYING_IN_SCORES
        }
    return {name: value for name, value in card.items() if name not in ("case", "suspects")}


def _finding(finding: Any, *, identities: bool) -> dict[str, str]:
    names = ("rule", "model", "row", "field", "message")
    data = {
        name: getattr(finding, name) for name in names if identities or name not in IDENTIFYING_IN_FINDINGS
    }
    return {**data, "severity": finding.severity.value}


def _moments_in_words(case: Case, data: dict[str, Any]) -> dict[str, str]:
    """Each moment of the case in words, by its canonical text."""
    events = read_event_names(case)
    return {text: format_moment(Moment.parse(text), events) for text in sorted(set(_moments(tree(), data)))}


def _moments(branch: Branch, row: dict[str, Any]) -> Iterator[str]:
    """The canonical text of every moment in a row and in the rows below it."""
    for field in branch.fields:
        if isinstance(field, MomentField) and row[field.name] is not None:
            yield row[field.name]
    for below in branch.branches:
        rows = row[below.name] if not below.is_single else filter(None, [row[below.name]])
        for row_below in rows:
            yield from _moments(below, row_below)
