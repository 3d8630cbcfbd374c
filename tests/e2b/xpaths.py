"""A second, independent reading of a file: the XPaths of ICH's and FDA's tables, one by one, or every leaf.

The package never evaluates an XPath; these tests never read its tables. Both must agree. The tables of
XPaths are others': tests that read them belong to the conformance set.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from tests.material import E2B

_NAMESPACES = {"h": "urn:hl7-org:v3"}


@lru_cache
def compiled() -> list[tuple[str, list[etree.XPath]]]:
    """Element id (with "/null" for its nullFlavor) and its XPaths."""
    xpaths = []
    for table in ("elements.csv", "elements_fda.csv"):
        with (E2B / table).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                xpaths.append((row["id"], _paths(row["xpath"])))
                if row.get("null_xpath"):
                    xpaths.append((f"{row['id']}/null", _paths(row["null_xpath"])))
    return xpaths


def _paths(text: str) -> list[etree.XPath]:
    return [etree.XPath(path.strip(), namespaces=_NAMESPACES) for path in text.split(" OR ")]


def found_in(xml: etree._Element) -> dict[str, Counter[str]]:
    """The values that are not blank at every XPath, with their number."""
    tree = xml.getroottree()
    values_of = {}
    for name, paths in compiled():
        values = [str(value).strip() for path in paths for value in path(tree)]
        values_of[name] = Counter(value for value in values if value)
    return values_of


def leaves(xml: etree._Element) -> Counter[tuple[str, str, str]]:
    """How often every text and attribute value that is not blank stands below the same tags."""
    return Counter(leaf for node in xml.iter(etree.Element) for leaf in _leaves_of(node))


def _leaves_of(node: etree._Element) -> Iterator[tuple[str, str, str]]:
    path = "/".join(str(above.tag) for above in (node, *node.iterancestors()))
    for name, text in (("", node.text or ""), *node.attrib.items()):
        if text.strip():
            yield path, str(name), text.strip()
