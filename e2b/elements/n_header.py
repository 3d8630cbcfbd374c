"""Section N: the batch and the message around the case.

Source: ICH E2B(R3) implementation guide, core data elements; paths checked against ICH's reference
instance. Columns: id, block, type, length, conformance, path, name (see `model.Element`).
"""

from typing import Final

from e2b.elements.model import Element

# fmt: off
N: Final = (
    Element("N.1.1", "N.1", "N", 2, "M", "name@code", "Types of Message in batch", codes="L1"),
    Element("N.1.2", "N.1", "AN", 100, "M", "id![r22]@extension", "Batch Number"),
    Element("N.1.3", "N.1", "AN", 60, "M", "sender!/device!/id![r13]@extension", "Batch Sender Identifier"),
    Element("N.1.4", "N.1", "AN", 60, "M", "receiver!/device!/id![r14]@extension",
            "Batch Receiver Identifier"),
    Element("N.1.5", "N.1", "date", 0, "M", "creationTime!@value",
            "Date of Batch Transmission", least="second"),
    Element("N.2.r.1", "N.2.r", "AN", 100, "M", "id![r1]@extension", "Message Identifier"),
    Element("N.2.r.2", "N.2.r", "AN", 60, "M", "sender!/device!/id![r11]@extension",
            "Message Sender Identifier"),
    Element("N.2.r.3", "N.2.r", "AN", 60, "M", "receiver!/device!/id![r12]@extension",
            "Message Receiver Identifier"),
    Element("N.2.r.4", "N.2.r", "date", 0, "M", "creationTime!@value",
            "Date of Message Creation", least="second"),
)
# fmt: on
