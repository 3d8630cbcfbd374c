"""Typesetting of a template as PDF/A-2u: archivable, searchable, and refused where a character has no glyph.

The standard forbids boxes in place of letters. A character that no font has is therefore found, spelled
as its code point in the print, and listed, instead of being lost in silence.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

HERE = Path(__file__).parent
STANDARD: Literal["a-2u"] = "a-2u"
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
class PrintedForm:
    """A PDF, and the characters that are printed as code points because no font has them."""

    pdf: bytes
    unprintable: tuple[str, ...]

    @property
    def remark(self) -> str:
        """A sentence on the characters without a glyph; empty if every character has one."""
        codes = ", ".join(f"U+{ord(character):04X}" for character in self.unprintable)
        return f"No font on this machine has {codes}; they are printed as code points." if codes else ""


def typeset(template: str, data: dict[str, Any], list_field: str = "unprintable") -> PrintedForm:
    """Set a template of this folder with its data; strings anywhere in them may be of any length.

    Characters without a glyph are printed as ⟨U+E000⟩, and listed in the field `list_field`.
    """
    missing = _without_glyph("".join(_strings(data)))
    ready = _each_string(data, lambda text: _settable(text, missing))
    ready[list_field] = ", ".join(_spelled(character) for character in missing)
    return PrintedForm(_compile(template, ready), missing)


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
    if isinstance(data, str):
        return [data]
    values = data.values() if isinstance(data, dict) else data if isinstance(data, (list, tuple)) else ()
    return [text for value in values for text in _strings(value)]


def _each_string(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, dict):
        return {key: _each_string(value, change) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_each_string(value, change) for value in data]
    return data


def _without_glyph(text: str) -> tuple[str, ...]:
    """The characters that no font at hand has, in their order. Each is tried only once in a process."""
    characters = dict.fromkeys(text.replace("\r", "").replace("\t", "").replace("\n", ""))
    _unprintable.update(
        character for character in characters if unicodedata.category(character) in _NO_CHARACTER
    )
    _try_characters([c for c in characters if c not in _printable and c not in _unprintable])
    return tuple(character for character in characters if character in _unprintable)


def _try_characters(untried: list[str]) -> None:
    """Print them on trial, and remember which can be printed and which can't."""
    while untried:
        try:
            _compile("glyphs.typ", {"characters": untried})
        except typst.TypstError as error:
            _unprintable.update(_refused_characters(error) & set(untried))
            remaining = [character for character in untried if character not in _unprintable]
            if len(remaining) == len(untried):
                raise
            untried = remaining
        else:
            _printable.update(untried)
            return


def _refused_characters(error: typst.TypstError) -> set[str]:
    """The characters that an error of the typesetter names; none if it is about something else."""
    refused = _NO_GLYPH.search(str(error))
    if refused is None:
        return set()
    text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), refused[1]).replace('\\"', '"')
    return set(text.replace("\\\\", "\\"))


def _compile(template: str, data: dict[str, Any]) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    pdf = _compiler(template).compile(format="pdf", sys_inputs=inputs, pdf_standards=[STANDARD])
    assert isinstance(pdf, bytes)  # noqa: S101 - one file, because the format is PDF
    return pdf


@cache
def _compiler(template: str) -> typst.Compiler:
    # Cached, because it has found the fonts of this machine; those it brings itself come first.
    return typst.Compiler(input=str(HERE / template), root=str(HERE))
