"""The messages of an R2 file, one at a time, as messages of R3 with what became of each element."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Self

from e2b.datatypes import text_of
from e2b.elements import ELEMENTS
from e2b.errors import LimitError, ReadError
from e2b.limits import DEFAULT_LIMITS, Limits
from e2b.message import Block as R3Block
from e2b.message import Message
from e2b.r2.case import case_of
from e2b.r2.drugs import drugs_of
from e2b.r2.header import Header, header_of
from e2b.r2.narrative import narrative_of
from e2b.r2.parse import Block, block_of, reports
from e2b.r2.patient import patient_of
from e2b.r2.reactions import reactions_of
from e2b.r2.remarks import Remark, Remarks
from e2b.r2.results import meddra_version, tests_of
from e2b.r2.text import clean
from e2b.r2.values import Converter
from e2b.reading.other_files import R2_ROOT as ROOT
from e2b.reading.parse import XML
from e2b.reading.source import Source, opened
from e2b.violations import Violation

REPORT, HEADER = "safetyreport", "ichicsrmessageheader"


@dataclass(frozen=True, slots=True)
class Conversion:
    """A report of R2 as a message of R3, with what was converted, filled, and not carried over."""

    message: Message
    remarks: tuple[Remark, ...]


class R2Stream:
    """The reports of an R2 file; used as `BatchStream` is.

    R2 has no attachments, so the file is held in memory, within the limit for one message. `header` (N.1) is
    complete with the first message; remarks on the header and the file stand with every message.
    """

    def __init__(self, stream: IO[bytes], limits: Limits, *, close: bool) -> None:
        self._stream = stream
        self._limits = limits
        self._close = close
        self._header = Header()
        self._file = Remarks()
        self._language = ""
        self.violations: tuple[Violation, ...] = ()

    @property
    def header(self) -> R3Block:
        """N.1, as far as it was read."""
        return self._header.batch

    def __iter__(self) -> Iterator[Message]:
        return (conversion.message for conversion in self.conversions())

    def conversions(self) -> Iterator[Conversion]:
        """The messages with the remarks as a list. Raises ReadError and LimitError."""
        last: XML | None = None
        for xml in self._reports():
            if last is not None:
                yield self._converted(last)
            last = xml
        if last is not None:  # what stands behind it in the file is noted with it
            yield self._converted(last)

    def skim(self) -> int:
        """Read the header and count the reports, without converting them."""
        return sum(1 for _ in self._reports())

    def _reports(self) -> Iterator[XML]:
        try:
            for xml in reports(self._text(), ROOT, REPORT, HEADER, self._limits):
                tag = xml.tag.lower()
                if tag == REPORT:
                    yield xml
                elif tag == HEADER:
                    self._header = header_of(self._block(xml, HEADER, self._file), self._file)
                else:
                    self._take_root(xml)
        finally:
            self.close()

    def _text(self) -> bytes:
        """The file as UTF-8, from its root on."""
        most = self._limits.message_bytes
        data = self._stream.read(most + 1)
        if len(data) > most:
            raise LimitError(f"A file in E2B(R2) may have {most:,} bytes. Split it.")
        text, mended = clean(data)
        self._file = Remarks()
        for sentence in mended:
            self._file.converted("file", "", "", "", "", sentence)
        return text.encode("utf-8")

    def _take_root(self, xml: XML) -> None:
        """The language of the texts when the file begins; what is no report when it ends."""
        self._language = xml.get("lang", "").strip()
        for child in xml:
            if child.tag.lower() not in (REPORT, HEADER) and (text := "".join(child.itertext()).strip()):
                self._file.lost(child.tag[:80], "", text, "it is neither header nor report")

    def _block(self, xml: XML, tag: str, remarks: Remarks) -> Block:
        return block_of(xml, tag, self._language, remarks)

    def _converted(self, xml: XML) -> Conversion:
        remarks = Remarks()
        report = self._block(xml, REPORT, remarks)
        message = _message(report, self._header, Converter(remarks))
        _disagreements(message, remarks)
        remarks.all[:0] = self._file.all
        return Conversion(message.with_violations(remarks.violations()), tuple(remarks.all))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file, where it was opened here."""
        if self._close:
            self._stream.close()


def conversions(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[Conversion]:
    """The reports of an R2 file as messages of R3, each with the list of what became of its elements.

    Raises ReadError for a file that is none, or cannot be read safely.
    """
    stream, root = opened(source, limits)
    reader = R2Stream(stream, limits, close=not hasattr(source, "read"))
    if root != ROOT:
        reader.close()
        raise ReadError("It is not in E2B(R2): there is nothing to convert.")
    yield from reader.conversions()


def _message(report: Block, header: Header, converter: Converter) -> Message:
    patient = report.single("patient")
    envelope, case = case_of(report, converter, is_fda=header.is_fda)
    reactions = reactions_of(report, patient, converter)
    blocks = tuple(reaction.block for reaction in reactions)
    section = patient_of(patient, converter)
    tests = tests_of(patient, converter, meddra_version(blocks))
    drugs = drugs_of(patient, converter, reactions)
    narrative = narrative_of(patient.single("summary"), converter)
    converter.leftovers(report)
    return Message(
        R3Block("N.2.r", {**header.message, **envelope}), case, section, blocks, tests, drugs, narrative
    )


def _disagreements(message: Message, remarks: Remarks) -> None:
    """What the report says in two ways that don't agree."""
    versions = {
        text_of(value)
        for block in message.walk()
        for name, value in block.values.items()
        if ELEMENTS[name].codes == "MedDRA version"
    }
    if len(versions) > 1:
        reason = "R3 wants one version of MedDRA in a case; each term keeps its own"
        remarks.converted("meddraversion", "", ", ".join(sorted(versions)), "", "", reason)
    criterion = any(block.values.get("E.i.3.2a") == "true" for block in message.E)
    fatal = any(block.values.get("E.i.7") == "5" for block in message.E)
    if criterion != fatal:
        says = "seriousnessdeath" if criterion else "reactionoutcome"
        reason = "criterion and outcome disagree about death"
        remarks.converted(says, "", "1" if criterion else "5", "E.i.3.2a E.i.7", "", reason)
