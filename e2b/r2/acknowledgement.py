"""Acknowledgements of R2 (ichicsrack), as those of R3.

Source: ICH's DTD of acknowledgements 1.1. Its blocks repeat tags of the report's header, so that it has
tables of its own.
"""

from typing import IO, Final

from e2b.canonical import date_of
from e2b.errors import LimitError
from e2b.limits import Limits
from e2b.message import Block
from e2b.r2.codes import CODES, NOTHING, listed
from e2b.r2.parse import reports
from e2b.r2.remarks import Remarks
from e2b.r2.text import clean
from e2b.r2.values import Values
from e2b.reading.parse import XML
from e2b.violations import Violation

_ROOT, _ANSWER, _HEADER = "ichicsrack", "acknowledgment", "ichicsrmessageheader"
_MESSAGE, _REPORT = "messageacknowledgment", "reportacknowledgment"
_HELP: Final = "it only helps to find the report"
_DIALECT: Final = "it names only the dialect of R2"

# The elements of each block; "" for those that R3 has no place for, formats are read with their dates.
FIELDS: Final[dict[str, dict[str, str]]] = {
    _HEADER: {
        "messagetype": "",
        "messageformatversion": "",
        "messageformatrelease": "",
        "messagenumb": "ACK.M.1",
        "messagesenderidentifier": "ACK.M.2",
        "messagereceiveridentifier": "ACK.M.3",
        "messagedateformat": "ACK.M.4",
        "messagedate": "ACK.M.4",
    },
    _MESSAGE: {
        "icsrmessagenumb": "ACK.A.1",
        "localmessagenumb": "ACK.A.2",
        "icsrmessagesenderidentifier": "ACK.B.r.4",
        "icsrmessagereceiveridentifier": "ACK.B.r.3",
        "icsrmessagedateformat": "ACK.A.3",
        "icsrmessagedate": "ACK.A.3",
        "transmissionacknowledgmentcode": "ACK.A.4",
        "parsingerrormessage": "ACK.A.5",
    },
    _REPORT: {
        "safetyreportid": "ACK.B.r.1",
        "safetyreportversion": "",
        "localreportnumb": "ACK.B.r.2",
        "authoritynumb": "",
        "companynumb": "",
        "receiptdateformat": "ACK.B.r.5",
        "receiptdate": "ACK.B.r.5",
        "reportacknowledgmentcode": "ACK.B.r.6",
        "errormessagecomment": "ACK.B.r.7",
    },
}
_CODES: Final = {"ACK.A.4": "transmission acknowledgement", "ACK.B.r.6": "report acknowledgement"}
_DATES: Final = frozenset({"ACK.M.4", "ACK.A.3", "ACK.B.r.5"})


def r2_acknowledgement(stream: IO[bytes], limits: Limits) -> tuple[Block, tuple[Violation, ...]]:
    """The blocks ACK and ACK.B.r of an acknowledgement, and what could not be carried over.

    Raises ReadError and LimitError.
    """
    data = stream.read(limits.message_bytes + 1)
    if len(data) > limits.message_bytes:
        raise LimitError(f"An acknowledgement may have {limits.message_bytes:,} bytes.")
    text, mended = clean(data)
    remarks = Remarks()
    for sentence in mended:
        remarks.converted("file", "", "", "", "", sentence)
    values: Values = {}
    answers: list[Values] = []
    for xml in reports(text.encode("utf-8"), _ROOT, _ANSWER, _HEADER, limits):
        if xml.tag.lower() == _HEADER:
            values |= _values(xml, _HEADER, remarks)
        for inner in xml if xml.tag.lower() == _ANSWER else ():
            if inner.tag.lower() == _MESSAGE:
                values |= _values(inner, _MESSAGE, remarks)
            elif inner.tag.lower() == _REPORT:
                answers.append(_values(inner, _REPORT, remarks))
            else:
                remarks.lost(inner.tag[:80], "", _text(inner), "it is no element of an acknowledgement")
    common: Values = {name: values.pop(name) for name in ("ACK.B.r.3", "ACK.B.r.4") if name in values}
    blocks = tuple(Block("ACK.B.r", {**common, **answer}) for answer in answers if answer)
    return Block("ACK", values, {"ACK.B.r": blocks} if blocks else {}), remarks.violations()


def _values(xml: XML, block: str, remarks: Remarks) -> Values:
    values: Values = {}
    for child in xml:
        tag, text = child.tag.lower(), _text(child)
        to = FIELDS[block].get(tag)
        if not text or tag.endswith("format") or (to == "ACK.A.5" and text.lower() in NOTHING):
            continue
        if to is None:
            remarks.lost(tag[:80], "", text, "it is no element of an acknowledgement")
        elif not to:
            remarks.dropped(tag, "", text, _DIALECT if block == _HEADER else _HELP)
        elif to in values:
            remarks.lost(tag, "", text, "it is given more than once; the first was taken", to)
        elif to in _CODES:
            _code(tag, text, to, values, remarks)
        else:
            values[to] = date_of(text) if to in _DATES else text
    return values


def _code(tag: str, text: str, to: str, values: Values, remarks: Remarks) -> None:
    """01 and 1 are one code; a code of neither list is no outcome."""
    code = listed(_CODES[to], text)
    if code:
        values[to] = CODES[_CODES[to]][code]
    else:
        remarks.lost(tag, "", text, f"the list “{_CODES[to]}” has no such code", to)


def _text(xml: XML) -> str:
    return "".join(xml.itertext()).strip()
