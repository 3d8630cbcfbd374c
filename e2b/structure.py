"""The structure of the XML beyond single elements: named paths, wrappers, fixed attributes, child order.

A path in the element tables is written in a small language, read by `e2b.paths`:

    PLAYER/asIdentifiedEntity[1@4]/id[r7]@extension
    PERT/observation[27@19]/value:CE@code

- a word in capitals at the start stands for the path that NAMED_PATHS gives it;
- `tag:TYPE` is written with that xsi:type, `tag!` is written whenever its parent is;
- `[...]` is tested when reading and written, `{...}` only written, `(...)` only tested;
- in brackets: `27@19` a child `code` with code 27 of ICH list 19; `@MedDRA` a child `code` of that
  system; `NA` a child `code` with that nullFlavor; `a/b=1@21` a descendant with code 1 of list 21;
  `a.b=c` attribute b of child a; `r7` attribute root; `SAS` attribute typeCode; `tel:` the
  beginning of attribute value; `2` the second of its name;
- `@attribute` at the end, or nothing for the text;
- `tag#label` keeps a node apart from another of the same name when writing.

Source: HL7 v3 schema of ICH E2B(R3) (PORR_MT049016UV and what it includes), and the structure of
ICH's and FDA's sample messages.
"""

from typing import Final

HL7: Final = "urn:hl7-org:v3"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"

ICH_LIST: Final = "2.16.840.1.113883.3.989.2.1.1."
ICH_ROOT: Final = "2.16.840.1.113883.3.989.2.1.3."

# Names of code systems in paths; a bare number is an ICH list, r and a number an ICH root.
SYSTEMS: Final = {
    "MedDRA": "2.16.840.1.113883.6.163",
    "NCIt": "2.16.840.1.113883.3.26.1.1",
    "interactions": "2.16.840.1.113883.1.6",
    "triggers": "2.16.840.1.113883.1.18",
    "acts": "2.16.840.1.113883.5.4",
    "roles": "2.16.840.1.113883.5.111",
    "bounds": "2.16.840.1.113883.5.83",
    "FDA.seriousness": "2.16.840.1.113883.3.989.5.1.2.2.1.3",
    "FDA.drug": "2.16.840.1.113883.3.989.5.1.2.1.1.7",
    "FDA.role": "2.16.840.1.113883.3.989.5.1.2.1.1.8",
    "FDA.operator": "2.16.840.1.113883.3.989.5.1.2.1.1.6",
    "FDA.IND": "2.16.840.1.113883.3.989.5.1.2.2.1.2.1",
    "FDA.preANDA": "2.16.840.1.113883.3.989.5.1.2.2.1.2.2",
    "FDA.crossIND": "2.16.840.1.113883.3.989.5.1.2.2.1.2.3",
}

# Systems that mark a product code as a PhPID: it shares its node with the MPID.
PHPID_SYSTEMS: Final = ("TBDPhPID", "PhPID")

ROOTS: Final = {
    "icsr batch": "MCCI_IN200100UV01{responseModeCode.code=D}"
    "{interactionId.root=2.16.840.1.113883.1.6&extension=MCCI_IN200100UV01}",
    "icsr message": "PORR_IN049016UV"
    "{interactionId.root=2.16.840.1.113883.1.6&extension=PORR_IN049016UV}"
    "{processingCode.code=P}{processingModeCode.code=T}{acceptAckCode.code=AL}",
    "ack batch": "MCCI_IN200101UV01{responseModeCode.code=D}"
    "{interactionId.root=2.16.840.1.113883.1.6&extension=MCCI_IN200101UV01}",
}

NAMED_PATHS: Final = {
    "CONTROL": "controlActProcess!{code=PORR_TE049016UV@triggers}",
    "CASE": "CONTROL/subject!/investigationEvent!{code=PAT_ADV_EVNT@acts}{statusCode.code=active}",
    "AEA": "CASE/component/adverseEventAssessment",
    "PATIENT": "AEA/subject1/primaryRole",
    "PLAYER": "PATIENT/player1!",
    "PARENT": "PLAYER/role{code=PRN@roles}",
    "STUDY": "PATIENT/subjectOf1/researchStudy",
    "HISTORY": "PATIENT/subjectOf2/organizer[1@20]/component",
    "PAST_DRUG": "PATIENT/subjectOf2/organizer[2@20]/component/substanceAdministration",
    "TEST": "PATIENT/subjectOf2/organizer[3@20]/component/observation",
    "DRUG": "PATIENT/subjectOf2/organizer[4@20]/component/substanceAdministration",
    "PARENT_HISTORY": "PARENT/subjectOf2/organizer[1@20]/component",
    "PARENT_DRUG": "PARENT/subjectOf2/organizer[2@20]/component/substanceAdministration",
    "FIRST_SENDER": "CASE/outboundRelationship/relatedInvestigation[1@22]/subjectOf2/controlActEvent"
    "/author/assignedEntity",
    "SENDER": "CASE/subjectOf1#sender/controlActEvent/author/assignedEntity",
    "REPORTER": "relatedInvestigation/subjectOf2/controlActEvent/author/assignedEntity",
    "EVENT": "CASE/component/observationEvent",
    "TRAIT": "CASE/subjectOf2/investigationCharacteristic",
    "PRODUCT": "consumable/instanceOfKind/kindOfProduct",
    "APPROVAL": "PRODUCT/asManufacturedProduct/subjectOf/approval",
    "INDICATION": "outboundRelationship2{RSON}/observation[19@19]",
    "REACTED": "outboundRelationship2{CAUS}/observation[29@19]",
    "CONTINUING": "inboundRelationship{REFR}/observation[13@19]",
    "FAMILY": "outboundRelationship2{EXPL}/observation[38@19]",
    "PARENT_ROUTE": "inboundRelationship{REFR}/observation[28@19]",
    "CUMULATIVE": "outboundRelationship2{SUMM}/observation[14@19]",
    "LIMIT": "referenceRange/observationRange",
    "STRENGTH": "quantity{denominator.value=1&unit=1}/numerator",
    "SUPPLY": "consumable/instanceOfKind/subjectOf/productEvent[1@18]/performer/assignedEntity"
    "/representedOrganization",
    "LOT": "consumable/instanceOfKind/productInstanceInstance",
    "COMMENT": "AEA/component1/observationEvent",
    "ORGANISATION": "representedOrganization/assignedEntity/representedOrganization",
    "COUNTRY": "assignedPerson/asLocatedEntity/location",
    "MAKER": "asManufacturedProduct/manufacturerOrganization",
    "DEVICE": "asManufacturedProduct/subjectOf/characteristic",
    "PERT": "outboundRelationship2{PERT}",
    "REFR": "outboundRelationship2{REFR}",
    "COMP": "outboundRelationship2{COMP}",
    "MESSAGE_ACK": "MCCI_IN000002UV01{interactionId.root=2.16.840.1.113883.1.6&extension=MCCI_IN000002UV01}"
    "{processingCode.code=P}{processingModeCode.code=T}{acceptAckCode.code=NE}",
}

# Tags that hold one target each: a second target begins a second wrapper.
WRAPPERS: Final = frozenset(
    {
        *("asIdentifiedEntity", "attentionLine", "authorization", "component", "component1"),
        *("inboundRelationship", "outboundRelationship", "outboundRelationship1"),
        *("outboundRelationship2", "part", "reference", "referenceRange"),
        *("subjectOf", "subjectOf1", "subjectOf2"),
    }
)

_EVENT = {"moodCode": "EVN"}

# Fixed attributes by tag; "parent/tag" where the same tag differs by parent.
ATTRIBUTES: Final[dict[str, dict[str, str]]] = {
    "act": {"classCode": "ACT", **_EVENT},
    "actReference": {"classCode": "OBS", **_EVENT},
    "adverseEffectReference": {"classCode": "OBS", **_EVENT},
    "adverseEventAssessment": {"classCode": "INVSTG", **_EVENT},
    "approval": {"classCode": "CNTRCT", **_EVENT},
    "asIdentifiedEntity": {"classCode": "IDENT"},
    "asLocatedEntity": {"classCode": "LOCE"},
    "asManufacturedProduct": {"classCode": "MANU"},
    "asQualifiedEntity": {"classCode": "QUAL"},
    "assignedEntity": {"classCode": "ASSIGNED"},
    "assignedPerson": {"classCode": "PSN", "determinerCode": "INSTANCE"},
    "associatedPerson": {"classCode": "PSN", "determinerCode": "INSTANCE"},
    "author": {"typeCode": "AUT"},
    "authorization": {"typeCode": "AUTH"},
    "causalityAssessment": {"classCode": "OBS", **_EVENT},
    "characteristic": {"classCode": "OBS", **_EVENT},
    "component": {"typeCode": "COMP"},
    "component1": {"typeCode": "COMP"},
    "consumable": {"typeCode": "CSM"},
    "controlActEvent": {"classCode": "CACT", **_EVENT},
    "controlActProcess": {"classCode": "CACT", **_EVENT},
    "device": {"classCode": "DEV", "determinerCode": "INSTANCE"},
    "document": {"classCode": "DOC", **_EVENT},
    "governingPlace": {"classCode": "COUNTRY", "determinerCode": "INSTANCE"},
    "holder": {"typeCode": "HLD"},
    "holder/role": {"classCode": "HLD"},
    "ingredient": {"classCode": "ACTI"},
    "ingredientSubstance": {"classCode": "MMAT", "determinerCode": "KIND"},
    "instanceOfKind": {"classCode": "INST"},
    "investigationCharacteristic": {"classCode": "OBS", **_EVENT},
    "investigationEvent": {"classCode": "INVSTG", **_EVENT},
    "investigationEvent/subjectOf1": {"typeCode": "SUBJ"},
    "investigationEvent/subjectOf2": {"typeCode": "SUBJ"},
    "kindOfProduct": {"classCode": "MMAT", "determinerCode": "KIND"},
    "locatedEntity": {"classCode": "LOCE"},
    "locatedPlace": {"classCode": "COUNTRY", "determinerCode": "INSTANCE"},
    "asLocatedEntity/location": {"classCode": "COUNTRY", "determinerCode": "INSTANCE"},
    "location": {"typeCode": "LOC"},
    "manufacturerOrganization": {"classCode": "ORG", "determinerCode": "INSTANCE"},
    "observation": {"classCode": "OBS", **_EVENT},
    "observationEvent": {"classCode": "OBS", **_EVENT},
    "observationRange": {"classCode": "OBS", "moodCode": "EVN.CRT"},
    "organizer": {"classCode": "CATEGORY", **_EVENT},
    "outboundRelationship": {"typeCode": "SPRT"},
    "part": {"classCode": "PART"},
    "partProduct": {"classCode": "DEV", "determinerCode": "KIND"},
    "performer": {"typeCode": "PRF"},
    "player1": {"classCode": "PSN", "determinerCode": "INSTANCE"},
    "playingOrganization": {"classCode": "ORG", "determinerCode": "INSTANCE"},
    "primaryRole": {"classCode": "INVSBJ"},
    "productEvent": {"classCode": "ACT", **_EVENT},
    "productInstanceInstance": {"classCode": "MMAT", "determinerCode": "INSTANCE"},
    "productUseReference": {"classCode": "SBADM", **_EVENT},
    "receiver": {"typeCode": "RCV"},
    "reference": {"typeCode": "REFR"},
    "referenceRange": {"typeCode": "REFV"},
    "relatedInvestigation": {"classCode": "INVSTG", **_EVENT},
    "relatedInvestigation/subjectOf2": {"typeCode": "SUBJ"},
    "representedOrganization": {"classCode": "ORG", "determinerCode": "INSTANCE"},
    "researchStudy": {"classCode": "CLNTRL", **_EVENT},
    "role": {"classCode": "PRS"},
    "sender": {"typeCode": "SND"},
    "studyRegistration": {"classCode": "ACT", **_EVENT},
    "subject": {"typeCode": "SUBJ"},
    "subject1": {"typeCode": "SUBJ"},
    "adverseEventAssessment/subject1": {"typeCode": "SBJ"},
    "subject2": {"typeCode": "SUBJ"},
    "subjectOf": {"typeCode": "SBJ"},
    "subjectOf1": {"typeCode": "SBJ"},
    "subjectOf2": {"typeCode": "SBJ"},
    "substanceAdministration": {"classCode": "SBADM", **_EVENT},
    "territorialAuthority": {"classCode": "TERR"},
    "territory": {"classCode": "NAT", "determinerCode": "INSTANCE"},
}

# Child order by parent. A parent that is not named has its children in the order of the tables.
ORDER: Final[dict[str, list[str]]] = {
    parent: children.split()
    for parent, children in {
        "MCCI_IN200100UV01": "id creationTime responseModeCode interactionId name"
        " PORR_IN049016UV receiver sender",
        "PORR_IN049016UV": "id creationTime interactionId processingCode processingModeCode"
        " acceptAckCode receiver sender controlActProcess",
        "MCCI_IN200101UV01": "id creationTime responseModeCode interactionId MCCI_IN000002UV01"
        " receiver sender attentionLine acknowledgement",
        "MCCI_IN000002UV01": "id creationTime interactionId processingCode processingModeCode"
        " acceptAckCode receiver sender attentionLine acknowledgement",
        "acknowledgement": "targetBatch targetMessage acknowledgementDetail",
        "acknowledgementDetail": "code text",
        "attentionLine": "keyWordText value",
        "controlActProcess": "code effectiveTime subject",
        "investigationEvent": "id code text statusCode effectiveTime availabilityTime reference component"
        " outboundRelationship subjectOf1 subjectOf2",
        "adverseEventAssessment": "subject1 component component1",
        "primaryRole": "player1 subjectOf1 subjectOf2",
        "player1": "name telecom administrativeGenderCode birthTime deceasedTime addr raceCode"
        " asIdentifiedEntity role",
        "asIdentifiedEntity": "id code",
        "role": "code associatedPerson playingOrganization subjectOf1 subjectOf2",
        "associatedPerson": "name administrativeGenderCode birthTime",
        "outboundRelationship": "priorityNumber relatedInvestigation",
        "outboundRelationship1": "pauseQuantity actReference",
        "assignedEntity": "code addr telecom assignedPerson representedOrganization",
        "assignedPerson": "name asQualifiedEntity asLocatedEntity",
        "representedOrganization": "name addr assignedEntity",
        "name": "prefix given family",
        "addr": "streetAddressLine city state postalCode country",
        "relatedInvestigation": "code subjectOf2",
        "controlActEvent": "id author",
        "researchStudy": "id code title authorization",
        "studyRegistration": "id author",
        "document": "code title text bibliographicDesignationText",
        "causalityAssessment": "code value methodCode author subject1 subject2",
        "organizer": "code component",
        "observation": "id code effectiveTime value interpretationCode performer location referenceRange"
        " outboundRelationship1 outboundRelationship2 inboundRelationship",
        "observationEvent": "code value author",
        "observationRange": "value interpretationCode",
        "substanceAdministration": "id text effectiveTime routeCode doseQuantity consumable performer"
        " outboundRelationship1 outboundRelationship2 inboundRelationship",
        "instanceOfKind": "productInstanceInstance kindOfProduct subjectOf",
        "kindOfProduct": "code name formCode asManufacturedProduct ingredient part",
        "partProduct": "code name asManufacturedProduct instanceOfKind",
        "asManufacturedProduct": "manufacturerOrganization subjectOf",
        "manufacturerOrganization": "name addr",
        "approval": "id holder author",
        "ingredient": "quantity ingredientSubstance",
        "ingredientSubstance": "code name",
        "quantity": "numerator denominator",
        "productEvent": "code performer",
        "characteristic": "code value",
        "investigationCharacteristic": "code value",
        "act": "code",
    }.items()
}
