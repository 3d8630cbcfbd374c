"""The filters that pick rows of a table, in plain Python: part of `plain_filters`."""

import re
from collections import defaultdict
from decimal import Decimal

from cases.models import (
    BiopsyDetail,
    Dose,
    Examination,
    Exposure,
    GeneticDetail,
    OrganInvolvement,
    Patient,
    Reaction,
    Substance,
    ViralTest,
)

MASS = {"kg": 10**6, "g": 10**3, "mg": 1, "ug": Decimal("0.001"), "mcg": Decimal("0.001")}
COPIES = {"{copies}/mL": 1, "copies/mL": 1, "{copies}/L": Decimal("0.001")}


def has(text: str, wanted: str) -> bool:
    return wanted.lower() in text.lower()


def one_of(column):
    return lambda case, row, value: str(getattr(row, column)) in value.split(",")


def contains(*columns):
    return lambda case, row, value: any(has(getattr(row, column), value) for column in columns)


def drug_named(case, row, value):
    return has(row.name, value) or (row.drug is not None and has(row.drug.name, value))


def substance_named(case, row, value):
    below = [one.name for one in case.all(Substance) if one.exposure_id == row.pk]
    return any(has(name, value) for name in [*below, row.drug.substance if row.drug else ""])


def under_atc(case, row, value):
    return row.drug is not None and any(row.drug.atc.startswith(code) for code in value.upper().split(","))


def quantity(text: str, units) -> Decimal:
    number, unit = re.fullmatch(r"([\d.]+) ?(.*)", text).groups()
    return Decimal(number) * units[unit]


def in_unit(number, unit, units):
    return None if number is None or unit not in units else number * units[unit]


def doses(case, row):
    return [in_unit(dose.amount, dose.unit, MASS) for dose in case.all(Dose) if dose.exposure_id == row.pk]


def dose_between(case, row, value):
    low, high = value
    amounts = [amount for amount in doses(case, row) if amount is not None]
    return any((low is None or amount >= low) and (high is None or amount <= high) for amount in amounts)


def examined(case, row):
    return next(one for one in case.all(Examination) if one.pk == row.examination_id)


def tested(case, row, value):
    test = examined(case, row)
    found = test.result
    if found == "measured":
        found = "positive" if test.value > 0 and test.qualifier not in ("<", "<=") else "negative"
    return found in value.split(",")


def in_reaction(test):
    return lambda case, row, value: examined(case, row).phase == "reaction" and test(case, row, value)


def specimen(case, row, value):
    blood = re.search("blood|plasma|serum|pbmc|leu[ck]ocyte", row.specimen, re.IGNORECASE)
    kind = "blood" if blood else "other" if row.specimen else "not_stated"
    return kind in value.split(",")


def copies(is_lower):
    def test(case, row, value):
        number = in_unit(examined(case, row).value, examined(case, row).unit, COPIES)
        bound = quantity(value, COPIES)
        return number is not None and (number >= bound if is_lower else number <= bound)

    return test


def allele(case, row, value):
    wanted = value.upper().removeprefix("HLA-")
    return row.allele.upper().removeprefix("HLA-").startswith(wanted)


def organ_found(case, row, value):
    kinds = defaultdict(lambda: "open", positive="positive", measured="positive", negative="negative")
    return kinds[row.result] in value.split(",")


def serious(case, row, value):
    keys = (
        "death",
        "life_threatening",
        "hospitalisation",
        "disabling",
        "congenital_anomaly",
        "medically_important",
    )
    wanted = keys if "any" in value.split(",") else value.split(",")
    return any(getattr(row, f"{who}_{key}") for who in ("reporter", "company") for key in wanted)


def reaction_phase(test):
    return lambda case, row, value: row.phase == "reaction" and test(case, row, value)


# Filters that pick rows of a table. All that speak of one table must be left with a row.
ROWS = {
    "sex": (Patient, one_of("sex")),
    "reaction": (Reaction, contains("term", "translation", "meddra_code")),
    "outcome": (Reaction, one_of("outcome")),
    "serious": (Reaction, serious),
    "drug": (Exposure, drug_named),
    "substance": (Exposure, substance_named),
    "atc": (Exposure, under_atc),
    "role": (Exposure, one_of("role")),
    "dose": (Exposure, dose_between),
    "virus": (ViralTest, in_reaction(one_of("virus"))),
    "virus_result": (ViralTest, in_reaction(tested)),
    "specimen": (ViralTest, in_reaction(specimen)),
    "copies_min": (ViralTest, in_reaction(copies(True))),
    "copies_max": (ViralTest, in_reaction(copies(False))),
    "biopsy": (BiopsyDetail, in_reaction(one_of("conclusion"))),
    "biopsy_finding": (
        BiopsyDetail,
        in_reaction(contains("keratinocyte_necrosis", "infiltrate", "conclusion_verbatim")),
    ),
    "biopsy_tissue": (BiopsyDetail, in_reaction(contains("tissue"))),
    "organ": (OrganInvolvement, reaction_phase(one_of("organ"))),
    "organ_result": (OrganInvolvement, reaction_phase(organ_found)),
    "explanation": (OrganInvolvement, reaction_phase(one_of("other_explanation"))),
    "allele": (GeneticDetail, allele),
    "allele_result": (GeneticDetail, tested),
}
