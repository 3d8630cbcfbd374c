"""Positions in a list as they stand in an address: encrypted and signed, so that they show nothing of a case,
and none can be made by hand.
"""

import base64
import hashlib
from functools import cache

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(text: str) -> str:
    """A text as part of an address."""
    return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode().rstrip("=")


def unseal(sealed: str) -> str:
    """The text that was sealed here. Raises ValueError for anything else."""
    try:
        padded = sealed.encode("ascii") + b"=" * (-len(sealed) % 4)
        return _cipher(settings.SECRET_KEY).decrypt(padded).decode()
    except (InvalidToken, UnicodeError):
        raise ValueError("This was not sealed here.") from None


@cache
def _cipher(secret_key: str) -> Fernet:
    digest = hashlib.sha256(b"positions in lists:" + secret_key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
