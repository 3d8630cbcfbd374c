"""Limits on the size of input. The defaults are far above any real message."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on untrusted input, each for one message of a batch, and for the nodes around the messages.

    - `message_bytes`: its size in the file in bytes, attachments included
    - `markup`: how many "<" and "=" it has; these, not its size, decide how much memory a parsed
      message takes
    - `prolog_bytes`: the size of what precedes the first element
    """

    message_bytes: int = 64 * 1024 * 1024
    markup: int = 1_000_000
    prolog_bytes: int = 64 * 1024


DEFAULT_LIMITS = Limits()
