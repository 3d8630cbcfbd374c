"""Constructed rule boundaries: the measurements that a vector gives, turned into facts and scored."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from scoring.facts import (
    Biopsy,
    BiopsyConclusion,
    Course,
    Explanation,
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
from scoring.instrument import Rules
from values.spans import Span
from vocabulary.sites import read_node_site

COUNTS = {
    "eosinophils_x10e9_L": "eosinophils",
    "eosinophils_percent": "eosinophils_percent",
    "wbc_x10e9_L": "leukocytes",
}
CAUSES = {
    "ANA": ("ana",),
    "blood culture": ("blood_culture",),
    "HAV/HBV/HCV serology": ("hepatitis_a", "hepatitis_b", "hepatitis_c"),
    "HAV": ("hepatitis_a",),
    "HBV": ("hepatitis_b",),
    "HCV": ("hepatitis_c",),
    "Chlamydia/Mycoplasma": ("chlamydia", "mycoplasma"),
    "Chlamydia": ("chlamydia",),
    "Mycoplasma": ("mycoplasma",),
}
MEASUREMENTS = {
    *COUNTS,
    "temperature_c",
    "site",
    "node_sites_cm",
    "atypical_lymphocytes",
    "negative",
    "positive",
    "bsa_percent",
    "features",
    "biopsy",
    "organs_yes",
    "days_to_resolution",
}
BIOPSIES = {
    "compatible": (ResultKind.POSITIVE, BiopsyConclusion.COMPATIBLE),
    "other diagnosis": (ResultKind.POSITIVE, BiopsyConclusion.OTHER_DIAGNOSIS),
    "unclear": (ResultKind.POSITIVE, BiopsyConclusion.UNCLEAR),
    "not done": (ResultKind.NOT_DONE, None),
}


def check_boundary(rules: Rules, boundary: Mapping[str, Any], items: Mapping[str, str]) -> Iterator[str]:
    """A sentence if a measurement has an unknown name, or if the points are not those expected."""
    unknown = set(boundary["given"]) - MEASUREMENTS
    if unknown:
        yield f"not understood: {', '.join(sorted(unknown))}"
        return
    item = rules.assess(facts_of(boundary["given"])).item(items[boundary["item"]])
    if item.points != boundary["expected_points"]:
        yield f"{boundary['item']}: {boundary['expected_points']} points expected, {item.points} found"


def facts_of(given: Mapping[str, Any]) -> Facts:
    """The facts that a boundary's measurements stand for."""
    return Facts(
        temperatures=_temperatures(given),
        nodes=_nodes(given),
        tests=(*_counts(given), *_causes(given)),
        skin=_skin(given),
        biopsies=_biopsies(given),
        organs=_organs(given),
        course=_course(given),
    )


def _temperatures(given: Mapping[str, Any]) -> tuple[Temperature, ...]:
    if "temperature_c" not in given:
        return ()
    celsius = Decimal(str(given["temperature_c"]))
    axillary = given.get("site") in ("axilla", "axillary")
    return (Temperature("temperature", ResultKind.MEASURED, celsius, axillary=axillary, is_peak=True),)


def _nodes(given: Mapping[str, Any]) -> tuple[NodeExamination, ...]:
    sizes = given.get("node_sites_cm")
    if sizes is None:
        return ()
    named = sizes.items() if isinstance(sizes, Mapping) else enumerate(sizes)
    sites = tuple(_node_site(str(name), size) for name, size in named)
    return (NodeExamination("nodes", ResultKind.MEASURED, sites, is_complete=True),)


def _node_site(name: str, size: float | str) -> NodeSite:
    """A site by its name; one that has only a number is an area of its own."""
    reading = read_node_site(name)
    region, area = (name, name) if name.isdigit() else (reading.region, reading.area)
    return NodeSite(name, Decimal(str(size)), region, area)


def _counts(given: Mapping[str, Any]) -> Iterator[Test]:
    for key, name in COUNTS.items():
        if key in given:
            yield Test(name, name, ResultKind.MEASURED, Decimal(str(given[key])), sample="one", is_peak=True)
    if "atypical_lymphocytes" in given:
        kind = ResultKind.POSITIVE if given["atypical_lymphocytes"] in (True, "yes") else ResultKind.NEGATIVE
        yield Test("smear", "atypical_lymphocytes", kind)


def _causes(given: Mapping[str, Any]) -> Iterator[Test]:
    for kind in (ResultKind.NEGATIVE, ResultKind.POSITIVE):
        for label in given.get(kind.value, ()):
            for name in CAUSES[label]:
                yield Test(name, name, kind)


def _skin(given: Mapping[str, Any]) -> tuple[SkinExamination, ...]:
    percent = given.get("bsa_percent")
    features = given.get("features", {})
    if percent is None and not features:
        return ()
    extent = None if percent is None else Decimal(str(percent))
    return (SkinExamination("skin", extent, **features),)


def _biopsies(given: Mapping[str, Any]) -> tuple[Biopsy, ...]:
    if "biopsy" not in given:
        return ()
    kind, conclusion = BIOPSIES[given["biopsy"]]
    return (Biopsy("biopsy", kind, conclusion),)


def _organs(given: Mapping[str, Any]) -> tuple[OrganFinding, ...]:
    return tuple(
        OrganFinding(
            name,
            Organ(name),
            ResultKind.POSITIVE,
            meets_threshold=True,
            explanation=Explanation.EXCLUDED,
        )
        for name in given.get("organs_yes", ())
    )


def _course(given: Mapping[str, Any]) -> Course | None:
    if "days_to_resolution" not in given:
        return None
    return Course("course", Span.days(given["days_to_resolution"]), is_resolved=True)
