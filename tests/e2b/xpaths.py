"""A second, independent look at a file: the XPaths of the fact tables, one by one.

The package never evaluates an XPath; these tests never look at its tables. Both must agree.
"""

import csv
from collections import Counter
from functools import lru_cache

from lxml import etree

from tests.e2b.material import MATERIAL

_NAMESPACES = {"h": "urn:hl7-org:v3"}


@lru_cache
def compiled() -> list[tuple[str, list[etree.XPath]]]:
    """Element id (with "/null" for its nullFlavor) and its XPaths."""
    found = []
    for table in ("elements.csv", "elements_fda.csv"):
        with (MATERIAL / table).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                found.append((row["id"], _paths(row["xpath"])))
                if row.get("null_xpath"):
                    found.append((f"{row['id']}/null", _paths(row["null_xpath"])))
    return found


def _paths(text: str) -> list[etree.XPath]:
    return [etree.XPath(path.strip(), namespaces=_NAMESPACES) for path in text.split(" OR ")]


def found_in(xml: etree._Element) -> dict[str, Counter[str]]:
    """What every XPath finds: values that are not blank, with how often."""
    tree = xml.getroottree()
    found = {}
    for name, paths in compiled():
        values = [str(value).strip() for path in paths for value in path(tree)]
        found[name] = Counter(value for value in values if value)
    return found
