"""The elements of R2 before the patient, in the order of the DTD.

Source: ICH ICSR DTD 2.1 for the elements; ICH's and EMA's conversion for where they go.
"""

from typing import Final

from e2b.r2.model import Part, code, date, dropped, masked, number, rule, text

_RECEIVER: Final = "R3 names the receiver only in the envelope"
_RELEASE: Final = "it names only the dialect of R2"

HEADER: Final = Part(
    "ichicsrmessageheader",
    "ichicsr",
    (
        rule("messagetype", "N.1.1", "message type"),
        rule("messageformatversion", ""),
        dropped("messageformatrelease", _RELEASE),
        text("messagenumb", "N.1.2"),
        rule("messagesenderidentifier", "N.1.3 N.2.r.2"),
        rule("messagereceiveridentifier", "N.1.4 N.2.r.3"),
        *date("messagedate", "N.1.5"),
    ),
)

REPORT: Final = Part(
    "safetyreport",
    "ichicsr",
    (
        dropped("safetyreportversion", "R3 distinguishes versions by their dates (C.1.5, N.2.r.4)"),
        rule("safetyreportid", "C.1.1 N.2.r.1"),
        rule("primarysourcecountry", "C.2.r.3", "country"),
        rule("occurcountry", "E.i.9", "country"),
        *date("transmissiondate", "C.1.2 N.2.r.4"),
        code("reporttype", "C.1.3", "report type"),
        rule("serious", "", "serious"),
        rule("seriousnessdeath", "E.i.3.2a", "seriousness criterion"),
        rule("seriousnesslifethreatening", "E.i.3.2b", "seriousness criterion"),
        rule("seriousnesshospitalization", "E.i.3.2c", "seriousness criterion"),
        rule("seriousnessdisabling", "E.i.3.2d", "seriousness criterion"),
        rule("seriousnesscongenitalanomali", "E.i.3.2e", "seriousness criterion"),
        rule("seriousnessother", "E.i.3.2f", "seriousness criterion"),
        *date("receivedate", "C.1.4"),
        *date("receiptdate", "C.1.5"),
        code("additionaldocument", "C.1.6.1", "yes no"),
        rule("documentlist", "C.1.6.1.r.1"),
        rule("fulfillexpeditecriteria", "C.1.7 FDA.C.1.7.1", "FDA expedited code"),
        rule("authoritynumb", "C.1.8.1 C.1.8.2"),
        rule("companynumb", "C.1.8.1 C.1.8.2 C.1.9.1.r.2"),
        rule("duplicate", "C.1.9.1", "duplicate flag"),
        code("casenullification", "C.1.11.1", "case nullification"),
        text("nullificationreason", "C.1.11.2"),
        rule("medicallyconfirm", "E.i.8", "yes no"),
    ),
)

DUPLICATE: Final = Part(
    "reportduplicate",
    "safetyreport",
    (text("duplicatesource", "C.1.9.1.r.1"), text("duplicatenumb", "C.1.9.1.r.2")),
    "other identifier",
)

LINKED: Final = Part("linkedreport", "safetyreport", (text("linkreportnumb", "C.1.10.r"),), "linked report")

SOURCE: Final = Part(
    "primarysource",
    "safetyreport",
    (
        masked("reportertitle", "C.2.r.1.1"),
        masked("reportergivename", "C.2.r.1.2"),
        masked("reportermiddlename", "C.2.r.1.3"),
        masked("reporterfamilyname", "C.2.r.1.4"),
        masked("reporterorganization", "C.2.r.2.1"),
        masked("reporterdepartment", "C.2.r.2.2"),
        masked("reporterstreet", "C.2.r.2.3"),
        masked("reportercity", "C.2.r.2.4"),
        masked("reporterstate", "C.2.r.2.5"),
        masked("reporterpostcode", "C.2.r.2.6"),
        code("reportercountry", "C.2.r.3", "country"),
        code("qualification", "C.2.r.4", "qualification"),
        rule("literaturereference", "C.4.r.1"),
        rule("studyname", "C.5.2 C.5.1.r.1 C.5.1.r.2"),
        rule("sponsorstudynumb", "C.5.3"),
        rule("observestudytype", "C.5.4", "study type"),
    ),
    "reporter",
)

SENDER: Final = Part(
    "sender",
    "safetyreport",
    (
        code("sendertype", "C.3.1", "sender type"),
        masked("senderorganization", "C.3.2"),
        masked("senderdepartment", "C.3.3.1"),
        masked("sendertitle", "C.3.3.2"),
        masked("sendergivename", "C.3.3.3"),
        masked("sendermiddlename", "C.3.3.4"),
        masked("senderfamilyname", "C.3.3.5"),
        masked("senderstreetaddress", "C.3.4.1"),
        masked("sendercity", "C.3.4.2"),
        masked("senderstate", "C.3.4.3"),
        masked("senderpostcode", "C.3.4.4"),
        code("sendercountrycode", "C.3.4.5", "country"),
        rule("sendertel", "C.3.4.6"),
        rule("sendertelextension", "C.3.4.6"),
        rule("sendertelcountrycode", "C.3.4.6"),
        rule("senderfax", "C.3.4.7"),
        rule("senderfaxextension", "C.3.4.7"),
        rule("senderfaxcountrycode", "C.3.4.7"),
        text("senderemailaddress", "C.3.4.8"),
    ),
)

RECEIVER: Final = Part(
    "receiver",
    "safetyreport",
    tuple(
        dropped(tag, _RECEIVER)
        for tag in (
            *("receivertype", "receiverorganization", "receiverdepartment", "receivertitle"),
            *("receivergivename", "receivermiddlename", "receiverfamilyname", "receiverstreetaddress"),
            *("receivercity", "receiverstate", "receiverpostcode", "receivercountrycode", "receivertel"),
            *("receivertelextension", "receivertelcountrycode", "receiverfax", "receiverfaxextension"),
            *("receiverfaxcountrycode", "receiveremailaddress"),
        )
    ),
)

SUMMARY: Final = Part(
    "summary",
    "patient",
    (
        rule("narrativeincludeclinical", "H.1"),
        text("reportercomment", "H.2"),
        rule("senderdiagnosismeddraversion", "H.3.r.1a"),
        rule("senderdiagnosis", "H.3.r.1b"),
        rule("sendercomment", "H.4"),
    ),
)

TEST: Final = Part(
    "test",
    "patient",
    (
        *date("testdate", "F.r.1"),
        rule("testname", "F.r.2.1 F.r.2.2b"),
        rule("testresult", "F.r.3.1 F.r.3.2 F.r.3.4", "test result word"),
        rule("testunit", "F.r.3.3", "test unit spelling"),
        rule("lowtestrange", "F.r.4"),
        rule("hightestrange", "F.r.5"),
        code("moreinformation", "F.r.7", "yes no"),
    ),
    "test",
)

REACTION: Final = Part(
    "reaction",
    "patient",
    (
        rule("primarysourcereaction", "E.i.1.1a E.i.1.2"),
        rule("reactionmeddraversionllt", "E.i.2.1a"),
        rule("reactionmeddrallt", "E.i.2.1b"),
        rule("reactionmeddraversionpt", ""),
        rule("reactionmeddrapt", ""),
        code("termhighlighted", "E.i.3.1", "term highlighted"),
        *date("reactionstartdate", "E.i.4"),
        *date("reactionenddate", "E.i.5"),
        *number("reactionduration", "E.i.6a E.i.6b", "duration unit"),
        *number("reactionfirsttime", "G.k.9.i.3.1a G.k.9.i.3.1b", "duration unit"),
        *number("reactionlasttime", "G.k.9.i.3.2a G.k.9.i.3.2b", "duration unit"),
        code("reactionoutcome", "E.i.7", "outcome"),
    ),
    "reaction",
)
