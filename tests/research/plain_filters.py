"""The filters once more, in plain Python over loaded rows: what the database finds is held against it.

Nothing here is shared with `research.filters`. A filter of one table picks rows, and those that are
picked by every filter of the table must be left.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assessments.scorecards import ScoreCard
from cases.models import (
    Examination,
    LinkedCase,
    Narrative,
    OtherIdentifier,
    Patient,
    Reaction,
    Reporter,
)
from cases.record.case_record import CaseRecord
from tests.research.plain_row_filters import MASS, ROWS, has, in_unit, quantity
from values.spans import Span

CLASSES = ["no_case", "possible", "probable", "definite"]
CELLS = {
    "10*9/L": 1,
    "/mm3": Decimal("0.001"),
    "{cells}/uL": Decimal("0.001"),
    "K/uL": 1,
    "/uL": Decimal("0.001"),
}
ENZYME = {"U/L": 1, "[IU]/L": 1}
CREATININE = {"umol/L": 1, "mg/dL": Decimal("88.4")}
YEARS = {"a": Decimal(1), "mo": Decimal(1) / 12}
GROUPS = {"3": (2, 12), "4": (12, 18), "5": (18, 65), "6": (65, None)}


@dataclass
class Loaded:
    """A case with its rows, and its score card."""

    whole: CaseRecord
    card: ScoreCard

    def all(self, model):
        return self.whole.all(model)

    @property
    def standing(self):
        return self.whole.standing

    @property
    def summary(self):
        return self.card.summary

    @property
    def items(self):
        standing = self.card.adjudicated if self.standing.origin == "adjudicated" else self.card.computed
        return {item.key: item for item in standing.items}

    @property
    def first_suspect(self):
        """Of the suspect drugs the one entered first, as it was seen from onset."""
        names = [str(exposure.uuid) for exposure in self.card.suspects[:1]]
        return next((presence for presence in self.card.presences if presence.exposure in names), None)


SWITCHES = ("certainty", "class_by", "nullified")


def fits(case: Loaded, given: dict[str, str]) -> bool:
    """Whether a case fits these filters and switches, given as they stand in an address."""
    chosen = {name: value for name, value in given.items() if name not in SWITCHES}
    certainty, class_by = given.get("certainty", "certainly"), given.get("class_by", "standing")
    if not is_searched(case, chosen, given.get("nullified", "leave_out")):
        return False
    if "category" in chosen:
        wanted = chosen.pop("category").split(",")
        if not case.standing.is_current or class_of(case, class_by) not in wanted:
            return False
    left: dict[str, list] = {}
    for name, value in doses_as_one(chosen).items():
        if name in ROWS:
            model, test = ROWS[name]
            rows = left.setdefault(group(name), case.all(model))
            left[group(name)] = [row for row in rows if test(case, row, value)]
        elif name in RANGES:
            span, read = RANGES[name]
            if not reaches(span(case), read(value), name.endswith("_min"), certainty):
                return False
        elif not WHOLE[family(name)](case, name, value):
            return False
    return all(left.values())


def is_searched(case: Loaded, chosen: dict[str, str], nullified: str) -> bool:
    is_nullified = case.whole.case.state == "nullified"
    if nullified == "leave_out":
        return not is_nullified or "nullified" in chosen.get("state", "").split(",")
    return is_nullified or nullified == "include"


def band(total: int) -> str:
    return CLASSES[(total >= 2) + (total >= 4) + (total >= 6)]


def is_settled(case: Loaded) -> bool:
    """Whether the lowest and the highest total in reach are of one class, reviewers' answers included."""
    result = case.card.adjudicated or case.card.computed
    return band(result.low) == band(result.high)


def class_of(case: Loaded, class_by: str) -> str:
    """The class that a case is counted in; empty for none."""
    computed = case.card.computed
    if class_by in ("standing", "settled"):
        return case.standing.category if class_by == "standing" or is_settled(case) else ""
    return band({"evidence": computed.total, "lower": computed.low, "upper": computed.high}[class_by])


def doses_as_one(chosen: dict[str, str]) -> dict:
    """Both ends of the dose speak of one dose."""
    ends = [chosen.get(name) for name in ("dose_min", "dose_max")]
    rest = {name: value for name, value in chosen.items() if name not in ("dose_min", "dose_max")}
    return {**rest, "dose": [end and quantity(end, MASS) for end in ends]} if any(ends) else rest


def group(name: str) -> str:
    return str(ROWS[name][0])


def family(name: str) -> str:
    return name.split("_", 1)[0] + "_" if name.startswith(("item_", "basis_")) else name


def reaches(span: tuple, bound, is_lower: bool, certainty: str) -> bool:
    if span is None:
        return False
    low, high = span
    if certainty == "certainly":
        end = low if is_lower else high
        return end is not None and (end >= bound if is_lower else end <= bound)
    end = high if is_lower else low
    return end is None or (end >= bound if is_lower else end <= bound)


def scored(test):
    return lambda case, name, value: (
        case.standing.is_current and case.summary.is_current and test(case, name, value)
    )


def on_standing(column):
    return scored(lambda case, name, value: getattr(case.standing, column) in value.split(","))


def on_case(read):
    return lambda case, name, value: read(case.whole.case) in value.split(",")


def touches(case, name, value):
    low, high = CLASSES.index(case.standing.lowest_category), CLASSES.index(case.standing.highest_category)
    return any(low <= CLASSES.index(one) <= high for one in value.split(","))


def attention(case, name, value):
    due = case.standing.is_current and case.standing.answers_due > 0
    return any(due if one == "answers_due" else not case.summary.is_current for one in value.split(","))


def words(case, name, value):
    return has(case.whole.case.number, value) or any(has(row.term, value) for row in case.all(Reaction))


def identifier(case, name, value):
    own = case.whole.case
    identifiers = [own.number, own.safety_report_id, own.worldwide_id]
    identifiers += [row.identifier for row in case.all(OtherIdentifier)]
    identifiers += [row.number for row in case.all(LinkedCase)]
    return any(has(text, value) for text in identifiers)


def country(case, name, value):
    countries = {row.country for row in (*case.all(Reaction), *case.all(Reporter))}
    return bool(countries & set(value.upper().split(",")))


def narrative(case, name, value):
    """Only for words that English stemming leaves alone."""
    text = " ".join(
        f"{row.case_narrative} {row.reporter_comments} {row.sender_comments}" for row in case.all(Narrative)
    )
    return value in re.findall(r"[a-z0-9]+", text.lower())


def item(part):
    return scored(
        lambda case, name, value: getattr(case.items[name.split("_", 1)[1]], part) in value.split(",")
    )


WHOLE = {
    "settled": scored(lambda case, name, value: ("yes" if is_settled(case) else "no") in value.split(",")),
    "origin": on_standing("origin"),
    "present": scored(
        lambda case, name, value: (
            case.first_suspect is not None and case.first_suspect.present in value.split(",")
        )
    ),
    "touches": scored(touches),
    "attention": attention,
    "missing": scored(
        lambda case, name, value: bool(set(case.summary.missing_criteria) & set(value.split(",")))
    ),
    "state": on_case(lambda case: case.state),
    "report_type": on_case(lambda case: case.report_type),
    "synthetic": on_case(lambda case: "yes" if case.is_synthetic else "no"),
    "words": words,
    "identifier": identifier,
    "country": country,
    "narrative": narrative,
    "item_": item("answer"),
    "basis_": item("basis"),
}


def exactly(value):
    return value, value


def span_of(read):
    """An interval of the first suspect drug; None when the score is outdated."""

    def bounds(case):
        if not case.summary.is_current:
            return None
        span = read(case.first_suspect) if case.first_suspect else Span()
        return span.low, span.high

    return bounds


def stored(low, high=None, of="summary"):
    def bounds(case):
        row = getattr(case, of)
        return (getattr(row, low), getattr(row, high or low)) if row.is_current else None

    return bounds


def peak(test, units):
    def bounds(case):
        if not case.summary.is_current:
            return None
        values = [
            in_unit(row.value, row.unit, units)
            for row in case.all(Examination)
            if row.test == test and row.phase == "reaction" and row.qualifier not in ("<", "<=")
        ]
        return exactly(max((value for value in values if value is not None), default=None))

    return bounds


def age(case):
    if not case.summary.is_current:
        return None
    patient = next(iter(case.all(Patient)), None)
    if patient is None:
        return None, None
    if patient.age is not None:
        return exactly((patient.age * YEARS[patient.age_unit]).quantize(Decimal("0.000001")))
    if patient.birth_date is not None:
        return case.summary.age_low, case.summary.age_high
    return GROUPS.get(patient.age_group, (None, None))


def day_of(column):
    return lambda case: exactly(getattr(case.whole.case, column))


def pair(name, span, read):
    return {f"{name}_min": (span, read), f"{name}_max": (span, read)}


RANGES = {
    **pair("received", day_of("first_received"), date.fromisoformat),
    **pair("latest", day_of("latest_information"), date.fromisoformat),
    **pair("onset", stored("onset_earliest", "onset_latest"), date.fromisoformat),
    **pair("age", age, Decimal),
    **pair("completeness", stored("completeness"), Decimal),
    **pair("total", stored("computed_total", of="standing"), Decimal),
    **pair("latency_first", span_of(lambda one: one.first_dose), Decimal),
    **pair("latency_last", span_of(lambda one: one.last_dose), Decimal),
    **pair("half_lives_first", stored("half_lives_first_low", "half_lives_first_high"), Decimal),
    **pair("half_lives_last", span_of(lambda one: one.half_lives_since_last), Decimal),
    **pair("eosinophils", peak("eosinophils", CELLS), lambda text: quantity(text, CELLS)),
    **pair("alt", peak("alt", ENZYME), lambda text: quantity(text, ENZYME)),
    **pair("creatinine", peak("creatinine", CREATININE), lambda text: quantity(text, CREATININE)),
}
