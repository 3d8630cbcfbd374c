"""What validation reports of a message, the record refuses or remarks on, and the other way round.

Each rule of the table is broken in a message with every element. A break follows from the rule itself, unless
BREAKS has one.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint

from cases.checks import remarks_on
from cases.models import CASE_ROWS, Case
from cases.models.ich import elements_of
from e2b import Attachment, Message, Null, Severity, Value, validate
from e2b.elements import ELEMENTS
from e2b.rules.consistency import CONSISTENCY_RULES, LIMITS
from e2b.rules.model import Rule
from exchange.icsr.incoming import rows_of
from tests.e2b.cases import changed, full_message
from values.dates import PartialDate

pytestmark = pytest.mark.django_db
# The day on which the message was made (C.1.2), and sent.
TODAY = date(2025, 1, 2)
LATER, EARLIER = "20230302", "20230301"
UNITS = {limit.number: limit.unit for limit in LIMITS}
UNTYPED = Attachment.of(b"document", "")

PARENT = [e.id for e in ELEMENTS.values() if e.id.startswith("D.10.") and e.block == "D"]

BREAKS: Mapping[tuple[str, str, str], Mapping[str, Value | None]] = {
    ("ICH-ORDER", "C.1.2", "C.1.5<=C.1.2"): {"C.1.5": "20250104"},
    ("ICH-ORDER", "D.9.1", "D.2.1<=D.9.1"): {"D.2.1": "20210101"},
    ("ICH-LIFETIME", "E.i.4", "D.2.1<=E.i.4"): {
        "D.2.1": "20200115", "D.2.3": "5", **dict.fromkeys(("D.2.2.1a", "D.2.2.1b", *PARENT)),
    },
    ("ICH-NEGATIVE", "D.2.2a", "D.2.2a>=0"): {"D.2.2a": "-1", "D.2.2b": "a"},
    ("ICH-LIFETIME", "E.i.4", "E.i.4<=D.9.1"): {"E.i.4": "20200301", "E.i.5": "20200302"},
    ("ICH-LIFETIME", "G.k.4.r.4", "G.k.4.r.4<=D.9.1"): {"G.k.4.r.4": "20200301", "G.k.4.r.5": "20200302"},
    ("ICH-AGE-AND-BIRTH", "D.2.2a", "D.2.2a,D.2.2b since D.2.1 at E.i.4"): {
        "D.2.1": "19600101", "D.2.2a": "48", "D.2.2b": "a",
    },
    ("ICH-UNIT-ALONE", "F.r.3.2", "F.r.3.2"): {"F.r.3.2": None},
    ("ICH-FATAL", "E.i.3.2a", "E.i.3.2a=true"): {"E.i.3.2a": Null("NI")},
    ("ICH-FATAL", "E.i.7", "E.i.7=5"): {"E.i.7": "1"},
    ("ICH-CASE-COUNTRY", "C.1.1", "C.1.1 country"): {"C.1.1": "XX-X-1"},
    ("ICH-CASE-COUNTRY", "C.1.1", "C.1.1 within C.2.r.3"): {"C.1.1": "DE-X-1", "C.2.r.3": "FR"},
    ("ICH-SEX", "D.6", "!D.6"): {"D.5": "1"},
    ("ICH-SEX", "D.10.3", "!D.10.3"): {"D.10.6": "1"},
    ("ICH-DOCUMENT", "C.1.6.1.r.2", "C.1.6.1.r.2 typed"): {"C.1.6.1.r.2": UNTYPED},
    ("ICH-DOCUMENT", "C.4.r.2", "C.4.r.2 typed"): {"C.4.r.2": UNTYPED},
}  # fmt: skip


# The version of a PhPID, and the elements of the MPID that excludes it.
MPID = {
    "D.8.r.3a": ("D.8.r.2a", "D.8.r.2b"),
    "D.10.8.r.3a": ("D.10.8.r.2a", "D.10.8.r.2b"),
    "G.k.2.1.2a": ("G.k.2.1.1a", "G.k.2.1.1b"),
}


def parts(rule: Rule) -> tuple[str, str, str]:
    return rule.id, rule.element, rule.then


def break_of(rule: Rule) -> Mapping[str, Value | None]:
    """What breaks a rule, by element."""
    if parts(rule) in BREAKS:
        return BREAKS[parts(rule)]
    left, sign, right = rule.then.split(" & ")[0].partition("<=")
    if right in ELEMENTS:
        is_date = ELEMENTS[left].type == "date"
        return {left: LATER, right: EARLIER} if is_date else {left: "3", right: "2"}
    if sign:
        return {left: f"{int(right) + 1}"}
    if rule.then.endswith(">=0"):
        return {rule.element: "-1"}
    if " upto " in rule.then:
        unit = rule.then.rpartition(" ")[2]
        return {rule.element: "99999", UNITS[rule.element]: {"L": "kg"}.get(unit, unit)}
    # MPID and PhPID exclude each other.
    if rule.id == "ICH-VERSION" and rule.then in MPID:
        return {rule.then: None, rule.when.split()[0]: "code", **dict.fromkeys(MPID[rule.then])}
    return {rule.then: None}


def broken(rule: Rule) -> Message:
    message = full_message()
    for element, value in break_of(rule).items():
        is_date = isinstance(value, str) and ELEMENTS[element].type == "date"
        message = changed(message, element, PartialDate.parse_hl7(value) if is_date else value)  # type: ignore[arg-type]
    return message


def reported(message: Message) -> set[tuple[str, str, Severity]]:
    return {(v.rule, v.element, v.severity) for v in validate(message, today=TODAY)}


reported_of_full_message = cache(lambda: reported(full_message()))


def refusals(message: Message, elements: set[str]) -> Iterator[str]:
    """The constraints that the rows of these elements are refused by."""
    incoming = rows_of(message)
    for row in (Case(number="X", **incoming.case_values), *incoming.rows):
        if not elements.isdisjoint(element for element, _ in elements_of(type(row))):
            yield from (c.name for c in constraints(type(row)) if refuses(c, row))


def refuses(constraint: CheckConstraint, row) -> bool:
    try:
        constraint.validate(type(row), row)
    except ValidationError:
        return True
    return False


def constraints(model) -> list[CheckConstraint]:
    return [c for c in model._meta.constraints if isinstance(c, CheckConstraint)]


def remarks(message: Message) -> set[tuple[str, str, str]]:
    record = rows_of(message).record
    for number, row in enumerate(record, start=1):
        row.pk = row.pk or number
    return {(remark.rule, remark.model, remark.field) for remark in remarks_on(record, TODAY)}


@cache
def remarks_on_full_message() -> set[tuple[str, str, str]]:
    return remarks(full_message())


@pytest.mark.parametrize("rule", CONSISTENCY_RULES, ids=lambda rule: f"{rule.id}: {rule.then}")
def test_the_record_refuses_or_remarks_on_what_validation_reports(rule):
    message = broken(rule)
    assert (rule.id, rule.element, rule.severity) in reported(message) - reported_of_full_message()
    refused = set(refusals(message, set(break_of(rule))))
    new_remarks = remarks(message) - remarks_on_full_message()
    if rule.severity is Severity.WARNING:
        assert new_remarks
        assert not refused
    else:
        assert refused or new_remarks


def test_a_message_with_every_element_breaks_none():
    assert not {rule for rule, _, _ in reported_of_full_message()} & {rule.id for rule in CONSISTENCY_RULES}
    assert not set(refusals(full_message(), set(ELEMENTS)))


# Constraints that no message can come to.
NOT_FROM_MESSAGES = {
    "patient_age_has_unit": "one of both alone is ICH-CONDITION, and is kept as it was received",
}


def columns_of(constraint: CheckConstraint) -> set[str]:
    names, parts = set(), [constraint.condition]
    while parts:
        part = parts.pop()
        if isinstance(part, tuple):
            names.add(part[0].partition("__")[0])
            parts.append(part[1])
        elif hasattr(part, "children"):
            parts += part.children
        elif hasattr(part, "get_source_expressions"):
            names |= {part.name} if hasattr(part, "name") else set()
            parts += [e for e in part.get_source_expressions() if e is not None]
        elif hasattr(part, "name"):
            names.add(part.name)
    return names


def test_validation_reports_what_the_record_refuses():
    """Every constraint of the tables of a case that reads elements of a message alone."""
    expected = set()
    for model in (Case, *CASE_ROWS):
        held = {field.name for _, field in elements_of(model)}
        expected |= {c.name for c in constraints(model) if columns_of(c) and columns_of(c) <= held}
    refused = {name for rule in CONSISTENCY_RULES for name in refusals(broken(rule), set(break_of(rule)))}
    assert len(expected) > 25
    assert expected - refused == set(NOT_FROM_MESSAGES)
