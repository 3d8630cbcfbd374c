"""What a person here has changed in a case that somebody else sent us, when a follow-up of it comes in.

IG 3.3.4 lists what may be changed before a case is passed on. That a person here did is seen by the message
before: where the record says something else than that message, it is ours and stays.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import models

from cases.models import CaseRow
from cases.record.case_record import CaseRecord
from e2b import Value
from e2b.elements import ICH
from exchange.icsr.plan import PLANS
from exchange.icsr.row_changes import elements_of

# Blocks of which a person here may add some, and change or remove the sender's: documents that we hold, other
# numbers, linked cases, assessments, diagnoses, translations of the summary.
OUR_BLOCKS: Final = frozenset({"C.1.6.1.r", "C.1.9.1.r", "C.1.10.r", "G.k.9.i.2.r", "H.3.r", "H.5.r"})
_CODED: Final = ("MedDRA", "MedDRA version")
OUR_ELEMENTS: Final = frozenset({
    "C.1.6.1", "C.1.7", "C.1.9.1", "FDA.C.1.7.1", "E.i.1.2", "F.r.7", "H.4",
    *(f"E.i.3.2{letter}" for letter in "abcdef"),
    *(name for name, element in ICH.items() if element.block in OUR_BLOCKS or element.codes in _CODED),
})  # fmt: skip


@dataclass(frozen=True)
class OwnValue:
    """An element of a stored `row` that a person here has changed; what the sender says now and before."""

    row: models.Model
    element: str
    ours: Value | None
    received: Value | None
    before: Value | None

    @property
    def is_news(self) -> bool:
        """Whether the sender has changed the value, too."""
        return self.received != self.before


class SentBefore:
    """The message before: its `record`, and `rows` of it by the `id` of the stored rows that they match."""

    def __init__(self, record: CaseRecord, rows: dict[int, models.Model]) -> None:
        self._record, self._rows = record, rows
        self._matched = {id(row) for row in rows.values()}

    def of(self, stored: models.Model) -> models.Model | None:
        """What the sender sent of a stored row; None for a row that a person here has added."""
        return self._rows.get(id(stored))

    def removed_here(self, model: type[CaseRow], stored_parent: CaseRow | None) -> list[CaseRow]:
        """What the sender sent below a stored row, or below the case, and a person here has removed."""
        rows = self._record.all(model)
        if stored_parent is not None:
            parent = self.of(stored_parent)
            rows = self._record.below(model, PLANS[model].parent, parent) if parent else []  # type: ignore[arg-type]
        return [row for row in rows if id(row) not in self._matched]


def own_values(
    new: models.Model, stored: models.Model, sent_before: Callable[[], SentBefore | None]
) -> Iterator[OwnValue]:
    """The elements of a stored row that are ours, where a message says something else."""
    received, ours = elements_of(new), elements_of(stored)
    differing = [name for name in OUR_ELEMENTS & {*received, *ours} if received.get(name) != ours.get(name)]
    sent = sent_before() if differing else None
    row = sent.of(stored) if sent else None
    if row is None:
        return
    before = elements_of(row)
    for name in sorted(differing):
        if before.get(name) != ours.get(name):
            yield OwnValue(stored, name, ours.get(name), received.get(name), before.get(name))


def differ(new: Collection[CaseRow], old: Collection[CaseRow]) -> bool:
    """Whether the blocks of a message say something else than the stored ones, whatever their order."""
    return sorted(map(_content, new)) != sorted(map(_content, old))


def say_the_same(row: CaseRow, others: Collection[CaseRow]) -> bool:
    """Whether one of these rows says what this row says."""
    return any(_content(row) == _content(other) for other in others)


def _content(row: CaseRow) -> Any:
    """What a row says, the file of a document included."""
    elements = sorted((name, repr(value)) for name, value in elements_of(row).items())
    return elements, getattr(row, "file_id", None) or ""
