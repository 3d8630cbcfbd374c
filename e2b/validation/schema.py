"""Validation against the schema set of ICH, which the user provides.

The set is not part of this package; docs/e2b.md names where ICH publishes it. Its folder is given
by name, or in the environment variable E2B_SCHEMA_DIR.
"""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Final

from lxml import etree

from e2b.errors import ReadError, SchemaError
from e2b.limits import DEFAULT_LIMITS, Limits
from e2b.message import Batch, Block, Message
from e2b.reading.batch import BATCH, MESSAGE
from e2b.reading.source import Budget, Source, open_source, pieces
from e2b.structure import HL7
from e2b.violations import Level, Violation
from e2b.writing import write

FOLDER_VARIABLE: Final = "E2B_SCHEMA_DIR"
MAX_ERRORS: Final = 100
RECEIVER: Final = f"{{{HL7}}}receiver"

# A batch that the schema accepts: each message is validated in its envelope, and the envelope of
# the file with its message.
_ACCEPTED: Final = Batch(
    Block("N.1", {"N.1.1": "1", "N.1.2": "x", "N.1.3": "x", "N.1.4": "x", "N.1.5": "2000"}), (Message(),)
)


def load_schema(folder: str | None = None, interaction: str = "MCCI_IN200100UV01") -> etree.XMLSchema | None:
    """The schema of an interaction; None where no folder is given and none is in the environment.

    Raises SchemaError where the folder has no schema set.
    """
    folder = folder or os.environ.get(FOLDER_VARIABLE, "")
    return _load(folder, interaction) if folder else None


@lru_cache(maxsize=8)
def _load(folder: str, interaction: str) -> etree.XMLSchema:
    name = f"{interaction}.xsd"
    candidates = (Path(folder) / "multicacheschemas" / name, Path(folder) / name)
    path = next((candidate for candidate in candidates if candidate.is_file()), None)
    if path is None:
        raise SchemaError(f"{folder} has no multicacheschemas/{name}; see docs/e2b.md for the schema set.")
    try:
        return etree.XMLSchema(etree.parse(str(path)))
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        raise SchemaError(f"{path} is no XML schema: {error}.") from None


def validate_schema(
    source: Source, schema: etree.XMLSchema, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Violation]:
    """The violations of the schema in a file of cases, at most MAX_ERRORS per message.

    Messages are validated one by one, so that memory does not grow with their number. Raises
    ReadError for input that cannot be read safely.
    """
    accepted = etree.fromstring(write(_ACCEPTED))
    stand_in = next(accepted.iterchildren(MESSAGE))
    position = accepted.index(stand_in)
    accepted.remove(stand_in)
    stream = open_source(source)
    try:
        for xml in _elements(stream, limits):
            if xml.tag == MESSAGE:
                accepted.insert(position, xml)
                yield from _violations(schema, accepted)
                accepted.remove(xml)
            else:
                xml.insert(_after_name(xml), stand_in)
                yield from _violations(schema, xml)
    finally:
        if stream is not source:
            stream.close()


def _elements(stream: IO[bytes], limits: Limits) -> Iterator[etree._Element]:
    """The messages, at last the root without them, as lxml's nodes, which its schema needs."""
    parser = etree.XMLPullParser(
        ("start", "end"), tag=[BATCH, MESSAGE], resolve_entities=False, no_network=True, huge_tree=True
    )
    budget = Budget(limits)
    top: etree._Element | None = None
    try:
        for piece in pieces(stream, limits):
            budget.spend(piece)
            parser.feed(piece)
            for event, xml in parser.read_events():
                if not isinstance(xml, etree._Element):
                    continue
                top = xml if top is None else top
                if event == "end" and xml.tag == MESSAGE and xml.getparent() is top:
                    yield xml
                    budget.renew()
        parser.close()
    except etree.XMLSyntaxError as error:
        raise ReadError(f"The file is not well-formed XML: {error.msg}.") from None
    if top is None or top.tag != BATCH:
        raise ReadError(f"The root is not {BATCH}.")
    yield top


def _after_name(batch: etree._Element) -> int:
    """Where messages stand in a batch: before its receiver."""
    receiver = batch.find(RECEIVER)
    return len(batch) if receiver is None else batch.index(receiver)


def _violations(schema: etree.XMLSchema, tree: etree._Element) -> Iterator[Violation]:
    if schema.validate(tree):
        return
    log: Any = schema.error_log
    for number, error in enumerate(log):
        if number == MAX_ERRORS:
            return
        sentence = str(error.message).replace("{urn:hl7-org:v3}", "")
        remedy = "Check the order of the nodes and the data type."
        yield Violation("SCHEMA", "", f"line {error.line}", sentence, remedy, level=Level.SCHEMA)
