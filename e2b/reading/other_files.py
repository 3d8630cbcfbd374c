"""Files that are no E2B(R3) message, recognised by how they begin: what they are, and what to do."""

import re
from typing import Final

# What may stand before the root. Nothing is tried twice, so that the time doesn't grow with hostile input.
_PROLOG: Final = rb"(?>(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*>|<!DOCTYPE[^<>\[]*\[[^\]]*\]\s*>|\s+)*+)"
_R2: Final = (
    "It is a message in E2B(R2) (ichicsr), where E2B(R3) is wanted. Import it as a received file, or convert "
    "it with python -m e2b convert."
)
_R2_ACKNOWLEDGEMENT: Final = (
    "It is an acknowledgement in E2B(R2) (ichicsrack), not a message. Import it with the acknowledgements."
)
_OPENFDA: Final = (
    "It is JSON of openFDA (drug/event), which has no complete case reports. Ask the sender for E2B(R3)."
)
_FAERS: Final = (
    "It is a table of FAERS' quarterly data (ASCII, columns separated by $), not a message. Ask the sender "
    "for E2B(R3)."
)
_FAERS_COLUMNS: Final = rb"\s*(?:primaryid|isr)\$(?:case(?:id)?|(?:dsg_)?drug_seq|pt|rpsr_cod|outc_cod)\b"
R2_ROOT: Final = "ichicsr"
R2_ACKNOWLEDGEMENT_ROOT: Final = "ichicsrack"
_PACKED: Final = "It is a packed file ({}), not a message. Unpack it; a zip may be imported as it is."
_NO_MESSAGE: Final = "It is {}, not a message. Ask the sender for E2B(R3), or attach it to its case."
# How files of other kinds begin.
_SIGNATURES: Final = (
    (b"PK\x03\x04", _PACKED.format("zip")),
    (b"PK\x05\x06", "It is a zip without files. Pack it again."),
    (b"PK\x07\x08", "It is a part of a zip that is split. Pack it as one file."),
    (b"\x1f\x8b", _PACKED.format("gzip")),
    (b"7z\xbc\xaf\x27\x1c", _PACKED.format("7z")),
    (b"Rar!\x1a\x07", _PACKED.format("rar")),
    (b"%PDF-", _NO_MESSAGE.format("a PDF")),
    (b"\xd0\xcf\x11\xe0", _NO_MESSAGE.format("a document of Office")),
)
_JSON: Final = "It is JSON, not a message in XML. Ask the sender for E2B(R3)."
# The first whose pattern matches the beginning of a file counts.
_KINDS: Final = (
    (re.compile(rb"\s*[\[{].*?\"(?:openfda|safetyreportid|safetyreportversion)\"", re.DOTALL), _OPENFDA),
    (re.compile(rb"\s*\{\s*\"meta\"\s*:\s*\{\s*\"disclaimer\"[^{}]{0,400}openFDA"), _OPENFDA),
    (re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[{\[\"\]])"), _JSON),
    (re.compile(_FAERS_COLUMNS, re.IGNORECASE), _FAERS),
)
_R2_ROOT: Final = re.compile(_PROLOG + rb"<(ichicsr(?:ack)?)(?=[\s/>])", re.DOTALL | re.IGNORECASE)
_ACKNOWLEDGEMENT: Final = "MCCI_IN200101UV01"
_BATCH: Final = "MCCI_IN200100UV01"


def other_kind(beginning: bytes) -> str:
    """What a file is that isn't E2B(R3), with what to do; "" where it isn't recognised."""
    beginning = beginning.removeprefix(b"\xef\xbb\xbf")
    if root := r2_root(beginning):
        return _R2_ACKNOWLEDGEMENT if root == R2_ACKNOWLEDGEMENT_ROOT else _R2
    signed = next((words for signature, words in _SIGNATURES if beginning.startswith(signature)), "")
    return signed or next((words for pattern, words in _KINDS if pattern.match(beginning)), "")


def r2_root(beginning: bytes) -> str:
    """The root of a file in E2B(R2), by how it begins: ichicsr or ichicsrack; "" for any other file."""
    match = _R2_ROOT.match(beginning.removeprefix(b"\xef\xbb\xbf"))
    return match[1].decode().lower() if match else ""


def other_root(found: str, expected: str) -> str:
    """What a file is by its root, where another was expected, with what to do; "" for any other root."""
    if found.endswith(_ACKNOWLEDGEMENT) and expected.endswith(_BATCH):
        return "It is an acknowledgement, not a message. Import it with the acknowledgements."
    if found.endswith(_BATCH) and expected.endswith(_ACKNOWLEDGEMENT):
        return "It is a message, not an acknowledgement. Import it with the received files."
    return ""
