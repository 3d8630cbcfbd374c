"""Tags in one line at the end of a comment, for what ICH has no element for.

    [case registry | kind: viral | phase: reaction | result: positive | virus: hhv6 | method: pcr]

People can read the line. It is parsed and taken off when a message comes in, so that comments stay the
reporter's own. A bar, a bracket, a backslash and a line break inside a value are written after a backslash.
"""

import re
from collections.abc import Mapping

_OPENING = "[case registry | "
_LINE = re.compile(r"(?:\A|\n)\[case registry \| ((?:[^\\\]\n]|\\.)*)\]\Z")
_PART = re.compile(r"(?:[^\\|]|\\.)+")
_ESCAPES = {"\\": "\\\\", "|": "\\|", "]": "\\]", "\n": "\\n", "\r": "\\r"}
_MEANINGS = {escaped[1]: plain for plain, escaped in _ESCAPES.items()}


def add_tags(comment: str, tags: Mapping[str, str]) -> str:
    """The comment with the tags, by label, in a line of their own below it; empty tags are left out."""
    parts = " | ".join(f"{label}: {_escaped(value)}" for label, value in tags.items() if value)
    return "\n".join(filter(None, [comment, f"{_OPENING}{parts}]"]))


def split_tags(comment: str) -> tuple[str, dict[str, str]]:
    """The comment as the reporter wrote it, and the tags below it; none if there is no such line."""
    line = _LINE.search(comment) if comment.endswith("]") else None
    if line is None:
        return comment, {}
    tags = {}
    for part in _PART.findall(f"{line[1]} "):  # each part ends with the blank before the next bar
        label, colon, value = part.partition(": ")
        if colon:
            tags[label.strip()] = _unescaped(value.removesuffix(" "))
    return comment[: line.start()], tags


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda escape: _MEANINGS.get(escape[1], escape[1]), text)
