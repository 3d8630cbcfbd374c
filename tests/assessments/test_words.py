"""How numbers, classes and times are said."""

from decimal import Decimal

import pytest

from assessments.display.words import (
    categories_words,
    days,
    from_onset,
    hours,
    interval,
    points_words,
    readable_units,
    signed,
    since_dose,
    spoken,
)
from scoring.regiscar.categories import Category
from values.spans import Span
from vocabulary.units import CODES, KINDS, Certainty, read_unit


@pytest.mark.parametrize(
    ("points", "said"), [(-1, "−1 point"), (0, "0 points"), (1, "+1 point"), (2, "+2 points")]
)
def test_points_carry_a_true_minus_sign(points, said):
    assert points_words(points) == said
    assert signed(points) == said.split()[0]


@pytest.mark.parametrize(("low", "high", "said"), [(-1, 7, "−1 to 7"), (4, 4, "4"), (-4, -2, "−4 to −2")])
def test_interval(low, high, said):
    assert interval(low, high) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("576", "576", "24 days"),
        ("4", "6", "4 to 6 hours"),
        ("36", "60", "36 to 60 hours"),
        ("540", "624", "22.5 to 26 days"),
        (None, None, ""),
    ],
)
def test_half_life_in_the_unit_that_people_use(low, high, said):
    assert hours(*(None if end is None else Decimal(end) for end in (low, high))) == said


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("10", "10", "10 days"),
        ("66", "72", "66 to 72 days"),
        ("12", None, "at least 12 days"),
        (None, "3", "at most 3 days"),
        (None, None, "not known"),
        # Nothing but that the dose came before the onset.
        ("0", None, "not known"),
    ],
)
def test_time_to_onset(low, high, words):
    assert days(Span(*(None if end is None else Decimal(end) for end in (low, high)))) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, ""),
        (0, 0, "at onset"),
        (0, None, "at onset or later"),
        (10, 10, "10 days after onset"),
        (-72, -66, "66 to 72 days before onset"),
        (-30, 30, "within 30 days of onset, order unknown"),
    ],
)
def test_time_from_onset(low, high, words):
    assert from_onset(span(low, high)) == words


@pytest.mark.parametrize(
    ("low", "high", "which", "words"),
    [
        (66, 72, "first", "66 to 72 days after the first dose"),
        (-2, -2, "last", "still taken at onset"),
        (-2, -2, "first", "2 days before the first dose"),
        (-30, 30, "last", "within 30 days of the last dose, order unknown"),
        (-2, 30, "last", "from 2 days before to 30 days after the last dose"),
    ],
)
def test_onset_as_counted_from_a_dose(low, high, which, words):
    assert since_dose(span(low, high), which) == words


def span(low, high):
    return Span(*(None if end is None else Decimal(end) for end in (low, high)))


def test_an_unknown_length_of_time_is_not_zero():
    assert days(Span()) == "not known"


def test_a_run_of_classes_names_its_ends():
    assert categories_words([Category.POSSIBLE]) == "possible"
    assert categories_words([Category.NO_CASE, Category.POSSIBLE, Category.PROBABLE]) == "no case to probable"


def test_units_as_on_paper():
    assert readable_units("HHV-6 PCR: 1000 {copies}/mL") == "HHV-6 PCR: 1000 copies/mL"
    assert readable_units("10.0 10*9/L") == "10.0 ×10⁹/L"


def test_the_sentence_of_the_audit_is_said_for_people():
    assert spoken("class no_case, totals in [-1, 9]") == "class no case, totals in [−1, 9]"


def test_every_unit_that_is_printed_is_read_back_as_the_same():
    """Genome equivalents and fractions are asked about however they are written."""
    asked = {"{geq}/mL", "{fraction}"}
    printed = {(kind, code) for kind in KINDS for code in CODES[kind] if read_unit(code, kind).is_accepted}
    assert len(printed) > 90
    for kind, code in printed:
        meant, back = read_unit(code, kind), read_unit(readable_units(code), kind)
        if code not in asked:
            assert (back.certainty, back.canonical, back.factor) == (
                Certainty.ACCEPTED,
                meant.canonical,
                meant.factor,
            ), (kind, code)
