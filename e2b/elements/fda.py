"""FDA's additions: the forms of its sample cases, which its gateway accepts.

FDA's own element table puts three of them elsewhere (`also`); they are read in both places and
written as in the samples. Source: FDA regional data elements and samples v1.2 (July 2024).
"""

from typing import Final

from e2b.elements.model import Element

# fmt: off
FDA: Final = (
    Element("FDA.C.1.7.1", "C", "N", 1, "O", "EVENT[C54588@NCIt]/value:CE@code",
            "Local criteria report type", codes="FDA report type",
            also="TRAIT(code=C54588)/value:CE@code"),
    Element("FDA.C.1.12", "C", "bool", 0, "O", "EVENT[C156384@NCIt]/value:BL@value",
            "Combination product report indicator", nulls="NI",
            also="TRAIT(code=C156384)/value:BL@value"),
    Element("FDA.C.2.r.2.8", "C.2.r", "AN", 100, "O", "REPORTER/telecom[mailto:]@value",
            "Reporter e-mail", nulls="MSK ASKU NASK"),
    Element("FDA.C.5.5a", "C", "AN", 10, "O",
            "STUDY/authorization/studyRegistration(id.root=FDA.IND)/id[root=FDA.IND]@extension",
            "IND number where the event occurred"),
    Element("FDA.C.5.5b", "C", "AN", 10, "O",
            "STUDY/authorization/studyRegistration(id.root=FDA.preANDA)/id[root=FDA.preANDA]@extension",
            "Pre-ANDA number where the event occurred"),
    Element("FDA.C.5.6.r", "FDA.C.5.6.r", "AN", 10, "O", "id[root=FDA.crossIND]@extension",
            "Cross-reported IND number", nulls="NA"),
    Element("FDA.D.11.r.1", "FDA.D.11.r", "AN", 10, "O", "value:CE@code",
            "Patient race", codes="FDA race", nulls="UNK MSK OTH NA", also="@code"),
    Element("FDA.D.12", "D", "AN", 10, "O", "PATIENT/subjectOf2/observation[C16564@NCIt]/value:CE@code",
            "Patient ethnicity", codes="FDA ethnicity", nulls="UNK MSK NI NA"),
    Element("FDA.E.i.3.2h", "E.i", "bool", 0, "O", "PERT/observation[7@FDA.seriousness]/value:BL@value",
            "Required intervention (seriousness)", codes="true", nulls="NI"),
    Element("FDA.G.k.1.a", "G.k", "N", 1, "O", "OTHER_ROLE/value:CE@code",
            "Other drug role (similar device)", codes="FDA role"),
    Element("FDA.G.k.10a", "G.k", "N", 2, "O", "REFR/observation[9@19](value=@FDA.drug|7)/value:CE@code",
            "Additional drug information (FDA)", codes="FDA drug", nulls="NA"),
    Element("FDA.G.k.10.1", "G.k", "AN", 10, "O",
            "PRODUCT/asManufacturedProduct/subjectOf/characteristic[C94031@NCIt]/value:CE@code",
            "Specialised product category", codes="NCIt"),
    Element("FDA.G.k.12.r.1", "FDA.G.k.12.r", "bool", 0, "O", "DEVICE[C54026@NCIt]/value:BL@value",
            "Device malfunction"),
    Element("FDA.G.k.12.r.2.r", "FDA.G.k.12.r.2.r", "N", 1, "O", "value:CE@code",
            "Follow-up type", codes="FDA follow-up"),
    Element("FDA.G.k.12.r.3.r", "FDA.G.k.12.r.3.r", "AN", 7, "O", "value:CE@code",
            "Device problem code", codes="NCIt"),
    Element("FDA.G.k.12.r.4", "FDA.G.k.12.r", "AN", 80, "O", "name[1]", "Device brand name", nulls="NI"),
    Element("FDA.G.k.12.r.5", "FDA.G.k.12.r", "AN", 80, "O", "name[2]", "Device common name", nulls="NI"),
    Element("FDA.G.k.12.r.6", "FDA.G.k.12.r", "AN", 10, "O", "code@code",
            "Device product code", codes="NCIt"),
    Element("FDA.G.k.12.r.7.1a", "FDA.G.k.12.r", "AN", 100, "O", "MAKER/name",
            "Device manufacturer name"),
    Element("FDA.G.k.12.r.7.1b", "FDA.G.k.12.r", "AN", 100, "O", "MAKER/addr/streetAddressLine",
            "Device manufacturer address"),
    Element("FDA.G.k.12.r.7.1c", "FDA.G.k.12.r", "AN", 35, "O", "MAKER/addr/city",
            "Device manufacturer city"),
    Element("FDA.G.k.12.r.7.1d", "FDA.G.k.12.r", "AN", 40, "O", "MAKER/addr/state",
            "Device manufacturer state"),
    Element("FDA.G.k.12.r.7.1e", "FDA.G.k.12.r", "A", 2, "O", "MAKER/addr/country",
            "Device manufacturer country", codes="country"),
    Element("FDA.G.k.12.r.8", "FDA.G.k.12.r", "N", 1, "O", "DEVICE[C54595@19]/value:CE@code",
            "Device usage", codes="FDA device usage"),
    Element("FDA.G.k.12.r.9", "FDA.G.k.12.r", "AN", 100, "O",
            "instanceOfKind/productInstanceInstance/lotNumberText", "Device lot number"),
    Element("FDA.G.k.12.r.10", "FDA.G.k.12.r", "N", 1, "O", "DEVICE(@FDA.operator)/code@code",
            "Operator of the device", codes="FDA operator"),
    Element("FDA.G.k.12.r.11.r", "FDA.G.k.12.r.11.r", "N", 1, "O", "value:CE@code",
            "Remedial action initiated", codes="FDA remedial action"),
)
# fmt: on
