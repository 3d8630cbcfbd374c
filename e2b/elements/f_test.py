"""Section F: tests and procedures.

Source: ICH E2B(R3) implementation guide, core data elements; paths checked against ICH's reference
instance. Columns: id, block, type, length, conformance, path, name (see `model.Element`).
"""

from typing import Final

from e2b.elements.model import Element

# fmt: off
F: Final = (
    Element("F.r.1", "F.r", "date", 0, "C", "effectiveTime@value",
            "Test Date", nulls="UNK", least="year", when="F.r.2.1,F.r.2.2b"),
    Element("F.r.2.1", "F.r", "AN", 250, "O", "code!/originalText", "Test Name (free text)"),
    Element("F.r.2.2a", "F.r", "AN", 4, "C", "code!@codeSystemVersion",
            "MedDRA Version for Test Name", codes="MedDRA version", when="F.r.2.2b"),
    Element("F.r.2.2b", "F.r", "N", 8, "C", "code!@code", "Test Name (MedDRA code)", codes="MedDRA"),
    Element("F.r.3.1", "F.r", "N", 1, "C", "interpretationCode@code", "Test Result (code)", codes="L12"),
    Element("F.r.3.2", "F.r", "N", 50, "C", "value:IVL_PQ@value", "Test Result (value / qualifier)"),
    Element("F.r.3.3", "F.r", "AN", 50, "C", "value:IVL_PQ@unit",
            "Test Result (unit)", codes="UCUM", when="F.r.3.2"),
    Element("F.r.3.4", "F.r", "AN", 2000, "C", "value:ED", "Result Unstructured Data (free text)"),
    Element("F.r.4", "F.r", "AN", 50, "O", "LIMIT[interpretationCode=L@bounds]/value:PQ@value",
            "Normal Low Value", codes="@F.r.3.3"),
    Element("F.r.5", "F.r", "AN", 50, "O", "LIMIT[interpretationCode=H@bounds]/value:PQ@value",
            "Normal High Value", codes="@F.r.3.3"),
    Element("F.r.6", "F.r", "AN", 2000, "O", "PERT/observation[10@19]/value:ED", "Comments (free text)"),
    Element("F.r.7", "F.r", "bool", 0, "O", "REFR/observation[25@19]/value:BL@value",
            "More Information Available"),
)
# fmt: on
