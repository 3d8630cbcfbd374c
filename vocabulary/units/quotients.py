"""Units of two parts, by rule: each way to write the upper part over each way to write the lower one.

Spellings stand here in the form of `vocabulary.folding.fold_unit` and are compared without regard to case;
what depends on case, or is in doubt, is listed in `vocabulary.units.doubtful` and comes first.
Sources: The Unified Code for Units of Measure (ucum.org); public lists of units printed by laboratories
(MIRACUM, FinnGen, LHNCBC, MIMIC, SS-MIX2) and the habits of laboratories in eight languages.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from vocabulary.units.entries import Certainty, Entry, split_spellings

# What stands between the two parts.
_BETWEEN = re.compile(r"/|per|pro|par|por|ogni", re.IGNORECASE)
# A litre below the line written as a negative power: 10^9·L-1, mmol L-1.
_NEGATIVE_LITRE = re.compile(r"[.·]?L-1$")
# The temperature at which an enzyme was measured: U/L (37 °C).
_AT_37_DEGREES = re.compile(r"[/@·]?\(?37°?C\)?$")

# fmt: off
LITRES = {
    "L": "L | lt | litre | liter",
    "dL": "dL | 100mL",
    "mL": "mL | cc | millilitre",
    "uL": "uL | mcL | microL | microlitre | microliter | mikroliter",
}
CUBIC_MILLIMETRES = {
    "mm3": "mm3 | mm^3 | cumm | cu.mm | cmm | c.mm | cubicmm | cubicmillimetre | cubicmillimeter | mmc",
}
POWERS_OF_TEN = {
    "10*2": "10*2 | 百 | x百 | x100",
    "10*3": (
        "10*3 | K | thou | thous | thousand | thousands | x1000 | Tsd | Tsd. | Tausend | tys | tys. | tis | "
        "milliers | mille | miles | milhares | migliaia | migl | migl. | mila | 千 | 천"
    ),
    "10*4": "10*4 | 万 | x万 | 萬 | 만",
    "10*5": "10*5 | lakh | lakhs | lac | lacs",
    "10*6": (
        "10*6 | E6 | Mpt | Mega | Mio | Mio. | million | millions | Mill | Millionen | millones | milhões | "
        "milioni | 百万"
    ),
    "10*9": (
        "10*9 | E9 | xE9 | giga | Gpt | Gpart | Mrd | Mrd. | Milliarden | Mia | Mia. | milliards | miliardi"
    ),
    "10*12": "10*12 | E12 | Tera | Tpt | trillion",
}
# What is counted; it may be left out.
CELLS = (
    "cells | cell | cell. | Zellen | cellules | cellule | células | cels | céls | cél | cel | cellen | "
    "{cells} | éléments | elements | élts | elts | él | WBC | eos | Leu | Leuko | Thrombo | 個 | 个"
)
MASSES = {
    "g": "g | gr | gm | gms",
    "mg": "mg | mgs | mgr",
    "ug": "ug | mcg | microg | microgram | γ",
    "ng": "ng",
    "pg": "pg",
}
AMOUNTS = {
    "mmol": "mmol | mmols",
    "umol": "umol | mcmol | micromol | micromoles",
    "nmol": "nmol",
    "pmol": "pmol",
}
ENZYME_UNITS = {
    "U": "U | unit | units",
    "kU": "kU | kE",
    "ukat": "ukat | mckat | microkat | ukatal | microkatal",
    "nkat": "nkat",
}
INTERNATIONAL_UNITS = {
    "[IU]": "IU | I.U. | UI | U.I. | IE | I.E. | [IU] | int.units",
    "m[IU]": "mIU | mUI | mIE",
    "u[IU]": "uIU | mcIU | uUI | uU | mcU",
}
COPIES = {
    "{copies}": (
        "copies | copy | cop | cps | cp | gc | genome copies | DNA copies | RNA copies | viral copies | "
        "{copies} | Kopien | Genomkopien | Genom-Kopien | copias | copie | cópias | kopieën | kopieen | "
        "kopiota | コピー | 拷贝 | 拷貝"
    ),
}
NUMBERS_OF_CELLS = {
    "10*6{cells}": (
        "10*6 cells | million cells | 10*6 PBMC | 10*6 leukocytes | 10*6 Zellen | 10*6 Z. | 10*6 cellules | "
        "10*6 células | 10*6 cellule"
    ),
    "10*5{cells}": "10*5 cells | 10*5 Zellen | 10*5 Z. | 10*5 PBMC",
    "ug": "ug DNA | ug | mcg DNA",
}
DAYS = {
    "d": (
        "day | 24 h | 24 hr | 24 hrs | 24 hours | (24.h) | 24 hU | 24 Std | 24 Std. | 24 Stunden | Tag | j | "
        "jour | 24 heures | 24 horas | día | dia | 24 ore | die | giorno | 24 uur | dag | etmaal | 日 | vrk"
    ),
}
# fmt: on


@dataclass(frozen=True)
class Quotient:
    """A kind of quantity whose units are one of `above` over one of `below`, with the code of each pair.

    Only pairs in `codes` are units: pairs nobody prints are left unread.
    """

    kind: str
    above: Mapping[str, str]
    below: Mapping[str, str]
    codes: Mapping[tuple[str, str], str]
    certainty: Certainty = Certainty.ACCEPTED
    reason: str = ""
    nouns: str = ""

    def read(self, above: str, below: str) -> Entry | None:
        """The unit of two parts in lower case, if it is one."""
        upper, lower = self._above.get(above), self._below.get(below)
        code = self.codes.get((upper, lower)) if upper is not None and lower is not None else None
        return Entry(self.kind, code, self.certainty, self.reason) if code else None

    @cached_property
    def _above(self) -> dict[str, str]:
        nouns = ["", *split_spellings(self.nouns)] if self.nouns else [""]
        return {
            (spelling + noun).casefold(): part
            for part, spellings in self.above.items()
            for spelling in split_spellings(spellings) or [""]
            for noun in nouns
        }

    @cached_property
    def _below(self) -> dict[str, str]:
        return {
            spelling.casefold(): part
            for part, spellings in self.below.items()
            for spelling in split_spellings(spellings)
        }

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every spelling the rule reads, as its two parts in lower case."""
        for above, upper in self._above.items():
            yield from (
                (above, below) for below, lower in self._below.items() if (upper, lower) in self.codes
            )


def _over(codes: str) -> dict[tuple[str, str], str]:
    """Codes such as "mg/dL U/L", by their two parts."""
    return {(code.partition("/")[0], code.partition("/")[2]): code for code in codes.split()}


_VOLUMES = LITRES | CUBIC_MILLIMETRES

QUOTIENTS = (
    Quotient(
        "count_concentration",
        POWERS_OF_TEN,
        _VOLUMES,
        _over("10*12/L 10*9/L 10*6/L 10*6/mL 10*6/uL 10*5/uL 10*4/uL 10*3/uL 10*3/mm3 10*2/uL")
        | {(f"10*{power}", "mm3"): f"10*{power}/uL" for power in (2, 4, 5, 6)},
        nouns=CELLS,
    ),
    Quotient(
        "count_concentration",
        {"": "", "1": "1 | #", "{cells}": CELLS},
        _VOLUMES | {"nL": "nL"},
        _over("/uL /mm3 {cells}/uL {cells}/mm3")
        | {("1", "uL"): "/uL", ("1", "mm3"): "/mm3"}
        | {(above, "nL"): "10*9/L" for above in ("", "1", "{cells}")},
    ),
    Quotient(
        "count_concentration",
        {"": "", "{cells}": f"1 | {CELLS}"},
        {"mL": "mL | cc | cm3 | ccm | c.c."},
        {("", "mL"): "/mL", ("{cells}", "mL"): "/mL"},
        Certainty.SUGGESTED,
        "Is it per mL as written, or a slip for per µL? They differ by 1000.",
    ),
    Quotient(
        "count_concentration",
        {"": "", "{cells}": f"1 | {CELLS}"},
        {"L": LITRES["L"]},
        {("", "L"): "/L", ("{cells}", "L"): "/L"},
        Certainty.SUGGESTED,
        "Is it per litre as written, or 10^9/L with the power lost?",
    ),
    Quotient(
        "count_concentration",
        {"10*4": POWERS_OF_TEN["10*4"]},
        {"mL": LITRES["mL"]},
        {("10*4", "mL"): "10*4/mL"},
        Certainty.SUGGESTED,
        "Is it per mL (culture, urine), or a slip for per µL?",
    ),
    Quotient(
        "mass_concentration",
        MASSES,
        LITRES,
        _over("g/L g/dL mg/L mg/dL mg/mL ug/L ug/dL ug/mL ng/L ng/dL ng/mL pg/L pg/mL"),
    ),
    Quotient("molar_concentration", AMOUNTS, LITRES, _over("mmol/L umol/L nmol/L pmol/L")),
    Quotient(
        "catalytic_concentration",
        ENZYME_UNITS | {"[IU]": INTERNATIONAL_UNITS["[IU]"]},
        LITRES,
        _over("U/L U/dL U/mL kU/L [IU]/L ukat/L nkat/L"),
    ),
    Quotient(
        "arbitrary_concentration",
        INTERNATIONAL_UNITS | {"k[IU]": "kIU | kUI"},
        LITRES,
        _over("[IU]/mL m[IU]/L") | {("u[IU]", "mL"): "m[IU]/L", ("k[IU]", "L"): "[IU]/mL"},
    ),
    Quotient(
        "nucleic_acid_load",
        COPIES,
        {part: LITRES[part] for part in ("mL", "uL")} | NUMBERS_OF_CELLS,
        _over("{copies}/mL {copies}/uL {copies}/10*6{cells} {copies}/10*5{cells} {copies}/ug"),
    ),
    Quotient("mass_rate", {part: MASSES[part] for part in ("g", "mg")}, DAYS, _over("g/d mg/d")),
)


def quotient_entries(folded: str) -> list[Entry]:
    """The readings of a folded spelling as one part over another."""
    plain = _AT_37_DEGREES.sub("", _NEGATIVE_LITRE.sub("/L", folded)).casefold()
    found = [
        entry
        for between in _BETWEEN.finditer(plain)
        for quotient in QUOTIENTS
        if (entry := quotient.read(plain[: between.start()], plain[between.end() :]))
    ]
    return list(dict.fromkeys(found))
