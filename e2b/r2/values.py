"""Values of single elements: codes, dates, numbers with units, MedDRA terms, texts."""

import re
from decimal import Decimal
from html import unescape
from typing import Final

from e2b.canonical import date_of
from e2b.codelists import code_list
from e2b.datatypes import Null, Value
from e2b.elements import ELEMENTS
from e2b.r2.codes import CODES, FALLBACKS, LEFT_OUT, PRIVACY, REMARKS, UNKNOWN, listed
from e2b.r2.fields import FIELD, FIELDS
from e2b.r2.model import Field, Kind
from e2b.r2.parse import Block
from e2b.r2.remarks import Remarks
from values.dates import PartialDate

Values = dict[str, Value]

DATE_LENGTHS: Final = {"602": 4, "610": 6, "102": 8, "202": 10, "203": 12, "204": 14}
_CODE: Final = re.compile(r"[0-9]{8}", re.ASCII)
_VERSION: Final = re.compile(r"[vV]?\s*([0-9]{1,2})(?:[.,]([0-9]))?", re.ASCII)
_NUMBER: Final = re.compile(r"([0-9]+)(?:[.,]([0-9]*))?|[.,]([0-9]+)", re.ASCII)
_ESCAPED: Final = re.compile(r"&(?:#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5}|lt|gt|amp|quot|apos);")
_UNREADABLE: Final = "it is no {}; kept as it was sent"


class Converter:
    """Takes elements from the blocks of one report, and notes what is not simply copied."""

    def __init__(self, remarks: Remarks) -> None:
        self.remarks = remarks

    def values(self, block: Block) -> Values:
        """The R3 elements of all elements of a block that need no rule of their own."""
        values: Values = {}
        texts = block.texts
        if texts:
            for field in FIELDS[block.tag]:
                if field.tag in texts and field.kind in _BY_KIND:
                    values.update(_BY_KIND[field.kind](self, block, field))
        return values

    def text(self, block: Block, tag: str) -> str:
        """A free text, unescaped once more where it was escaped twice."""
        text = block.take(tag)
        if "&" in text and _ESCAPED.search(text):
            mended = _ESCAPED.sub(lambda match: _character(match[0]), text).strip()
            if mended != text:
                to = FIELD[tag].to
                self.remarks.converted(tag, block.place, text[:80], to, mended[:80], "it was escaped twice")
            text = mended
        return text

    def code(self, block: Block, tag: str, codes: str, to: str = "") -> Value | None:
        """The value of a code; None where it has none, or R3 none for it."""
        text = block.take(tag)
        if not text:
            return None
        if reason := LEFT_OUT.get((codes, text.lstrip("0") or text)):
            self.remarks.lost(tag, block.place, text, reason, to)
            return None
        spelling = listed(codes, text)
        if not spelling:
            return self._fallback(block, tag, codes, text, to)
        value = CODES[codes][spelling]
        reason = REMARKS.get((codes, spelling), "")
        if reason or value != text:
            self.remarks.converted(tag, block.place, text, to, value, reason)
        return value

    def _fallback(self, block: Block, tag: str, codes: str, text: str, to: str) -> Value | None:
        value = FALLBACKS.get(codes)
        reason = f"the list “{codes}” has no such code"
        if value is None:
            self.remarks.lost(tag, block.place, text, reason, to)
        else:
            self.remarks.converted(tag, block.place, text, to, value, reason)
        return value

    def date(self, block: Block, tag: str, beside: str, to: str) -> Value | None:
        """A date as precise as it was sent; a text that is none stays text."""
        text, form = block.take(tag), block.take(beside)
        if not text:
            return None
        date = date_of(text)
        if isinstance(date, str):
            date = self._other_date(block, tag, to, text)
        if isinstance(date, str):
            self.remarks.converted(tag, block.place, text, to, text, _UNREADABLE.format("date"))
            return text
        length = DATE_LENGTHS.get(form)
        if form and length != len(date.hl7):
            reason = f"its format {form!r} is another; its digits were taken"
            self.remarks.converted(tag, block.place, text, to, date.hl7, reason)
        if to in _WHOLE_DAYS and date.precision < ELEMENTS[to].least_precision:
            self.remarks.lost(tag, block.place, text, "R3 takes no less than a day here", to)
            return None
        return date

    def _other_date(self, block: Block, tag: str, to: str, text: str) -> PartialDate | str:
        try:
            date = PartialDate.parse(text.replace(" ", "T", 1))
        except ValueError:
            return text
        self.remarks.converted(tag, block.place, text, to, date.hl7, "it is written as in ISO 8601")
        return date

    def number(self, block: Block, tag: str, to: str) -> str:
        """A number, with a point; a text that is none stays text."""
        text = block.take(tag)
        if not text:
            return ""
        number = plain_number(text)
        if not number:
            self.remarks.converted(tag, block.place, text, to, text, _UNREADABLE.format("number"))
            return text
        if number != text:
            self.remarks.converted(tag, block.place, text, to, number)
        return number

    def term(self, block: Block, tag: str, beside: str, to: tuple[str, ...]) -> Values:
        """A MedDRA code with its version, or words where R3 has an element for them; else it isn't taken."""
        text = block.texts.get(tag, "")
        if _CODE.fullmatch(text):
            block.take(tag)
            return {to[0]: text, **self.version(block, beside, f"{to[0][:-1]}a")}
        if text and len(to) > 1:
            if version := block.take(beside):
                reason = "a term in words has no version"
                self.remarks.lost(beside, block.place, version, reason, f"{to[0][:-1]}a")
            return {to[1]: self.text(block, tag)}
        return {}

    def version(self, block: Block, tag: str, to: str) -> Values:
        """A version of MedDRA: "23" becomes "23.0"."""
        text = block.take(tag)
        match = _VERSION.fullmatch(text)
        if not match:
            if text:
                self.remarks.lost(tag, block.place, text, "it is no version of MedDRA", to)
            return {}
        version = f"{match[1]}.{match[2] or 0}"
        if version != text:
            self.remarks.converted(tag, block.place, text, to, version)
        return {to: version}

    def masked(self, block: Block, tag: str, to: str) -> Value | None:
        """A text; PRIVACY and UNKNOWN are nullFlavors, where R3 allows them."""
        text = self.text(block, tag)
        flavor = {PRIVACY: "MSK", UNKNOWN: "UNK"}.get(text.upper())
        if not flavor:
            return text or None
        if flavor in ELEMENTS[to].null_flavors:
            self.remarks.converted(tag, block.place, text, to, flavor)
            return Null(flavor)
        self.remarks.lost(tag, block.place, text, f"R3 allows no {flavor} here", to)
        return None

    def leftovers(self, block: Block) -> None:
        """Note what nobody has taken."""
        for tag, text in block.texts.items():
            if reason := FIELD[tag].reason:
                self.remarks.dropped(tag, block.place, text, reason)
            else:
                reason = "nothing in the report shows where it belongs"
                self.remarks.lost(tag, block.place, text, reason)
        for blocks in block.blocks.values():
            for inner in blocks:
                self.leftovers(inner)

    def _text(self, block: Block, field: Field) -> Values:
        text = self.text(block, field.tag)
        return {field.to: text} if text else {}

    def _masked(self, block: Block, field: Field) -> Values:
        return _filled(field.to, self.masked(block, field.tag, field.to))

    def _code(self, block: Block, field: Field) -> Values:
        return _filled(field.to, self.code(block, field.tag, field.codes, field.to))

    def _date(self, block: Block, field: Field) -> Values:
        date = self.date(block, field.tag, field.beside, field.targets[0])
        return {} if date is None else dict.fromkeys(field.targets, date)

    def _number(self, block: Block, field: Field) -> Values:
        number, *unit = field.targets
        values: Values = {number: self.number(block, field.tag, number)}
        if unit:
            values |= _filled(unit[0], self.code(block, field.beside, field.codes, unit[0]))
        return values

    def _term(self, block: Block, field: Field) -> Values:
        return self.term(block, field.tag, field.beside, field.targets)

    def _dropped(self, block: Block, field: Field) -> Values:
        self.remarks.dropped(field.tag, block.place, block.take(field.tag), field.reason)
        return {}

    def _beside(self, block: Block, field: Field) -> Values:
        """The format, unit or version of an element that is missing."""
        if field.beside in block.texts:
            return {}
        text = block.take(field.tag)
        if text not in DATE_LENGTHS or field.codes:
            reason = f"there is no {field.beside} to which it belongs"
            self.remarks.lost(field.tag, block.place, text, reason, field.to)
        return {}


_BY_KIND: Final = {
    Kind.TEXT: Converter._text,
    Kind.MASKED: Converter._masked,
    Kind.CODE: Converter._code,
    Kind.DATE: Converter._date,
    Kind.NUMBER: Converter._number,
    Kind.TERM: Converter._term,
    Kind.DROPPED: Converter._dropped,
    Kind.BESIDE: Converter._beside,
}
_WHOLE_DAYS: Final = frozenset({"D.2.1", "C.1.4", "C.1.5"})


def _filled(to: str, value: Value | None) -> Values:
    return {} if value is None else {to: value}


def _character(reference: str) -> str:
    character = unescape(reference)
    return character if character.isprintable() or character in "\n\t" else reference


def plain_number(text: str) -> str:
    """A number with a decimal point as it was written; "" for what is none. "1,5" is 1.5."""
    match = _NUMBER.fullmatch("".join(text.split()))
    if not match:
        return ""
    whole, fraction = match[1] or "0", match[2] or match[3] or ""
    return f"{whole}.{fraction}" if fraction else whole


def product(first: str, second: str) -> str:
    """The product of two numbers, without an exponent and without zeros at its end."""
    result = f"{Decimal(first) * Decimal(second):f}"
    return result.rstrip("0").rstrip(".") if "." in result else result


def is_code(text: str) -> bool:
    """Whether a text is a MedDRA code."""
    return _CODE.fullmatch(text) is not None


def is_unit(text: str) -> bool:
    """Whether a text is one of ICH's units."""
    return text in code_list("unit").codes
