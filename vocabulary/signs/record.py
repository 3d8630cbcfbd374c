"""What a term is evidence of, and the groups of terms that are evidence of the same."""

from enum import StrEnum
from typing import NamedTuple


class Evidence(StrEnum):
    """What a term shows of its item or organ."""

    REPORTED = "reported"  # it was there, by the reporter's word
    DENIED = "denied"  # it was not there, by the reporter's word
    SUGGESTS = "suggests"  # it points there and establishes nothing
    NEVER = "never"  # it must not be counted for this item


REPORTED, DENIED, SUGGESTS, NEVER = Evidence.REPORTED, Evidence.DENIED, Evidence.SUGGESTS, Evidence.NEVER


class SignGroup(NamedTuple):
    """Terms, separated by bars, that are the same evidence of one item (and organ).

    `field`: where the record holds it; `note`: a sentence for people, "" if there is none.
    """

    item: str
    evidence: Evidence
    terms: str
    organ: str = ""
    field: str = ""
    note: str = ""


class Sign(NamedTuple):
    """What one term is evidence of: an item, and of which organ. The rest is that of its group."""

    item: str
    evidence: Evidence
    organ: str = ""
    field: str = ""
    note: str = ""
