"""Validation against the schema set of ICH, which the user brings.

The set is not part of this package; docs/e2b.md says where ICH publishes it. Its folder is given
by name, or in the environment variable E2B_SCHEMA_DIR.
"""

import os
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final

from lxml import etree

from e2b.errors import SchemaError
from e2b.findings import Finding, Level
from e2b.limits import DEFAULT_LIMITS, Limits
from e2b.reading.source import Source, safe_tree

VARIABLE: Final = "E2B_SCHEMA_DIR"
MOST_ERRORS: Final = 100


@lru_cache(maxsize=8)
def load_schema(folder: str | None = None, interaction: str = "MCCI_IN200100UV01") -> etree.XMLSchema | None:
    """The schema of an interaction; None where no folder is given and none is in the environment.

    Raises SchemaError where the folder has no schema set.
    """
    found = folder or os.environ.get(VARIABLE, "")
    if not found:
        return None
    name = f"{interaction}.xsd"
    places = (Path(found) / "multicacheschemas" / name, Path(found) / name)
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        raise SchemaError(f"{found} has no multicacheschemas/{name}; see docs/e2b.md for the schema set.")
    try:
        return etree.XMLSchema(etree.parse(str(path)))
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        raise SchemaError(f"{path} is no XML schema: {error}.") from None


def validate_schema(
    source: Source, schema: etree.XMLSchema, limits: Limits = DEFAULT_LIMITS
) -> list[Finding]:
    """What the schema says about a file. Raises ReadError for input that cannot be read safely."""
    tree = safe_tree(source, limits)
    if schema.validate(tree):
        return []
    return [_finding(error) for error in islice(_entries(schema), MOST_ERRORS)]


def _entries(schema: etree.XMLSchema) -> Iterator[etree._LogEntry]:
    yield from schema.error_log  # type: ignore[attr-defined]  # the stubs do not know that it iterates


def _finding(error: etree._LogEntry) -> Finding:
    sentence = str(error.message).replace("{urn:hl7-org:v3}", "")
    return Finding(
        "SCHEMA", "", f"line {error.line}", sentence, "Check order and data types.", level=Level.SCHEMA
    )
