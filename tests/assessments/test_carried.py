"""What one laboratory row says for others: limits given once, and the patient's own value before."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases.models import Examination
from tests.assessments.test_facts import at, facts, reaction

ONSET = date(2024, 3, 10)


def results(*rows):
    """The tests of a case whose reaction began on the day of onset."""
    return facts(reaction(onset=at(str(ONSET))), *rows).tests


def alt(value, on=0, unit="U/L", name="ALT", **fields):
    return Examination(
        name=name, value=Decimal(value), unit=unit, when=at(str(ONSET + timedelta(on))), **fields
    )


def limit(number):
    return {"upper_limit": Decimal(number)}


def upper_limits(*rows):
    return [fact.upper for fact in results(*rows)]


@pytest.mark.parametrize(
    ("rows", "limits"),
    [
        pytest.param([alt(37, **limit(35)), alt(1046, 3)], [35, 35], id="given-once"),
        pytest.param([alt(37), alt(1046, 3, **limit(35))], [35, 35], id="given-later"),
        pytest.param([alt(37, **limit(35)), alt(1046, 3, **limit(40))], [35, 40], id="its-own-goes-first"),
        pytest.param(
            [alt(37, **limit(35)), alt(1046, 3, **limit(40)), alt(900, 5)],
            [35, 40, None],
            id="two-that-differ",
        ),
        pytest.param(
            [alt(30, **limit(60)), alt("5", 3, unit="µkat/L")], [60, 1], id="in-another-unit-that-converts"
        ),
        pytest.param([alt(1, unit="", **limit(2)), alt(300, 3)], [2, None], id="in-a-unit-not-stated"),
        pytest.param([alt(30, **limit(60)), alt(30, name="AST")], [60, None], id="of-another-test"),
        pytest.param(
            [alt(30, -60, phase="background", **limit(60)), alt(300, 3)], [60], id="before-the-reaction"
        ),
    ],
)
def test_a_limit_given_once_holds_for_the_test(rows, limits):
    assert upper_limits(*rows) == limits


def test_the_row_that_gave_the_limits_is_named():
    giving, taking = alt(37, **limit(35)), alt(1046, 3)
    assert [fact.limits_from for fact in results(giving, taking)] == ["", str(giving.uuid)]


def creatinine(value, on, **fields):
    return alt(value, on, unit="mg/dL", name="Creatinine", **fields)


def before(value, **fields):
    return creatinine(value, -30, phase="background", **fields)


@pytest.mark.parametrize(
    ("rows", "baselines"),
    [
        pytest.param([before("0.8"), creatinine("4.3", 5)], ["0.8"], id="before-the-reaction"),
        pytest.param([before("0.8"), before("0.7"), creatinine("4.3", 5)], ["0.7"], id="the-lowest"),
        pytest.param([before("0.8", qualifier="<"), creatinine("4.3", 5)], [None], id="a-bound-is-none"),
        pytest.param([before(900), creatinine("4.3", 5)], [None], id="nor-is-what-no-patient-can-have"),
        pytest.param(
            [creatinine("0.9", 0, **limit("1.2")), creatinine("4.3", 5)],
            [None, "0.9"],
            id="normal-and-earlier",
        ),
        pytest.param(
            [creatinine("0.9", 9, **limit("1.2")), creatinine("4.3", 5)], [None, None], id="normal-and-later"
        ),
        pytest.param(
            [creatinine("1.3", 0, **limit("1.2")), creatinine("4.3", 5)],
            [None, None],
            id="earlier-and-raised",
        ),
        pytest.param([creatinine("0.9", 0), creatinine("4.3", 5)], [None, None], id="earlier-without-limit"),
        pytest.param(
            [before("0.8"), creatinine("0.7", 0, **limit("1.2")), creatinine("4.3", 5)],
            ["0.8", "0.8"],
            id="before-goes-first",
        ),
        pytest.param([alt(30, 0, **limit(40)), alt(300, 5)], [None, None], id="of-no-other-test"),
    ],
)
def test_the_own_value_of_the_patient(rows, baselines):
    expected = [None if value is None else Decimal(value) for value in baselines]
    assert [fact.baseline for fact in results(*rows)] == expected


def test_the_row_that_gave_the_own_value_is_named():
    first, second = creatinine("0.9", 0, **limit("1.2")), creatinine("4.3", 5)
    assert results(first, second)[1].baseline_from == str(first.uuid)
