"""The header of an R2 file: the envelope of the batch, repeated around every message."""

from dataclasses import dataclass, field

from e2b.message import Block as R3Block
from e2b.r2.parse import Block
from e2b.r2.remarks import Remarks
from e2b.r2.values import Converter, Values

FDA_DIALECT = "2.2"
_SENDER, _RECEIVER = "messagesenderidentifier", "messagereceiveridentifier"


@dataclass(frozen=True, slots=True)
class Header:
    """The envelope (N.1), and what every message repeats of it."""

    batch: R3Block = field(default_factory=lambda: R3Block("N.1"))
    message: Values = field(default_factory=dict)
    is_fda: bool = False


def header_of(block: Block, remarks: Remarks) -> Header:
    """The header as elements of R3."""
    converter = Converter(remarks)
    version = block.take("messageformatversion")
    if version not in ("", "2.1", "2", "2.0", FDA_DIALECT):
        reason = "only the dialects 2.1 (ICH) and 2.2 (FDA) are described; it was read as 2.1"
        remarks.converted("messageformatversion", "", version, "", "", reason)
    block.take("messageformatrelease")
    kind = converter.code(block, "messagetype", "message type", "N.1.1")
    if kind is None:
        kind = "1"
        remarks.filled("N.1.1", kind)
    batch: Values = {"N.1.1": kind}
    message: Values = {}
    for tag, first, second in ((_SENDER, "N.1.3", "N.2.r.2"), (_RECEIVER, "N.1.4", "N.2.r.3")):
        if text := block.take(tag):
            batch[first] = message[second] = text
        else:
            remarks.lost(tag, "", "", "it is empty", first)
    batch |= converter.values(block)
    converter.leftovers(block)
    return Header(R3Block("N.1", batch), message, version == FDA_DIALECT)
