"""The sections and the repeating blocks of a message, in ICH's order, with FDA's after them.

"r", "i" and "k" in an element id mean that the block repeats. A reaction and a drug have a local
id (`ref`) by which other places name them: the role of a drug, its causality, the intervals
between drug and reaction and the rechallenge all stand away from the block that they belong to.
"""

from typing import Final

from e2b.elements.model import BlockType, Link

_TO_REACTION = ("G.k.9.i.1", "subject1/adverseEffectReference/id@root")
_TO_DRUG = ("G.k", "subject2/productUseReference/id@root")
_REACTION = ("G.k.9.i.1", "actReference/id@root")

# fmt: off
BLOCKS: Final = (
    BlockType("N.1", "", "batch", ""),
    BlockType("N.2.r", "", "message", "messages"),
    BlockType("C", "", "case", ""),
    BlockType("C.1.6.1.r", "C", "document", "documents", "CASE/reference/document[1@27]"),
    BlockType("C.1.9.1.r", "C", "other identifier", "other_identifiers",
              "CASE/subjectOf1/controlActEvent/id[r3]"),
    BlockType("C.1.10.r", "C", "linked report", "linked_reports",
              "CASE/outboundRelationship/relatedInvestigation[NA]"),
    BlockType("C.2.r", "C", "reporter", "reporters",
              "CASE/outboundRelationship[relatedInvestigation/code=2@22]"),
    BlockType("C.4.r", "C", "literature reference", "literature", "CASE/reference/document[2@27]"),
    BlockType("C.5.1.r", "C", "study registration", "study_registrations",
              "STUDY/authorization/studyRegistration"),
    BlockType("D", "", "patient", ""),
    BlockType("D.7.1.r", "D", "medical history entry", "medical_history",
              "HISTORY/observation{@MedDRA}"),
    BlockType("D.8.r", "D", "past drug", "past_drugs", "PAST_DRUG"),
    BlockType("D.9.2.r", "D", "cause of death", "causes_of_death",
              "PATIENT/subjectOf2/observation[32@19]"),
    BlockType("D.9.4.r", "D", "autopsy finding", "autopsy_findings",
              "PATIENT/subjectOf2/observation[5@19]/outboundRelationship2{DRIV}/observation[8@19]"),
    BlockType("D.10.7.1.r", "D", "parent's medical history entry", "parent_medical_history",
              "PARENT_HISTORY/observation{@MedDRA}"),
    BlockType("D.10.8.r", "D", "parent's past drug", "parent_past_drugs", "PARENT_DRUG"),
    BlockType("E.i", "message", "reaction", "reactions",
              "PATIENT/subjectOf2/observation[29@19]", ref="id@root"),
    BlockType("F.r", "message", "test", "tests", "TEST"),
    BlockType("G.k", "message", "drug", "drugs", "DRUG", ref="id@root", links=(
        Link("ROLE", "/AEA/component/causalityAssessment[20@19]", (_TO_DRUG,)),
        Link("OTHER_ROLE", "/AEA/component/causalityAssessment[20@19](value=@FDA.role)", (_TO_DRUG,)),
    )),
    BlockType("G.k.2.3.r", "G.k", "substance", "substances", "PRODUCT/ingredient"),
    BlockType("G.k.4.r", "G.k", "dosage", "dosages", "outboundRelationship2[COMP]/substanceAdministration"),
    BlockType("G.k.7.r", "G.k", "indication", "indications",
              "inboundRelationship{RSON}/observation[19@19]{performer/assignedEntity/code=3@21}"),
    BlockType("G.k.9.i", "G.k", "reaction assessed", "reactions_assessed",
              key="G.k.9.i.1", follows="E.i", links=(
        Link("SINCE_FIRST", "outboundRelationship1[SAS]", (_REACTION,)),
        Link("SINCE_LAST", "outboundRelationship1[SAE]", (_REACTION,)),
        Link("AGAIN", "PERT/observation[31@19]",
             (("G.k.9.i.1", "outboundRelationship1{REFR}/actReference/id@root"),)),
    )),
    BlockType("G.k.9.i.2.r", "G.k.9.i", "assessment", "assessments", links=(
        Link("CAUSALITY", "/AEA/component/causalityAssessment[39@19]", (_TO_REACTION, _TO_DRUG)),
    )),
    BlockType("G.k.10.r", "G.k", "additional information", "additional_information",
              "REFR/observation[9@19]"),
    BlockType("H", "", "narrative", ""),
    BlockType("H.3.r", "H", "sender's diagnosis", "sender_diagnoses",
              "COMMENT[15@19]{author/assignedEntity/code=1@21}"),
    BlockType("H.5.r", "H", "summary", "summaries",
              "EVENT[36@19]{author/assignedEntity/code=2@21}"),
    BlockType("FDA.C.5.6.r", "C", "cross-reported IND", "cross_reported_inds",
              "STUDY/authorization/studyRegistration(id.root=FDA.crossIND)"),
    BlockType("FDA.D.11.r", "D", "race", "races", "PATIENT/subjectOf2/observation[C17049@NCIt]",
              also="/PLAYER/raceCode"),
    BlockType("FDA.G.k.12.r", "G.k", "device", "devices", "PRODUCT/part/partProduct"),
    BlockType("FDA.G.k.12.r.2.r", "FDA.G.k.12.r", "follow-up type", "follow_up_types",
              "DEVICE[C54592@NCIt]"),
    BlockType("FDA.G.k.12.r.3.r", "FDA.G.k.12.r", "device problem", "device_problems",
              "DEVICE[C54451@NCIt]"),
    BlockType("FDA.G.k.12.r.11.r", "FDA.G.k.12.r", "remedial action", "remedial_actions",
              "DEVICE[C54594@NCIt]"),
    BlockType("ACK", "", "acknowledged batch", ""),
    BlockType("ACK.B.r", "ACK", "acknowledged message", "messages", "MESSAGE_ACK"),
)
# fmt: on
BLOCK: Final = {block.id: block for block in BLOCKS}
SECTIONS: Final = ("N.2.r", "C", "D", "E", "F", "G", "H")
