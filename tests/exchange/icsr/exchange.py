"""What tests of the bridge share: messages there and back, with and without a database."""

from dataclasses import replace

from cases.models import Exposure, Reaction, StoredFile
from cases.opening import opening
from cases.record.read_cases import read_cases
from e2b import Block, Difference, Message, diff
from exchange.icsr import CaseRecord, IncomingCase, message_of, rows_of


def lost(message: Message) -> list[Difference]:
    """What is lost on the way through unsaved rows."""
    incoming = rows_of(message)
    return lost_by(message, incoming, incoming.record)


def lost_by(message: Message, incoming: IncomingCase, record: CaseRecord) -> list[Difference]:
    """What a message has and its case does not; its local ids and its time of creation aside."""
    returned = message_of(record, envelope=message.N, recorded_only=True).message
    return diff(_renamed(message, incoming), replace(returned, C=returned.C.with_values({"C.1.2": None})))


def save(message: Message, by, number: str = "X-1") -> tuple[IncomingCase, CaseRecord]:
    """Saved through an amendment, and read from the database."""
    incoming = rows_of(message)
    StoredFile.objects.bulk_create(incoming.files, ignore_conflicts=True)
    with opening(number, by=by, reason="received", **incoming.case_values) as amendment:
        amendment.add_all(incoming.rows)
    return incoming, read_cases([amendment.case.pk])[amendment.case.pk]


def _renamed(message: Message, incoming: IncomingCase) -> Message:
    """With the names of the rows for local ids, and without the time of creation."""
    reactions, drugs = _names(incoming, Reaction), _names(incoming, Exposure)
    names_by_ref: dict[str, str] = {}
    for block, name in zip(message.E, reactions, strict=True):
        names_by_ref.setdefault(block.ref, name)
    return replace(
        message,
        C=message.C.with_values({"C.1.2": None}),
        E=tuple(replace(block, ref=name) for block, name in zip(message.E, reactions, strict=True)),
        G=tuple(
            _paired(replace(block, ref=name), names_by_ref)
            for block, name in zip(message.G, drugs, strict=True)
        ),
    )


def _names(incoming: IncomingCase, model) -> list[str]:
    return [str(row.uuid) for row in incoming.rows if type(row) is model]


def _paired(drug: Block, names_by_ref: dict[str, str]) -> Block:
    pairs = tuple(
        pair.with_values({"G.k.9.i.1": names_by_ref.get(pair["G.k.9.i.1"], pair["G.k.9.i.1"])})
        for pair in drug["G.k.9.i"]
    )
    return replace(drug, blocks={**drug.blocks, "G.k.9.i": pairs}) if pairs else drug
