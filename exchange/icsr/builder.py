"""Rows as blocks of a message, without loss: what columns hold, and below comments what else a row is.

Rows become blocks by the plan of their model; only tests, documents, pairs and the patient's history need
more than that, each in a module of its own.
"""

from collections.abc import Mapping, Sequence

from django.db import models

from cases.models import (
    Case,
    CaseRow,
    Document,
    DrugReaction,
    Examination,
    LiteratureReference,
    MedicalHistory,
    ParentMedicalHistory,
)
from cases.record.case_record import CaseRecord
from e2b import Attachment, Block, Null, Value, text_of
from e2b.elements import ICH
from exchange.icsr.columns import column_text
from exchange.icsr.comment_tags import split_tags
from exchange.icsr.documents import ELEMENTS as DOCUMENTS
from exchange.icsr.documents import attachment_of, restored
from exchange.icsr.examinations import ADDED, examination_elements, onset_of
from exchange.icsr.history import COMMENTS, with_term
from exchange.icsr.plan import BLOCK_MODELS, PLANS, SECTIONS, kinds_in
from exchange.icsr.preserved_elements import preserved_blocks, preserved_values
from values.dates import PartialDate


def values_of(row: models.Model) -> dict[str, Value]:
    """The elements that a row's columns hold, with those that were preserved as received."""
    flavors: Mapping[str, str] = row.null_flavors  # type: ignore[attr-defined]
    preserved = preserved_values(flavors) if flavors else {}
    values: dict[str, Value] = {}
    for column in PLANS[type(row)].columns:
        content = getattr(row, column.name)
        value = None if content is None or content == "" else column.outward(content)
        if value is None and column.element in flavors:
            value = Null(flavors[column.element])
        if column.element in preserved:
            received, text_then = preserved.pop(column.element)
            value = received if column_text(content) == text_then else value
        if value is not None:
            values[column.element] = value
    for element, (received, _) in preserved.items():
        values[element] = received
    return values


class MessageBuilder:
    """The blocks of a case as it is recorded."""

    def __init__(self, record: CaseRecord) -> None:
        self._record = record
        self._onset: PartialDate | None = None

    def section(self, kind: str) -> Block:
        """C, D or H: the rows of which a case has one, and the blocks inside."""
        values: dict[str, Value] = {}
        inside: dict[str, tuple[Block, ...]] = {}
        for model in SECTIONS[kind]:
            row = self._record.case if model is Case else self._record.single(model)  # type: ignore[type-var]
            if row is not None:
                values |= self._values(row)
                _extend(inside, preserved_blocks(row.null_flavors))  # type: ignore[attr-defined]
        if kind == "C" and self._record.case.created_at:
            values["C.1.2"] = PartialDate.of(self._record.case.created_at)
        self._fill(inside, kind, None)
        return self._completed(kind, values, inside)

    def blocks(self, kind: str, parent: CaseRow | None) -> tuple[Block, ...]:
        """The blocks of one kind below a row, or below the case."""
        model = BLOCK_MODELS[kind]
        plan = PLANS[model]
        rows = self._record.below(model, plan.parent, parent) if parent else self._record.all(model)
        blocks = self._blocks_of(kind, rows)
        if kind == "E.i":
            self._onset = onset_of([block["E.i.4"] for block in blocks])
        return blocks

    def _blocks_of(self, kind: str, rows: Sequence[CaseRow]) -> tuple[Block, ...]:
        return tuple(block for block in map(self.block, rows) if block)

    def _values(self, row: models.Model) -> dict[str, Value]:
        return values_of(row)

    def block(self, row: CaseRow) -> Block:
        """A row with what hangs below it."""
        kind = PLANS[type(row)].kind
        values = self._values(row)
        inside: dict[str, tuple[Block, ...]] = {}
        self._fill(inside, kind, row)
        _extend(inside, preserved_blocks(row.null_flavors))
        ref = str(row.uuid) if kind in ("E.i", "G.k") else ""
        return self._completed(kind, self._elements(kind, row, values), inside, ref)

    def _completed(
        self, kind: str, values: dict[str, Value], inside: dict[str, tuple[Block, ...]], ref: str = ""
    ) -> Block:
        return Block(kind, values, inside, ref)

    def _elements(self, kind: str, row: CaseRow, values: dict[str, Value]) -> dict[str, Value]:
        """The elements of a row, those included that are more than a column."""
        if isinstance(row, Examination):
            tagged = examination_elements(self._record, row, values, self._onset)
            return self._within_length("F.r.6", values, tagged)
        if isinstance(row, (MedicalHistory, ParentMedicalHistory)):
            return self._within_length(COMMENTS.format(kind), values, with_term(kind, row, values))
        if isinstance(row, DrugReaction):
            return {"G.k.9.i.1": str(row.reaction.uuid), **values}
        if isinstance(row, (Document, LiteratureReference)):
            preserved = values.get(DOCUMENTS[kind])
            if isinstance(preserved, Attachment):
                return {**values, DOCUMENTS[kind]: restored(row, preserved)}
            attachment = attachment_of(row)
            return {**values, DOCUMENTS[kind]: attachment} if attachment else values
        return values

    def _within_length(
        self, element: str, values: dict[str, Value], tagged: dict[str, Value]
    ) -> dict[str, Value]:
        """The elements without tags, where these would make a comment longer than ICH allows."""
        comment = text_of(tagged.get(element))
        if tagged.get(element) == values.get(element) or len(comment) <= ICH[element].length:
            return tagged
        _, tags = split_tags(comment)
        without = {name: value for name, value in tagged.items() if name not in (element, tags.get(ADDED))}
        return {**without, element: values[element]} if element in values else without

    def _fill(self, inside: dict[str, tuple[Block, ...]], kind: str, parent: CaseRow | None) -> None:
        for inner in kinds_in(kind):
            if blocks := self.blocks(inner, parent):
                inside[inner] = (*blocks, *inside.get(inner, ()))


def _extend(inside: dict[str, tuple[Block, ...]], blocks: list[Block]) -> None:
    for block in blocks:
        inside[block.kind] = (*inside.get(block.kind, ()), block)
