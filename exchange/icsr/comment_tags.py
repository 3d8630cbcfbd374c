"""One line at the end of a comment that says what the elements of ICH have no place for.

    [case registry | kind: viral | phase: reaction | result: positive | virus: hhv6 | method: pcr]

People can read it; we read it back and take it off, so that comments stay the reporter's own. A bar, a
bracket, a backslash and a line break inside a value are written after a backslash.
"""

import re
from collections.abc import Mapping

_OPENING = "[case registry | "
_LINE = re.compile(r"(?:\A|\n)\[case registry \| ((?:[^\\\]\n]|\\.)*)\]\Z")
_PART = re.compile(r"(?:[^\\|]|\\.)+")
_ESCAPES = {"\\": "\\\\", "|": "\\|", "]": "\\]", "\n": "\\n", "\r": "\\r"}
_MEANINGS = {escaped[1]: plain for plain, escaped in _ESCAPES.items()}


def with_line(comment: str, told: Mapping[str, str]) -> str:
    """The comment, and what is told in a line of its own below it."""
    parts = " | ".join(f"{label}: {_escaped(value)}" for label, value in told.items() if value)
    return "\n".join(filter(None, [comment, f"{_OPENING}{parts}]"]))


def without_line(comment: str) -> tuple[str, dict[str, str]]:
    """The comment as the reporter wrote it, and what was told below it; nothing if there is no line."""
    found = _LINE.search(comment) if comment.endswith("]") else None
    if found is None:
        return comment, {}
    told = {}
    for part in _PART.findall(f"{found[1]} "):  # each part ends with the blank before the next bar
        label, colon, value = part.partition(": ")
        if colon:
            told[label.strip()] = _meant(value.removesuffix(" "))
    return comment[: found.start()], told


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)


def _meant(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: _MEANINGS.get(found[1], found[1]), text)
