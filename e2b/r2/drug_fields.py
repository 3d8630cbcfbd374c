"""The elements of R2 about drugs, in the order of the DTD.

Source: ICH ICSR DTD 2.1 for the elements; ICH's and EMA's conversion for where they go.
"""

from typing import Final

from e2b.r2.model import Part, code, date, number, rule, term, text

DRUG: Final = Part(
    "drug",
    "patient",
    (
        rule("drugcharacterization", "G.k.1", "drug role"),
        rule("medicinalproduct", "G.k.2.2"),
        code("obtaindrugcountry", "G.k.2.4", "country"),
        text("drugbatchnumb", "G.k.4.r.7"),
        text("drugauthorizationnumb", "G.k.3.1"),
        code("drugauthorizationcountry", "G.k.3.2", "country"),
        text("drugauthorizationholder", "G.k.3.3"),
        rule("drugstructuredosagenumb", "G.k.4.r.1a"),
        rule("drugstructuredosageunit", "G.k.4.r.1b", "dose unit"),
        rule("drugseparatedosagenumb", "G.k.4.r.1a"),
        rule("drugintervaldosageunitnumb", "G.k.4.r.2"),
        rule("drugintervaldosagedefinition", "G.k.4.r.3", "dose interval unit"),
        rule("drugcumulativedosagenumb", "G.k.5a"),
        rule("drugcumulativedosageunit", "G.k.5b", "dose unit"),
        rule("drugdosagetext", "G.k.4.r.8"),
        text("drugdosageform", "G.k.4.r.9.1"),
        rule("drugadministrationroute", "G.k.4.r.10.2b G.k.4.r.10.1", "route"),
        rule("drugparadministration", "G.k.4.r.11.2b G.k.4.r.11.1", "route"),
        *number("reactiongestationperiod", "G.k.6a G.k.6b", "gestation unit"),
        *term("drugindication", "G.k.7.r.2b G.k.7.r.1", "drugindicationmeddraversion"),
        *date("drugstartdate", "G.k.4.r.4"),
        *number("drugstartperiod", "G.k.9.i.3.1a G.k.9.i.3.1b", "duration unit"),
        *number("druglastperiod", "G.k.9.i.3.2a G.k.9.i.3.2b", "duration unit"),
        *date("drugenddate", "G.k.4.r.5"),
        *number("drugtreatmentduration", "G.k.4.r.6a G.k.4.r.6b", "duration unit"),
        code("actiondrug", "G.k.8", "action taken"),
        rule("drugrecurreadministration", "G.k.9.i.4", "recurrence on readministration"),
        rule("drugadditional", "G.k.11 G.k.10.r", "additional drug information label"),
    ),
    "drug",
)

SUBSTANCE: Final = Part("activesubstance", "drug", (rule("activesubstancename", "G.k.2.3.r.1"),), "substance")

RECURRENCE: Final = Part(
    "drugrecurrence",
    "drug",
    (rule("drugrecuractionmeddraversion", "G.k.9.i.1"), rule("drugrecuraction", "G.k.9.i.1")),
    "recurrence",
)

RELATEDNESS: Final = Part(
    "drugreactionrelatedness",
    "drug",
    (
        rule("drugreactionassesmeddraversion", "G.k.9.i.1"),
        rule("drugreactionasses", "G.k.9.i.1"),
        text("drugassessmentsource", "G.k.9.i.2.r.1"),
        rule("drugassessmentmethod", "G.k.9.i.2.r.2", "EU causality method"),
        rule("drugresult", "G.k.9.i.2.r.3", "EU causality result"),
    ),
    "assessment",
)
