"""Which numbers a case can have: safe in a path, and like no other for the eye."""

import hashlib
import re
import unicodedata

from django.db.models import CheckConstraint, Func, Q, UniqueConstraint, Value
from django.db.models.functions import Upper

LENGTH = 100
SAFE = r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$"
# Letters that look like digits, in capitals. Small ones count as their capitals.
LETTERS, DIGITS = "OIL", "011"
LIKENESS = Func(Upper("number"), Value(LETTERS), Value(DIGITS), function="translate")

CONSTRAINTS = [
    CheckConstraint(
        name="case_number_is_safe",
        condition=Q(number__regex=SAFE),
        violation_error_message="A case number is one word of the letters A to Z, digits, and . _ - between "
        "them: it stands in addresses and names of files. Leave out spaces, slashes and accents.",
    ),
    UniqueConstraint(
        LIKENESS,
        name="case_number_like_no_other",
        violation_error_message="Another case has this number, or one that looks the same: capitals and "
        "small letters, O and 0, I, L and 1 count as equal. Choose another number.",
    ),
]


def normalised_number(text: str) -> str:
    """The number as it is stored: full-width and other forms of a character as the plain one, trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def likeness(number: str) -> str:
    """What numbers that look the same have in common, as the database computes it."""
    return number.upper().translate(str.maketrans(LETTERS, DIGITS))


def number_for(identifier: str, *, is_taken: bool = False) -> str:
    """The number for a case of a sender's identifier, which may hold anything.

    Where characters are lost by that, or where a number that looks the same `is_taken`, it ends in eight
    digits and letters made from the identifier, so that each has a number of its own.
    """
    word = "_".join(normalised_number(identifier).split())
    safe = re.sub(r"[^A-Za-z0-9._-]+", "_", word).strip("._-")
    if safe == word and len(safe) <= LENGTH and not is_taken:
        return safe
    ending = "-" + hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return (safe[: LENGTH - len(ending)].rstrip("._-") or "CASE") + ending
