"""Round trip is the law: what is written is read again as the same message, and the schema accepts it."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lxml import etree

from e2b import Batch, diff_batch, read, write
from tests.e2b.strategies import batches

_QUICK = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # a shrunk example takes minutes, and `diff` names the place
)
_LONG = settings(_QUICK, max_examples=1500, derandomize=False)


def check(batch: Batch, schema: etree.XMLSchema) -> None:
    written = write(batch)
    again = read(written)
    assert diff_batch(batch, again) == []
    assert again == batch
    assert hash(again) == hash(batch)
    assert schema.validate(etree.fromstring(written)), list(schema.error_log)[:3]


@_QUICK
@given(batch=batches())
def test_generated_messages_survive(batch: Batch, schema: etree.XMLSchema) -> None:
    check(batch, schema)


@pytest.mark.slow
@_LONG
@given(batch=batches())
def test_many_generated_messages_survive(batch: Batch, schema: etree.XMLSchema) -> None:
    check(batch, schema)
