"""Fever and lymph nodes."""

from collections.abc import Iterable
from decimal import Decimal

from scoring.facts import (
    IN_WORDS,
    NO_RESULT,
    Fact,
    Facts,
    NodeExamination,
    NodeSite,
    ResultKind,
    Temperature,
)
from scoring.regiscar.v1.signs import ItemSigns, ids, sign_inputs, signs_of, terms
from scoring.regiscar.v1.table import PARAMETERS
from scoring.result import NO, YES, Basis, Reading, closed, missing, reported
from vocabulary.sites import SiteCount, read_node_site

FEVER, NODES = "fever", "nodes"
BOTH = (NO, YES)
TEMPERATURE_NEEDED = "The highest temperature of the reaction, in °C, and where it was taken."
NODES_NEEDED = "The enlarged lymph node sites with the size of the largest node in each, in cm."
NO_FEVER_TOO = "Elsewhere the report says that there was none."
NO_NODES_TOO = "Elsewhere the report says that none was enlarged."


def fever_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `fever` reads."""
    return (*facts.temperatures, *sign_inputs(facts, FEVER))


def fever(facts: Facts) -> Reading:
    """Yes if a temperature reaches the limit; No only if the highest is recorded or fever is denied."""
    measured = [t for t in facts.temperatures if t.celsius is not None]
    reached = [t.id for t in measured if _reaches_limit(t)]
    if reached:
        return closed(YES, Basis.MEASURED, "A temperature reached 38.5 °C (axillary 38.0 °C).", reached)
    peak = [t.id for t in measured if t.is_peak and _stays_below(t)]
    if peak:
        return closed(NO, Basis.MEASURED, "The highest temperature stayed below 38.5 °C.", peak)
    signs = signs_of(facts, FEVER)
    in_words = [t.id for t in facts.temperatures if t.celsius is None and t.kind in IN_WORDS]
    in_words += ids(signs.reported)
    denied = [t.id for t in facts.temperatures if t.kind is ResultKind.NEGATIVE]
    if in_words:
        against = [*denied, *ids(signs.denied)]
        rule = f"Fever is reported without a temperature.{f' {NO_FEVER_TOO}' if against else ''}"
        return reported(YES, BOTH, rule, {*in_words, *against}, TEMPERATURE_NEEDED)
    return _fever_without_words(facts, measured, denied, signs)


def _fever_without_words(
    facts: Facts, measured: list[Temperature], denied: list[str], signs: ItemSigns
) -> Reading:
    """A denial closes the item where nothing else speaks; it covers only its own time."""
    unread = [t.id for t in facts.temperatures if t.celsius is None and t.kind is ResultKind.MEASURED]
    denied += [] if signs.suggests else ids(signs.denied)
    raised = [t for t in measured if not _stays_below(t) or _is_raised(t)]
    if denied and not unread and not raised:
        return closed(NO, Basis.DENIED, "The report says that there was no fever.", denied)
    evidence = [*(t.id for t in measured), *unread, *denied, *ids(signs.suggests)]
    if measured and all(_stays_below(t) for t in measured):
        rule = (
            "The recorded temperatures stayed below 38.5 °C; whether the highest is among them is not said."
        )
        return reported(NO, BOTH, rule, evidence, TEMPERATURE_NEEDED)
    if measured or unread:
        rule = "A temperature is given that can't be compared with 38.5 °C."
        return missing(BOTH, f"{rule} Unknown scores -1.", TEMPERATURE_NEEDED, evidence)
    if signs.suggests:
        rule = f"{terms(signs.suggests)} does not say that 38.5 °C was reached: Unknown scores -1."
        return missing(BOTH, rule, TEMPERATURE_NEEDED, [*evidence, *ids(signs.denied)])
    return missing(BOTH, "Nothing is recorded on fever: Unknown scores -1.", TEMPERATURE_NEEDED)


def _limit(temperature: Temperature) -> Decimal:
    return PARAMETERS.fever_axillary_celsius if temperature.axillary else PARAMETERS.fever_core_celsius


def _reaches_limit(temperature: Temperature) -> bool:
    return temperature.surely_at_least(_limit(temperature))


def _stays_below(temperature: Temperature) -> bool:
    return temperature.surely_below(_limit(temperature))


def _is_raised(temperature: Temperature) -> bool:
    """Whether it speaks against a denial of fever, although it stays below the limit of the item."""
    return temperature.surely_at_least(PARAMETERS.fever_axillary_celsius)


def node_inputs(facts: Facts) -> tuple[Fact, ...]:
    """The facts that `nodes` reads."""
    return (*facts.nodes, *sign_inputs(facts, NODES))


def nodes(facts: Facts) -> Reading:
    """Yes with nodes of at least 1 cm in two areas; No if denied, or if all sites were examined."""
    signs = signs_of(facts, NODES)
    exams = [exam for exam in facts.nodes if exam.kind not in NO_RESULT]
    enlarged = [site for exam in exams for site in exam.sites if _is_enlarged(site)]
    evidence = [exam.id for exam in exams]
    areas = {site.area for site in enlarged if site.area and not site.is_several}
    if len(areas) >= PARAMETERS.node_sites:
        where = ", ".join(sorted({site.site for site in enlarged if site.area}))
        rule = f"Nodes of at least 1 cm in two or more areas ({where})."
        return closed(YES, Basis.MEASURED, rule, evidence)
    examined = [exam for exam in exams if exam.kind is not ResultKind.NEGATIVE]
    if _second_site_excluded(examined, signs):
        return closed(NO, Basis.MEASURED, "All sites were examined, fewer than two reached 1 cm.", evidence)
    if examined or signs.reported:
        return _nodes_as_reported(examined, signs, evidence)
    return _nodes_denied(evidence, signs)


def _nodes_denied(evidence: list[str], signs: ItemSigns) -> Reading:
    """A denial in the report, or as a term that nothing else speaks against."""
    if evidence or (signs.denied and not signs.suggests):
        rule = "The report says that no lymph node was enlarged."
        return closed(NO, Basis.DENIED, rule, [*evidence, *ids(signs.denied)])
    if not signs.suggests:
        return missing(BOTH, "Nothing is recorded on lymph nodes.", NODES_NEEDED)
    rows = [*ids(signs.suggests), *ids(signs.denied)]
    if len(_areas_in_terms(signs)) >= PARAMETERS.node_sites:
        rule = f"Enlarged lymph nodes in two areas are reported without sizes: {terms(signs.suggests)}."
        return reported(YES, BOTH, rule, rows, NODES_NEEDED)
    rule = f"{terms(signs.suggests)}: one region is one site, and its size is not said."
    return missing(BOTH, rule, NODES_NEEDED, rows)


def _areas_in_terms(signs: ItemSigns) -> set[str]:
    """The areas that terms such as "cervical lymphadenopathy" name."""
    return {area for sign in signs.suggests if (area := read_node_site(sign.term).area)}


def _second_site_excluded(exams: list[NodeExamination], signs: ItemSigns) -> bool:
    """Whether one examination was complete, and nothing leaves room for a second enlarged site."""
    if not (any(exam.is_complete for exam in exams) and all(_lists_sites(exam) for exam in exams)):
        return False
    possible = _possible_sites(exams)
    if signs.reported and (not possible or _mean_several(signs)):
        return False
    return len(_regions(possible)) < PARAMETERS.node_sites and all(_is_read(site) for site in possible)


def _possible_sites(exams: list[NodeExamination]) -> list[NodeSite]:
    """The sites that are enlarged, or of which no size is given."""
    return [site for exam in exams for site in exam.sites if site.size_cm is None or _is_enlarged(site)]


def _is_read(site: NodeSite) -> bool:
    return bool(site.region) and not site.is_several


def _regions(sites: Iterable[NodeSite]) -> set[str]:
    """Left and right of one region are one site; of a text that isn't read, the text stands for it."""
    return {site.region or f"“{site.site}”" for site in sites}


def _mean_several(signs: ItemSigns) -> bool:
    """Whether a term such as "generalised lymphadenopathy" means several sites."""
    return any(read_node_site(sign.term).count is SiteCount.SEVERAL for sign in signs.reported)


def _nodes_as_reported(exams: list[NodeExamination], signs: ItemSigns, evidence: list[str]) -> Reading:
    rows = [*evidence, *ids(signs.reported), *ids(signs.denied), *ids(signs.suggests)]
    contradiction = f" {NO_NODES_TOO}" if signs.denied or len(exams) < len(evidence) else ""
    possible = _possible_sites(exams)
    several = any(site.is_several for site in possible) or _mean_several(signs)
    if several or len(_regions(possible)) >= PARAMETERS.node_sites:
        return reported(YES, BOTH, _several_sites(possible) + contradiction, rows, NODES_NEEDED)
    areas = {site.area for site in possible if site.area} | _areas_in_terms(signs)
    if len(areas) >= PARAMETERS.node_sites:
        rule = f"Enlarged lymph nodes are reported in several areas ({', '.join(sorted(areas))})."
        return reported(YES, BOTH, rule + contradiction, rows, NODES_NEEDED)
    if not signs.reported and all(_lists_sites(exam) and _all_sized(exam) for exam in exams):
        rule = "Fewer than two sites of at least 1 cm are recorded; whether all were examined is not said."
        return reported(NO, BOTH, rule + contradiction, rows, NODES_NEEDED)
    rule = "Enlarged lymph nodes are reported without sites and sizes."
    return reported(YES, BOTH, rule + contradiction, rows, NODES_NEEDED)


def _several_sites(possible: list[NodeSite]) -> str:
    """Why two sites are at the reporter's word."""
    sizes_lack = any(site.size_cm is None for site in possible) or not possible
    if sizes_lack:
        return "Enlarged lymph nodes at several sites are reported without all sizes."
    where = ", ".join(sorted({site.site for site in possible}))
    return f"Several regions that may be one area, or are not read as regions ({where}), reached 1 cm."


def _lists_sites(exam: NodeExamination) -> bool:
    """Whether the sites are listed; "lymphadenopathy" alone has none."""
    return bool(exam.sites) or exam.kind is ResultKind.MEASURED


def _is_enlarged(site: NodeSite) -> bool:
    return (site.size_cm or Decimal(0)) >= PARAMETERS.node_cm


def _all_sized(exam: NodeExamination) -> bool:
    return all(site.size_cm is not None for site in exam.sites)
