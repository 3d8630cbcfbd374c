"""Set a template as PDF/A-2u: archivable, searchable, and refused where a character has no glyph.

The standard forbids boxes in place of letters. A character that no font has is therefore found, spelled
as its code point in the print, and named, instead of being lost in silence.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
STANDARD = "a-2u"
# Longer runs without a blank could not be broken into lines, and would leave the page.
LONGEST_RUN = 24

_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")
# Control characters, private use, and what is no character: fonts may have something there, but not this.
_NO_CHARACTER = {"Cc", "Cn", "Co", "Cs"}
_BREAK = "\u200b"
_printable: set[str] = set()
_unprintable: set[str] = set()


@dataclass(frozen=True)
class Print:
    """A document ready to be read, and the characters that it had to spell out."""

    pdf: bytes
    unprintable: tuple[str, ...]

    @property
    def remark(self) -> str:
        """For whoever has printed it; empty if every character has a glyph."""
        codes = ", ".join(f"U+{ord(character):04X}" for character in self.unprintable)
        return f"No font on this machine has {codes}; they are printed as code points." if codes else ""


def set_in_type(template: str, data: dict[str, Any], named: str = "unprintable") -> Print:
    """Set a template of this folder with its data; strings anywhere in them may be of any length.

    Characters without a glyph stand as ⟨U+E000⟩, and in the field `named` they are listed.
    """
    missing = _without_glyph("".join(_strings(data)))
    ready = _each_string(data, lambda text: _settable(text, missing))
    ready[named] = ", ".join(_spelled(character) for character in missing)
    return Print(_compile(template, ready), missing)


def _settable(text: str, missing: tuple[str, ...]) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    for character in missing:
        text = text.replace(character, _spelled(character))
    return _RUN.sub(_breakable, text)


def _breakable(run: re.Match[str]) -> str:
    text = run[0]
    return _BREAK.join(text[at : at + LONGEST_RUN] for at in range(0, len(text), LONGEST_RUN))


def _spelled(character: str) -> str:
    return f"⟨U+{ord(character):04X}⟩"


def _strings(data: Any) -> list[str]:
    found: list[str] = []
    _each_string(data, lambda text: found.append(text) or text)
    return found


def _each_string(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {key: _each_string(value, change) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_each_string(value, change) for value in data]
    return data


def _without_glyph(text: str) -> tuple[str, ...]:
    """The characters that no font at hand has, in their order. What was asked once is remembered."""
    asked = dict.fromkeys(text.replace("\r", "").replace("\t", "").replace("\n", ""))
    _unprintable.update(one for one in asked if unicodedata.category(one) in _NO_CHARACTER)
    unknown = [one for one in asked if one not in _printable and one not in _unprintable]
    while unknown:
        try:
            _compile("glyphs.typ", {"characters": unknown})
        except typst.TypstError as error:
            refused = _NO_GLYPH.search(str(error))
            if refused is None:
                raise
            told = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), refused[1]).replace('\\"', '"')
            _unprintable.update(set(told.replace("\\\\", "\\")) & set(unknown))
            left = [character for character in unknown if character not in _unprintable]
            if len(left) == len(unknown):
                raise
            unknown = left
        else:
            _printable.update(unknown)
            unknown = []
    return tuple(character for character in asked if character in _unprintable)


def _compile(template: str, data: dict[str, Any]) -> bytes:
    told = json.dumps(data, ensure_ascii=False)
    return _compiler(template).compile(format="pdf", sys_inputs={"data": told}, pdf_standards=[STANDARD])


@cache
def _compiler(template: str) -> typst.Compiler:
    # Kept, because it has found the fonts of this machine; those it brings itself come first.
    return typst.Compiler(input=str(HERE / template), root=str(HERE))
