"""Fixtures of the e2b tests. Conformance material is used in place and never copied into the repository."""

from pathlib import Path

import pytest
from lxml import etree

from e2b.validation import load_schema
from tests.e2b.material import MATERIAL, SCHEMA, needs


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    """The compiled schema of cases; skips where the set is not there."""
    needs(SCHEMA)
    return load_schema(str(SCHEMA))


@pytest.fixture(scope="session")
def schema_if_any() -> etree.XMLSchema | None:
    return load_schema(str(SCHEMA)) if SCHEMA.exists() else None


@pytest.fixture(scope="session")
def ack_schema() -> etree.XMLSchema:
    needs(SCHEMA)
    return load_schema(str(SCHEMA), "MCCI_IN200101UV01")


@pytest.fixture(scope="session")
def material() -> Path:
    needs(MATERIAL)
    return MATERIAL
