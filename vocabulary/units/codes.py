"""UCUM codes by kind of quantity, each with the kind's unit of comparison and the factor to it.

A number in the code times the factor is a number in the unit of comparison. Kinds that compare in several
units (copies per mL and copies per cells) have no factor between those. In UCUM 2.2 U is metric (1
µmol/min), so that 1 µkat/L is 60 U/L exactly; [IU] is arbitrary: of an enzyme it is U, of an antibody or
a hormone it is not. Source: The Unified Code for Units of Measure, ucum.org.
"""

from decimal import Decimal
from typing import NamedTuple


class Code(NamedTuple):
    """The unit of comparison, and the factor to it; None where no factor does (see `UnitReading`)."""

    canonical: str
    factor: Decimal | None


# fmt: off
CODES: dict[str, dict[str, Code]] = {
    "count_concentration": {
        "10*9/L": Code("10*9/L", Decimal("1")),
        "10*6/mL": Code("10*9/L", Decimal("1")),
        "10*3/uL": Code("10*9/L", Decimal("1")),
        "10*3/mm3": Code("10*9/L", Decimal("1")),
        "10*6/L": Code("10*9/L", Decimal("0.001")),
        "10*6/uL": Code("10*9/L", Decimal("1000")),
        "10*12/L": Code("10*9/L", Decimal("1000")),
        "10*4/uL": Code("10*9/L", Decimal("10")),
        "10*4/mL": Code("10*9/L", Decimal("0.01")),
        "10*2/uL": Code("10*9/L", Decimal("0.1")),
        "10*5/uL": Code("10*9/L", Decimal("100")),
        "/uL": Code("10*9/L", Decimal("0.001")),
        "{cells}/uL": Code("10*9/L", Decimal("0.001")),
        "/mm3": Code("10*9/L", Decimal("0.001")),
        "{cells}/mm3": Code("10*9/L", Decimal("0.001")),
        "/mL": Code("10*9/L", Decimal("0.000001")),
        "/L": Code("10*9/L", Decimal("0.000000001")),
    },
    "percent": {
        "%": Code("%", Decimal("1")),
        "[ppth]": Code("%", Decimal("0.1")),
        "{fraction}": Code("%", Decimal("100")),
    },
    "body_surface": {
        "%": Code("%", Decimal("1")),
    },
    "mass_concentration": {
        "g/L": Code("mg/L", Decimal("1000")),
        "g/dL": Code("mg/L", Decimal("10000")),
        "mg/dL": Code("mg/L", Decimal("10")),
        "mg/L": Code("mg/L", Decimal("1")),
        "mg/mL": Code("mg/L", Decimal("1000")),
        "ug/mL": Code("mg/L", Decimal("1")),
        "ug/L": Code("mg/L", Decimal("0.001")),
        "ug/dL": Code("mg/L", Decimal("0.01")),
        "ng/mL": Code("mg/L", Decimal("0.001")),
        "ng/L": Code("mg/L", Decimal("0.000001")),
        "ng/dL": Code("mg/L", Decimal("0.00001")),
        "pg/mL": Code("mg/L", Decimal("0.000001")),
        "pg/L": Code("mg/L", Decimal("0.000000001")),
    },
    "molar_concentration": {
        "mmol/L": Code("mmol/L", Decimal("1")),
        "umol/L": Code("mmol/L", Decimal("0.001")),
        "nmol/L": Code("mmol/L", Decimal("0.000001")),
        "pmol/L": Code("mmol/L", Decimal("0.000000001")),
        "mol/L": Code("mmol/L", Decimal("1000")),
    },
    "equivalents": {
        "meq/L": Code("meq/L", Decimal("1")),
    },
    "catalytic_concentration": {
        "U/L": Code("U/L", Decimal("1")),
        "[IU]/L": Code("U/L", Decimal("1")),
        "mU/mL": Code("U/L", Decimal("1")),
        "m[IU]/mL": Code("U/L", Decimal("1")),
        "U/mL": Code("U/L", Decimal("1000")),
        "kU/L": Code("U/L", Decimal("1000")),
        "U/dL": Code("U/L", Decimal("10")),
        "ukat/L": Code("U/L", Decimal("60")),
        "nkat/L": Code("U/L", Decimal("0.06")),
    },
    "arbitrary_concentration": {
        "[IU]/mL": Code("[IU]/mL", Decimal("1")),
        "k[IU]/L": Code("[IU]/mL", Decimal("1")),
        "[IU]/L": Code("[IU]/mL", Decimal("0.001")),
        "m[IU]/mL": Code("[IU]/mL", Decimal("0.001")),
        "m[IU]/L": Code("m[IU]/L", Decimal("1")),
        "[arb'U]/mL": Code("[arb'U]/mL", Decimal("1")),
        "{index_val}": Code("{index_val}", Decimal("1")),
    },
    "nucleic_acid_load": {
        "{copies}/mL": Code("{copies}/mL", Decimal("1")),
        "{geq}/mL": Code("{copies}/mL", Decimal("1")),
        "{copies}/uL": Code("{copies}/mL", Decimal("1000")),
        "{copies}/10*6{cells}": Code("{copies}/10*6{cells}", Decimal("1")),
        "{copies}/10*5{cells}": Code("{copies}/10*6{cells}", Decimal("10")),
        "{copies}/ug": Code("{copies}/ug", Decimal("1")),
    },
    "log_load": {
        "{Log_copies}/mL": Code("{copies}/mL", None),
        "{Log_IU}/mL": Code("[IU]/mL", None),
    },
    "cycle_threshold": {
        "{Ct_value}": Code("{Ct_value}", Decimal("1")),
    },
    "titre": {
        "{titer}": Code("{titer}", Decimal("1")),
    },
    "ratio_to_upper_limit": {
        "{ULN}": Code("{ULN}", Decimal("1")),
    },
    "ratio_to_baseline": {
        "{baseline}": Code("{baseline}", Decimal("1")),
    },
    "ratio_to_lower_limit": {
        "{LLN}": Code("{LLN}", Decimal("1")),
    },
    "mass_rate": {
        "g/d": Code("g/d", Decimal("1")),
        "mg/d": Code("g/d", Decimal("0.001")),
        "ug/min": Code("g/d", Decimal("0.00144")),
    },
    "mass_ratio": {
        "mg/g{creat}": Code("mg/g{creat}", Decimal("1")),
        "g/g{creat}": Code("mg/g{creat}", Decimal("1000")),
        "mg/mmol{creat}": Code("mg/mmol{creat}", Decimal("1")),
    },
    "time": {
        "s": Code("s", Decimal("1")),
        "min": Code("s", Decimal("60")),
        "h": Code("s", Decimal("3600")),
        "d": Code("s", Decimal("86400")),
        "wk": Code("s", Decimal("604800")),
        "mo": Code("mo", Decimal("1")),
        "a": Code("a", Decimal("1")),
    },
    "temperature": {
        "Cel": Code("Cel", Decimal("1")),
        "[degF]": Code("Cel", None),
    },
    "sedimentation": {
        "mm/h": Code("mm/h", Decimal("1")),
        "mm/(2.h)": Code("mm/(2.h)", Decimal("1")),
    },
    "clearance": {
        "mL/min/{1.73_m2}": Code("mL/min/{1.73_m2}", Decimal("1")),
        "mL/s/{1.73_m2}": Code("mL/min/{1.73_m2}", Decimal("60")),
        "mL/min": Code("mL/min", Decimal("1")),
    },
    "per_field": {
        "/[HPF]": Code("/[HPF]", Decimal("1")),
        "/[LPF]": Code("/[LPF]", Decimal("1")),
    },
    "length": {
        "cm": Code("cm", Decimal("1")),
        "mm": Code("cm", Decimal("0.1")),
        "[in_i]": Code("cm", Decimal("2.54")),
    },
    "coagulation": {
        "{INR}": Code("{INR}", Decimal("1")),
        "%": Code("%", Decimal("1")),
    },
    "hba1c": {
        "mmol/mol": Code("mmol/mol", Decimal("1")),
    },
    "volume": {
        "fL": Code("fL", Decimal("1")),
    },
    "mass": {
        "pg": Code("pg", Decimal("1")),
    },
    "semi_quantitative": {},
}
# fmt: on
KINDS = tuple(CODES)
