"""Predicates that distinguish nodes of one tag under one parent: what their paths test."""

from collections.abc import Callable, Iterable, Iterator

from e2b.paths import Mark, Step
from e2b.reading.parse import XML
from e2b.structure import HL7, XSI

Predicate = Callable[[XML], bool]

XSI_TYPE = f"{{{XSI}}}type"


def predicates_of(step: Step | None, *, alone: bool) -> list[Predicate]:
    """The predicates of a step; `alone`: no other step shares its tag."""
    if step is None:
        return []
    predicates = [predicate_of(mark) for mark in step.tested]
    if step.prefix:
        predicates.append(_begins(step.prefix))
    if step.type in _CONTENT and not alone:
        predicates.append(_holds(step.type))
    return predicates


def all_of(predicates: Iterable[Predicate]) -> Predicate | None:
    """One predicate that requires all of them; None where there are none."""
    several = list(predicates)
    if len(several) < 2:
        return several[0] if several else None
    return lambda xml: all(predicate(xml) for predicate in several)


def predicate_of(mark: Mark) -> Predicate:
    """Whether a node, or one of those that the mark's path leads to, has the attributes of the mark."""
    tags = [f"{{{HL7}}}{tag}" for tag in mark.path]
    (name, values), *more = mark.attributes
    if not tags and not more:
        return lambda xml: xml.get(name) in values

    def matches(xml: XML) -> bool:
        return any(
            node.get(name) in values and all(node.get(other) in accepted for other, accepted in more)
            for node in _below(xml, tags)
        )

    return matches


def _below(xml: XML, tags: list[str]) -> Iterator[XML]:
    if not tags:
        yield xml
        return
    for child in xml:
        if child.tag == tags[0]:
            yield from _below(child, tags[1:])


def position_of(xml: XML, parent: XML, most: int) -> int:
    """The position of a child among the children of its tag, from 1; 0 beyond `most`."""
    position = 0
    for sibling in parent:
        position += sibling.tag == xml.tag
        if sibling is xml:
            return position
        if position == most:
            return 0
    return 0


def _begins(prefix: str) -> Predicate:
    """Schemes of addresses ignore case (RFC 3986, 3.1)."""
    return lambda xml: (xml.get("value") or "").lower().startswith(prefix)


def is_null(xml: XML) -> bool:
    """A node that has a nullFlavor and no value."""
    return xml.get("nullFlavor") is not None and not xml.get("value")


# What a `value` of this type contains, where a `value` of another type may stand as well.
_CONTENT: dict[str, Predicate] = {
    "IVL_PQ": lambda xml: len(xml) > 0 or xml.get("value") is not None,
    "CE": lambda xml: xml.get("code") is not None,
}


def _holds(kind: str) -> Predicate:
    def matches(xml: XML) -> bool:
        if xml.get("nullFlavor") is None:
            return _CONTENT[kind](xml)
        return (xml.get(XSI_TYPE) or "").rpartition(":")[2] == kind

    return matches
