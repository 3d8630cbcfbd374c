"""Texts brought to one form before they are looked up: units (`fold_unit`), names and words (`fold_name`).

The steps stand in the order in which they must be taken: compatibility forms of Unicode would turn 10⁹ into
109 and º into the letter o, so powers and degree signs come before them.
"""

import re
import unicodedata
from functools import lru_cache

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_SUPERSCRIPT_RUN = re.compile("[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SIGNS = str.maketrans(
    {
        "×": "x",
        "∕": "/",
        "⁄": "/",
        "／": "/",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "–": "-",
        "･": "·",
        "・": "·",
        "˙": "·",
    }
)
_MICRO = re.compile(r"[µμ](?=[^\W\d_])")
# The ways to write a power of ten: 10^9, 10**9, 10E9, 10e+09, 10(9), 10exp9, 10hoch9.
_POWER = re.compile(r"(?<!\d)10(?:\^|\*{1,2}|[eE]\+?(?=\d)|[eE](?=-)|exp|hoch)(-?)0*(\d+)", re.IGNORECASE)
_POWER_IN_BRACKETS = re.compile(r"(?<!\d)10\(0*(\d+)\)(?!\d)")
_TIMES = re.compile(r"^[xX*·]+(?=10\*)")
_LITRE = re.compile(r"(?<=/)([dcmunpf]?)l(?![a-zA-Z])")

# What a reader puts where a character was lost; a unit with one of these may be a million times another.
LOST_CHARACTERS = "\ufffd?□▯☐"


@lru_cache(maxsize=4096)
def fold_unit(text: str) -> str:
    """A unit in the form in which the tables spell it: powers as 10*9, micro as u, litre as L, no spaces."""
    folded = _compatible(_superscripts(text))
    folded = _micro(_without_spaces(folded.translate(_SIGNS)))
    return _litre(_powers(folded))


@lru_cache(maxsize=8192)
def fold_name(text: str) -> str:
    """A name or word without regard to case, accents and signs; signs of per cent, number and degree count.

    "Éosinophiles (abs.)" is "eosinophiles abs", "EOS#" is "eos #"; the Greek gamma is spelled out.
    """
    folded = _compatible(_superscripts(text)).casefold().replace("γ", "gamma")
    folded = re.sub(r"([%#°])", r" \1 ", _without_accents(folded))
    return " ".join(re.sub(r"[^\w%#°]|_", " ", folded).split())


def has_lost_character(text: str) -> bool:
    """Whether a character of the text was lost on its way, as far as its replacement shows."""
    return any(sign in text for sign in LOST_CHARACTERS)


def _superscripts(text: str) -> str:
    """10⁹ as 10^9, mm³ as mm3, L⁻¹ as L-1."""
    return _SUPERSCRIPT_RUN.sub(lambda run: _caret(text, run.start()) + run[0].translate(_SUPERSCRIPTS), text)


def _caret(text: str, start: int) -> str:
    """The sign of a power, where digits stand before it and not the letters of a unit."""
    return "^" if text[:start].rstrip().endswith("10") else ""


def _compatible(text: str) -> str:
    """Full-width and squared signs as plain ones; degree signs first, which NFKC makes letters."""
    return unicodedata.normalize("NFKC", text.replace("º", "°").replace("˚", "°"))


def _micro(text: str) -> str:
    """A micro sign as u before a letter only: µ/L has lost its unit and is no u/L."""
    return _MICRO.sub("u", text)


def _without_spaces(text: str) -> str:
    """Without any kind of space; an accent that stood behind one joins its letter."""
    return unicodedata.normalize("NFC", "".join(text.split()))


def _powers(text: str) -> str:
    """Every power of ten as 10*n, without a sign of multiplication before a leading one."""
    plain = _POWER_IN_BRACKETS.sub(r"10*\1", _POWER.sub(r"10*\1\2", text))
    return _TIMES.sub("", plain)


def _litre(text: str) -> str:
    return _LITRE.sub(r"\1L", text)


def _without_accents(text: str) -> str:
    """Letters of the Latin script without their accents; kana and other scripts stay as they are."""
    letters = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in letters if not "\u0300" <= letter <= "\u036f")
    return unicodedata.normalize("NFC", bare)
