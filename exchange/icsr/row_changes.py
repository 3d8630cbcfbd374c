"""What a row of a message changes in the stored row that it matches: columns and preserved elements."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from cases.models import Document, LiteratureReference
from cases.models.ich import RECEIVED
from e2b import Null, Value
from e2b.elements import ICH
from exchange.icsr.builder import values_of
from exchange.icsr.documents import COLUMNS as ATTACHED
from exchange.icsr.documents import attachment_of
from exchange.icsr.null_defaults import null_defaults
from exchange.icsr.plan import BLOCK_MODELS, PLANS
from exchange.icsr.preserved_elements import BLOCKS, preserved_values


@dataclass(frozen=True)
class UnreadableValue:
    """A value of a message that can't be read, where the stored `row` has one that could."""

    row: models.Model
    element: str
    column: str
    received: Value

    @property
    def stored(self) -> Any:
        return getattr(self.row, self.column)


def changes(new: models.Model, old: models.Model, kept: Collection[str] = ()) -> dict[str, Any]:
    """The columns of a stored row that a message changes, with their new content; elements `kept` stay."""
    received, stored = elements_of(new), elements_of(old)
    differing = {name for name in {*received, *stored} if received.get(name) != stored.get(name)}
    differing -= {name for name in differing if name not in ICH and name not in received}
    differing -= set(kept)
    flavors = _flavors(new, old, differing)
    values = {
        column.name: getattr(new, column.name)
        for column in PLANS[type(new)].columns
        if column.element in differing
    }
    if isinstance(new, (Document, LiteratureReference)) and attachment_of(new) != attachment_of(old):  # type: ignore[arg-type]
        values |= {name: getattr(new, name) for name in ATTACHED}
    return values if flavors == old.null_flavors else {**values, "null_flavors": flavors}  # type: ignore[attr-defined]


def unreadable_values(new: models.Model, old: models.Model) -> Iterator[UnreadableValue]:
    """Where a stored value would give way to one that fits no column."""
    preserved = preserved_values(new.null_flavors)  # type: ignore[attr-defined]
    for column in PLANS[type(new)].columns:
        received, _ = preserved.get(column.element, (None, ""))
        is_lost = getattr(new, column.name) == column.empty != getattr(old, column.name)
        if is_lost and received is not None and not isinstance(received, Null):
            yield UnreadableValue(old, column.element, column.name, received)


def _flavors(new: models.Model, old: models.Model, differing: Iterable[str]) -> dict[str, Any]:
    """The null flavors and preserved elements of a stored row, with those of the changed elements."""
    theirs: dict[str, Any] = new.null_flavors  # type: ignore[attr-defined]
    flavors = {**old.null_flavors}  # type: ignore[attr-defined]
    received, preserved = theirs.get(RECEIVED, {}), {**flavors.pop(RECEIVED, {})}
    for name in differing:
        flavors.pop(name, None)
        preserved.pop(name, None)
        if name in theirs:
            flavors[name] = theirs[name]
        if name in received:
            preserved[name] = received[name]
    blocks = received.get(BLOCKS, [])
    if not any(_is_regional(block) for block in blocks):
        blocks = [*blocks, *filter(_is_regional, preserved.get(BLOCKS, []))]
    preserved.pop(BLOCKS, None)
    if blocks:
        preserved[BLOCKS] = blocks
    return {**flavors, RECEIVED: preserved} if preserved else flavors


def _is_regional(block: dict[str, Any]) -> bool:
    return block["kind"] not in BLOCK_MODELS


def elements_of(row: models.Model) -> dict[str, Value]:
    """The elements of a row with the null flavors that ICH requires: that they are sent is no difference."""
    values = values_of(row)
    kind = PLANS[type(row)].kind
    held = PLANS[type(row)].held
    defaults = null_defaults(kind, values)
    return {**values, **{name: value for name, value in defaults.items() if name in held}}
