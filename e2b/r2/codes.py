"""The code lists of R2 and what their codes are in R3.

Source: ICH ICSR DTD 2.1 for the codes, ICH's conversion for the targets, openFDA for intervals of doses.
Routes stay codes of ICH's list 14: EDQM's terms match them by name only, and not all of them.
"""

from collections.abc import Mapping
from typing import Final

from e2b.codelists import CODE_LISTS, EU_LIST, ROUTES
from e2b.datatypes import Code, Null, Value
from e2b.structure import ICH_LIST

ROUTE_SYSTEM: Final = ICH_LIST + "14"
_EU_BACKLOG: Final = Code("1", EU_LIST + "1")
_UNKNOWN: Final = Null("UNK")
_TIMES: Final = {"801": "a", "802": "mo", "803": "wk", "804": "d", "805": "h"}
_DOSES: Final = (
    *("kg", "g", "mg", "ug", "ng", "pg", "mg/kg", "ug/kg", "mg/m2", "ug/m2", "L", "mL", "uL", "Bq", "GBq"),
    *("MBq", "kBq", "Ci", "mCi", "uCi", "nCi", "mol", "mmol", "umol", "[iU]", "k[iU]", "M[iU]", "[iU]/kg"),
    *("meq", "%", "[drp]", "{DF}"),
)


def _same(codes: str) -> dict[str, Value]:
    return {code: code for code in codes}


# Codes of R2 by list. Words are in lower case.
CODES: Final[Mapping[str, Mapping[str, Value]]] = {
    "message type": {
        "ichicsr": "1",
        "icsr": "1",
        "1": "1",
        "backlog": _EU_BACKLOG,
        "backlogct": _EU_BACKLOG,
        "masterichicsr": Code("2", EU_LIST + "1"),
        "psur": "1",
        "ctasr": "1",
    },
    "yes no": {"1": "true", "2": "false"},
    "seriousness criterion": {"1": "true", "2": Null("NI")},
    "serious": {"1": "true", "2": "false"},
    "duplicate flag": {"1": "true", "2": Null("NI")},
    "case nullification": {"1": "1"},
    "yes no unknown": {"1": "true", "2": "false", "3": _UNKNOWN},
    "report type": _same("1234"),
    "qualification": {**_same("12345"), "7": "3"},
    "study type": _same("123"),
    "sender type": _same("123456"),
    "age group": _same("123456"),
    "sex": {"1": "1", "2": "2", "0": _UNKNOWN, "9": _UNKNOWN, "3": _UNKNOWN},
    "age unit": {"800": "{decade}", **_TIMES},
    "gestation unit": {"802": "mo", "803": "wk", "804": "d", "810": "{trimester}"},
    "duration unit": {**_TIMES, "806": "min", "807": "s"},
    "dose interval unit": {
        **_TIMES,
        "806": "min",
        "810": "{cyclical}",
        "811": "{trimester}",
        "812": "{asnecessary}",
        "813": "{total}",
    },
    "term highlighted": _same("1234"),
    "outcome": {**_same("12345"), "6": "0"},
    "drug role": {**_same("123"), "4": "4"},
    "action taken": {**_same("1234"), "5": "0", "6": "9"},
    "recurrence on readministration": {"1": "1", "2": "2"},
    "FDA expedited code": {"1": "true", "2": "false", "4": "true", "5": "false"},
    "dose unit": {
        **{f"{number:03d}": unit for number, unit in enumerate(_DOSES, 1)},
        "iu": "[iU]",
        "kiu": "k[iU]",
        "miu": "M[iU]",
        "drp": "[drp]",
        "df": "{DF}",
        "mg": "mg",
        "g": "g",
        "ml": "mL",
        "gtt": "[drp]",
        "mcg": "ug",
        "microg": "ug",
        "µg": "ug",
        "μg": "ug",
    },
    "test result word": {"positive": "1", "negative": "2", "borderline": "3", "inconclusive": "4"},
    "EU causality method": {"evctm": "1", "evctmr3": "1"},
    "EU causality result": _same("12"),
    "route": {code: Code(code, ROUTE_SYSTEM) for code in ROUTES},
    "country": dict(CODE_LISTS["country"].codes),
    "transmission acknowledgement": {"01": "AA", "02": "AE", "03": "AR"},
    "report acknowledgement": {"01": "CA", "02": "CR"},
}
# Spelt as senders do; laboratories' units are free text in R2.
TEST_UNITS: Final[Mapping[str, str]] = {
    "mmhg": "mm[Hg]",
    "g/dl": "g/dL",
    "mg/dl": "mg/dL",
    "iu/l": "[iU]/L",
    "u/l": "U/L",
    "µmol/l": "umol/L",
    "μmol/l": "umol/L",
    "10^9/l": "10*9/L",
    "x10^9/l": "10*9/L",
    "/mm3": "/mm3",
    "°c": "Cel",
    "bpm": "/min",
    "%": "%",
    "sec": "s",
}
# Codes that say less in R3, or that are taken for something: what a person should know.
REMARKS: Final[Mapping[tuple[str, str], str]] = {
    ("message type", "psur"): "that it is a line of a periodic report is lost",
    ("message type", "ctasr"): "that it is a line of a trial's annual report is lost",
    ("message type", "backlog"): "R3 does not distinguish it from backlogct",
    ("message type", "backlogct"): "R3 does not distinguish it from backlog",
    ("qualification", "7"): "that it was a nurse is lost",
    ("sex", "9"): "R3 does not distinguish “not specified” from “unknown”",
    ("sex", "3"): "the DTD has no such code; some senders write it for unknown",
}
# Codes without a counterpart, and why.
LEFT_OUT: Final[Mapping[tuple[str, str], str]] = {
    ("case nullification", "2"): "it is no nullification",
    ("recurrence on readministration", "3"): "unknown in R2 does not say whether the drug was given again",
    ("dose interval unit", "807"): "it means seconds in the DTD and trimesters in FDA's data",
}
# What an element becomes when its code is in no list.
FALLBACKS: Final[Mapping[str, Value]] = {"qualification": "3", "sex": _UNKNOWN}
# Labels at the beginning of drugadditional, which converters of R3 write there: G.k.10.r.
DRUG_LABELS: Final = (
    ("counterfeit", "1"),
    ("overdose", "2"),
    ("drug taken by the father", "3"),
    ("drug taken beyond expiry date", "4"),
    ("batch and lot tested and found within specifications", "5"),
    ("batch and lot tested and found not within specifications", "6"),
    ("medication error", "7"),
    ("misuse", "8"),
    ("abuse", "9"),
    ("occupational exposure", "10"),
    ("off label use", "11"),
)
NOT_ADMINISTERED: Final = "drug not administered"
INVESTIGATIONAL: Final = "investigational"
# Digits in drugadditional, as in FDA's public data.
DECHALLENGE: Final[Mapping[str, str]] = {
    "1": "Reaction abated after the drug was stopped or its dose reduced",
    "2": "Reaction did not abate after the drug was stopped or its dose reduced",
    "3": "Dechallenge does not apply",
}
PRIVACY, UNKNOWN, FOETUS = "PRIVACY", "UNKNOWN", "FOETUS"
# Words that say nothing, in texts.
NOTHING: Final = frozenset({"ni", "none"})
_PADDED: Final = {
    "dose unit": 3, "route": 3, "transmission acknowledgement": 2, "report acknowledgement": 2,
}  # fmt: skip


def listed(codes: str, text: str) -> str:
    """The code of a list as the list spells it: padded, without leading zeros, a word in lower case."""
    table = CODES[codes]
    spellings = (text, text.zfill(_PADDED.get(codes, 0)), text.lstrip("0"), text.upper(), text.lower())
    if codes == "dose unit" and text == "Mg":  # megagram, which no dose is of
        return ""
    return next((spelling for spelling in spellings if spelling in table), "")
