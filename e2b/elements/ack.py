"""The acknowledgement: what the receiver of a batch answers.

Source: ICH E2B(R3) implementation guide, ICSR acknowledgement; FDA test gateway files of 2026.
"""

from typing import Final

from e2b.elements.model import Element

# fmt: off
ACK: Final = (
    Element("ACK.M.1", "ACK", "AN", 100, "M", "id![r20]@extension", "Acknowledgement batch number"),
    Element("ACK.M.2", "ACK", "AN", 60, "M", "sender!/device!/id![r17]@extension",
            "Acknowledgement batch sender"),
    Element("ACK.M.3", "ACK", "AN", 60, "M", "receiver!/device!/id![r18]@extension",
            "Acknowledgement batch receiver"),
    Element("ACK.M.4", "ACK", "date", 0, "M", "creationTime!@value",
            "Date of acknowledgement batch transmission", least="second"),
    Element("ACK.A.1", "ACK", "AN", 100, "M", "acknowledgement/targetBatch!/id![r22]@extension",
            "ICSR batch number being answered (N.1.2)"),
    Element("ACK.A.2", "ACK", "AN", 100, "O",
            "attentionLine[keyWordText=2@24]/value:II{root=r21}@extension",
            "Receiver's local number for the batch"),
    Element("ACK.A.3", "ACK", "date", 0, "M", "attentionLine[keyWordText=3@24]/value:TS@value",
            "Date of ICSR batch transmission (N.1.5)", least="second"),
    Element("ACK.A.4", "ACK", "A", 2, "M", "acknowledgement@typeCode", "Batch outcome",
            codes="batch outcome"),
    Element("ACK.A.5", "ACK", "AN", 250, "O", "acknowledgement/acknowledgementDetail/text",
            "Batch validation error text"),
    # The schema asks for it, ICH's table has no number for it, and gateways leave it out.
    Element("ACK.B.r.0", "ACK.B.r", "date", 0, "O", "creationTime!@value",
            "Date of the message acknowledgement", least="second"),
    Element("ACK.B.r.1", "ACK.B.r", "AN", 100, "M", "acknowledgement/targetMessage!/id![r1]@extension",
            "ICSR message number being answered (N.2.r.1)"),
    Element("ACK.B.r.2", "ACK.B.r", "AN", 100, "O", "id![r19]@extension",
            "Receiver's local report number"),
    Element("ACK.B.r.3", "ACK.B.r", "AN", 60, "M", "receiver!/device!/id![r16]@extension",
            "Message acknowledgement receiver"),
    Element("ACK.B.r.4", "ACK.B.r", "AN", 60, "M", "sender!/device!/id![r15]@extension",
            "Message acknowledgement sender"),
    Element("ACK.B.r.5", "ACK.B.r", "date", 0, "M", "attentionLine[keyWordText=1@24]/value:TS@value",
            "Date of ICSR message creation (N.2.r.4)", least="second"),
    Element("ACK.B.r.6", "ACK.B.r", "A", 2, "M", "acknowledgement@typeCode", "Message outcome",
            codes="message outcome"),
    Element("ACK.B.r.7", "ACK.B.r", "AN", 250, "O", "acknowledgement/acknowledgementDetail/text",
            "Message error, warning or comment text"),
)
# fmt: on
