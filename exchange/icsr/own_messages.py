"""A message of ours that comes back: what left in another form is read as it is recorded.

Doses that left as one regimen, conditions in the words of D.7.2, our sentences in H and the tests that stayed
are no news of the case; only what somebody has changed is.
"""

from collections.abc import Mapping, Sequence

from cases.record.case_record import CaseRecord
from e2b import Block, Message, Value, text_of
from exchange.icsr.builder import MessageBuilder
from exchange.icsr.outgoing import leaving_message, message_of

# Elements that are texts to which we add at the end.
_TEXTS = ("D.7.2", "D.10.7.2", "H.1", "H.2", "H.4")


def as_recorded(message: Message, record: CaseRecord) -> Message:
    """The message with everything that it has as it would leave now in the form in which it is recorded."""
    _, builder = leaving_message(record)
    sent = message_of(record).message
    kept = message_of(record, recorded_only=True).message
    plain = MessageBuilder(record)
    stayed = {kind: tuple(plain.block(row) for row in rows) for kind, rows in builder.stayed.items() if rows}
    C, D, H = (  # noqa: N806
        _block(getattr(message, name), getattr(sent, name), getattr(kept, name), stayed) for name in "CDH"
    )
    E, F, G = (  # noqa: N806
        _blocks(
            getattr(message, name), getattr(sent, name), getattr(kept, name), stayed.get(kind, ()), stayed
        )
        for name, kind in (("E", "E.i"), ("F", "F.r"), ("G", "G.k"))
    )
    return Message(message.N, C, D, E, F, G, H, message.violations)


def _block(received: Block, sent: Block, kept: Block, stayed: Mapping[str, tuple[Block, ...]]) -> Block:
    values = {name: _value(name, value, sent, kept) for name, value in received.values.items()}
    kinds = dict.fromkeys((*received.blocks, *kept.blocks))
    inside = {
        kind: _blocks(received[kind], sent[kind], kept[kind], _of(kept[kind], stayed.get(kind, ())), stayed)
        for kind in kinds
    }
    return Block(
        received.kind,
        {name: value for name, value in values.items() if value is not None},
        inside,
        received.ref,
    )


def _of(blocks: Sequence[Block], stayed: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(block for block in stayed if block in blocks)


def _value(name: str, received: Value, sent: Block, kept: Block) -> Value | None:
    """As it is recorded where it came back as it left; of a text, only what we have added is taken off."""
    if received == sent[name]:
        recorded: Value | None = kept[name]
        return recorded
    addition = text_of(sent[name]).removeprefix(text_of(kept[name]).rstrip())
    if name in _TEXTS and addition.strip() and text_of(received).endswith(addition.strip()):
        return text_of(received).removesuffix(addition.strip()).rstrip() or None
    return received


def _blocks(
    received: Sequence[Block],
    sent: Sequence[Block],
    kept: Sequence[Block],
    own: tuple[Block, ...],
    stayed: Mapping[str, tuple[Block, ...]],
) -> tuple[Block, ...]:
    """The blocks of one kind, with those that never left (`own`) behind them."""
    left = [block for block in kept if block not in own]
    if len(left) != len(sent):
        return tuple(kept) if tuple(received) == tuple(sent) else tuple(received)
    pairs = dict(zip(sent, left, strict=True))
    by_ref = {block.ref: (block, recorded) for block, recorded in pairs.items() if block.ref}
    as_kept = []
    for block in received:
        if block in pairs:
            as_kept.append(pairs[block])
        elif block.ref in by_ref:
            as_kept.append(_block(block, *by_ref[block.ref], stayed))
        else:
            as_kept.append(block)
    return (*as_kept, *(block for block in own if block not in as_kept))
