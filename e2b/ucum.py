"""Which units are UCUM, case-sensitive: `is_ucum`, and what was probably meant by one that isn't.

UCUM grows, and our table doesn't know all of it: `has_form` says what may be a unit all the same.

Source: The Unified Code for Units of Measure, ucum.org, version 2.2: grammar (2), prefixes (table 1) and
units; of the arbitrary and customary ones those that laboratories use.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from vocabulary.units import read_unit


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_PREFIXES: Final = _names("Y Z E P T G M k h da d c m u n p f a z y Ki Mi Gi Ti")
# Units that take a prefix.
_METRIC: Final = _names(
    "m s g rad K C cd mol sr Hz N Pa J W A V F Ohm S Wb Cel T H lm lx Bq Gy Sv l L ar t bar u eV pc dyn erg"
    " P Ky G Mx Oe Gb St Lmb ph Ci R RAD REM B Np bit By Bd g% eq osm kat U cal cal_[15] cal_[20] cal_m"
    " cal_IT cal_th [Cal] [iU] [IU] m[H2O] m[Hg] [g] gf st tex Bi gon [mu_0] [eps_0] [h] [k] [e] [c]"
    " [m_e] [m_p] [G] [ly] sb B[V] B[mV] B[uV] B[10.nV] B[W] B[kW] B[SPL]"
)
# Units that take none.
_OTHER: Final = _names(
    "10* 10^ [pi] % [ppth] [ppm] [ppb] [pptr] deg ' '' min h d a_t a_j a_g a wk mo_s mo_j mo_g mo AU atm att"
    " [lbf_av] [in_i] [ft_i] [yd_i] [mi_i] [fth_i] [nmi_i] [kn_i] [sin_i] [sft_i] [cin_i] [cft_i] [cr_i]"
    " [in_us] [ft_us] [mi_us] [gal_us] [qt_us] [pt_us] [gil_us] [foz_us] [fdr_us] [min_us] [bu_us] [cup_us]"
    " [tbs_us] [tsp_us] [foz_m] [cup_m] [tsp_m] [tbs_m] [gal_br] [pt_br] [qt_br] [foz_br] [min_br] [gr]"
    " [lb_av] [oz_av] [dr_av] [scwt_av] [stone_av] [ston_av] [lton_av] [pwt_tr] [oz_tr] [lb_tr] [sc_ap]"
    " [dr_ap] [oz_ap] [lb_ap] [oz_m] [degF] [degR] [degRe] [in_i'H2O] [in_i'Hg] [PRU] [wood'U]"
    " [diop] [p'diop] %[slope] [mesh_i] [Ch] [drp] [hnsf'U] [MET] [hp_X] [hp_C] [hp_M] [hp_Q]"
    " [kp_X] [kp_C] [arb'U]"
    " [USP'U] [GPL'U] [MPL'U] [APL'U] [beth'U] [anti'Xa'U] [todd'U] [dye'U] [smgy'U] [bdsk'U] [ka'U] [knk'U]"
    " [mclg'U] [tb'U] [CCID_50] [TCID_50] [EID_50] [PFU] [FFU] [CFU] [IR] [BAU] [AU] [Amb'a'1'U] [PNU] [Lf]"
    " [D'ag'U] [FEU] [ELU] [EU] [S] [HPF] [LPF] [pH] [acr_us] [Btu] [HP] [car_m] [car_Au] [smoot]"
    " [m/s2/Hz^0.5] [NTU] [FNU] bit_s circ sph [lne] [pnt] [pied] [psi] [twp] [lk_us] [rd_us]"
)
_ATOMS: Final = frozenset(_OTHER) | {p + atom for p in ("", *_PREFIXES) for atom in _METRIC}
_UNIT: Final = re.compile(r"(?P<atom>10\*|10\^|(?:\[[^\[\]\s]*\]|[^\[\]{}().\s/0-9+-])+)(?P<power>[+-]?\d+)?")
_PIECE: Final = re.compile(r"(?P<number>\d+)(?![\d*^])|(?P<note>\{[!-z|~]*\})|(?P<other>[().\/])")
_LONGEST: Final = 200

# What people write for units that UCUM spells otherwise; the rest is asked of the vocabulary.
_MEANT: Final = {
    "IU": "[IU]", "iU": "[IU]", "UI": "[IU]", "I.U.": "[IU]", "mIU": "m[IU]", "uIU": "u[IU]", "kIU": "k[IU]",
    "MIU": "M[IU]", "mmHg": "mm[Hg]", "cmH2O": "cm[H2O]", "mmH2O": "mm[H2O]", "inHg": "[in_i'Hg]",
    "degC": "Cel", "\u00b0C": "Cel", "C": "Cel", "\u00b0F": "[degF]", "degF": "[degF]", "F": "[degF]",
    "mcg": "ug",
    "\u00b5g": "ug", "\u03bcg": "ug", "\u00b5L": "uL", "\u00b5mol": "umol", "cc": "mL", "sec": "s", "hr": "h",
    "hrs": "h", "mins": "min", "days": "d", "day": "d", "weeks": "wk", "years": "a", "yr": "a",
    "ppm": "[ppm]", "ppb": "[ppb]", "lb": "[lb_av]", "lbs": "[lb_av]", "oz": "[oz_av]",
    "psi": "[psi]", "pH": "[pH]",
    "bpm": "/min", "mEq": "meq", "Eq": "eq", "mOsm": "mosm", "Osm": "osm", "torr": "mm[Hg]",
    "HPF": "[HPF]", "LPF": "[LPF]", "hpf": "[HPF]", "CFU": "[CFU]", "U.I.": "[IU]", "gm": "g", "gms": "g",
    "gr": "g", "percent": "%", "cells": "{cells}", "copies": "{copies}", "ratio": "{ratio}", "INR": "{INR}",
}  # fmt: skip


@lru_cache(maxsize=4096)
def is_ucum(text: str) -> bool:
    """Whether a text is a unit of UCUM: atoms with prefix and power, joined by "." and "/"."""
    if not text or len(text) > _LONGEST:
        return False
    return _is_term(_form(text, _ATOMS.__contains__))


@lru_cache(maxsize=4096)
def has_form(text: str) -> bool:
    """Whether a text has UCUM's form, with units that may stand in another edition of it."""
    return bool(text) and len(text) <= _LONGEST and _is_term(_form(text, _may_be_unit))


def _may_be_unit(atom: str) -> bool:
    return atom in _ATOMS or (atom not in _MEANT and _SYMBOL.fullmatch(atom) is not None)


def _is_term(form: str | None) -> bool:
    return form is not None and _TERM.fullmatch(form) is not None


# Symbols of units are short, or stand in brackets. Words such as "tablet" are none.
_SYMBOL: Final = re.compile(r"[A-Za-z]{0,2}\[[!-Z^-~]+\][A-Za-z]{0,2}|[A-Za-z%]{1,4}(_[A-Za-z]{1,3})?")
_TERM: Final = re.compile(r"/?u(?:[./]u)*")
_GROUP: Final = re.compile(r"\(u(?:[./]u)*\)")


def _form(text: str, is_unit: Callable[[str], bool]) -> str | None:
    """The text with each unit, number and note as "u"; terms in parentheses are taken together."""
    form, at = "", 0
    while at < len(text):
        if piece := _PIECE.match(text, at):
            note_after_unit = piece["note"] is not None and form.endswith("u")
            form += piece["other"] or ("" if note_after_unit else "u")
            at = piece.end()
        elif (unit := _UNIT.match(text, at)) and is_unit(unit["atom"]) and not form.endswith("u"):
            form += "u"
            at = unit.end()
        else:
            return None
    return _grouped(form)


def _grouped(form: str) -> str:
    while (shorter := _GROUP.sub("u", form)) != form:
        form = shorter
    return form


def suggestion(text: str) -> str:
    """What was probably meant by a unit that isn't UCUM; "" where nobody can say."""
    parts = re.split(r"([/.])", text.strip())
    spelled = "".join(part if is_ucum(part) else _MEANT.get(part, part) for part in parts)
    if is_ucum(spelled) and spelled != text:
        return spelled
    ucum = read_unit(text).ucum
    return ucum if is_ucum(ucum) and ucum != text else ""
