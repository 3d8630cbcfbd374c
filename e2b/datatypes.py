"""The values of elements: text, a date, or one of the HL7 values that need more than text.

Most elements hold plain `str`: free text, the code of a list that ICH fixes, "true" or "false",
and numbers as their reported digits ("1.0" stays "1.0"). A date is a `PartialDate`; a received date
that is none stays `str` and is reported. The classes here hold what a `str` cannot.

Source: HL7 v3 data types as ICH E2B(R3) uses them (ICH implementation guide, section 3.1).
"""

import base64
import binascii
from dataclasses import dataclass
from typing import Self, TypeAlias

from e2b.errors import MessageError
from values.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Null:
    """A nullFlavor in place of a value: why there is none (`Null("MSK")`).

    `whole` is true where the sender gave it for a period as a whole (`effectiveTime`) and not for
    its start or end; it then stands in the element of the start.
    """

    flavor: str
    whole: bool = False

    def __str__(self) -> str:
        return f"({self.flavor})"


@dataclass(frozen=True, slots=True)
class Code:
    """A code whose system or list version is not the one that the element table states.

    Products, substances, routes and dose forms have no fixed system, and regions use lists of
    their own. `None` for a part means "as in the table", the empty string means "sent without".
    """

    code: str
    system: str | None = None
    version: str | None = None
    display: str = ""

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the unit it came with, in an element that has no element for its unit.

    Only where that unit is not the one that the table states, as a body weight in pounds.
    """

    value: str
    unit: str

    def __str__(self) -> str:
        return f"{self.value} {self.unit}"


_SIGNS = {(True, False): "<", (True, True): "<=", (False, False): ">", (False, True): ">="}


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a range: its number, its unit, whether it belongs to the range ("" where not stated)."""

    value: str | Null
    inclusive: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """A test result that is less or more than a number (HL7 IVL_PQ): F.r.3.2 with a qualifier.

    Results that are exactly a number are plain `str`. `Bound.unit` is only set where both ends
    have different units; otherwise the unit is an element of its own.
    """

    low: Bound | None = None
    high: Bound | None = None

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise MessageError("A range needs at least one end.")

    @classmethod
    def of(cls, comparator: str, value: str) -> Self:
        """`Range.of("<", "12.1")`: comparator is one of <, <=, >, >=. Raises MessageError for any other."""
        if comparator not in _SIGNS.values():
            raise MessageError(f"{comparator!r} is no comparator; use one of <, <=, >, >=.")
        bound = Bound(value, "true" if "=" in comparator else "false")
        if comparator.startswith("<"):
            return cls(Bound(Null("NINF")), bound)
        return cls(bound, Bound(Null("PINF")))

    @property
    def comparator(self) -> str:
        """<, <=, > or >= where one end is open, else the empty string."""
        ends = [(end, is_high) for end, is_high in ((self.low, False), (self.high, True)) if end]
        numeric = [(end, is_high) for end, is_high in ends if isinstance(end.value, str)]
        if len(numeric) != 1:
            return ""
        end, is_high = numeric[0]
        return _SIGNS[is_high, end.inclusive != "false"]

    def __str__(self) -> str:
        numbers = [str(end.value) for end in (self.low, self.high) if end and isinstance(end.value, str)]
        return self.comparator + " to ".join(numbers)


@dataclass(frozen=True, slots=True)
class Attachment:
    """An included document: its content as in the message, and its declared media type and encoding.

    The content is not decoded (base64 with its line breaks), so that nothing is lost where decoding
    fails. `data` decodes it. `reference` is the name or address
    that some senders give beside the content.
    """

    content: str
    media_type: str = ""
    representation: str = "B64"
    compression: str = ""
    reference: str = ""

    @classmethod
    def of(cls, data: bytes, media_type: str) -> Self:
        """Wrap bytes for sending."""
        return cls(base64.b64encode(data).decode("ascii"), media_type)

    @property
    def data(self) -> bytes:
        """The bytes of the document, still compressed where `compression` is set.

        Raises MessageError where the content is declared as base64 and is not.
        """
        if self.representation != "B64":
            return self.content.encode()
        try:
            return base64.b64decode("".join(self.content.split()), validate=True)
        except (binascii.Error, ValueError) as error:
            raise MessageError(f"The included document is not base64: {error}.") from None

    def __str__(self) -> str:
        return f"[{self.media_type or 'document'}, {len(self.content)} characters]"


Value: TypeAlias = str | PartialDate | Null | Code | Quantity | Range | Attachment

VALUE_TYPES = (str, PartialDate, Null, Code, Quantity, Range, Attachment)


def text_of(value: Value | None) -> str:
    """The bare text of a value as its element's XPath would yield it; "" for none and for a null."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, Null):
        return ""
    if isinstance(value, PartialDate):
        return value.hl7
    if isinstance(value, Code):
        return value.code
    if isinstance(value, Quantity):
        return value.value
    return value.content if isinstance(value, Attachment) else str(value)
