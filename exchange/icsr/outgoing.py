"""From a whole case to a message, and what is lost on the way.

Rows become blocks by the plan of their model; only tests, documents, pairs, the patient's history and the
narrative need more than that, each in a module of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from cases.models import Case, CaseRow, DrugReaction, ReportedScore
from cases.record.case_record import CaseRecord
from e2b import Block, Message, Null, Value, text_of
from e2b.elements import ICH
from exchange.icsr.classification import Classification
from exchange.icsr.columns import beside
from exchange.icsr.comment_tags import without_line
from exchange.icsr.derived import carried
from exchange.icsr.documents import ELEMENTS as DOCUMENTS
from exchange.icsr.documents import attachment_of, restored
from exchange.icsr.history import COMMENTS, say_term
from exchange.icsr.losses import How, Loss, losses_of
from exchange.icsr.narrative import HEADING, with_addition
from exchange.icsr.null_defaults import unsaid_in
from exchange.icsr.plan import BLOCK_MODELS, PLANS, SECTIONS, kinds_in
from exchange.icsr.preserved_elements import kept_blocks, kept_values
from exchange.icsr.tests import ADDED, onset_of, say
from exchange.icsr.words import capital
from values.dates import PartialDate

NO_ENVELOPE = Block("N.2.r")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message ready for a receiver's profile, and every statement of the case that it can't carry."""

    message: Message
    losses: tuple[Loss, ...]


def message_of(whole: CaseRecord, *, envelope: Block = NO_ENVELOPE, only_said: bool = False) -> Outgoing:
    """The message of a case. `envelope` is its N.2.r.

    What ICH wants in every message and nobody said leaves with the reason of absence that says so (see
    `unsaid`); with `only_said` it is left out, and so is everything that we generate.
    """
    writer = _Writer(whole, only_said)
    C, D, H = (writer.section(kind) for kind in SECTIONS)  # noqa: N806
    E, F, G = (writer.blocks(kind, None) for kind in ("E.i", "F.r", "G.k"))  # noqa: N806
    if only_said:
        return Outgoing(Message(envelope, C, D, E, F, G, H), ())
    standing = Classification.of(whole)
    losses = _losses(whole, standing, writer.without_room)
    H, losses = _with_additions(H, standing, losses)  # noqa: N806
    message = Message(envelope, C, D, E, (*F, *([standing.block] if standing else [])), G, H)
    return Outgoing(message, losses)


def values_of(row: models.Model) -> dict[str, Value]:
    """The elements that a row's columns hold, with what was received beside them."""
    flavors: Mapping[str, str] = row.null_flavors  # type: ignore[attr-defined]
    kept = kept_values(flavors) if flavors else {}
    values: dict[str, Value] = {}
    for column in PLANS[type(row)].columns:
        content = getattr(row, column.name)
        value = None if content is None or content == "" else column.outward(content)
        if value is None and column.element in flavors:
            value = Null(flavors[column.element])
        if column.element in kept:
            received, was_beside = kept.pop(column.element)
            value = received if beside(content) == was_beside else value
        if value is not None:
            values[column.element] = value
    for element, (received, _) in kept.items():
        values[element] = received
    return values


class _Writer:
    def __init__(self, whole: CaseRecord, only_said: bool) -> None:
        self._whole, self._only_said = whole, only_said
        self._onset: PartialDate | None = None
        self.without_room: list[Loss] = []

    def section(self, kind: str) -> Block:
        """C, D or H: the rows that a case has once, and the blocks inside."""
        values: dict[str, Value] = {}
        inside: dict[str, tuple[Block, ...]] = {}
        for model in SECTIONS[kind]:
            row = self._whole.case if model is Case else self._whole.single(model)  # type: ignore[type-var]
            if row is not None:
                values |= values_of(row)
                _extend(inside, kept_blocks(row.null_flavors))  # type: ignore[attr-defined]
        if kind == "C" and self._whole.case.created_at:
            values["C.1.2"] = PartialDate.of(self._whole.case.created_at)
        self._fill(inside, kind, None)
        return self._made(kind, values, inside)

    def blocks(self, kind: str, parent: CaseRow | None) -> tuple[Block, ...]:
        """The blocks of one kind that hang below a row, or below the case."""
        model = BLOCK_MODELS[kind]
        plan = PLANS[model]
        rows = self._whole.below(model, plan.parent, parent) if parent else self._whole.all(model)
        found = tuple(block for block in map(self._block, rows) if block)
        if kind == "E.i":
            self._onset = onset_of([block["E.i.4"] for block in found])
        return found

    def _block(self, row: CaseRow) -> Block:
        kind = PLANS[type(row)].kind
        values = values_of(row)
        inside: dict[str, tuple[Block, ...]] = {}
        self._fill(inside, kind, row)
        _extend(inside, kept_blocks(row.null_flavors))
        ref = str(row.uuid) if kind in ("E.i", "G.k") else ""
        return self._made(kind, self._said(kind, row, values), inside, ref)

    def _made(
        self, kind: str, values: dict[str, Value], inside: dict[str, tuple[Block, ...]], ref: str = ""
    ) -> Block:
        if not self._only_said:
            values = {**values, **unsaid_in(kind, {*values, *inside})}
        return Block(kind, values, inside, ref)

    def _said(self, kind: str, row: CaseRow, values: dict[str, Value]) -> dict[str, Value]:
        """The elements that are more than a column."""
        if kind == "F.r":
            said = say(self._whole, row, values, self._onset)  # type: ignore[arg-type]
            return self._with_room(row, "F.r.6", values, said)
        if kind in ("D.7.1.r", "D.10.7.1.r"):
            said = say_term(kind, row, values)  # type: ignore[arg-type]
            return self._with_room(row, COMMENTS.format(kind), values, said)
        if isinstance(row, DrugReaction):
            return {"G.k.9.i.1": str(row.reaction.uuid), **values}
        if kind in DOCUMENTS:
            element = DOCUMENTS[kind]
            kept = values.get(element)
            found = restored(row, kept) if kept and not isinstance(kept, Null) else attachment_of(row)  # type: ignore[arg-type]
            return {**values, element: found} if found else values
        return values

    def _with_room(
        self, row: CaseRow, element: str, values: dict[str, Value], said: dict[str, Value]
    ) -> dict[str, Value]:
        """Without our line, where it would make a comment longer than ICH allows."""
        comment = text_of(said.get(element))
        if said.get(element) == values.get(element) or len(comment) <= ICH[element].length:
            return said
        _, told = without_line(comment)
        words = "; ".join(f"{label}: {value}" for label, value in told.items())
        self.without_room.append(
            Loss(row, "", f"{capital(row._meta.verbose_name)} {row}: {words}", How.IN_WORDS)
        )
        without = {name: value for name, value in said.items() if name not in (element, told.get(ADDED))}
        return {**without, element: values[element]} if element in values else without

    def _fill(self, inside: dict[str, tuple[Block, ...]], kind: str, parent: CaseRow | None) -> None:
        for inner in kinds_in(kind):
            if found := self.blocks(inner, parent):
                inside[inner] = (*found, *inside.get(inner, ()))


def _extend(inside: dict[str, tuple[Block, ...]], blocks: list[Block]) -> None:
    for block in blocks:
        inside[block.kind] = (*inside.get(block.kind, ()), block)


def _losses(whole: CaseRecord, standing: Classification | None, without_room: list[Loss]) -> tuple[Loss, ...]:
    scores = whole.all(ReportedScore) if standing and standing.source else []
    found = [*losses_of(whole, {id(row) for row in (*scores, *carried(whole))}), *without_room]
    if whole.score is not None and standing is None:
        what = "The score is outdated and was left out: rescore the case, then export it again"
        found.append(Loss(whole.case, "score", what, How.STAYS))
    return tuple(found)


def _with_additions(
    narrative: Block, standing: Classification | None, losses: tuple[Loss, ...]
) -> tuple[Block, tuple[Loss, ...]]:
    """The narrative with what has no element, and the sender's comments with the standing class."""
    values = dict(narrative.values)
    told = [loss for loss in losses if loss.how is How.IN_WORDS]
    values["H.1"], fitting = with_addition(
        "H.1", text_of(narrative["H.1"]), [f"- {loss.what}" for loss in told], HEADING
    )
    if standing:
        values["H.4"], has_room = with_addition("H.4", text_of(narrative["H.4"]), [standing.words])
        if not has_room:
            what = "The sender's comments leave no room for the classification: it leaves as a test only"
            losses = (*losses, Loss(standing.row, "score", what, How.STAYS))
    left = {id(loss) for loss in told[fitting:]}
    losses = tuple(
        Loss(loss.row, loss.field, loss.what, How.STAYS) if id(loss) in left else loss for loss in losses
    )
    return Block(
        "H", {name: value for name, value in values.items() if value != ""}, narrative.blocks
    ), losses
