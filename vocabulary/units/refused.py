"""Spellings of units that are refused, and why: no reading of them is safe.

They stand before every rule: a spelling listed here or in `vocabulary.units.doubtful` is read by its rows
alone. Folding and separators are those of `vocabulary.units.spellings`.
Sources: public lists of units printed by laboratories (SS-MIX2 of Japanese hospitals, MIRACUM, FinnGen,
LHNCBC, MIMIC), The Unified Code for Units of Measure, and the habits of laboratories in eight languages.
"""

from typing import NamedTuple


class Refusal(NamedTuple):
    """Spellings refused for one kind and one reason. `exact`: letter case decides."""

    kind: str
    reason: str
    spellings: str
    exact: bool = False


# fmt: off
REFUSALS = (
    Refusal(
        "count_concentration",
        "A billion is 10^9 or 10^12, by language. Write 10^9/L.",
        "bil/L | bill/L | bn/L",
    ),
    Refusal(
        "count_concentration",
        "The power is negative, which no count of cells has. Write 10^9/L.",
        "x10-9/L | 10^-9/L | 10-9/L",
    ),
    Refusal(
        "count_concentration",
        "10^3/µL whose superscript was lost, or the number 103. Write 10^3/µL.",
        "103/µL | 103/mm3",
    ),
    Refusal(
        "count_concentration",
        "It may mean million, thousand or milli. Write 10^6/µL or 10^3/µL.",
        "mil/mcL | mill/uL | mill/mm3",
    ),
    Refusal(
        "count_concentration",
        "It may mean million, thousand or milli. Write 10^6/µL or 10^3/µL.",
        "m/uL | m/mm3 | m/cumm",
        exact=True,
    ),
    Refusal(
        "count_concentration",
        "T is Tausend (thousand) or tera. Write 10^3/µL.",
        "T/µl | T/mm3",
    ),
    Refusal(
        "count_concentration",
        "The volume is missing. Write for example 10^9/L or 10^3/µL.",
        "×10^4 | ×10^3 | ×10^2 | ×10^6",
    ),
    Refusal(
        "count_concentration",
        "Hundreds per µL, or the number itself. Write /µL with the whole number.",
        "100/µL | 100/mm3 | 102/µL | x102/µL",
    ),
    Refusal(
        "count_concentration",
        "L is lakh or litre. Write lakh/mm3.",
        "L/cumm | L/cmm",
    ),
    Refusal(
        "count_concentration",
        "Per mm3 misprinted, or per square millimetre of tissue. Write /mm3.",
        "/mm | /mmm | /mm2 | /mmq",
    ),
    Refusal(
        "count_concentration",
        "A count by chamber has no fixed volume here. Write /µL.",
        "/3 | /3 cells | /3 Zellen | /3µl | /dL | /100 mL",
    ),
    Refusal(
        "percent",
        "There is no unit: per cent, a share of 1 and a count look alike.",
        "(blank) | 1 | - | n/a | none | no unit | no units | dimensionless",
    ),
    Refusal(
        "body_surface",
        "A palm is 1 % of the skin with fingers and 0.5 % without. Write % of body surface.",
        "palms | palm | hands | handflächen | paumes",
    ),
    Refusal(
        "mass_concentration",
        "A mass per day, or mg/dL cut off. Write mg/dL in full.",
        "mg/d | g/d",
    ),
    Refusal(
        "mass_concentration",
        "The micro sign may be lost: the number could be a million times another. Write ug or mcg with "
        "its volume.",
        "mcg | ?g/L | �g/L | □g/L | �mol/L | ?mol/L",
    ),
    Refusal(
        "molar_concentration",
        "It may mean mmol/L, millimetre or million. Write mmol/L.",
        "mm/L | mmo/l",
    ),
    Refusal(
        "molar_concentration",
        "It may mean mmol/L, millimetre or million. Write mmol/L.",
        "MM",
        exact=True,
    ),
    Refusal(
        "molar_concentration",
        "mol/L, or µmol/L whose micro sign was lost: a million times another. Write umol/L or mmol/L.",
        "mol/L | M",
    ),
    Refusal(
        "catalytic_concentration",
        "It may be U/L without its slash, an upper limit or a microlitre. Write U/L.",
        "UL | U | IU | UI | units | E | IE | U/uL | µ/L",
    ),
    Refusal(
        "catalytic_concentration",
        "µkat/L whose micro sign was lost or misprinted. Write ukat/L.",
        "pkat/L | mkat/L | kat/L | ?kat/L | �kat/L",
    ),
    Refusal(
        "catalytic_concentration",
        "A historical unit: no factor to U/L holds.",
        "Karmen units | Karmen units/mL | Reitman-Frankel units | SF units/mL | Sigma-Frankel U/mL | "
        "Wroblewski units | King-Armstrong units | KA units | KAU | K.A.U. | Bodansky units | "
        "Bessey-Lowry units | BLU | Somogyi units | Somogyi U/dL | Wohlgemuth units | "
        "Cherry-Crandall units | Kunkel units | K.U.",
    ),
    Refusal(
        "arbitrary_concentration",
        "Milli-units in capitals, mega-units, or misread by a scanner. Write mU/L.",
        "mlU/L | mlU/mL",
    ),
    Refusal(
        "arbitrary_concentration",
        "Milli-units in capitals, mega-units, or misread by a scanner. Write mU/L.",
        "MU/L | MU/ML",
        exact=True,
    ),
    Refusal(
        "nucleic_acid_load",
        "The volume or the number of cells is missing, or another than those that compare. Write copies/mL.",
        "copies/PCR | copies/reaction | copies/assay | copies/test | copies/1.5x10^5 PBMC | "
        "copies/150000 cells | copies/100 ng DNA | copies/cell | copies | コピー | cp | genomes | "
        "copies/L | copies/sample",
    ),
    Refusal(
        "log_load",
        "Logarithm of what: copies or IU, per which volume? Write log10 copies/mL.",
        "log | log10 | lg | ln | log copies | log units",
    ),
    Refusal(
        "cycle_threshold",
        "It may mean a cycle threshold, a tomography or copies. Write Ct.",
        "Cp | cycles | cyc",
    ),
    Refusal(
        "cycle_threshold",
        "It may mean a cycle threshold, a tomography or copies. Write Ct.",
        "CT",
        exact=True,
    ),
    Refusal(
        "ratio_to_upper_limit",
        "Times the upper limit, times the patient’s own value, or a grade? Write x ULN or x baseline.",
        "fold | -fold | x | times | fach | -fach | -fache | fois | veces | vezes | volte | maal | 倍 | "
        "x-fold increase | fold increase | fold rise | times increase | ULN | UNL | grade 1 | "
        "grade 2 | grade 3 | grade 4 | G3 | CTCAE grade",
    ),
    Refusal(
        "mass_rate",
        "The duration of the collection is missing. Write g/24 h.",
        "mg/TV | g/TV | mg/vol | mg/Sammelzeit | mg/collection | mg/spec | mg/sample",
    ),
    Refusal(
        "time",
        "The letter stands for several units of time. Write min, h, days, weeks, months or years.",
        "m | T | w | s. | sem | sem. | Mon | 月 | 日 | 年 | ' | \" | '' | ano",
    ),
    Refusal(
        "time",
        "The letter stands for several units of time. Write min, h, days, weeks, months or years.",
        "J | D | S | H",
        exact=True,
    ),
    Refusal(
        "temperature",
        "Kelvin, or a thousand. Write °C or °F.",
        "K | kelvin",
    ),
    Refusal(
        "per_field",
        "High or low power field? Write /HPF or /LPF.",
        "/F | /field | /c | p/c | /nk | /synf",
    ),
    Refusal(
        "length",
        "A size in words has no number of centimetres.",
        "fingerbreadth | fb | Querfinger | QF | travers de doigt | pea-sized | bean-sized | "
        "cherry-sized | walnut-sized | erbsgroß | bohnengroß | kirschgroß | size of a pea | shotty | "
        "\"",
    ),
)
# fmt: on
