"""Conversion of a case to a message, with the statements that the message can't hold.

Rows become blocks by the plan of their model; only tests, documents, pairs, the patient's history and the
narrative need more than that, each in a module of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

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
    ReportedScore,
)
from cases.record.case_record import CaseRecord
from e2b import Attachment, Block, Message, Null, Value, text_of
from e2b.elements import ICH
from exchange.icsr.columns import column_text
from exchange.icsr.comment_tags import split_tags
from exchange.icsr.derived import derived_temperatures
from exchange.icsr.documents import ELEMENTS as DOCUMENTS
from exchange.icsr.documents import attachment_of, restored
from exchange.icsr.examinations import ADDED, examination_elements, onset_of
from exchange.icsr.history import COMMENTS, with_term
from exchange.icsr.losses import Loss, LossHandling, losses_of
from exchange.icsr.narrative import HEADING, with_addition
from exchange.icsr.null_defaults import null_defaults
from exchange.icsr.plan import BLOCK_MODELS, PLANS, SECTIONS, kinds_in
from exchange.icsr.preserved_elements import preserved_blocks, preserved_values
from exchange.icsr.row_texts import capital
from exchange.icsr.scores import own_words, reported_words
from values.dates import PartialDate

NO_ENVELOPE = Block("N.2.r")
OUTDATED = "The score is outdated and was left out: rescore the case, then export it again"
NO_ROOM = "{} leaves no room for it."


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message ready for a receiver's profile, and every statement of the case that it can't hold."""

    message: Message
    losses: tuple[Loss, ...]


def message_of(
    record: CaseRecord,
    *,
    envelope: Block = NO_ENVELOPE,
    recorded_only: bool = False,
    with_score: bool = False,
) -> OutgoingMessage:
    """The message of a case. `envelope` is its N.2.r; `with_score`: our score stands in H.4.

    What ICH requires and the case doesn't have is sent with a null flavor (see `null_defaults`); with
    `recorded_only` it is left out, and so is everything that the registry generates.
    """
    builder = _MessageBuilder(record, recorded_only)
    C, D, H = (builder.section(kind) for kind in SECTIONS)  # noqa: N806
    E, F, G = (builder.blocks(kind, None) for kind in ("E.i", "F.r", "G.k"))  # noqa: N806
    if recorded_only:
        return OutgoingMessage(Message(envelope, C, D, E, F, G, H), ())
    losses = _losses(record, builder.without_room)
    H, losses = _with_additions(H, record, losses, with_score=with_score)  # noqa: N806
    return OutgoingMessage(Message(envelope, C, D, E, F, G, H), losses)


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


class _MessageBuilder:
    def __init__(self, record: CaseRecord, recorded_only: bool) -> None:
        self._record, self._recorded_only = record, recorded_only
        self._onset: PartialDate | None = None
        self.without_room: list[Loss] = []

    def section(self, kind: str) -> Block:
        """C, D or H: the rows of which a case has one, and the blocks inside."""
        values: dict[str, Value] = {}
        inside: dict[str, tuple[Block, ...]] = {}
        for model in SECTIONS[kind]:
            row = self._record.case if model is Case else self._record.single(model)  # type: ignore[type-var]
            if row is not None:
                values |= values_of(row)
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
        blocks = tuple(block for block in map(self._block, rows) if block)
        if kind == "E.i":
            self._onset = onset_of([block["E.i.4"] for block in blocks])
        return blocks

    def _block(self, row: CaseRow) -> Block:
        kind = PLANS[type(row)].kind
        values = values_of(row)
        inside: dict[str, tuple[Block, ...]] = {}
        self._fill(inside, kind, row)
        _extend(inside, preserved_blocks(row.null_flavors))
        ref = str(row.uuid) if kind in ("E.i", "G.k") else ""
        return self._completed(kind, self._elements(kind, row, values), inside, ref)

    def _completed(
        self, kind: str, values: dict[str, Value], inside: dict[str, tuple[Block, ...]], ref: str = ""
    ) -> Block:
        if not self._recorded_only:
            values = {**values, **null_defaults(kind, {*values, *inside})}
        return Block(kind, values, inside, ref)

    def _elements(self, kind: str, row: CaseRow, values: dict[str, Value]) -> dict[str, Value]:
        """The elements of a row, those included that are more than a column."""
        if isinstance(row, Examination):
            tagged = examination_elements(self._record, row, values, self._onset)
            return self._within_length(row, "F.r.6", values, tagged)
        if isinstance(row, (MedicalHistory, ParentMedicalHistory)):
            return self._within_length(row, COMMENTS.format(kind), values, with_term(kind, row, values))
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
        self, row: CaseRow, element: str, values: dict[str, Value], tagged: dict[str, Value]
    ) -> dict[str, Value]:
        """The elements without tags, where these would make a comment longer than ICH allows."""
        comment = text_of(tagged.get(element))
        if tagged.get(element) == values.get(element) or len(comment) <= ICH[element].length:
            return tagged
        _, tags = split_tags(comment)
        words = "; ".join(f"{label}: {value}" for label, value in tags.items())
        self.without_room.append(
            Loss(row, "", f"{capital(row._meta.verbose_name)} {row}: {words}", LossHandling.IN_WORDS)
        )
        without = {name: value for name, value in tagged.items() if name not in (element, tags.get(ADDED))}
        return {**without, element: values[element]} if element in values else without

    def _fill(self, inside: dict[str, tuple[Block, ...]], kind: str, parent: CaseRow | None) -> None:
        for inner in kinds_in(kind):
            if blocks := self.blocks(inner, parent):
                inside[inner] = (*blocks, *inside.get(inner, ()))


def _extend(inside: dict[str, tuple[Block, ...]], blocks: list[Block]) -> None:
    for block in blocks:
        inside[block.kind] = (*inside.get(block.kind, ()), block)


def _losses(record: CaseRecord, without_room: list[Loss]) -> tuple[Loss, ...]:
    sent = {id(row) for row in (*record.all(ReportedScore), *derived_temperatures(record))}
    return (*losses_of(record, sent), *without_room)


def _with_additions(
    narrative: Block, record: CaseRecord, losses: tuple[Loss, ...], *, with_score: bool
) -> tuple[Block, tuple[Loss, ...]]:
    """The narrative with what has no element, and the comments with the scores of reporter and sender."""
    values = dict(narrative.values)
    in_words = [loss for loss in losses if loss.handling is LossHandling.IN_WORDS]
    values["H.1"], added = with_addition(
        "H.1", text_of(narrative["H.1"]), [f"- {loss.statement}" for loss in in_words], HEADING
    )
    left_out = {id(loss) for loss in in_words[added:]}
    losses = tuple(
        Loss(loss.row, loss.field, loss.statement, LossHandling.STAYS) if id(loss) in left_out else loss
        for loss in losses
    )
    sentences: list[tuple[str, CaseRow | Case, str]] = [
        ("H.2", score, reported_words(score)) for score in record.all(ReportedScore)
    ]
    if with_score and (words := own_words(record)):
        sentences.append(("H.4", record.case, words))
    elif with_score and record.standings is not None:
        losses = (*losses, Loss(record.case, "score", OUTDATED, LossHandling.STAYS))
    for element, row, words in sentences:
        text = "\n\n".join(filter(None, [text_of(values.get(element)), words]))
        if len(text) <= ICH[element].length:
            values[element] = text
        else:
            losses = (*losses, Loss(row, "score", f"{words} {NO_ROOM.format(element)}", LossHandling.STAYS))
    values = {name: value for name, value in values.items() if value != ""}
    return Block("H", values, narrative.blocks), losses
