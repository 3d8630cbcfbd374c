"""Checks of the message as a whole: its local ids, and its one MedDRA version."""

from collections import Counter
from collections.abc import Iterator

from e2b.datatypes import text_of
from e2b.elements import BLOCK, BLOCKS, ELEMENTS
from e2b.validation.context import Place
from e2b.violations import Finding

_NAMED = tuple(block for block in BLOCKS if block.ref)
_PAIRS = tuple(block for block in BLOCKS if block.key)
_VERSIONS = frozenset(element.id for element in ELEMENTS.values() if element.codes == "MedDRA version")


def check_identity(root: Place) -> Iterator[Finding]:
    """Every reaction and drug has an id of its own, and every reference leads to one."""
    for kind in _NAMED:
        places = root.by_kind().get(kind.id, [])
        counts = Counter(place.block.ref for place in places if place.block)
        for place in places:
            ref = place.block.ref if place.block else ""
            if not ref or counts[ref] > 1:
                what = "has no local id" if not ref else f"shares its local id {ref!r}"
                yield Finding("ICH-LOCAL-ID", "", place.name, f"The {kind.noun} {what}.", "Give it a UUID.")
    for kind in _PAIRS:
        yield from _check_pairs(root, kind.id)


def _check_pairs(root: Place, kind: str) -> Iterator[Finding]:
    key, named = BLOCK[kind].key, BLOCK[kind].follows
    known = {place.block.ref for place in root.by_kind().get(named, ()) if place.block}
    for owner in root.by_kind().get(BLOCK[kind].parent, ()):
        pairs = [place for place in owner.inside if place.kind == kind]
        counts = Counter(text_of(place.own.get(key)) for place in pairs)
        for place in pairs:
            ref = text_of(place.own.get(key))
            if ref not in known:
                yield Finding("ICH-REFERENCE", key, place.name,
                              f"There is no {BLOCK[named].noun} with the local id {ref!r}.",
                              f"Name a {BLOCK[named].noun} of this message.")  # fmt: skip
            elif counts[ref] > 1:
                yield Finding("ICH-PAIR", key, place.name,
                              f"The {BLOCK[named].noun} {ref!r} is assessed twice.",
                              "Join both blocks.")  # fmt: skip


def check_versions(root: Place) -> Iterator[Finding]:
    """One MedDRA version per case."""
    found = Counter(
        text_of(value) for place in root.walk() for name, value in place.own.items() if name in _VERSIONS
    )
    found.pop("", None)
    if len(found) > 1:
        yield Finding("ICH-MEDDRA", "", "", f"The case is coded in MedDRA {' and '.join(sorted(found))}.",
                      "Code it in one version.")  # fmt: skip
