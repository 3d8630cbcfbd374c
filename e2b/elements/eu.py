"""The EU's additions, as far as their place in the XML is published.

The coded causality of suspected trial reactions has a known path. Of the others (parts of product
names, substances of past drugs, device components) only the ids and names are known; they stand in
UNPLACED, so that documentation and coverage can name them. Source: EMA masking guideline of July
2025 and converter stylesheets.
"""

from typing import Final

from e2b.elements.model import Element

# fmt: off
EU: Final = (
    Element("G.k.9.i.2.r.1.EU.1", "G.k.9.i.2.r", "N", 1, "O", "CAUSALITY/author/assignedEntity/code@code",
            "EU source of assessment (coded)", codes="EU source"),
    Element("G.k.9.i.2.r.2.EU.1", "G.k.9.i.2.r", "N", 1, "O", "CAUSALITY/methodCode@code",
            "EU method of assessment (coded)", codes="EU method"),
    Element("G.k.9.i.2.r.3.EU.1", "G.k.9.i.2.r", "N", 1, "O", "CAUSALITY/value:CE@code",
            "EU result of assessment (coded)", codes="EU result"),
)
# fmt: on

_NAME_PARTS = ("Invented name", "Scientific name", "Trademark name", "Strength", "Form", "Container",
               "Device", "Intended use")  # fmt: skip
_SUBSTANCE = {"1": "substance name", "2a": "substance TermID version", "2b": "substance TermID",
              "3a": "strength (number)", "3b": "strength (unit)"}  # fmt: skip
_DEVICE = {"1": "component name", "2": "TermID version", "3": "TermID", "4": "serial number"}

UNPLACED: Final = {
    **{
        f"{drug}.EU.{number}": f"{of}: {part}"
        for drug, of in (
            ("D.8.r.1", "Past drug name part"),
            ("D.10.8.r.1", "Parent's past drug name part"),
            ("G.k.2.2", "Drug name part"),
        )
        for number, part in enumerate(_NAME_PARTS, 1)
    },
    **{
        f"{drug}.EU.r.{number}": f"Past drug {label}"
        for drug in ("D.8.r", "D.10.8.r")
        for number, label in _SUBSTANCE.items()
    },
    **{f"G.k.2.2.EU.9.r.{number}": f"Device {label}" for number, label in _DEVICE.items()},
}
