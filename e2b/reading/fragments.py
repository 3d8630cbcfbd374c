"""Gives fragments to the blocks that they belong to, by the local ids that they name.

A role, a causality, an interval or a rechallenge stands away from its drug or from the pair of a
drug and a reaction. An owner that does not exist is made up from the id alone, so that nothing is
lost, and reported.
"""

from typing import Final

from e2b.elements import BLOCK, BLOCKS
from e2b.reading.draft import Draft
from e2b.reading.report import Report

# The block whose local id the fragments of a block give (also where one forgets to give it).
_NAMED: Final = {
    block.id: target for block in BLOCKS for link in block.links for target, _ in link.to if target in BLOCK
}


# So many blocks with one reference are looked through for room; more are hostile input.
_MOST_ALIKE: Final = 50

Known = dict[tuple[str, str], list[Draft]]


def settle(owner: Draft) -> None:
    """Puts the fragments that stand inside a block into its pairs (`BlockType.key`)."""
    known = _pairs_of(owner)
    for fragment in owner.fragments:
        if fragment:
            reference = fragment.names(BLOCK[fragment.kind].key)
            _pair(owner, fragment.kind, reference, fragment, known).values.update(fragment.values)


def send_home(root: Draft, report: Report) -> None:
    """Gives the fragments that stand at the message to the blocks that they name."""
    owners: Known = {}
    for kind in set(_NAMED.values()):
        for draft in root.blocks.get(kind, ()):
            owners.setdefault((kind, draft.ref), []).append(draft)
    pairs: dict[int, Known] = {}
    for fragment in root.fragments:
        owner = _owner(root, _NAMED[fragment.kind], fragment, owners, report)
        if fragment.kind == owner.kind:
            owner.values.update(fragment.values)
            continue
        if id(owner) not in pairs:
            pairs[id(owner)] = _pairs_of(owner)
        _assess(owner, fragment, pairs[id(owner)])


def _assess(owner: Draft, fragment: Draft, known: Known) -> None:
    """A fragment of a block inside a pair of the owner."""
    kind = BLOCK[fragment.kind].parent
    pair = _pair(owner, kind, fragment.names(BLOCK[kind].key), Draft(kind), known)
    if fragment:
        fragment.parent = pair
        pair.blocks.setdefault(fragment.kind, []).append(fragment)


def _pairs_of(owner: Draft) -> Known:
    known: Known = {}
    for kind, drafts in owner.blocks.items():
        if key := BLOCK[kind].key:
            for draft in drafts:
                known.setdefault((kind, str(draft.values.get(key, ""))), []).append(draft)
    return known


def _pair(owner: Draft, kind: str, reference: str, fragment: Draft, known: Known) -> Draft:
    """The first pair with this reference that has room for the fragment; a new one where none has."""
    alike = known.setdefault((kind, reference), [])
    for pair in alike[:_MOST_ALIKE]:
        if pair.values.keys().isdisjoint(fragment.values):
            return pair
    pair = Draft(kind, owner)
    if reference:
        pair.values[BLOCK[kind].key] = reference
    alike.append(pair)
    owner.blocks.setdefault(kind, []).append(pair)
    return pair


def _owner(root: Draft, kind: str, fragment: Draft, owners: Known, report: Report) -> Draft:
    """The first block with the id that the fragment names, and room for it; else one made up."""
    reference = fragment.names(kind)
    alike = owners.setdefault((kind, reference), [])
    taken = fragment.values.keys() if fragment.kind == kind else ()
    for draft in alike[:_MOST_ALIKE]:
        if draft.values.keys().isdisjoint(taken):
            return draft
    owner = Draft(kind, root)
    owner.ref = reference
    alike.append(owner)
    root.blocks.setdefault(kind, []).append(owner)
    report.dangling(next(iter(fragment.values), ""), kind, reference, owner)
    return owner
