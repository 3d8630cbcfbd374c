"""What ICH demands of every message and the letter doesn't give. For tests only: nothing here is evidence."""

from dataclasses import replace

from e2b import Block, Message

CASE = {
    "C.1.1": "FR-TEST-1",
    "C.1.3": "1",
    "C.1.4": "20170201",
    "C.1.5": "20170201",
    "C.1.6.1": "false",
    "C.1.8.1": "FR-TEST-1",
    "C.1.8.2": "2",
    "C.3.1": "3",
    "C.3.2": "Test centre",
}
REPORTER = Block("C.2.r", {"C.2.r.3": "FR", "C.2.r.4": "1", "C.2.r.5": "1"})
ENVELOPE = Block(
    "N.2.r",
    {"N.2.r.1": "FR-TEST-1", "N.2.r.2": "TEST", "N.2.r.3": "RECEIVER", "N.2.r.4": "20170301120000+0000"},
)


def completed(message: Message) -> Message:
    """The message with a sender, a reporter, dates of receipt and a MedDRA code for each reaction."""
    case = replace(
        message.C,
        values={**message.C.values, **CASE},
        blocks={**message.C.blocks, "C.2.r": (REPORTER,)},
    )
    coded = {"E.i.2.1a": "27.0", "E.i.2.1b": "10037844"}
    return replace(
        message, N=ENVELOPE, C=case, E=tuple(reaction.with_values(coded) for reaction in message.E)
    )
