"""Attaches fragments to the blocks that they belong to, by the local ids that they name.

A role, a causality, an interval or a rechallenge stands away from its drug or from the pair of a
drug and a reaction. An owner that does not exist is created with the id alone, so that nothing is
lost, and reported.
"""

from typing import Final

from e2b.elements import BLOCK, BLOCKS
from e2b.reading.draft import BlockDraft
from e2b.reading.report import ReadingReport

# For each kind of fragment, the kind of block whose local id it gives (even where a sender omits it).
_OWNER_KIND: Final = {
    block.id: target for block in BLOCKS for link in block.links for target, _ in link.to if target in BLOCK
}


# At most so many blocks of one reference are searched for a free one; more are hostile input.
_MAX_CANDIDATES: Final = 50

DraftIndex = dict[tuple[str, str], list[BlockDraft]]


def attach_to_pairs(owner: BlockDraft) -> None:
    """Attaches the fragments inside a block to its pairs (`BlockType.key`)."""
    pairs = _pairs_of(owner)
    for fragment in owner.fragments:
        if fragment:
            reference = fragment.reference_to(BLOCK[fragment.kind].key)
            _pair_for(owner, fragment.kind, reference, fragment, pairs).values.update(fragment.values)


def attach_to_owners(root: BlockDraft, report: ReadingReport) -> None:
    """Attaches the fragments at the message to the blocks that they name."""
    owners: DraftIndex = {}
    for kind in set(_OWNER_KIND.values()):
        for draft in root.blocks.get(kind, ()):
            owners.setdefault((kind, draft.ref), []).append(draft)
    pairs_of_owner: dict[int, DraftIndex] = {}
    for fragment in root.fragments:
        owner = _owner_of(root, _OWNER_KIND[fragment.kind], fragment, owners, report)
        if fragment.kind == owner.kind:
            owner.values.update(fragment.values)
            continue
        if id(owner) not in pairs_of_owner:
            pairs_of_owner[id(owner)] = _pairs_of(owner)
        _attach_assessment(owner, fragment, pairs_of_owner[id(owner)])


def _attach_assessment(owner: BlockDraft, fragment: BlockDraft, pairs: DraftIndex) -> None:
    """Attaches a fragment that belongs to a block inside a pair of the owner."""
    kind = BLOCK[fragment.kind].parent
    pair = _pair_for(owner, kind, fragment.reference_to(BLOCK[kind].key), BlockDraft(kind), pairs)
    if fragment:
        fragment.parent = pair
        pair.blocks.setdefault(fragment.kind, []).append(fragment)


def _pairs_of(owner: BlockDraft) -> DraftIndex:
    pairs: DraftIndex = {}
    for kind, drafts in owner.blocks.items():
        if key := BLOCK[kind].key:
            for draft in drafts:
                pairs.setdefault((kind, str(draft.values.get(key, ""))), []).append(draft)
    return pairs


def _pair_for(
    owner: BlockDraft, kind: str, reference: str, fragment: BlockDraft, pairs: DraftIndex
) -> BlockDraft:
    """The first pair with this reference that lacks the elements of the fragment, else a new pair."""
    candidates = pairs.setdefault((kind, reference), [])
    for pair in candidates[:_MAX_CANDIDATES]:
        if pair.values.keys().isdisjoint(fragment.values):
            return pair
    pair = BlockDraft(kind, owner)
    if reference:
        pair.values[BLOCK[kind].key] = reference
    candidates.append(pair)
    owner.blocks.setdefault(kind, []).append(pair)
    return pair


def _owner_of(
    root: BlockDraft, kind: str, fragment: BlockDraft, owners: DraftIndex, report: ReadingReport
) -> BlockDraft:
    """The first block with the id that the fragment names and without its elements, else a new block."""
    reference = fragment.reference_to(kind)
    candidates = owners.setdefault((kind, reference), [])
    occupied = fragment.values.keys() if fragment.kind == kind else ()
    for draft in candidates[:_MAX_CANDIDATES]:
        if draft.values.keys().isdisjoint(occupied):
            return draft
    owner = BlockDraft(kind, root)
    owner.ref = reference
    candidates.append(owner)
    root.blocks.setdefault(kind, []).append(owner)
    report.dangling(next(iter(fragment.values), ""), kind, reference, owner)
    return owner
