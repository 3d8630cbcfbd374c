"""Files that are no E2B(R3) message, recognised by how they begin: what they are, and what to do."""

import re
from typing import Final

# What may stand before the root. Nothing is tried twice, so that the time doesn't grow with hostile input.
_PROLOG: Final = rb"(?>(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*>|<!DOCTYPE[^<>\[]*\[[^\]]*\]\s*>|\s+)*+)"
_R2: Final = (
    "It is an E2B(R2) file (ichicsr), not E2B(R3). Ask the sender for E2B(R3), or convert it first with ICH's"
    " tools for backwards and forwards conversion (BFC)."
)
_R2_ACKNOWLEDGEMENT: Final = (
    "It is an acknowledgement of an E2B(R2) file (ichicsrack). Acknowledgements are taken in E2B(R3); match "
    "its outcome with the submission by hand."
)
_OPENFDA: Final = (
    "It is JSON of openFDA (drug/event), which has no complete case reports. Ask the sender for E2B(R3)."
)
_FAERS: Final = (
    "It is a table of FAERS' quarterly data (ASCII, columns separated by $), not a message. Ask the sender "
    "for E2B(R3)."
)
_FAERS_COLUMNS: Final = rb"\s*(?:primaryid|isr)\$(?:case(?:id)?|(?:dsg_)?drug_seq|pt|rpsr_cod|outc_cod)\b"
# The first whose pattern matches the beginning of a file counts.
_KINDS: Final = (
    (re.compile(_PROLOG + rb"<ichicsr\b", re.DOTALL), _R2),
    (re.compile(_PROLOG + rb"<ichicsrack\b", re.DOTALL), _R2_ACKNOWLEDGEMENT),
    (re.compile(rb"\s*[\[{].*?\"(?:openfda|safetyreportid|safetyreportversion)\"", re.DOTALL), _OPENFDA),
    (re.compile(_FAERS_COLUMNS, re.IGNORECASE), _FAERS),
)
_ACKNOWLEDGEMENT: Final = "MCCI_IN200101UV01"
_BATCH: Final = "MCCI_IN200100UV01"


def other_kind(beginning: bytes) -> str:
    """What a file is that isn't E2B(R3), with what to do; "" where it isn't recognised."""
    beginning = beginning.removeprefix(b"\xef\xbb\xbf")
    return next((words for pattern, words in _KINDS if pattern.match(beginning)), "")


def other_root(found: str, expected: str) -> str:
    """What a file is by its root, where another was expected, with what to do; "" for any other root."""
    if found.endswith(_ACKNOWLEDGEMENT) and expected.endswith(_BATCH):
        return "It is an acknowledgement, not a message. Import it with the acknowledgements."
    if found.endswith(_BATCH) and expected.endswith(_ACKNOWLEDGEMENT):
        return "It is a message, not an acknowledgement. Import it with the received files."
    return ""
