"""The elements of R2 about the patient and the parent, in the order of the DTD.

Source: ICH ICSR DTD 2.1 for the elements; ICH's and EMA's conversion for where they go.
"""

from typing import Final

from e2b.r2.model import Part, code, date, masked, number, rule, term, text

PATIENT: Final = Part(
    "patient",
    "safetyreport",
    (
        rule("patientinitial", "D.1"),
        masked("patientgpmedicalrecordnumb", "D.1.1.1"),
        masked("patientspecialistrecordnumb", "D.1.1.2"),
        masked("patienthospitalrecordnumb", "D.1.1.3"),
        masked("patientinvestigationnumb", "D.1.1.4"),
        *date("patientbirthdate", "D.2.1"),
        *number("patientonsetage", "D.2.2a D.2.2b", "age unit"),
        *number("gestationperiod", "D.2.2.1a D.2.2.1b", "gestation unit"),
        code("patientagegroup", "D.2.3", "age group"),
        *number("patientweight", "D.3"),
        *number("patientheight", "D.4"),
        code("patientsex", "D.5", "sex"),
        *date("patientlastmenstrualdate", "D.6", "lastmenstrualdateformat"),
        rule("patientmedicalhistorytext", "D.7.2"),
        rule("resultstestsprocedures", "F.r.6"),
    ),
)

EPISODE: Final = Part(
    "medicalhistoryepisode",
    "patient",
    (
        *term("patientepisodename", "D.7.1.r.1b", "patientepisodenamemeddraversion"),
        *date("patientmedicalstartdate", "D.7.1.r.2"),
        code("patientmedicalcontinue", "D.7.1.r.3", "yes no unknown"),
        *date("patientmedicalenddate", "D.7.1.r.4"),
        text("patientmedicalcomment", "D.7.1.r.5"),
    ),
    "medical history entry",
)

PAST_DRUG: Final = Part(
    "patientpastdrugtherapy",
    "patient",
    (
        text("patientdrugname", "D.8.r.1"),
        *date("patientdrugstartdate", "D.8.r.4"),
        *date("patientdrugenddate", "D.8.r.5"),
        *term("patientdrugindication", "D.8.r.6b", "patientindicationmeddraversion"),
        *term("patientdrugreaction", "D.8.r.7b", "patientdrgreactionmeddraversion"),
    ),
    "past drug",
)

DEATH: Final = Part(
    "patientdeath",
    "patient",
    (*date("patientdeathdate", "D.9.1"), code("patientautopsyyesno", "D.9.3", "yes no unknown")),
)

DEATH_CAUSE: Final = Part(
    "patientdeathcause",
    "patientdeath",
    term("patientdeathreport", "D.9.2.r.1b D.9.2.r.2", "patientdeathreportmeddraversion"),
    "cause of death",
)

AUTOPSY: Final = Part(
    "patientautopsy",
    "patientdeath",
    term("patientdetermineautopsy", "D.9.4.r.1b D.9.4.r.2", "patientdetermautopsmeddraversion"),
    "autopsy finding",
)

PARENT: Final = Part(
    "parent",
    "patient",
    (
        masked("parentidentification", "D.10.1"),
        *date("parentbirthdate", "D.10.2.1"),
        *number("parentage", "D.10.2.2a D.10.2.2b", "age unit"),
        *date("parentlastmenstrualdate", "D.10.3"),
        *number("parentweight", "D.10.4"),
        *number("parentheight", "D.10.5"),
        code("parentsex", "D.10.6", "sex"),
        rule("parentmedicalrelevanttext", "D.10.7.2"),
    ),
)

PARENT_EPISODE: Final = Part(
    "parentmedicalhistoryepisode",
    "parent",
    (
        *term("parentmedicalepisodename", "D.10.7.1.r.1b", "parentmdepisodemeddraversion"),
        *date("parentmedicalstartdate", "D.10.7.1.r.2"),
        code("parentmedicalcontinue", "D.10.7.1.r.3", "yes no unknown"),
        *date("parentmedicalenddate", "D.10.7.1.r.4"),
        text("parentmedicalcomment", "D.10.7.1.r.5"),
    ),
    "parent's medical history entry",
)

PARENT_DRUG: Final = Part(
    "parentpastdrugtherapy",
    "parent",
    (
        text("parentdrugname", "D.10.8.r.1"),
        *date("parentdrugstartdate", "D.10.8.r.4"),
        *date("parentdrugenddate", "D.10.8.r.5"),
        *term("parentdrugindication", "D.10.8.r.6b", "parentdrgindicationmeddraversion"),
        *term("parentdrugreaction", "D.10.8.r.7b", "parentdrgreactionmeddraversion"),
    ),
    "parent's past drug",
)
