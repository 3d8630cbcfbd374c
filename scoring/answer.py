"""A reviewer's answer to one item of a score."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reviewer answered to one item, why, and the digest of what they were looking at."""

    key: str
    answer: str
    reason: str
    by: str
    evidence_digest: str
