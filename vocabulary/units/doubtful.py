"""Spellings of units that mean several things: which reading may be taken, when, and why it is in doubt.

They stand before every rule: a spelling listed here or in `vocabulary.units.refused` is read by its rows
alone. Folding and separators are those of `vocabulary.units.spellings`.
Sources: public lists of units printed by laboratories (SS-MIX2 of Japanese hospitals, MIRACUM, FinnGen,
LHNCBC, MIMIC), The Unified Code for Units of Measure, and the habits of laboratories in eight languages.
"""

from typing import NamedTuple


class Doubt(NamedTuple):
    """Spellings of one kind in doubt for one reason, by UCUM code.

    `exact`: letter case decides. `languages`: countries and languages whose reports need no test to decide.
    """

    kind: str
    reason: str
    spellings: dict[str, str]
    exact: bool = False
    languages: str = ""


# fmt: off
# Read where the test measures this kind, or the report is in one of the languages.
ONLY_IF_KIND = (
    Doubt(
        "count_concentration",
        "Giga per litre of a count, or gram per litre in capitals: the test decides.",
        {"10*9/L": "G/L"}, exact=True, languages="fr de at ch es",
    ),
    Doubt(
        "count_concentration",
        "10^9/L whose superscript was lost: it counts for a count of cells only.",
        {"10*9/L": "x109/L"},
    ),
    Doubt(
        "count_concentration",
        "10^3/µL whose superscript was lost: it counts for a count of cells only.",
        {"10*3/uL": "x103/µL | x103/mcL"},
    ),
    Doubt(
        "count_concentration",
        "Mega per litre of a count, or a misprinted molar concentration: the test decides.",
        {"10*6/L": "M/L"},
    ),
    Doubt(
        "count_concentration",
        "10^6/L whose superscript was lost: it counts for a count of cells only.",
        {"10*6/L": "x106/L"},
    ),
    Doubt(
        "count_concentration",
        "M is a million for red cells and, as the Roman numeral, a thousand: the test or the language "
        "decides.",
        {"10*6/uL": "M/uL | M/UL | M/mm3 | M/cumm"}, exact=True, languages="en",
    ),
    Doubt(
        "count_concentration",
        "M is a million for red cells and, as the Roman numeral, a thousand: the test or the language "
        "decides.",
        {"10*6/uL": "M/mcL | M/cmm | MM/uL | MM/mm3"}, languages="en",
    ),
    Doubt(
        "count_concentration",
        "Tera per litre, or T for Tausend (thousand): the test decides.",
        {"10*12/L": "T/L"}, languages="fr de",
    ),
    Doubt(
        "count_concentration",
        "10^12/L whose superscript was lost: it counts for a count of cells only.",
        {"10*12/L": "x1012/L"},
    ),
    Doubt(
        "mass_concentration",
        "Gram per litre in capitals, or giga per litre of a count: the test decides.",
        {"g/L": "G/L"}, exact=True,
    ),
    Doubt(
        "mass_concentration",
        "Gram per litre in capitals, or giga per litre of a count: the test decides.",
        {"g/L": "GM/L"}, exact=True,
    ),
    Doubt(
        "molar_concentration",
        "Millimolar, where the test is an amount of substance.",
        {"mmol/L": "mM"}, exact=True,
    ),
    Doubt(
        "molar_concentration",
        "Micromolar, where the test is an amount of substance.",
        {"umol/L": "µM"},
    ),
    Doubt(
        "molar_concentration",
        "Nanomolar, where the test is an amount of substance.",
        {"nmol/L": "nM"},
    ),
    Doubt(
        "catalytic_concentration",
        "E is Einheiten or Eenheden (units) where the test is an enzyme.",
        {"U/L": "E/L"}, languages="de nl",
    ),
    Doubt(
        "catalytic_concentration",
        "U/L for an enzyme, IU/L for an antibody or a hormone: the test decides.",
        {"m[IU]/mL": "mIU/mL | mUI/mL | mIE/ml"},
    ),
    Doubt(
        "arbitrary_concentration",
        "Milli-units of a hormone; of an enzyme most likely a slip.",
        {"m[IU]/L": "mU/L"}, exact=True,
    ),
    Doubt(
        "nucleic_acid_load",
        "c is copies for a viral load and cells elsewhere: the test decides.",
        {"{copies}/mL": "c/mL"},
    ),
    Doubt(
        "mass_rate",
        "Milligram per day, or mg/dL cut off: the test decides.",
        {"mg/d": "mg/d"},
    ),
    Doubt(
        "time",
        "Days in French; j and jr are years in German and Dutch.",
        {"d": "j"}, exact=True, languages="fr",
    ),
    Doubt(
        "time",
        "Days in French; j and jr are years in German and Dutch.",
        {"d": "j. | jr | jrs"}, languages="fr",
    ),
    Doubt(
        "temperature",
        "Degrees Celsius, where a temperature is measured.",
        {"Cel": "C | oC"},
    ),
    Doubt(
        "temperature",
        "Degrees Fahrenheit, where a temperature is measured.",
        {"[degF]": "F"},
    ),
)
# Shown for a person to confirm.
SUGGESTED = (
    Doubt(
        "count_concentration",
        "This is gram per litre. Giga per litre of a count is written G/L or 10^9/L.",
        {"10*9/L": "g/l"}, exact=True,
    ),
    Doubt(
        "count_concentration",
        "A billion is 10^9 in English and 10^12 in German, Spanish, Italian and Dutch.",
        {"10*9/L": "billion/L | billions/L | billion per litre | billion cells/L"},
    ),
    Doubt(
        "count_concentration",
        "10^9/L whose superscript was lost, or a part of the number that slid into the unit?",
        {"10*9/L": "109/L"},
    ),
    Doubt(
        "count_concentration",
        "Thousands per µL, or a part of the number that slid into the unit?",
        {"10*3/uL": "1000/uL | 1000/mm3 | 1000/cumm"},
    ),
    Doubt(
        "count_concentration",
        "“mil” is a thousand in Spanish and Portuguese and a million in English print.",
        {
            "10*3/uL": "mil/µL",
            "10*3/mm3": "mil/mm3 | mil/mm^3 | mil/mmc",
        },
    ),
    Doubt(
        "count_concentration",
        "The slash was left out: thousands per mm3?",
        {"10*3/mm3": "x 1000 mm3"},
    ),
    Doubt(
        "count_concentration",
        "Ten thousand per µL? The volume is not written.",
        {"10*4/uL": "万"},
    ),
    Doubt(
        "count_concentration",
        "A lakh (100 000) per mm3? The volume is not written.",
        {"10*5/uL": "lakh | lakhs | lac | lacs"},
    ),
    Doubt(
        "count_concentration",
        "Per mm3 with the slash left out, or a volume?",
        {"/mm3": "mm3 | x mm3 | mm^3"},
    ),
    Doubt(
        "percent",
        "A share of 1 (0.12 is 12 %), or a count without its unit?",
        {"{fraction}": "fraction | proportion | L/L | Anteil | fracción | frazione | fração | v/v"},
    ),
    Doubt(
        "mass_concentration",
        "Is it mg/dL, misread by a scanner?",
        {"mg/dL": "mg/dI | mg/d1 | mgldL | mg/dil"},
    ),
    Doubt(
        "molar_concentration",
        "Is it µmol/L with y typed for µ?",
        {"umol/L": "ymol/l"},
    ),
    Doubt(
        "catalytic_concentration",
        "Is it U/L, with l read as I or 1?",
        {"U/L": "U/I | U/1 | lU/L | 1U/L | IU/I | IU/1"},
    ),
    Doubt(
        "nucleic_acid_load",
        "A genome equivalent is one copy as a rule.",
        {
            "{geq}/mL": (
                "GEq/mL | GE/mL | vge/mL | eq/mL | genome equivalents/mL | gen.eq./mL | "
                "Genomäquivalente/ml | Genomäquiv./ml | équivalents génome/mL | "
                "equivalentes de genoma/mL | genoomequivalenten/ml"
            ),
        },
    ),
    Doubt(
        "log_load",
        "Logarithm of copies, or of international units, per mL?",
        {"{Log_copies}/mL": "LC/mL | CL/ml | log/mL | log10/mL"},
    ),
    Doubt(
        "titre",
        "A titre, a fraction or a part of a date?",
        {"{titer}": "1/n | 1/n dil | 1 in n | 1 sur n | 1 zu n | dil. | dils | 倍希釈"},
    ),
    Doubt(
        "ratio_to_upper_limit",
        "Times the upper limit, or times some normal value?",
        {
            "{ULN}": (
                "N | x N | nN | fois la normale | fois N | x VN | volte la norma | veces lo normal | "
                "veces el valor normal | vezes o normal | -fache der Norm | fach erhöht | times normal | "
                "x normal | x UNL | x UL"
            ),
        },
    ),
    Doubt(
        "temperature",
        "Celsius or Fahrenheit?",
        {"Cel": "° | deg | degrees | Grad | grados | gradi | graus | degrés | graden | 度 | 0C"},
    ),
    Doubt(
        "sedimentation",
        "Millimetres in the first hour, or a length?",
        {"mm/h": "mm"}, exact=True,
    ),
    Doubt(
        "semi_quantitative",
        "A trace: positive or negative?",
        {
            "": (
                "± | +/- | (+) | trace | traces | tr | Spur | Spuren | trazas | tracce | traços | spoor | "
                "微量"
            ),
        },
    ),
)
# fmt: on
