"""Tests of `values.quantities`: units convert where nothing can go wrong, and refuse everywhere else."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from values.quantities import ATOMS, IncompatibleUnits, Quantity

CONVERSIONS = [
    pytest.param("10000", "/mm3", "10*9/L", "10", id="eosinophils-of-patient-1"),
    pytest.param("5000", "/mm3", "10*9/L", "5", id="eosinophils-of-patient-2"),
    pytest.param("10000", "{cells}/uL", "10*9/L", "10", id="cells-per-microlitre"),
    pytest.param("10", "10*3/uL", "10*9/L", "10", id="thousands-per-microlitre"),
    pytest.param("1000", "{copies}/mL", "{copies}/L", "1000000", id="copies"),
    pytest.param("10", "ng/L", "ug/L", "0.01", id="troponin-in-ng"),
    pytest.param("0.01", "ug/L", "ug/L", "0.01", id="troponin-with-micro-sign"),
    pytest.param("0.01", "ng/mL", "ug/L", "0.01", id="troponin-per-millilitre"),
    pytest.param("1.2", "mg/dl", "mg/L", "12", id="creatinine"),
    pytest.param("80", "U/l", "U/L", "80", id="small-l-is-a-litre"),
    pytest.param("1.5", "ukat/L", "U/L", "90", id="katals-of-an-enzyme"),
    pytest.param("6", "U/L", "nkat/L", "100", id="enzyme-units-in-katals"),
    pytest.param("1000", "mg/d", "g/d", "1", id="urine-protein"),
    pytest.param("36", "h", "d", "1.5", id="hours-to-days"),
    pytest.param("24", "d", "h", "576", id="days-to-hours"),
    pytest.param("90", "min", "h", "1.5", id="minutes-to-hours"),
    pytest.param("101.3", "[degF]", "Cel", "38.5", id="fahrenheit"),
    pytest.param("38.5", "Cel", "[degF]", "101.3", id="celsius"),
    pytest.param("2.5", "cm", "mm", "25", id="length"),
    pytest.param("5", "fL", "L", "0.000000000000005", id="small-numbers-are-not-lost"),
    pytest.param("3", "mg/kg.d", "mg.d/kg", "3", id="ucum-reads-from-left-to-right"),
]


@pytest.mark.parametrize(("value", "unit", "target", "result"), CONVERSIONS)
def test_it_converts_within_one_kind(value, unit, target, result):
    assert Quantity(Decimal(value), unit).to(target) == Quantity(Decimal(result), target)


@pytest.mark.parametrize(("value", "unit", "target", "result"), CONVERSIONS)
def test_a_converted_number_is_normalised(value, unit, target, result):
    assert str(Quantity(Decimal(value), unit).to(target).value) == str(Decimal(result))


REFUSALS = [
    pytest.param("U/L", "[IU]/L", id="two-arbitrary-units"),
    pytest.param("ukat/L", "[IU]/L", id="catalytic-to-arbitrary"),
    pytest.param("ukat/L", "umol/L", id="catalytic-to-substance"),
    pytest.param("[IU]/mL", "{copies}/mL", id="arbitrary-to-copies"),
    pytest.param("[IU]/mL", "mg/mL", id="arbitrary-to-mass"),
    pytest.param("{copies}/mL", "/mL", id="copies-are-not-cells"),
    pytest.param("umol/L", "mg/dL", id="substance-to-mass"),
    pytest.param("%", "10*9/L", id="share-to-count"),
    pytest.param("%", "1", id="share-to-number"),
    pytest.param("mg", "mg/L", id="amount-to-concentration"),
    pytest.param("d", "cm", id="time-to-length"),
    pytest.param("Cel", "K", id="scale-we-do-not-know"),
    pytest.param("Cel", "cm", id="temperature-to-length"),
    pytest.param("{DF}", "mg", id="dosage-form-to-mass"),
    pytest.param("mg/L", "L/mg", id="upside-down"),
    pytest.param("furlong", "m", id="unknown-unit"),
]


@pytest.mark.parametrize(("unit", "target"), REFUSALS)
def test_it_refuses_to_convert_between_kinds(unit, target):
    with pytest.raises(IncompatibleUnits, match="arbitrary units never"):
        Quantity(Decimal(1), unit).to(target)


def test_an_unknown_unit_still_equals_itself():
    assert Quantity(Decimal("1.50"), "furlong").to("furlong") == Quantity(Decimal("1.5"), "furlong")


measurable = sorted(ATOMS)
values = st.decimals("0.001", "1000000", places=3)


@given(values, st.sampled_from(measurable), st.sampled_from(measurable))
@settings(max_examples=200, deadline=None)
def test_there_and_back_gives_the_same_number(value, unit, other):
    if ATOMS[unit][0] != ATOMS[other][0]:
        with pytest.raises(IncompatibleUnits):
            Quantity(value, unit).to(other)
        return
    back = Quantity(value, unit).to(other).to(unit).value
    assert back == pytest.approx(value, rel=Decimal("1e-12"))


@given(values)
@settings(max_examples=50, deadline=None)
def test_ten_to_the_third_per_microlitre_is_ten_to_the_ninth_per_litre(value):
    assert Quantity(value, "10*3/uL").to("10*9/L").value == value


@given(st.decimals(30, 45, places=1))
@settings(max_examples=50, deadline=None)
def test_a_temperature_survives_fahrenheit(celsius):
    assert Quantity(celsius, "Cel").to("[degF]").to("Cel").value == celsius


@given(values, st.sampled_from(["h", "d", "10*9/L", "mg"]))
@settings(max_examples=50, deadline=None)
def test_equal_values_are_written_equally(value, unit):
    converted = Quantity(value.normalize(), unit).to(unit).value
    assert str(converted) == str(Quantity(value + Decimal("0.000000"), unit).to(unit).value)
