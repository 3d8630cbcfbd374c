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


def settle(owner: Draft) -> None:
    """Puts the fragments that stand inside a block into its pairs (`BlockType.key`)."""
    for fragment in owner.fragments or ():
        if fragment:
            key = BLOCK[fragment.kind].key
            pair = _pair(owner, fragment.kind, fragment.names(key), fragment)
            pair.values.update(fragment.values)
    owner.fragments = None


def send_home(root: Draft, report: Report) -> None:
    """Gives the fragments that stand at the message to the blocks that they name."""
    for fragment in root.fragments or ():
        named = _NAMED[fragment.kind]
        owner = _owner(root, named, fragment, report)
        if fragment.kind == named:
            owner.values.update(fragment.values)
        else:
            _assess(owner, fragment)
    root.fragments = None


def _assess(owner: Draft, fragment: Draft) -> None:
    """A fragment of a block inside a pair of the owner."""
    kind = BLOCK[fragment.kind].parent
    pair = _pair(owner, kind, fragment.names(BLOCK[kind].key), Draft(kind))
    if fragment:
        fragment.parent = pair
        pair.blocks.setdefault(fragment.kind, []).append(fragment)


def _pair(owner: Draft, kind: str, reference: str, fragment: Draft) -> Draft:
    """The first pair with this reference that has room for the fragment; a new one where none has."""
    key = BLOCK[kind].key
    pairs = owner.blocks.setdefault(kind, [])
    for pair in pairs:
        if pair.values.get(key, "") == reference and pair.values.keys().isdisjoint(fragment.values):
            return pair
    pair = Draft(kind, owner)
    if reference:
        pair.values[key] = reference
    pairs.append(pair)
    return pair


def _owner(root: Draft, kind: str, fragment: Draft, report: Report) -> Draft:
    reference = fragment.names(kind)
    taken = fragment.values.keys() if fragment.kind == kind else ()
    for draft in root.blocks.get(kind, ()):
        if draft.ref == reference and draft.values.keys().isdisjoint(taken):
            return draft
    owner = Draft(kind, root)
    owner.ref = reference
    root.blocks.setdefault(kind, []).append(owner)
    report.dangling(next(iter(fragment.values), ""), kind, reference, owner)
    return owner
