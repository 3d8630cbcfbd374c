"""Checks of the message as a whole: its local ids, and its one MedDRA version."""

from collections import Counter
from collections.abc import Iterator

from e2b.datatypes import text_of
from e2b.elements import BLOCK, BLOCKS, ELEMENTS
from e2b.validation.context import BlockContext
from e2b.violations import Violation

_WITH_LOCAL_ID = tuple(block for block in BLOCKS if block.ref)
_PAIR_KINDS = tuple(block for block in BLOCKS if block.key)
_VERSIONS = frozenset(element.id for element in ELEMENTS.values() if element.codes == "MedDRA version")


def check_identity(root: BlockContext) -> Iterator[Violation]:
    """Every reaction and drug has an id of its own, and every reference leads to one."""
    for kind in _WITH_LOCAL_ID:
        contexts = root.by_kind().get(kind.id, [])
        counts = Counter(context.block.ref for context in contexts if context.block)
        for context in contexts:
            ref = context.block.ref if context.block else ""
            if not ref or counts[ref] > 1:
                fault = "has no local id" if not ref else f"shares its local id {ref!r}"
                yield Violation(
                    "ICH-LOCAL-ID", "", context.place, f"The {kind.noun} {fault}.", "Give it a UUID."
                )
    for kind in _PAIR_KINDS:
        yield from _check_pairs(root, kind.id)


def _check_pairs(root: BlockContext, kind: str) -> Iterator[Violation]:
    key, target = BLOCK[kind].key, BLOCK[kind].follows
    refs = {context.block.ref for context in root.by_kind().get(target, ()) if context.block}
    for owner in root.by_kind().get(BLOCK[kind].parent, ()):
        pairs = [context for context in owner.inside if context.kind == kind]
        counts = Counter(text_of(context.own.get(key)) for context in pairs)
        for context in pairs:
            ref = text_of(context.own.get(key))
            if ref not in refs:
                yield Violation("ICH-REFERENCE", key, context.place,
                                f"There is no {BLOCK[target].noun} with the local id {ref!r}.",
                                f"Name a {BLOCK[target].noun} of this message.")  # fmt: skip
            elif counts[ref] > 1:
                yield Violation("ICH-PAIR", key, context.place,
                                f"The {BLOCK[target].noun} {ref!r} is assessed twice.",
                                "Join both blocks.")  # fmt: skip


def check_versions(root: BlockContext) -> Iterator[Violation]:
    """One MedDRA version per case."""
    versions = Counter(
        text_of(value) for context in root.walk() for name, value in context.own.items() if name in _VERSIONS
    )
    versions.pop("", None)
    if len(versions) > 1:
        yield Violation("ICH-MEDDRA", "", "",
                        f"The case is coded in MedDRA {' and '.join(sorted(versions))}.",
                        "Code it in one version.")  # fmt: skip
