"""Acknowledgements: the answer of the receiver of a batch, read leniently and written by the schema.

Real gateways send what no schema allows (messages without creationTime, empty ids and dates after
a hard failure), so reading requires only well-formed XML. Only the outcome codes are reliable: the text
beside an "AE" may be "Accept". Source: ICH E2B(R3) implementation guide, ICSR acknowledgement.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from e2b.datatypes import Value, text_of
from e2b.errors import MessageError
from e2b.limits import DEFAULT_LIMITS, Limits
from e2b.message import Batch, Block
from e2b.r2.acknowledgement import r2_acknowledgement
from e2b.reading.other_files import R2_ACKNOWLEDGEMENT_ROOT
from e2b.reading.parse import elements
from e2b.reading.plan import reading_plan
from e2b.reading.report import READ_EMPTY
from e2b.reading.source import Source, opened
from e2b.reading.walk import Walk
from e2b.structure import HL7
from e2b.violations import Violation
from e2b.writing.batch import document
from e2b.writing.plan import writing_plan

ROOT: Final = f"{{{HL7}}}MCCI_IN200101UV01"

_HEADING: Final = re.compile(r"^\s*(Rejections|Warnings)\s*:\s*$", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"^\s*\d+\s*[:.)]\s*(.*)$")
_WORD: Final = re.compile(r"\w+")
_WITHOUT_FAULTS: Final = re.compile(r"\b(?:no|without|0)\s+(?:errors?|warnings?|remarks?|comments?)\b")
# The words of a text that says no more than "loaded". They part "accepted" from "accepted with warnings" and
# decide nothing else; a text in another language counts as a remark, which a person reads.
_PLAIN: Final = frozenset(
    (
        *("loaded", "load", "accepted", "accept", "received", "imported", "processed", "valid", "validated"),
        *("ok", "success", "successful", "successfully", "ca", "aa", "acknowledged", "completed"),
        *("the", "a", "and", "was", "is", "has", "have", "been", "by", "for", "of", "in", "to", "database"),
        *("icsr", "message", "report", "case", "safety", "file", "batch", "receiver", "system", "see"),
        # German, French, Spanish, Italian, Portuguese, Dutch.
        *("geladen", "angenommen", "akzeptiert", "erfolgreich", "empfangen", "verarbeitet", "wurde", "die"),
        *(
            "der",
            "das",
            "meldung",
            "nachricht",
            "fall",
            "charg\u00e9",
            "accept\u00e9",
            "re\u00e7u",
            "trait\u00e9",
            "message",
        ),
        *("avec", "succ\u00e8s", "le", "la", "cas", "cargado", "cargada", "aceptado", "aceptada", "recibido"),
        *(
            "con",
            "\u00e9xito",
            "el",
            "mensaje",
            "caso",
            "caricato",
            "accettato",
            "ricevuto",
            "successo",
            "il",
        ),
        *("messaggio", "carregado", "aceite", "aceito", "recebido", "com", "sucesso", "o", "mensagem"),
        *("geaccepteerd", "ontvangen", "verwerkt", "het", "de", "bericht", "is", "succesvol"),
    )
)
_ELEMENT: Final = re.compile(r"\b(?:FDA\.)?[CDEFGHN]\.(?:\d+|[rik])(?:\.(?:\d+[a-z]?|[rik]))*[a-z]?\b")


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of a receiver's text: "rejection", "warning" or "comment", and the elements it names."""

    kind: str
    text: str

    @property
    def elements(self) -> tuple[str, ...]:
        """The element ids in the text, in its order, each once."""
        return tuple(dict.fromkeys(_ELEMENT.findall(self.text)))

    @property
    def is_plain(self) -> bool:
        """Whether it is a comment that only says that the message was loaded."""
        text = _WITHOUT_FAULTS.sub(" ", self.text.lower())
        return self.kind == "comment" and _PLAIN.issuperset(_WORD.findall(text))


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """One acknowledgement file: ACK.M and ACK.A in `batch`, a block ACK.B.r per answered message."""

    batch: Block = field(default_factory=lambda: Block("ACK"))
    violations: tuple[Violation, ...] = field(default=(), compare=False, repr=False)

    @property
    def messages(self) -> tuple[Block, ...]:
        """The answers to the single messages, blocks ACK.B.r."""
        return self.batch.blocks.get("ACK.B.r", ())

    @property
    def outcome(self) -> str:
        """AA all loaded, AE some have errors, AR none loaded; "" where it is missing."""
        return text_of(self.batch["ACK.A.4"])

    def accepted(self, message: Block) -> bool:
        """Whether the receiver loaded a message, by its outcome code alone."""
        return text_of(message["ACK.B.r.6"]) == "CA"


def read_acknowledgement(source: Source, limits: Limits = DEFAULT_LIMITS) -> Acknowledgement:
    """Reads an acknowledgement, in E2B(R3) or E2B(R2); fields that are empty or missing are simply absent.

    Raises ReadError for input that cannot be read safely.
    """
    stream, r2_root = opened(source, limits)
    try:
        if r2_root == R2_ACKNOWLEDGEMENT_ROOT:
            return Acknowledgement(*r2_acknowledgement(stream, limits))
        (xml,) = elements(stream, ROOT, ROOT, limits)
        walk = Walk()
        draft = walk.read(xml, reading_plan("ack batch", "ACK"), "ACK")
        # After a hard failure gateways send empty what they couldn't read: that is no finding.
        violations = [violation for violation in walk.report.violations if violation.rule != READ_EMPTY]
        return Acknowledgement(draft.freeze(), tuple(violations))
    finally:
        if not hasattr(source, "read"):
            stream.close()


def write_acknowledgement(acknowledgement: Acknowledgement) -> bytes:
    """The acknowledgement as XML in UTF-8, in the schema's order."""
    plan = writing_plan("ack batch", "ACK")
    return document(plan, acknowledgement.batch.values, acknowledgement.batch.blocks)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to one received message: loaded or not, the receiver's own number of it, and remarks."""

    accepted: bool
    number: str = ""
    text: str = ""


def acknowledge(
    batch: Batch, receipts: Sequence[Receipt], *, number: str, time: Value, text: str = ""
) -> Acknowledgement:
    """The answer to a received batch: one receipt per message, in its order.

    `number` is our own number of the acknowledgement, `time` the time at which it is sent. Raises
    MessageError where receipts and messages do not match.
    """
    if len(receipts) != len(batch.messages):
        raise MessageError(f"{len(batch.messages)} messages need as many receipts, not {len(receipts)}.")
    loaded = sum(receipt.accepted for receipt in receipts)
    outcome = "AA" if receipts and loaded == len(receipts) else "AE" if loaded else "AR"
    own = {"ACK.M.1": number, "ACK.M.4": time, "ACK.A.4": outcome, "ACK.A.5": text}
    values = {**_copied(batch.N, _FROM_BATCH), **_without_empty(own)}
    answers = []
    for message, receipt in zip(batch.messages, receipts, strict=True):
        code = "CA" if receipt.accepted else "CR"
        given = {
            "ACK.B.r.0": time,
            "ACK.B.r.2": receipt.number,
            "ACK.B.r.6": code,
            "ACK.B.r.7": receipt.text,
        }
        answers.append(Block("ACK.B.r", {**_copied(message.N, _FROM_MESSAGE), **_without_empty(given)}))
    return Acknowledgement(Block("ACK", values, {"ACK.B.r": tuple(answers)}))


_FROM_BATCH: Final = {"N.1.2": "ACK.A.1", "N.1.3": "ACK.M.3", "N.1.4": "ACK.M.2", "N.1.5": "ACK.A.3"}
_FROM_MESSAGE: Final = {
    "N.2.r.1": "ACK.B.r.1", "N.2.r.2": "ACK.B.r.3", "N.2.r.3": "ACK.B.r.4", "N.2.r.4": "ACK.B.r.5",
}  # fmt: skip


def _copied(block: Block, names: dict[str, str]) -> dict[str, Value]:
    return {target: block.values[source] for source, target in names.items() if source in block.values}


def _without_empty(values: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value}


def remarks(text: str) -> tuple[Remark, ...]:
    """A receiver's text cut into its rejections, warnings and comments.

    Gateways list them under "Rejections:" and "Warnings:", numbered; other lines are comments.
    """
    return tuple(_remarks(text))


def _remarks(text: str) -> Iterator[Remark]:
    kind = "comment"
    for line in filter(str.strip, text.splitlines()):
        heading, numbered = _HEADING.match(line), _NUMBERED.match(line)
        if heading:
            kind = heading[1].lower().removesuffix("s")
        elif numbered and kind != "comment":
            yield Remark(kind, numbered[1].strip())
        else:
            yield Remark("comment", line.strip())
