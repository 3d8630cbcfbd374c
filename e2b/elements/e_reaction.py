"""Section E: the reactions.

Source: ICH E2B(R3) implementation guide, core data elements; paths checked against ICH's reference
instance. Columns: id, block, type, length, conformance, path, name (see `model.Element`).
"""

from typing import Final

from e2b.elements.model import Element

# fmt: off
E: Final = (
    Element("E.i.1.1a", "E.i", "AN", 250, "O", "value:CE/originalText",
            "Reaction as reported in Native Language"),
    Element("E.i.1.1b", "E.i", "A", 3, "C", "value:CE/originalText@language",
            "Reaction as reported Language", codes="language", when="E.i.1.1a"),
    Element("E.i.1.2", "E.i", "AN", 250, "O", "PERT/observation[30@19]/value:ED",
            "Reaction as reported for Translation"),
    Element("E.i.2.1a", "E.i", "AN", 4, "M", "value:CE@codeSystemVersion",
            "MedDRA Version for Reaction", codes="MedDRA version"),
    Element("E.i.2.1b", "E.i", "N", 8, "M", "value:CE@code", "Reaction (MedDRA code)", codes="MedDRA"),
    Element("E.i.3.1", "E.i", "N", 1, "O", "PERT/observation[37@19]/value:CE@code",
            "Term Highlighted by the Reporter", codes="L10"),
    Element("E.i.3.2a", "E.i", "bool", 0, "M", "PERT/observation[34@19]/value:BL@value",
            "Results in Death", codes="true", nulls="NI"),
    Element("E.i.3.2b", "E.i", "bool", 0, "M", "PERT/observation[21@19]/value:BL@value",
            "Life Threatening", codes="true", nulls="NI"),
    Element("E.i.3.2c", "E.i", "bool", 0, "M", "PERT/observation[33@19]/value:BL@value",
            "Caused / Prolonged Hospitalisation", codes="true", nulls="NI"),
    Element("E.i.3.2d", "E.i", "bool", 0, "M", "PERT/observation[35@19]/value:BL@value",
            "Disabling / Incapacitating", codes="true", nulls="NI"),
    Element("E.i.3.2e", "E.i", "bool", 0, "M", "PERT/observation[12@19]/value:BL@value",
            "Congenital Anomaly / Birth Defect", codes="true", nulls="NI"),
    Element("E.i.3.2f", "E.i", "bool", 0, "M", "PERT/observation[26@19]/value:BL@value",
            "Other Medically Important Condition", codes="true", nulls="NI"),
    Element("E.i.4", "E.i", "date", 0, "O", "effectiveTime:SXPR_TS/low@value",
            "Date of Start of Reaction", nulls="MSK ASKU NASK", least="year"),
    Element("E.i.5", "E.i", "date", 0, "O", "effectiveTime:SXPR_TS/high@value",
            "Date of End of Reaction", nulls="MSK ASKU NASK", least="year"),
    Element("E.i.6a", "E.i", "N", 5, "C", "effectiveTime:SXPR_TS/width@value",
            "Duration of Reaction (number)", when="E.i.6b"),
    Element("E.i.6b", "E.i", "AN", 50, "C", "effectiveTime:SXPR_TS/width@unit",
            "Duration of Reaction (unit)", codes="unit", when="E.i.6a"),
    Element("E.i.7", "E.i", "N", 1, "M", "PERT/observation[27@19]/value:CE@code",
            "Reaction outcome at last observation", codes="L11"),
    Element("E.i.8", "E.i", "bool", 0, "O", "PERT/observation[24@19]/value:BL@value",
            "Medical Confirmation by Healthcare Professional"),
    Element("E.i.9", "E.i", "A", 2, "O", "location/locatedEntity/locatedPlace/code@code",
            "Country where reaction occurred", codes="country"),
)
# fmt: on
