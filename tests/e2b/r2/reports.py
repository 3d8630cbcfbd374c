"""Small R2 files of our own, and what is asked of their conversion."""

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

from e2b import Message, Value, r2, text_of
from e2b.r2 import Conversion, Remark

Content = Mapping[str, Any]

HEADER: Content = {
    "messagetype": "ichicsr",
    "messageformatversion": "2.1",
    "messagenumb": "OWN-1",
    "messagesenderidentifier": "SENDER",
    "messagereceiveridentifier": "RECEIVER",
    "messagedateformat": "204",
    "messagedate": "20250102101112",
}
REACTION: Content = {
    "primarysourcereaction": "rash",
    "reactionmeddraversionllt": "27.0",
    "reactionmeddrallt": "10037844",
    "reactionoutcome": "1",
}
OTHER_REACTION: Content = {
    **REACTION,
    "primarysourcereaction": "Fever  high",
    "reactionmeddrallt": "10016558",
}
DRUG: Content = {"drugcharacterization": "1", "medicinalproduct": "Aazepin"}
TEST: Content = {
    "testdateformat": "102",
    "testdate": "20250101",
    "testname": "ALT",
    "testresult": "30",
    "testunit": "U/L",
}
REPORT: Content = {
    "safetyreportversion": "1",
    "safetyreportid": "DE-OWN-1",
    "occurcountry": "DE",
    "transmissiondateformat": "102",
    "transmissiondate": "20250102",
    "reporttype": "1",
    "receivedateformat": "102",
    "receivedate": "20250101",
    "receiptdateformat": "102",
    "receiptdate": "20250102",
    "companynumb": "DE-OWN-1",
    "primarysource": {"reportercountry": "DE", "qualification": "1"},
    "sender": {"sendertype": "1", "senderorganization": "Own"},
    "patient": {
        "patientinitial": "A.B.",
        "patientsex": "2",
        "reaction": [REACTION],
        "test": [TEST],
        "drug": [DRUG],
        "summary": {"narrativeincludeclinical": "A rash after one tablet."},
    },
}


def with_patient(*, drug: Any = DRUG, reaction: Any = REACTION, **patient: Any) -> Content:
    """The report with other content of the patient."""
    blocks = {"drug": _list(drug), "reaction": _list(reaction)}
    return {**REPORT, "patient": {**REPORT["patient"], **blocks, **patient}}


def drug(**values: Any) -> Content:
    """The report with more elements of its drug."""
    return with_patient(drug={**DRUG, **values})


def test(**values: Any) -> Content:
    """The report with more elements of its test."""
    return with_patient(test=[{**TEST, **values}])


def report(**values: Any) -> Content:
    """The report with more elements of its own."""
    return {**REPORT, **values}


def file_of(*reports: Content, header: Content = HEADER, lang: str = "en") -> str:
    """An R2 file."""
    content = {"ichicsrmessageheader": header, "safetyreport": list(reports or (REPORT,))}
    return f'<ichicsr lang="{lang}">{"".join(_xml(content))}</ichicsr>'


def acknowledgement_of(outcome: str, code: str, *, batch: str = "B-1", message: str = "DE-OWN-1") -> str:
    """An acknowledgement in R2 of one batch and one message, by their codes."""
    header = {
        "messagetype": "ichicsrack",
        "messagenumb": "A-1",
        "messagesenderidentifier": "FDA",
        "messagedate": "20250103101112",
    }
    whole = {
        "icsrmessagenumb": batch,
        "icsrmessagesenderidentifier": "US",
        "transmissionacknowledgmentcode": outcome,
        "parsingerrormessage": "None",
    }
    answer = {
        "safetyreportversion": "1",
        "safetyreportid": message,
        "reportacknowledgmentcode": code,
        "errormessagecomment": "E.i.2.1b is no current term.",
    }
    content = {"messageacknowledgment": whole, "reportacknowledgment": answer}
    inside = "".join(_xml({"ichicsrmessageheader": header, "acknowledgment": content}))
    return f'<!DOCTYPE ichicsrack SYSTEM "ack.dtd"><ichicsrack lang="en">{inside}</ichicsrack>'


def conversions(data: str | bytes) -> list[Conversion]:
    """All conversions of a file."""
    return list(r2.conversions(data.encode() if isinstance(data, str) else data))


def converted(content: Content, **options: Any) -> Conversion:
    """The conversion of one report."""
    (conversion,) = conversions(file_of(content, **options))
    return conversion


def values_of(message: Message) -> dict[str, list[Value]]:
    """Every element of a message with its values, in the order of the blocks."""
    values: dict[str, list[Value]] = {}
    for block in message.walk():
        for name, value in block.values.items():
            values.setdefault(name, []).append(value)
    return values


def texts(message: Message, element: str) -> str:
    """The values of an element, joined."""
    values = values_of(message).get(element, [])
    return " | ".join(text_of(value) or str(value) for value in values)


def remark_on(conversion: Conversion, tag: str) -> Remark:
    """The first remark on an element that gives a reason."""
    remarks = [remark for remark in conversion.remarks if remark.reason]
    return next(remark for remark in remarks if tag in remark.element.split(", "))


def _list(content: Any) -> list[Any]:
    return content if isinstance(content, list) else [content]


def _xml(content: Content) -> Iterator[str]:
    for tag, value in content.items():
        for inner in _list(value):
            if isinstance(inner, Mapping):
                yield f"<{tag}>{''.join(_xml(inner))}</{tag}>"
            else:
                yield f"<{tag}>{escape(inner)}</{tag}>"
