"""What the results of an organ are called in sentences, and what is lacking to judge them."""

import re
from collections.abc import Iterable
from decimal import Decimal
from math import floor

from scoring.facts import Organ, Test
from scoring.regiscar.v1.organ_results import Result, ceiling
from scoring.regiscar.v1.organ_tests import (
    ABNORMAL,
    BEYOND,
    ORGAN_TESTS,
    REPORTED,
    OrganTest,
    Side,
    State,
)
from scoring.vocabulary import TESTS
from values.numbers import plain_number

ORGAN_NAMES = {
    Organ.LIVER: "liver",
    Organ.KIDNEY: "kidney",
    Organ.LUNG: "lung",
    Organ.MUSCLE_HEART: "muscle or heart",
    Organ.PANCREAS: "pancreas",
    Organ.OTHER: "another organ",
}
TIMES = {Decimal(1): "its upper limit", Decimal(2): "twice its upper limit"}
# Where the label of the vocabulary reads badly within a sentence.
SHORT = {
    "bilirubin_total": "total bilirubin",
    "bilirubin_direct": "direct bilirubin",
    "liver_enzymes": "liver enzymes",
    "egfr": "eGFR",
    "urine_protein": "urine protein",
    "troponin": "troponin",
    "ecg_echo": "ECG or echocardiogram",
    "blood_gas": "blood gas",
    "lvef": "ejection fraction",
    "amylase_pancreatic": "pancreatic amylase",
}
DATES = {1: "", 2: " on two dates"}
REMEDIES = {Side.HIGH: "the upper limit", Side.LOW: "the lower limit", Side.EITHER: "both limits"}


def _label(test: str) -> str:
    """The label of a test within a sentence: "ALT", "creatinine"."""
    label = TESTS[test].label
    short = re.search(r"\(([A-Z]{2,})\)", label)
    if short:
        return short[1]
    return label[0].lower() + label[1:] if label[1:2].islower() else label


def _definition(rule: OrganTest) -> str:
    """The working definition that a result is beyond, without its dates."""
    if rule.in_words is BEYOND:
        return "present"
    if rule.upper is not None:
        return f"above {TIMES[rule.upper]}"
    if rule.baseline is not None:
        return f"at least {plain_number(rule.baseline)} times the patient’s own value"
    if rule.above is not None:
        return f"above {plain_number(rule.above)} g a day"
    return "abnormal"


LABELS = {rule.test: SHORT.get(rule.test) or _label(rule.test) for rule in ORGAN_TESTS}
DEFINITIONS = {rule.test: _definition(rule) for rule in ORGAN_TESTS}


def definition_met(rules: Iterable[OrganTest]) -> str:
    """The working definitions that are met: "ALT above twice its upper limit on two dates"."""
    met = [f"{LABELS[rule.test]} {DEFINITIONS[rule.test]}{DATES[rule.dates]}" for rule in rules]
    return ", ".join(sorted(met))


def describe(results: Iterable[Result]) -> str:
    """The results that are not normal, each test once: "ALP above its limit; ALT 800 without its limit"."""
    return "; ".join(sorted({_described(*result) for result in results if result[2]}))


def _described(rule: OrganTest, test: Test, state: State) -> str:
    label = LABELS[test.name]
    if state is BEYOND:
        short = "" if rule.dates == 1 else ", not surely on two dates"
        return f"{label} {DEFINITIONS[test.name]}{short}"
    if state is REPORTED or (state is ABNORMAL and test.number is None):
        return f"{label} reported abnormal"
    if state is ABNORMAL:
        return _abnormal(rule, test, label)
    return _not_judged(rule, test, label)


def _abnormal(rule: OrganTest, test: Test, label: str) -> str:
    if rule.side is Side.LOW or (test.lower is not None and test.surely_below(test.lower)):
        return f"{label} below its limit"
    if test.baseline is not None and ceiling(test) == test.baseline:
        own = plain_number(test.baseline)
        return f"{label} above its limit, which the patient’s own {own} before exceeded"
    return f"{label} above its limit"


def _not_judged(rule: OrganTest, test: Test, label: str) -> str:
    if test.value is None:
        return f"{label}{on(test)} without a number that can be compared"
    amount = f"{label} {_amount(test)}{on(test)}"
    if not test.is_plausible:
        return f"{amount}, which no patient can have"
    if rule.side is not Side.WORDS and _has_limit(rule, test):
        return f"{amount}, a bound that leaves it open"
    return (
        f"{amount} without its limit"
        if rule.side is not Side.WORDS
        else f"{amount}, a number without a finding"
    )


def _amount(test: Test) -> str:
    number = plain_number(test.value or Decimal(0))
    return number if test.qualifier == "=" else f"{test.qualifier} {number}"


def _has_limit(rule: OrganTest, test: Test) -> bool:
    if rule.side is Side.LOW:
        return test.lower is not None
    if rule.side is Side.EITHER:
        return test.lower is not None and test.upper is not None
    own = rule.baseline is not None and test.baseline is not None
    return test.upper is not None or rule.without_limit is not None or own


def on(test: Test) -> str:
    """ " on day 3" of the reaction, where the day is sure."""
    low, high = test.day.low, test.day.high
    if low is None or high is None or floor(low) != floor(high):
        return ""
    day = floor(low)
    return f" on day {day}" if day >= 0 else f" {-day} days before onset"


def lacking(results: list[Result]) -> list[str]:
    """What is lacking to judge the results of one organ: "the upper limit of ALT on day 3"."""
    missing: dict[str, list[str]] = {}
    for rule, test, state in sorted(results, key=_by_day):
        for need in _needs(rule, test, state):
            missing.setdefault(need, []).append(on(test))
    return [_with_days(need, days) for need, days in missing.items()]


def _by_day(result: Result) -> tuple[str, Decimal, str]:
    test = result[1]
    return test.name, test.day.low or Decimal(0), on(test)


def _needs(rule: OrganTest, test: Test, state: State) -> tuple[str, ...]:
    label = LABELS[test.name]
    if state is BEYOND:
        return (f"a second date {_beyond_what(rule)} for {label}",) if rule.dates > 1 else ()
    if state is ABNORMAL and rule.baseline is not None and test.baseline is None:
        return (f"a baseline of {label}",)
    if state not in (State.BELOW, State.NOT_JUDGED):
        return ()
    return (_need_of_number(rule, test, label),)


def _beyond_what(rule: OrganTest) -> str:
    if rule.upper is not None:
        return "above twice the limit"
    return f"from {plain_number(rule.baseline or Decimal(0))} times the baseline"


def _need_of_number(rule: OrganTest, test: Test, label: str) -> str:
    if rule.side is Side.WORDS:
        return f"whether {label} was normal"
    if test.value is None or not test.is_plausible:
        return f"a plausible value of {label} in a unit that is read"
    if _has_limit(rule, test):
        return f"the value of {label} itself"
    if rule.baseline is not None:
        return f"a baseline or upper limit of {label}"
    return f"{REMEDIES[rule.side]} of {label}"


def _with_days(need: str, days: list[str]) -> str:
    """A need with the days it concerns, where they are few; a second date is on none of them."""
    sure = list(dict.fromkeys(day for day in days if day))
    if need.startswith(("a second date", "a baseline of")) or len(sure) != len(set(days)) or len(sure) > 2:
        return need
    return need + " and".join(sure)
