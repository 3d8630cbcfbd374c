"""Null flavors of the elements that ICH requires, sent where the case has no answer.

Source: ICH E2B(R3) implementation guide, conformance and nullFlavors of each element. E.i.7 allows no
nullFlavor but a code that means the same.
"""

from collections.abc import Container

from e2b import Null, Value
from e2b.elements import ICH

NULL_DEFAULTS: dict[str, Value] = {
    "C.1.7": Null("NI"),
    "C.1.9.1": Null("NI"),
    "C.2.r.4": Null("UNK"),
    "D.1": Null("UNK"),
    "D.7.2": Null("UNK"),
    "D.9.3": Null("UNK"),
    "E.i.3.2a": Null("NI"),
    "E.i.3.2b": Null("NI"),
    "E.i.3.2c": Null("NI"),
    "E.i.3.2d": Null("NI"),
    "E.i.3.2e": Null("NI"),
    "E.i.3.2f": Null("NI"),
    "E.i.7": "0",
    "F.r.1": Null("UNK"),
    "D.8.r.1": Null("UNK"),
}
# Only required beside another element, or where another element or block is missing.
_ONLY_WITH = {"D.9.3": "D.9.1"}
_ONLY_WITHOUT = {"D.7.2": "D.7.1.r", "C.1.9.1": "C.1.9.1.r"}


def null_defaults(kind: str, present: Container[str]) -> dict[str, Value]:
    """The null flavors that a block of this kind needs; `present` are the elements that it has."""
    if kind not in _OF_KIND:
        return {}
    return {
        element: value
        for element, value in _OF_KIND[kind].items()
        if element not in present
        and (element not in _ONLY_WITH or _ONLY_WITH[element] in present)
        and (element not in _ONLY_WITHOUT or _ONLY_WITHOUT[element] not in present)
    }


def _kinds() -> dict[str, dict[str, Value]]:
    kinds: dict[str, dict[str, Value]] = {}
    for element, value in NULL_DEFAULTS.items():
        kinds.setdefault(ICH[element].block, {})[element] = value
    return kinds


_OF_KIND = _kinds()
