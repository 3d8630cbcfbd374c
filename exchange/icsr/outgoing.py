"""Conversion of a case to a message, with the statements that no element of the message can hold.

What has no element leaves in sentences: facts in the narrative (H.1), what the reporter thinks in the
reporter's comments (H.2), what we think in ours (H.4).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from cases.models import Reaction, ReportedScore
from cases.record.case_record import CaseRecord
from e2b import Block, Message, Value, text_of
from e2b.elements import ICH
from exchange.icsr.builder import MessageBuilder, values_of
from exchange.icsr.derived import derived_temperatures
from exchange.icsr.leaving import LeavingBuilder
from exchange.icsr.losses import Loss, LossHandling, losses_of
from exchange.icsr.plan import SECTIONS
from exchange.icsr.scores import is_dress_reaction, own_words, reported_words

NO_ENVELOPE = Block("N.2.r")
OUTDATED = "The score is outdated and was left out: rescore the case, then export it again"
IMPORTANT = "The sender regards {} as medically important: DRESS can be fatal and needs treatment at once."
DERIVED = "Dates that the sender has derived from other dates of the report: {}."


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message ready for a receiver's profile, and every statement of the case that no element holds."""

    message: Message
    losses: tuple[Loss, ...]


def message_of(
    record: CaseRecord,
    *,
    envelope: Block = NO_ENVELOPE,
    recorded_only: bool = False,
    is_received: bool = False,
    with_score: bool = False,
    links: Mapping[int, str] = MappingProxyType({}),
) -> OutgoingMessage:
    """The message of a case. `envelope` is its N.2.r.

    What ICH requires and the case doesn't have is sent with a null flavor (see `null_defaults`), and what has
    no element in sentences; with `recorded_only` neither is done, and nothing is lost. `is_received`:
    somebody else sent us the case, whose narrative isn't ours to add to. `with_score`: our score stands in
    H.4. `links`: the worldwide identifiers of linked cases by their keys.
    """
    if recorded_only:
        message = _message(MessageBuilder(record), envelope)
        narrative, _ = _with_sentences(message.H, tuple(_reported_scores(record)))
        return OutgoingMessage(message.with_sections(H=narrative), ())
    message, builder = leaving_message(record, links, envelope)
    losses = _losses(record, builder)
    if is_received:
        losses = tuple(
            loss if isinstance(loss.row, ReportedScore) else replace(loss, element="H.4") for loss in losses
        )
    comments = _own_comments(record, builder, is_received=is_received)
    if with_score:
        words = own_words(record)
        handling = LossHandling.IN_WORDS if words else LossHandling.STAYS
        comments.append(Loss(record.case, "score", words or OUTDATED, handling, "H.4"))
    H, losses = _with_sentences(message.H, (*losses, *comments))  # noqa: N806
    return OutgoingMessage(message.with_sections(H=H), losses)


def leaving_message(
    record: CaseRecord, links: Mapping[int, str] = MappingProxyType({}), envelope: Block = NO_ENVELOPE
) -> tuple[Message, LeavingBuilder]:
    """The message of a case without the sentences, and the builder with what no element holds."""
    builder = LeavingBuilder(record, links)
    return _message(builder, envelope), builder


def _message(builder: MessageBuilder, envelope: Block) -> Message:
    C, D, H = (builder.section(kind) for kind in SECTIONS)  # noqa: N806
    E, F, G = (builder.blocks(kind, None) for kind in ("E.i", "F.r", "G.k"))  # noqa: N806
    return Message(envelope, C, D, E, F, G, H)


def _losses(record: CaseRecord, builder: LeavingBuilder) -> tuple[Loss, ...]:
    sent = {*builder.sent, *map(id, (*record.all(ReportedScore), *derived_temperatures(record)))}
    elsewhere = losses_of(record, sent, builder.describer, builder.derived.keys())
    return (*elsewhere, *builder.losses, *_reported_scores(record))


def _reported_scores(record: CaseRecord) -> Iterator[Loss]:
    for row in record.all(ReportedScore):
        yield Loss(row, "", reported_words(row), LossHandling.IN_WORDS, "H.2")


def _own_comments(record: CaseRecord, builder: LeavingBuilder, *, is_received: bool) -> list[Loss]:
    """What we have to say of what we send: why it is serious, and which dates we have worked out."""
    comments = []
    important = [row for row in record.all(Reaction) if _is_important(row)]
    if important and not is_received:
        words = IMPORTANT.format(" and ".join(map(str, important)))
        comments.append(Loss(important[0], "", words, LossHandling.IN_WORDS, "H.4"))
    if builder.derived:
        words = DERIVED.format("; ".join(builder.derived.values()))
        comments.append(Loss(record.case, "", words, LossHandling.IN_WORDS, "H.4"))
    return comments


def _is_important(row: Any) -> bool:
    return row.company_medically_important is True and is_dress_reaction(row)


def _with_sentences(narrative: Block, losses: tuple[Loss, ...]) -> tuple[Block, tuple[Loss, ...]]:
    """The narrative and the comments with all sentences for which they have room; the others stay."""
    values: dict[str, Value] = dict(narrative.values)
    handled: list[Loss] = []
    added: dict[str, str] = {}
    for loss in losses:
        if loss.handling is LossHandling.IN_WORDS:
            sentences = _joined(loss, added.get(loss.element, ""))
            text = "\n\n".join(filter(None, [text_of(narrative[loss.element]).rstrip(), sentences]))
            if len(text) <= ICH[loss.element].length:
                added[loss.element], values[loss.element] = sentences, text
            else:
                loss = replace(loss, handling=LossHandling.STAYS)
        handled.append(loss)
    return Block("H", values, narrative.blocks), tuple(handled)


def _joined(loss: Loss, before: str) -> str:
    """The sentences before with the next one; a reporter's score stands in a paragraph of its own."""
    words = " ".join(loss.statement.split())
    gap = "\n\n" if isinstance(loss.row, ReportedScore) and loss.element == "H.2" else " "
    return gap.join(filter(None, [before, words]))


__all__ = ["OutgoingMessage", "message_of", "values_of"]
