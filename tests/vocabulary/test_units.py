"""Tests of `vocabulary.units`: what is read, what waits for its kind, what is asked, what is refused."""

from decimal import Decimal

import pytest

from values.quantities import IncompatibleUnits, factor
from vocabulary.units import CODES, KINDS, Certainty, read_unit, read_unit_of_kinds
from vocabulary.units.quotients import QUOTIENTS, quotient_entries
from vocabulary.units.reading import _rows, _tables

COUNT, MASS, ENZYME = "count_concentration", "mass_concentration", "catalytic_concentration"
ACCEPTED = [
    ("x10⁹/L", COUNT, "10*9/L", "1"),
    ("10E9/l", COUNT, "10*9/L", "1"),
    ("Gpt/l", COUNT, "10*9/L", "1"),
    ("GIGA / L", COUNT, "10*9/L", "1"),
    ("thou/cu mm", COUNT, "10*3/mm3", "1"),
    ("10³ Zellen/µl", COUNT, "10*3/uL", "1"),
    ("K/MCL", COUNT, "10*3/uL", "1"),
    ("lakhs/cumm", COUNT, "10*5/uL", "100"),
    ("万/μL", COUNT, "10*4/uL", "10"),
    ("×10²/µL", COUNT, "10*2/uL", "0.1"),
    ("10⁶ cells/L", COUNT, "10*6/L", "0.001"),
    ("cells per microlitre", COUNT, "{cells}/uL", "0.001"),
    ("éléments/mm³", COUNT, "{cells}/mm3", "0.001"),
    ("/nl", COUNT, "10*9/L", "1"),
    ("% der Leukozyten", "percent", "%", "1"),
    ("per mil", "percent", "[ppth]", "0.1"),
    ("% KOF", "body_surface", "%", "1"),
    ("MG/DL", MASS, "mg/dL", "10"),
    ("gm %", MASS, "g/dL", "10000"),
    ("mcg/litre", MASS, "ug/L", "0.001"),
    ("µmol·L⁻¹", "molar_concentration", "umol/L", "0.001"),
    ("U/L (37 °C)", ENZYME, "U/L", "1"),
    ("IE/l", ENZYME, "[IU]/L", "1"),
    ("µkat/l", ENZYME, "ukat/L", "60"),
    ("nkat/L", ENZYME, "nkat/L", "0.06"),
    ("UI/mL", "arbitrary_concentration", "[IU]/mL", "1"),
    ("Kopien / ml", "nucleic_acid_load", "{copies}/mL", "1"),
    ("copies/10⁵ PBMC", "nucleic_acid_load", "{copies}/10*5{cells}", "10"),
    ("fois la LSN", "ratio_to_upper_limit", "{ULN}", "1"),
    ("× ULN", "ratio_to_upper_limit", "{ULN}", "1"),
    ("1 : n", "titre", "{titer}", "1"),
    ("Ct-Wert", "cycle_threshold", "{Ct_value}", "1"),
    ("mg/24 Std.", "mass_rate", "mg/d", "0.001"),
    ("ml/min/1,73 m²", "clearance", "mL/min/{1.73_m2}", "1"),
    ("{index_val}", "arbitrary_concentration", "{index_val}", "1"),
    ("m[IU]/L", "arbitrary_concentration", "m[IU]/L", "1"),
]


@pytest.mark.parametrize(("text", "kind", "ucum", "size"), ACCEPTED)
def test_it_is_read_in_any_context(text, kind, ucum, size):
    for reading in (read_unit(text), read_unit(text, kind)):
        assert (reading.is_accepted, reading.kind, reading.ucum) == (True, kind, ucum)
        assert reading.factor == Decimal(size)


@pytest.mark.parametrize(
    ("text", "value", "canonical", "number"),
    [
        ("°F", "101.3", "Cel", "38.5"),
        ("log10 copies/mL", "3", "{copies}/mL", "1000"),
        ("log IU/mL", "2", "[IU]/mL", "100"),
        ("µkat/L", "1.5", "U/L", "90"),
        ("mg/dL", "1.2", "mg/L", "12"),
    ],
)
def test_a_number_in_the_unit_of_comparison(text, value, canonical, number):
    reading = read_unit(text)
    assert (reading.canonical, reading.to_canonical(Decimal(value))) == (canonical, Decimal(number))


@pytest.mark.parametrize(
    ("text", "kind", "ucum"),
    [
        ("G/L", COUNT, "10*9/L"),
        ("G/L", MASS, "g/L"),
        ("x109/L", COUNT, "10*9/L"),
        ("M/uL", COUNT, "10*6/uL"),
        ("c/mL", "nucleic_acid_load", "{copies}/mL"),
        ("C", "temperature", "Cel"),
        ("F", "temperature", "[degF]"),
        ("E/l", ENZYME, "U/L"),
        ("mIU/mL", ENZYME, "m[IU]/mL"),
        ("mM", "molar_concentration", "mmol/L"),
    ],
)
def test_only_the_kind_of_the_test_lets_it_stand(text, kind, ucum):
    assert (read_unit(text, kind).is_accepted, read_unit(text, kind).ucum) == (True, ucum)
    alone = read_unit(text)
    assert alone.certainty is Certainty.ONLY_IF_KIND
    assert alone.reason


@pytest.mark.parametrize(
    ("text", "language", "ucum"), [("G/L", "fr", "10*9/L"), ("j", "fr", "d"), ("E/l", "de", "U/L")]
)
def test_or_the_language_of_the_report(text, language, ucum):
    assert (read_unit(text, language=language).is_accepted, read_unit(text, language=language).ucum) == (
        True,
        ucum,
    )


@pytest.mark.parametrize(
    ("text", "kind", "ucum"),
    [
        ("billion/L", COUNT, "10*9/L"),
        ("/mL", COUNT, "/mL"),
        ("cells/L", COUNT, "/L"),
        ("g/l", COUNT, "10*9/L"),
        ("mil/mm3", COUNT, "10*3/mm3"),
        ("U/I", ENZYME, "U/L"),
        ("x N", "ratio_to_upper_limit", "{ULN}"),
        ("GEq/mL", "nucleic_acid_load", "{geq}/mL"),
        ("°", "temperature", "Cel"),
        ("fraction", "percent", "{fraction}"),
    ],
)
def test_a_person_confirms_it(text, kind, ucum):
    reading = read_unit(text, kind)
    assert (reading.certainty, reading.ucum) == (Certainty.SUGGESTED, ucum)
    assert reading.reason


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("?g/L", MASS),
        ("�mol/L", "molar_concentration"),
        ("µ/L", ENZYME),
        ("mol/L", "molar_concentration"),
        ("mg/d", MASS),
        ("g/d", MASS),
        ("10^-9/L", COUNT),
        ("×10^4", COUNT),
        ("T/µl", COUNT),
        ("m/uL", COUNT),
        ("MU/L", "arbitrary_concentration"),
        ("ULN", "ratio_to_upper_limit"),
        ("copies", "nucleic_acid_load"),
        ("CT", "cycle_threshold"),
        ("K", "temperature"),
        ("King-Armstrong units", ENZYME),
        ("", COUNT),
    ],
)
def test_it_is_refused_with_its_reason(text, kind):
    reading = read_unit(text, kind)
    assert (reading.certainty, reading.ucum) == (Certainty.REFUSED, "")
    assert reading.reason


@pytest.mark.parametrize("text", ["furlong", "mg/furlong", "Mrd/dl", "mU/dL", "GPT", "10*9"])
def test_what_no_table_has_is_not_read(text):
    assert not read_unit(text).is_accepted


def test_international_units_of_an_antibody_are_no_units_of_an_enzyme():
    assert read_unit("IU/L", ENZYME).canonical == "U/L"
    antibody = read_unit("IU/L", "arbitrary_concentration")
    assert (antibody.kind, antibody.canonical) == ("arbitrary_concentration", "[IU]/mL")
    assert read_unit("mIU/mL", "arbitrary_concentration").canonical == "[IU]/mL"


def test_a_test_of_several_kinds_takes_the_unit_that_fits():
    assert read_unit_of_kinds("umol/L", (MASS, "molar_concentration")).kind == "molar_concentration"
    assert read_unit_of_kinds("mM", (MASS, "molar_concentration")).ucum == "mmol/L"
    assert read_unit_of_kinds("G/L", (COUNT,)).ucum == "10*9/L"


def test_no_two_spellings_of_different_meaning_collide():
    exact, any_case = _tables()
    for table in (exact, any_case):
        for spelling, entries in table.items():
            accepted = {entry[:2] for entry in entries if entry.certainty is Certainty.ACCEPTED}
            assert len(accepted) <= 1, spelling
    for spelling, entry, _ in _rows():
        if entry.certainty is Certainty.ACCEPTED:
            by_rule = [found[:2] for found in quotient_entries(spelling)]
            assert by_rule in ([], [entry[:2]]), spelling


def test_no_spelling_of_two_parts_has_two_meanings():
    pairs = [(pair, quotient) for quotient in QUOTIENTS for pair in quotient.pairs if "cell" not in pair[0]]
    assert len(pairs) > 500
    readings: dict[tuple[str, str], set[str]] = {}
    for pair, quotient in pairs:
        if entry := quotient.read(*pair):
            readings.setdefault(pair, set()).add(entry.kind)
    assert {pair for pair, kinds in readings.items() if len(kinds) > 1} == set()


def test_recognition_does_not_depend_on_the_order_of_the_tables():
    texts = [text for text, _, _ in _rows()]
    forwards = [read_unit.__wrapped__(text) for text in texts]
    exact, any_case = _tables()
    for table in (exact, any_case):
        rows = list(table.items())
        table.clear()
        table.update(reversed(rows))
    assert [read_unit.__wrapped__(text) for text in texts] == forwards
    _tables.cache_clear()


def test_factors_are_those_of_the_conversion_of_quantities():
    compared = 0
    for codes in CODES.values():
        for code, (canonical, size) in codes.items():
            try:
                computed = factor(code, canonical)
            except IncompatibleUnits:
                continue
            if size is not None:
                compared += 1
                assert computed == pytest.approx(size, rel=Decimal("1e-15")), code
    assert compared > 50


def test_every_code_is_read_as_itself_or_is_in_doubt():
    for kind in KINDS:
        for code in CODES[kind]:
            reading = read_unit(code, kind)
            assert (
                reading.ucum == code or not reading.is_accepted or reading.factor == CODES[kind][code].factor
            )
