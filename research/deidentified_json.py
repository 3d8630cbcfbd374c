"""De-identified JSON of cases: each column as `deidentified` lists it.

Moments become days from the onset of the reaction, at least and at most; texts recognised names; sentences of
the score are made anew from these names. A fixed number of queries for any number of cases.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from assessments import case_json
from assessments.models import Standing
from cases.models import CaseSummary, Exposure, Parent, Patient
from cases.models.exposure import SUSPECT_ROLES
from cases.record.case_timeline import CaseTimeline
from cases.record.read_cases import read_scored_cases
from cases.record.tree import Branch, tree
from research.age_bands import banded_age
from research.deidentified import Leaves, leaves, words_of
from research.deidentified_sentences import readings_of, sentences
from research.recognised import CODED_BY, Recogniser, Words
from scoring.canonical import decode_facts
from scoring.instruments import PRIMARY
from values.dates import PartialDate
from values.moments import Moment
from values.numbers import plain_number

# Keys of the JSON that are no columns of the case, and hold no text and no technical time.
EXTRA_KEYS = {"latency", "score"}
WITH_AGE = (Patient, Parent)
Days = dict[str, str | None] | None


class Masked(NamedTuple):
    """A case as JSON text without identities, and the rules of the score in it."""

    text: str
    rule_version: str


def masked(recorded: Mapping[int, str], recogniser: Recogniser) -> dict[int, Masked]:
    """Cases as `case_json.whole` gives them, de-identified."""
    records, numbers, facts = read_scored_cases(recorded), pseudonyms(recorded), facts_of_scores(recorded)
    documents = {}
    for pk, text in recorded.items():
        data = json.loads(text)
        row = _Mask(CaseTimeline(records[pk]), recogniser).row(tree(), data)
        items = _items(data["items"], facts.get(pk), recogniser, _drug_names(row["exposures"]))
        document = _text({"number": numbers[pk], **row, "items": items})
        documents[pk] = Masked(document, data["score"]["rule_version"])
    return documents


def light(case_ids: Iterable[int]) -> dict[int, str]:
    """As `case_json.light`, de-identified."""
    ids = list(case_ids)
    numbers, suspects = pseudonyms(ids), suspects_of(ids, Recogniser())
    as_is = _plan(tree()).as_is
    return {
        pk: _text(
            {
                "number": numbers[pk],
                **{name: value for name, value in json.loads(text).items() if name in as_is},
                "suspects": suspects.get(pk, []),
            }
        )
        for pk, text in case_json.light(ids).items()
    }


def pseudonyms(case_ids: Iterable[int]) -> dict[int, str]:
    """The numbers under which these cases are shown. One query."""
    summaries = CaseSummary.objects.filter(case_id__in=list(case_ids))
    return dict(summaries.values_list("case_id", "pseudonym"))


def suspects_of(case_ids: Iterable[int], recogniser: Recogniser) -> dict[int, list[str]]:
    """The recognised names of the suspect drugs of these cases. One query."""
    exposures = Exposure.objects.filter(case_id__in=list(case_ids), role__in=SUSPECT_ROLES)
    names: dict[int, list[str]] = {}
    for pk, name, drug in exposures.order_by("position", "id").values_list("case_id", "name", "drug_id"):
        names.setdefault(pk, []).append(recogniser.shown(Words.DRUG, name, drug))
    return names


class StoredFacts(NamedTuple):
    """The facts of a stored score as text, and the rules that read them."""

    facts: str
    rule_version: str


def facts_of_scores(case_ids: Iterable[int]) -> dict[int, StoredFacts]:
    """The facts that these cases were scored from. One query."""
    standings = Standing.objects.filter(
        case_id__in=list(case_ids), instrument=PRIMARY, exposure=None, computed__isnull=False
    )
    rows = standings.values_list("case_id", "computed__facts", "computed__rule_version")
    return {pk: StoredFacts(facts, version) for pk, facts, version in rows}


def _items(
    items: list[dict[str, Any]],
    stored: StoredFacts | None,
    recogniser: Recogniser,
    drugs: Mapping[str, str],
) -> list[dict[str, Any]]:
    """The items of the standing score with sentences without what people typed."""
    if stored is None:
        return []
    readings = readings_of(stored.rule_version, decode_facts(stored.facts), recogniser, drugs)
    return [
        {**item, **sentences(item["answer"], item["basis"], readings.get(item["key"]))._asdict()}
        for item in items
    ]


def _drug_names(exposures: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    return {exposure["uuid"]: exposure["name"] for exposure in exposures}


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


class _Plan(NamedTuple):
    """How each column of a row leaves, by name, and the tables below it."""

    as_is: set[str]
    as_days: set[str]
    words: Mapping[str, Words]
    below: Mapping[str, Branch]


class _Mask:
    """Masks the rows of one case. Days are cached by date, as rows share their dates."""

    def __init__(self, timeline: CaseTimeline, recogniser: Recogniser) -> None:
        self._timeline, self._recogniser = timeline, recogniser
        self._days: dict[str, Days] = {}

    def row(self, branch: Branch, row: Mapping[str, Any]) -> dict[str, Any]:
        """One row and all rows below it."""
        masked = dict(self._columns(_plan(branch), row))
        return {**masked, **_age(row)} if branch.model in WITH_AGE else masked

    def _columns(self, plan: _Plan, row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for name, value in row.items():
            if name in plan.as_is:
                yield name, value
            elif name in plan.as_days:
                yield name, value and self._days_to(value)
            elif name in plan.words:
                words = plan.words[name]
                yield name, self._recogniser.shown(words, value, row.get(CODED_BY.get(words, "")))
            elif name in plan.below:
                yield name, self._below(plan.below[name], value)

    def _below(self, branch: Branch, value: Any) -> Any:
        if branch.is_single:
            return value and self.row(branch, value)
        return [self.row(branch, row) for row in value]

    def _days_to(self, text: str) -> Days:
        """Days from onset to a moment or a time: `low` and `high`, None where an end is not known."""
        if text not in self._days:
            span = self._timeline.days_at(_moment(text))
            ends = (("low", span.low), ("high", span.high))
            self._days[text] = {
                end: None if days is None else plain_number(round(days, 3)) for end, days in ends
            }
        return self._days[text]


def _age(row: Mapping[str, Any]) -> dict[str, str | None]:
    age, unit = banded_age(None if row["age"] is None else Decimal(row["age"]), row["age_unit"])
    return {"age": None if age is None else plain_number(age), "age_unit": unit}


@cache
def _plan(branch: Branch) -> _Plan:
    ways = leaves(branch.model)
    as_is, as_days = (
        {name for name, way in ways.items() if way == wanted} for wanted in (Leaves.AS_IS, Leaves.AS_DAYS)
    )
    if branch is tree():
        as_is |= EXTRA_KEYS - set(ways)
    below = {table.name: table for table in branch.branches}
    return _Plan(as_is - set(below), as_days, words_of(branch.model), below)


@lru_cache(maxsize=2**15)
def _moment(text: str) -> Moment:
    try:
        return Moment.parse(text)
    except ValueError:  # a time of day, which is more than de-identified days need
        return Moment(date=PartialDate.of(date.fromisoformat(text[:10])))
