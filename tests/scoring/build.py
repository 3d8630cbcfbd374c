"""Short constructors of facts, and an item as one line, so that tests of rules read as tables."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scoring.facts import (
    Biopsy,
    BiopsyConclusion,
    Course,
    Diagnosis,
    Explanation,
    Exposure,
    Facts,
    NodeExamination,
    NodeSite,
    Organ,
    OrganFinding,
    Outcome,
    Qualifier,
    ResultKind,
    Sign,
    SkinExamination,
    Steroid,
    Temperature,
    Test,
)
from scoring.regiscar import v1
from values.spans import UNKNOWN_SPAN, Span
from vocabulary.signs import Evidence, read_sign
from vocabulary.sites import SiteCount, read_node_site

MEASURED, POSITIVE, NEGATIVE = ResultKind.MEASURED, ResultKind.POSITIVE, ResultKind.NEGATIVE
QUALITATIVE, NOT_DONE, NOT_STATED = ResultKind.QUALITATIVE, ResultKind.NOT_DONE, ResultKind.NOT_STATED
EXCLUDED, PRESENT, NOT_KNOWN = Explanation.EXCLUDED, Explanation.PRESENT, Explanation.NOT_KNOWN
COMPATIBLE, UNCLEAR = BiopsyConclusion.COMPATIBLE, BiopsyConclusion.UNCLEAR
OTHER_DIAGNOSIS = BiopsyConclusion.OTHER_DIAGNOSIS

SECTIONS = {
    Temperature: "temperatures",
    NodeExamination: "nodes",
    Test: "tests",
    SkinExamination: "skin",
    Biopsy: "biopsies",
    OrganFinding: "organs",
    Exposure: "exposures",
    Sign: "signs",
    Diagnosis: "diagnoses",
    Steroid: "steroids",
}


def facts(*rows, as_of=""):
    """The facts of these rows; rows without an id are numbered as they come."""
    sections = {name: [] for name in SECTIONS.values()}
    course = None
    for number, row in enumerate(rows, start=1):
        row = row if row.id else replace(row, id=f"row-{number}")
        if isinstance(row, Course):
            course = row
        else:
            sections[SECTIONS[type(row)]].append(row)
    return Facts(as_of=as_of, course=course, **{name: tuple(members) for name, members in sections.items()})


def line(key, *rows):
    """The reading of an item: "yes 0 [-1, 0] reported" is answer, points, interval and basis."""
    item = v1.assess(facts(*rows)).item(key)
    return f"{item.answer} {item.points} [{item.low}, {item.high}] {item.basis}"


def case(title, *rows, reads):
    """One row of a rule table: the recorded rows, and the item as `line` writes it."""
    return pytest.param(rows, reads, id=title)


def number(value):
    return None if value is None else Decimal(str(value))


def day(value):
    """A day from onset: a number, a pair of bounds, or None for unknown."""
    if value is None:
        return UNKNOWN_SPAN
    if isinstance(value, Span):
        return value
    return Span.days(*value) if isinstance(value, tuple) else Span.days(value)


def temperature(celsius=None, kind=MEASURED, *, axillary=False, peak=False, row="", qualifier="="):
    return Temperature(
        row, kind, number(celsius), axillary=axillary, is_peak=peak, qualifier=Qualifier(qualifier)
    )


def nodes(kind=MEASURED, *, complete=False, row="", **sites):
    """Sites by name with their size in cm, None where not measured."""
    return NodeExamination(row, kind, tuple(node_site(*site) for site in sites.items()), is_complete=complete)


def node_site(text, size=None):
    """A site by its name, as the vocabulary reads it."""
    reading = read_node_site(text.replace("_", " "))
    several = reading.count is SiteCount.SEVERAL
    return NodeSite(text, number(size), reading.region, reading.area, is_several=several)


def lab(name, value=None, kind=None, *, upper=None, baseline=None, sample="", on=None, row="", **more):
    """A laboratory result: measured if it has a value ("< 5" is a bound), otherwise of the given kind."""
    kind = kind or (NOT_STATED if value is None else MEASURED)
    qualifier, _, amount = str(value).rpartition(" ")
    more["lower"] = number(more.get("lower"))
    return Test(
        row,
        name,
        kind,
        None if value is None else Decimal(amount),
        number(upper),
        number(baseline),
        sample,
        day(on),
        qualifier=Qualifier(qualifier or "="),
        **more,
    )


def blood(sample="one", *, count=None, percent=None, leukocytes=None, peak=False, on=None):
    """The counts of one blood sample; `peak`: said to be the highest of the reaction."""
    values = {"eosinophils": count, "eosinophils_percent": percent, "leukocytes": leukocytes}
    return tuple(
        lab(name, value, sample=sample, is_peak=peak, on=on)
        for name, value in values.items()
        if value is not None
    )


def steroid(began=None, name="prednisolone", row=""):
    return Steroid(row, name, day(began))


def skin(percent=None, *, widespread=None, row="", suggestive=None, **features):
    """An examination of the skin; features by name, True or False."""
    return SkinExamination(row, number(percent), widespread, reporter_finds_suggestive=suggestive, **features)


def biopsy(conclusion=None, kind=POSITIVE, row="", *, is_skin=True):
    return Biopsy(row, kind, conclusion, is_skin)


def organ(name, kind=POSITIVE, *, proof=False, explanation=NOT_KNOWN, row="", which=""):
    return OrganFinding(row, Organ(name), kind, meets_threshold=proof, explanation=explanation, name=which)


def signs(term, row=""):
    """What a term of a reaction is evidence of."""
    return tuple(
        Sign(row, term, sign.item, sign.evidence, sign.organ, sign.field)
        for sign in read_sign(term)
        if sign.evidence is not Evidence.NEVER
    )


def diagnosis(name, row=""):
    return Diagnosis(row, name)


def course(
    resolved_after=None,
    *,
    resolved=None,
    from_treatment=None,
    relapsed=None,
    died=None,
    followed=None,
    outcome=None,
    reexposed=False,
    row="",
):
    return Course(
        row,
        resolved_after=day(resolved_after),
        is_resolved=resolved,
        days_from_treatment=day(from_treatment),
        relapsed_after=day(relapsed),
        died_after=None if died is None else day(died),
        followed_for=day(followed),
        outcome=outcome and Outcome(outcome),
        is_reexposed=reexposed,
    )


# The two patients of the letter (Orphanet J Rare Dis 2017, s13023-017-0645-x), as the text gives them.
PATIENT_1 = facts(
    temperature(kind=QUALITATIVE, row="fever"),
    nodes(NEGATIVE, row="no lymphadenopathy"),
    lab("eosinophils", 10, row="eosinophils"),
    skin(widespread=True, row="widespread exanthema"),
    biopsy(COMPATIBLE, row="biopsy"),
    lab("liver_enzymes", kind=QUALITATIVE, row="slightly elevated"),
    organ("all_others", NEGATIVE, row="no other organ involvement"),
    course(resolved=True, from_treatment=(0, 14), row="course"),
)
PATIENT_2 = facts(
    temperature(kind=QUALITATIVE, row="fever"),
    nodes(QUALITATIVE, row="lymphadenopathy"),
    lab("eosinophils", 5, row="eosinophils"),
    skin(widespread=True, row="widespread exanthema"),
    biopsy(COMPATIBLE, row="biopsy"),
    course(from_treatment=(0, 7), row="course"),
)
