"""One case as its readers get it: all its rows, what its dates mean, its scores, what there is to look at."""

import json
from collections.abc import Iterator
from typing import Any

from assessments.scorecards import as_data, scorecards
from cases.checks.run import findings
from cases.models import Case
from cases.models.fields import MomentField
from cases.read_event_names import event_names
from cases.record import as_json as case_json
from cases.record.tree import Branch, tree
from research import deidentified_json
from values.moment_text import format_moment
from values.moments import Moment

# What holds free text or publications, in a score that is told to those who must not know who it was.
NOT_OF_SCORES = {"source"}
NOT_OF_FINDINGS = {"message"}


def case_document(case: Case, *, identities: bool) -> str:
    """The document as JSON text. A fixed number of queries."""
    (card,) = scorecards([case])
    read = case_json.whole if identities else deidentified_json.whole
    text = read([case.pk])[case.pk]
    beside: dict[str, Any] = {
        "scores": _scores(as_data(card), identities=identities),
        "findings": [_finding(one, identities=identities) for one in findings([case.pk])[case.pk]],
    }
    if identities:
        beside["moments"] = _meanings(case, json.loads(text))
    more = json.dumps(beside, ensure_ascii=False, separators=(",", ":"))
    return f"{text[:-1]},{more[1:]}"


def _scores(told: dict[str, Any], *, identities: bool) -> dict[str, Any]:
    reported = told["reported"]
    if reported and not identities:
        told["reported"] = {name: value for name, value in reported.items() if name not in NOT_OF_SCORES}
    return {name: value for name, value in told.items() if name not in ("case", "suspects")}


def _finding(one: Any, *, identities: bool) -> dict[str, str]:
    told = {name: getattr(one, name) for name in ("rule", "model", "row", "field", "message")}
    told["severity"] = one.severity.value
    return (
        told if identities else {name: value for name, value in told.items() if name not in NOT_OF_FINDINGS}
    )


def _meanings(case: Case, told: dict[str, Any]) -> dict[str, str]:
    """Each moment of the case in words, by its canonical text."""
    events = event_names(case)
    return {text: format_moment(Moment.parse(text), events) for text in sorted(set(_moments(tree(), told)))}


def _moments(branch: Branch, row: dict[str, Any]) -> Iterator[str]:
    for known in branch.fields:
        if isinstance(known, MomentField) and row[known.name] is not None:
            yield row[known.name]
    for below in branch.branches:
        rows = row[below.name] if not below.is_single else filter(None, [row[below.name]])
        for one in rows:
            yield from _moments(below, one)
