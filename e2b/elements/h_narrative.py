"""Section H: narrative, comments and diagnoses of the sender.

Source: ICH E2B(R3) implementation guide, core data elements; paths checked against ICH's reference
instance. Columns: id, block, type, length, conformance, path, name (see `model.Element`).
"""

from typing import Final

from e2b.elements.model import Element

# fmt: off
H: Final = (
    Element("H.1", "H", "AN", 100000, "R", "CASE/text", "Case narrative"),
    Element("H.2", "H", "AN", 20000, "O", "COMMENT[10@19][author/assignedEntity/code=3@21]/value:ED",
            "Reporter's Comments"),
    Element("H.3.r.1a", "H.3.r", "AN", 4, "C", "value:CE@codeSystemVersion",
            "MedDRA Version for Sender's diagnosis or reclassified reaction",
            codes="MedDRA version", when="H.3.r.1b"),
    Element("H.3.r.1b", "H.3.r", "N", 8, "C", "value:CE@code",
            "Sender's diagnosis or reclassified reaction (MedDRA code)", codes="MedDRA", when="H.3.r.1a"),
    Element("H.4", "H", "AN", 20000, "O", "COMMENT[10@19][author/assignedEntity/code=1@21]/value:ED",
            "Sender's Comments"),
    Element("H.5.r.1a", "H.5.r", "AN", 100000, "O", "value:ED", "Case Summary and Reporter's Comments Text"),
    Element("H.5.r.1b", "H.5.r", "A", 3, "C", "value:ED@language",
            "Case Summary and Reporter's Comments Language", codes="language", when="H.5.r.1a"),
)
# fmt: on
