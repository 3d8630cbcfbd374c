"""Arbitrary facts: every kind of row, contradictions included, with numbers close to the thresholds."""

from decimal import Decimal

from hypothesis import strategies as st

from scoring.facts import (
    Biopsy,
    BiopsyConclusion,
    Course,
    Diagnosis,
    Explanation,
    Exposure,
    Facts,
    NodeExamination,
    Organ,
    OrganFinding,
    Qualifier,
    ResultKind,
    Sign,
    SkinExamination,
    Steroid,
    Temperature,
    Test,
)
from scoring.vocabulary import TESTS
from tests.scoring.build import node_site
from values.spans import Span
from vocabulary.signs import Evidence, read_sign
from vocabulary.signs.reading import GROUPS

NAMES = sorted({*TESTS, "hhv6_pcr"})
SIGNS = [
    (term.strip(), sign)
    for group in GROUPS
    for term in group.terms.split("|")
    for sign in read_sign(term)
    if sign.evidence is not Evidence.NEVER
]
BLOOD = ("eosinophils", "eosinophils_percent", "leukocytes", "atypical_lymphocytes")


def numbers(*texts):
    return st.none() | st.sampled_from([Decimal(text) for text in texts])


kinds = st.sampled_from(ResultKind)
ends = numbers("-3", "0", "7", "14", "14.99", "15", "20", "60")
maybe = st.none() | st.booleans()


@st.composite
def spans(draw):
    low, high = draw(ends), draw(ends)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Span(low, high)


temperatures = st.builds(
    Temperature,
    st.just(""),
    kinds,
    numbers("36.5", "37.9", "38.0", "38.4", "38.5", "40"),
    st.booleans(),
    st.booleans(),
    spans(),
    st.sampled_from(Qualifier),
)
sites = st.builds(
    node_site,
    st.sampled_from(
        ["neck", "left cervical", "submandibular", "groin", "axilla", "elsewhere", "generalised"]
    ),
    numbers("0", "0.99", "1", "1.00", "3"),
)
node_examinations = st.builds(
    NodeExamination, st.just(""), kinds, st.lists(sites, max_size=3).map(tuple), st.booleans()
)
tests = st.builds(
    Test,
    st.just(""),
    st.sampled_from(NAMES) | st.sampled_from(BLOOD),
    kinds,
    numbers("0", "0.01", "0.5", "0.7", "1", "1.5", "3.9", "4", "10", "12", "20", "80", "81"),
    numbers("1", "40"),
    numbers("1", "8"),
    st.sampled_from(["", "one", "two"]),
    spans(),
    st.sampled_from(Qualifier),
    st.booleans(),
    numbers("0.5", "10"),
    is_peak=st.booleans(),
)
skin_examinations = st.builds(
    SkinExamination, st.just(""), numbers("0", "50", "50.1", "90"), maybe, maybe, maybe, maybe, maybe, maybe
)
biopsies = st.builds(Biopsy, st.just(""), kinds, st.none() | st.sampled_from(BiopsyConclusion), st.booleans())
organ_findings = st.builds(
    OrganFinding,
    st.just(""),
    st.sampled_from(Organ),
    kinds,
    st.booleans(),
    st.sampled_from(Explanation),
    st.sampled_from(["", "spleen", "Milz", "colon"]),
)


@st.composite
def signs(draw):
    """What a term of the vocabulary is evidence of."""
    sign = draw(st.sampled_from(SIGNS))
    return Sign("", sign[0], sign[1].item, sign[1].evidence, sign[1].organ, sign[1].field)


steroids = st.builds(Steroid, st.just(""), st.just("prednisolone"), spans())
diagnoses = st.builds(Diagnosis, st.just(""), st.sampled_from(["sepsis", "lymphoma"]))
courses = st.builds(
    Course,
    st.just("course"),
    spans(),
    maybe,
    spans(),
    st.sampled_from(["", "treatment"]),
    spans(),
    st.none() | spans(),
    spans(),
)
exposures = st.builds(
    Exposure,
    st.just(""),
    st.sampled_from(["canakinumab", "anakinra"]),
    st.booleans(),
    spans(),
    spans(),
    st.lists(spans(), max_size=3).map(tuple),
    maybe,
    st.none() | st.tuples(st.sampled_from([Decimal(4), Decimal("550")]), st.just(Decimal(624))),
)
SECTIONS = {
    "temperatures": (temperatures, 3),
    "nodes": (node_examinations, 3),
    "tests": (tests, 6),
    "skin": (skin_examinations, 3),
    "biopsies": (biopsies, 2),
    "organs": (organ_findings, 4),
    "exposures": (exposures, 2),
    "signs": (signs(), 3),
    "diagnoses": (diagnoses, 1),
    "steroids": (steroids, 1),
}


@st.composite
def any_facts(draw):
    """Facts whose rows carry ids that name their section and place."""
    sections = {}
    for name, (rows, most) in SECTIONS.items():
        members = draw(st.lists(rows, max_size=most))
        sections[name] = tuple(_named(row, f"{name}-{at}") for at, row in enumerate(members))
    return Facts(as_of="2016-03-15", course=draw(st.none() | courses), **sections)


def _named(row, name):
    return type(row)(name, *(getattr(row, field) for field in row.__dataclass_fields__ if field != "id"))
