"""Units of UCUM, what is none, and what was meant."""

import pytest

from e2b.ucum import is_ucum, suggestion
from e2b.validation import validate
from tests.e2b.cases import LEAST, TODAY, changed, full_message
from vocabulary.units import CODES

GOOD = (
    "mm[Hg] [IU]/L U/L 10*9/L 10*3/uL /uL {cells}/uL mg/dL mmol/L % kg/m2 mL/min/{1.73_m2} Cel [degF] 1 {INR}"
    " ng/mL{FEU} mL/(min.kg) m[IU]/mL /[HPF] mosm/kg ukat/L 10^6/L s-1 10*-3 meq/L g/(24.h) [pH] fL pg"
)
MEANT = {
    "mmHg": "mm[Hg]", "IU/L": "[IU]/L", "UI/L": "[IU]/L", "mIU/mL": "m[IU]/mL", "mcg": "ug", "lbs": "[lb_av]",
    "\u00b0C": "Cel", "\u00b5g/L": "ug/L", "mEq/L": "meq/L", "cmH2O": "cm[H2O]", "days": "d",
    "mg/": "", "mg//L": "", "(mg": "", "mg)": "", "mgg": "", "{a": "", "mg L": "", "": "", "x" * 300: "",
}  # fmt: skip


@pytest.mark.parametrize(
    "unit", [*GOOD.split(), *sorted({code for codes in CODES.values() for code in codes})]
)
def test_units_of_ucum(unit):
    assert is_ucum(unit)


@pytest.mark.parametrize(("unit", "meant"), MEANT.items())
def test_no_units_of_ucum(unit, meant):
    assert not is_ucum(unit)
    assert suggestion(unit) == meant


def test_validation_names_the_unit_that_is_meant():
    message = changed(full_message(), "F.r.3.3", "mmHg")
    (found,) = [v for v in validate(message, today=TODAY) if v.rule == "ICH-UNIT"]
    assert (found.element, found.remedy) == ("F.r.3.3", "Write mm[Hg].")


@pytest.mark.parametrize(
    ("unit", "severity"),
    [
        ("[xyz'U]/mL", "warning"), ("10*3.[new'U]/L", "warning"), ("k[zz]", "warning"), ("xyz/L", "warning"),
        ("mmHg", "error"), ("IU/L", "error"), ("IU/[new'U]", "error"), ("mcg/[new'U]", "error"),
        ("tablets per day", "error"), ("tablet", "error"), ("mg/", "error"), ("[xyz", "error"),
    ],
)  # fmt: skip
def test_a_unit_of_its_form_that_the_table_lacks_stops_no_export(unit, severity):
    message = changed(full_message(), "F.r.3.3", unit)
    assert [v.severity for v in validate(message, today=TODAY) if v.rule == "ICH-UNIT"] == [severity]


@pytest.mark.parametrize("identifier", ["77", "de company 1", "X_Y/Z"])
def test_the_worldwide_identifier_may_have_any_form(identifier):
    message = changed(LEAST, "C.1.8.1", identifier)
    assert [v for v in validate(message, today=TODAY) if v.element == "C.1.8.1"] == []


@pytest.mark.parametrize(
    ("text", "written"),
    [("20240101124200-08", "20240101124200-0800"), ("2024010112+09", "2024010112+0900")],
)
def test_an_offset_may_have_two_digits(text, written):
    message = changed(LEAST, "C.1.4", text)
    assert message.C["C.1.4"].hl7 == written
    assert [v for v in validate(message, today=TODAY) if v.rule == "ICH-DATE"] == []
