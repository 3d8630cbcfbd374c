"""One cell of a table: "14,9 H", "<5", "2.4 x10^9/L (0-0.5)", "neg", "positive 1:320", "-".

`split_cell` takes unit, limits and flags off a cell; `read_cell` reads what is left, as a result.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from values.number_text import NumberParseError
from vocabulary.folding import fold_name
from vocabulary.result_words import read_result_word
from vocabulary.tables.limits import LimitsError, is_unit, read_limits
from vocabulary.tables.numbers import NUMBER, TwoReadings, read_number
from vocabulary.test_names import OF_ANY_TEST, read_test_name
from vocabulary.units import read_unit

TITRE = "{titer}"
WRITE = "Write a number such as 8.1 or <5, or pos, neg or not done."
# What stands in a cell that has no result.
_EMPTY = ("", "-", "--", "---", "–", "—", "−", ".", "..", "...", "/", "./.", "·", "_")
_NO_RESULT = ("n a", "na", "k a", "nan", "# n a", "null", "none", "entfallt", "entf", "keine angabe")
FLAGS = {
    "high": "H HH ++ + ↑ ↑↑ ▲ hoch high élevé haut alto",
    "low": "L LL -- - − ↓ ↓↓ ▼ niedrig low bas bajo basso",
    "abnormal": "* ** *** ! !! # A abn abnormal",
    "normal": "N normal",
}
_FLAG_SIGNS = {sign: kind for kind, signs in FLAGS.items() for sign in signs.split()}
_FLAG = "|".join(re.escape(sign) for sign in sorted(_FLAG_SIGNS, key=len, reverse=True))
# Behind a number only a sign or a capital may stand without a blank: 14.9H, 312*.
_ATTACHED = r"[*!#+−↑↓▲▼]{1,3}|-(?!\S)|HH?|LL?"
_FLAG_AFTER = re.compile(rf"(.*?[\w)%\]])(?:\s+[(\[]?({_FLAG})[)\]]?|(?<=\d)({_ATTACHED}))\s*", re.DOTALL)
_FLAG_BEFORE = re.compile(r"(\*{1,3}|!|↑{1,2}|↓{1,2}|HH?|LL?|[+](?=\s))\s*(?=[\d<>.,])")
_FLAG_WITHIN = re.compile(rf"({NUMBER})\s+({_FLAG})\s+(\S.*)", re.DOTALL)
_BRACKETS_AFTER = re.compile(r"(.*\S)\s*[(\[]([^()\[\]]*)[)\]]\s*", re.DOTALL)
_RANGE = re.compile(r"(\d[\d.,]*)\s*(?:-|–|−|—|bis|to|à)\s*(\d[\d.,]*)")
_POWER = re.compile(r"[x×*·]\s*10\s*(?:\^|\*\*?|[eE]\+?)\s*(\d{1,2})(?!\d)\s*(.*)")
_LEADING = re.compile(rf"({NUMBER})\s*(.*)", re.DOTALL)
_GLUED_POWER = re.compile(r"\d+ \d{2,4}\s*/")
_WORD_FIRST = re.compile(r"([^\d<>=≤≥]*[^\W\d][^\d<>=≤≥]*?)[\s:,;(]*((?:[<>=≤≥]|\d).*?)\)?")
_NAME_END = re.compile(r"(.*\S)\s*[(\[]([^()\[\]]*)[)\]]")


class CellError(ValueError):
    """A cell that is no result; the message says why and what to write. `choices`: what it may mean."""

    def __init__(self, message: str, choices: tuple[str, ...] = ()) -> None:
        self.choices = choices
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class SplitCell:
    """A cell with what stood beside its result: `flag` of FLAGS as a word, `mark` as it was written."""

    core: str
    unit: str = ""
    limits: str = ""
    flag: str = ""
    mark: str = ""

    @property
    def text(self) -> str:
        """The result with its flag, without unit and limits."""
        return f"{self.core} {self.mark}".strip()


@dataclass(frozen=True, slots=True)
class CellReading:
    """A cell as a result, or a `problem` with `choices` (texts to write instead).

    `result`: measured, positive, negative, qualitative, not_done or not_stated; "" for an empty cell.
    `words`: as reported, for a result in words. `unit`, `limits`: those of the cell itself, as written.
    """

    result: str = ""
    number: Decimal | None = None
    qualifier: str = "="
    words: str = ""
    unit: str = ""
    limits: str = ""
    flag: str = ""
    problem: str = ""
    choices: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.result and not self.problem


def read_cell(text: str, decimal: str = "") -> CellReading:
    """What a cell means. `decimal`: the sign before decimals in its table (`decimal_sign`)."""
    if is_empty(text):
        return CellReading()
    parts = split_cell(text)
    try:
        reading = _read(parts, decimal)
    except TwoReadings as error:
        choices = tuple(f"{choice} {parts.unit}".strip() for choice in error.choices)
        return CellReading(problem=f"{error} Choose.", choices=choices)
    except CellError as error:
        return CellReading(problem=str(error), choices=error.choices)
    except NumberParseError as error:
        return CellReading(problem=str(error))
    return reading


def is_empty(text: str) -> bool:
    """Whether a cell has no result, as "-" says."""
    return text.strip() in _EMPTY or fold_name(text) in _NO_RESULT


def is_flag(text: str) -> bool:
    """Whether a cell holds nothing but a flag, such as H or *."""
    return text.strip().strip("()[]") in _FLAG_SIGNS


def is_result(text: str) -> bool:
    """Whether a cell is a number or a word for a result."""
    return not is_empty(text) and not read_cell(text).problem


def split_cell(text: str) -> SplitCell:
    """The parts of a cell. What is none of them stays in `core`."""
    core = " ".join(text.split())
    unit = limits = mark = ""
    if read_result_word(core):
        return SplitCell(core)
    while True:
        shorter, unit, limits, mark = _without_end(core, unit, limits, mark)
        if shorter == core:
            break
        core = shorter
    if not mark and (match := _FLAG_BEFORE.match(core)):
        mark, core = match[1], core[match.end() :]
    if not mark and (match := _FLAG_WITHIN.fullmatch(core)):
        core, mark = f"{match[1]} {match[3]}", match[2]
    core, own_unit, own_limits = _number_and_rest(core)
    return SplitCell(core, unit or own_unit, limits or own_limits, _FLAG_SIGNS.get(mark, ""), mark)


def split_name(text: str) -> tuple[str, str, str]:
    """The name of a test with the unit and limits that stand behind it: "ALT (U/l)", "CRP [<5 mg/l]"."""
    name, unit, limits = " ".join(text.split()).strip(" :="), "", ""
    while not read_test_name(name).key and (match := _NAME_END.fullmatch(name)):
        if is_unit(match[2]) and not unit:
            name, unit = match[1].rstrip(" ,:"), match[2]
        elif _is_limits(match[2]) and not limits:
            name, limits = match[1].rstrip(" ,:"), match[2]
        else:
            break
    return (name, unit, limits) if unit else (*_unit_at_end(name), limits)


def _unit_at_end(name: str) -> tuple[str, str]:
    """A unit behind a comma, "in", or the last blank of a name that leads to no test with it."""
    if read_test_name(name).key:
        return name, ""
    for separator in (",", " in ", " "):
        first, _, last = name.rpartition(separator)
        if first.strip() and _is_plain_unit(last) and read_test_name(first, last.strip()).key:
            return first.strip(" ,"), last.strip()
    return name, ""


def _is_plain_unit(text: str) -> bool:
    """Whether a text is a unit, and no multiple of a limit such as ULN."""
    return is_unit(text) and read_unit(text).kind not in OF_ANY_TEST


def _without_end(core: str, unit: str, limits: str, mark: str) -> tuple[str, str, str, str]:
    """A cell without its last flag or bracket, which goes to where it belongs."""
    if not mark and (match := _FLAG_AFTER.fullmatch(core)) and any(sign.isdigit() for sign in match[1]):
        return match[1].strip(), unit, limits, match[2] or match[3]
    if match := _BRACKETS_AFTER.fullmatch(core):
        inner = match[2].strip()
        if not mark and is_flag(inner):
            return match[1], unit, limits, inner
        if not unit and is_unit(inner):
            return match[1], inner, limits, mark
        if not limits and _is_limits(inner) and not re.fullmatch(r"1\s*:.*", inner):
            return match[1], unit, inner, mark
    return core, unit, limits, mark


def _number_and_rest(core: str) -> tuple[str, str, str]:
    """The number of a cell, its unit and its limits; the cell itself where something else stands in it."""
    match = _LEADING.fullmatch(core)
    rest = match[2].strip() if match else ""
    if not match or not rest or _GLUED_POWER.match(core):
        return core, "", ""
    number = match[1].strip()
    if is_unit(rest):
        return number, rest, ""
    if _is_limits(rest) and not rest.startswith(("-", "–", "−", "—")):
        return number, "", rest
    first, _, last = rest.partition(" ")
    while last:
        if is_unit(first) and _is_limits(last):
            return number, first, last
        word, _, last = last.partition(" ")
        first = f"{first} {word}"
    return core, "", ""


def _is_limits(text: str) -> bool:
    try:
        return read_limits(text).has_number
    except LimitsError:
        return False


def _read(parts: SplitCell, decimal: str) -> CellReading:
    core = parts.core
    if word := read_result_word(core):
        return CellReading(word, words=core if word != "not_done" else "", flag=parts.flag)
    if _GLUED_POWER.match(core):
        raise CellError(f"“{core}”: where does the number end? Write the unit as x10^9/L, in a column of it.")
    if match := _RANGE.fullmatch(core):
        choices = (f">={match[1]}", f"<={match[2]}")
        raise CellError(
            f"“{core}” is a range and no one result. Limits of normal go into their column; "
            f"else write {choices[0]} or {choices[1]}.",
            choices,
        )
    if (match := _LEADING.fullmatch(core)) and (not match[2].strip() or _POWER.fullmatch(match[2].strip())):
        return _measured(match, parts, decimal)
    if (match := _WORD_FIRST.fullmatch(core)) and (word := read_result_word(match[1])):
        return _word_with_number(word, core, match[2], decimal)
    raise CellError(_not_understood(core))


def _measured(match: re.Match[str], parts: SplitCell, decimal: str) -> CellReading:
    typed, unit = read_number(match[1], decimal), parts.unit
    number = typed.number
    if power := _POWER.fullmatch(match[2].strip()):
        number, unit = number * Decimal(10) ** int(power[1]), unit or power[2].strip()
        if unit and not is_unit(unit):
            raise CellError(_not_understood(parts.core))
    unit = unit or (TITRE if typed.is_titre else "")
    return CellReading("measured", number, typed.qualifier, "", unit, parts.limits, parts.flag)


def _word_with_number(word: str, core: str, rest: str, decimal: str) -> CellReading:
    """A word and its measure. Of a negative result the number is no amount, and stays in the words."""
    inner = read_cell(rest, decimal)
    if inner.problem or inner.result != "measured":
        raise CellError(inner.problem or _not_understood(core), inner.choices)
    if word != "positive":
        return CellReading(word, words=core)
    return CellReading(word, inner.number, inner.qualifier, core, inner.unit, inner.limits, inner.flag)


def _not_understood(core: str) -> str:
    match = _LEADING.fullmatch(core)
    if match and match[2].strip():
        return f"“{match[2].strip()}” behind the number is no unit, flag or limit. {WRITE}"
    return f"“{core}” is no number and no word for a result. {WRITE}"
