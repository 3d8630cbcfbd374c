"""How the nodes that share a tag under one parent are told apart: by what their paths test."""

from collections.abc import Callable, Iterable, Iterator

from e2b.paths import Mark, Step
from e2b.reading.parse import XML
from e2b.structure import HL7, XSI

Test = Callable[[XML], bool]

XSI_TYPE = f"{{{XSI}}}type"


def tests_of(step: Step | None, *, alone: bool) -> list[Test]:
    """What a step tests; `alone` says that no other step shares its tag."""
    if step is None:
        return []
    tests = [test_of(mark) for mark in step.tested]
    if step.prefix:
        tests.append(_begins(step.prefix))
    if step.type in _CONTENT and not alone:
        tests.append(_holds(step.type))
    return tests


def all_of(tests: Iterable[Test]) -> Test | None:
    """One test for many; None for none."""
    found = list(tests)
    if len(found) < 2:
        return found[0] if found else None
    return lambda xml: all(test(xml) for test in found)


def test_of(mark: Mark) -> Test:
    """Whether a node, or one of those that the mark's path leads to, has the attributes of the mark."""
    tags = [f"{{{HL7}}}{tag}" for tag in mark.path]
    (name, values), *more = mark.attributes
    if not tags and not more:
        return lambda xml: xml.get(name) in values

    def test(xml: XML) -> bool:
        return any(
            node.get(name) in values and all(node.get(other) in accepted for other, accepted in more)
            for node in _below(xml, tags)
        )

    return test


def _below(xml: XML, tags: list[str]) -> Iterator[XML]:
    if not tags:
        yield xml
        return
    for child in xml:
        if child.tag == tags[0]:
            yield from _below(child, tags[1:])


def position_of(xml: XML, parent: XML, most: int) -> int:
    """The how-manieth of its tag the child is; 0 beyond the last that is asked for."""
    position = 0
    for sibling in parent:
        position += sibling.tag == xml.tag
        if sibling is xml:
            return position
        if position == most:
            return 0
    return 0


def _begins(prefix: str) -> Test:
    return lambda xml: (xml.get("value") or "").startswith(prefix)


def is_null(xml: XML) -> bool:
    """A node that has a nullFlavor and no value."""
    return xml.get("nullFlavor") is not None and not xml.get("value")


# What a `value` of this type holds, where the same place may hold a value of another type.
_CONTENT: dict[str, Test] = {
    "IVL_PQ": lambda xml: len(xml) > 0 or xml.get("value") is not None,
    "CE": lambda xml: xml.get("code") is not None,
}


def _holds(kind: str) -> Test:
    def test(xml: XML) -> bool:
        if xml.get("nullFlavor") is None:
            return _CONTENT[kind](xml)
        return (xml.get(XSI_TYPE) or "").rpartition(":")[2] == kind

    return test
