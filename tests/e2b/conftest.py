"""Fixtures of the e2b tests: the schemas of ICH, for the conformance set alone."""

import pytest
from lxml import etree

from e2b.validation import load_schema
from tests.material import SCHEMA


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    """The compiled schema of cases."""
    return load_schema(str(SCHEMA))


@pytest.fixture(scope="session")
def ack_schema() -> etree.XMLSchema:
    return load_schema(str(SCHEMA), "MCCI_IN200101UV01")
