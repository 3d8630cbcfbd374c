"""A reviewer's answer to one item of a score."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What reviewer `by` answered to item `key`, with the reason and the digest of the evidence they saw."""

    key: str
    answer: str
    reason: str
    by: str
    evidence_digest: str
