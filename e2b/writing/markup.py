"""Text to markup: escaping, and the refusal of what XML cannot hold."""

import re
from typing import Final

from e2b.errors import WriteError

_SPECIAL: Final = re.compile('[&<>"\t\n\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]')
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_IN_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def in_text(text: str) -> str:
    """The text as element content. Raises WriteError for characters that XML 1.0 cannot hold."""
    return text if not _SPECIAL.search(text) else _checked(text).translate(_IN_TEXT)


def in_attribute(text: str) -> str:
    """The text as the inside of an attribute. Raises WriteError as `in_text` does."""
    return text if not _SPECIAL.search(text) else _checked(text).translate(_IN_ATTRIBUTE)


def is_writable(text: str) -> bool:
    """Whether XML 1.0 can hold every character of the text."""
    return not _FORBIDDEN.search(text)


def _checked(text: str) -> str:
    if match := _FORBIDDEN.search(text):
        raise WriteError(f"The character U+{ord(match[0]):04X} in {text[:40]!r} cannot stand in XML.")
    return text


def attributes(pairs: dict[str, str]) -> str:
    """Attributes as they stand in a start tag, each with a space before it."""
    return "".join(f' {name}="{in_attribute(value)}"' for name, value in pairs.items())
