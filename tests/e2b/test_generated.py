"""Round trips of generated messages: what is written is reread as the same message, and is valid."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lxml import etree

from e2b import Batch, diff_batch, read, write
from tests.e2b.strategies import batches
from tests.material import conformance

_QUICK = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # a shrunk example takes minutes, and `diff` names the place
)
_LONG = settings(_QUICK, max_examples=1500, derandomize=False)


def check(batch: Batch) -> None:
    """Equal after writing and reading."""
    reread = read(write(batch))
    assert diff_batch(batch, reread) == []
    assert reread == batch
    assert hash(reread) == hash(batch)


def check_schema(batch: Batch, schema: etree.XMLSchema) -> None:
    assert schema.validate(etree.fromstring(write(batch))), list(schema.error_log)[:3]


@_QUICK
@given(batch=batches())
def test_generated_messages_survive(batch: Batch) -> None:
    check(batch)


@conformance
@_QUICK
@given(batch=batches())
def test_generated_messages_are_valid(batch: Batch, schema: etree.XMLSchema) -> None:
    check_schema(batch, schema)


@pytest.mark.slow
@_LONG
@given(batch=batches())
def test_many_generated_messages_survive(batch: Batch) -> None:
    check(batch)


@conformance
@pytest.mark.slow
@_LONG
@given(batch=batches())
def test_many_generated_messages_are_valid(batch: Batch, schema: etree.XMLSchema) -> None:
    check_schema(batch, schema)
