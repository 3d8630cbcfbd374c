"""Fever and lymph nodes."""

from decimal import Decimal

from scoring.facts import Fact, Facts, NodeExamination, NodeSite, ResultKind, Temperature
from scoring.regiscar.v1.table import PARAMETERS
from scoring.result import NO, YES, Basis, Reading, closed, missing, reported

BOTH = (NO, YES)
IN_WORDS = (ResultKind.POSITIVE, ResultKind.QUALITATIVE)
TEMPERATURE_NEEDED = "The highest temperature of the reaction, in °C, and where it was taken."
NODES_NEEDED = "The enlarged lymph node sites with the size of the largest node in each, in cm."


def fever_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `fever` reads."""
    return facts.temperatures


def fever(facts: Facts) -> Reading:
    """Yes if a temperature reaches the limit; No only if the highest is recorded or fever is denied."""
    measured = [t for t in facts.temperatures if t.celsius is not None]
    reached = [t.id for t in measured if _reaches_limit(t)]
    if reached:
        return closed(YES, Basis.MEASURED, "A temperature reached 38.5 °C (axillary 38.0 °C).", reached)
    peak = [t.id for t in measured if t.is_peak]
    if peak:
        return closed(NO, Basis.MEASURED, "The highest temperature stayed below 38.5 °C.", peak)
    in_words = [t.id for t in facts.temperatures if t.celsius is None and t.kind in IN_WORDS]
    if in_words:
        return reported(YES, BOTH, "Fever is reported without a temperature.", in_words, TEMPERATURE_NEEDED)
    denied = [t.id for t in facts.temperatures if t.kind is ResultKind.NEGATIVE]
    if denied:
        return closed(NO, Basis.DENIED, "The report says that there was no fever.", denied)
    if measured:
        rule = (
            "The recorded temperatures stayed below 38.5 °C; whether the highest is among them is not said."
        )
        return reported(NO, BOTH, rule, [t.id for t in measured], TEMPERATURE_NEEDED)
    return missing(BOTH, "Nothing is recorded on fever: Unknown scores -1.", TEMPERATURE_NEEDED)


def _reaches_limit(temperature: Temperature) -> bool:
    limit = PARAMETERS.fever_axillary_celsius if temperature.axillary else PARAMETERS.fever_core_celsius
    return temperature.celsius is not None and temperature.celsius >= limit


def node_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `nodes` reads."""
    return facts.nodes


def nodes(facts: Facts) -> Reading:
    """Yes with two different sites of at least 1 cm; No if denied, or if all sites were examined."""
    sized = {site.site for exam in facts.nodes for site in exam.sites if _is_enlarged(site)}
    evidence = [
        exam.id for exam in facts.nodes if exam.kind not in (ResultKind.NOT_DONE, ResultKind.NOT_STATED)
    ]
    if len(sized) >= PARAMETERS.node_sites:
        where = ", ".join(sorted(sized))
        return closed(
            YES, Basis.MEASURED, f"Nodes of at least 1 cm at two or more sites ({where}).", evidence
        )
    examined = [exam for exam in facts.nodes if exam.kind in (*IN_WORDS, ResultKind.MEASURED)]
    if _second_site_excluded(examined):
        return closed(NO, Basis.MEASURED, "All sites were examined, fewer than two reached 1 cm.", evidence)
    if examined:
        return _nodes_as_reported(examined, evidence)
    if evidence:
        return closed(NO, Basis.DENIED, "The report says that no lymph node was enlarged.", evidence)
    return missing(BOTH, "Nothing is recorded on lymph nodes.", NODES_NEEDED)


def _second_site_excluded(exams: list[NodeExamination]) -> bool:
    """Whether one examination was complete, and no other leaves room for a second enlarged site."""
    if not (any(exam.is_complete for exam in exams) and all(_lists_sites(exam) for exam in exams)):
        return False
    possible = {
        site.site for exam in exams for site in exam.sites if site.size_cm is None or _is_enlarged(site)
    }
    return len(possible) < PARAMETERS.node_sites


def _nodes_as_reported(exams: list[NodeExamination], evidence: list[str]) -> Reading:
    if all(_lists_sites(exam) and _all_sized(exam) for exam in exams):
        rule = (
            "Fewer than two sites of at least 1 cm are recorded; whether all sites were examined is not said."
        )
        return reported(NO, BOTH, rule, evidence, NODES_NEEDED)
    return reported(
        YES, BOTH, "Enlarged lymph nodes are reported without sites and sizes.", evidence, NODES_NEEDED
    )


def _lists_sites(exam: NodeExamination) -> bool:
    """Whether the sites are listed; "lymphadenopathy" alone has none."""
    return bool(exam.sites) or exam.kind is ResultKind.MEASURED


def _is_enlarged(site: NodeSite) -> bool:
    return (site.size_cm or Decimal(0)) >= PARAMETERS.node_cm


def _all_sized(exam: NodeExamination) -> bool:
    return all(site.size_cm is not None for site in exam.sites)
