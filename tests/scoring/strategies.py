"""Arbitrary facts: every kind of row, contradictions included, with numbers close to the thresholds."""

from decimal import Decimal

from hypothesis import strategies as st

from scoring.facts import (
    Biopsy,
    BiopsyConclusion,
    Course,
    Explanation,
    Exposure,
    Facts,
    NodeExamination,
    NodeSite,
    Organ,
    OrganFinding,
    ResultKind,
    SkinExamination,
    Temperature,
    Test,
)
from scoring.vocabulary import TESTS
from values.spans import Span

NAMES = sorted({*TESTS, "hhv6_pcr"})
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
)
sites = st.builds(
    NodeSite, st.sampled_from(["neck", "groin", "axilla"]), numbers("0", "0.99", "1", "1.00", "3")
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
)
skin_examinations = st.builds(
    SkinExamination, st.just(""), numbers("0", "50", "50.1", "90"), maybe, maybe, maybe, maybe, maybe, maybe
)
biopsies = st.builds(Biopsy, st.just(""), kinds, st.none() | st.sampled_from(BiopsyConclusion))
organ_findings = st.builds(
    OrganFinding,
    st.just(""),
    st.sampled_from(Organ),
    kinds,
    st.booleans(),
    st.sampled_from(Explanation),
)
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
