"""Nothing is lost between a message and the record, in either direction."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings

from e2b import Batch, Block, Message, Null, Range, read, write
from e2b.elements import ICH
from exchange.icsr import message_of, reconcile, rows_of
from exchange.icsr.own_messages import as_recorded
from tests.e2b.cases import LEAST, changed, full_message
from tests.e2b.strategies import messages
from tests.exchange.icsr.exchange import lost, lost_by, save
from tests.material import ICSRS, OWN_ICSRS, REFERENCE, each

_QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
_LONG = settings(_QUICK, max_examples=2000, derandomize=False)
# The envelope of batch and message is the submission's own, and the case's time of creation the database's.
NOT_OF_THE_CASE = {"C.1.2", *(element for element in ICH if element.startswith("N."))}


def plausible(message: Message) -> Message:
    """Without the contradictions for which a received message waits."""
    latest, first = message.C["C.1.5"], message.C["C.1.4"]
    if latest and first and latest.earliest < first.earliest:
        message = replace(message, C=message.C.with_values({"C.1.5": first}))
    return message


def full() -> Message:
    """Every ICH element, and a height that a body can have."""
    return changed(changed(full_message(), "D.4", "150"), "D.10.5", "150")


@each(OWN_ICSRS, [*ICSRS, *REFERENCE])
def test_every_element_of_a_sample_message_finds_a_row(file: Path) -> None:
    for message in read(file).messages:
        assert lost(message) == []


@pytest.mark.django_db
@each(OWN_ICSRS, [*ICSRS, *REFERENCE])
def test_sample_messages_survive_the_database(file: Path, assessor) -> None:
    for number, message in enumerate(map(plausible, read(file).messages)):
        incoming, record = save(message, assessor, f"X-{number}")
        assert lost_by(message, incoming, record) == []
        assert not reconcile(rows_of(message), record)
        assert not reconcile(rows_of(as_recorded(message_of(record).message, record)), record)


def test_every_element_of_ich_is_carried() -> None:
    message = full()
    carried = {name for block in back(message).walk() for name in block.values}
    assert carried - NOT_OF_THE_CASE == set(ICH) - NOT_OF_THE_CASE
    assert lost(message) == []


@pytest.mark.django_db
def test_every_element_of_ich_survives_the_database(assessor) -> None:
    incoming, record = save(full(), assessor)
    assert lost_by(full(), incoming, record) == []
    assert message_of(record).message.C["C.1.2"].earliest == record.case.created_at.replace(microsecond=0)
    assert not reconcile(rows_of(as_recorded(message_of(record).message, record)), record)


@_QUICK
@given(message=messages())
def test_generated_messages_survive(message: Message) -> None:
    assert lost(message) == []


@pytest.mark.slow
@_LONG
@given(message=messages())
def test_many_generated_messages_survive(message: Message) -> None:
    assert lost(message) == []


@pytest.mark.django_db
@settings(_QUICK, max_examples=25)
@given(message=messages())
def test_generated_messages_are_saved_whole_or_refused_in_words(message: Message, assessor) -> None:
    with transaction.atomic():
        try:
            incoming, record = save(message, assessor)
        except ValidationError as refused:
            refusals = refused.messages
        else:
            refusals = []
            assert lost_by(message, incoming, record) == []
            assert not reconcile(rows_of(message), record)
            assert not reconcile(rows_of(as_recorded(message_of(record).message, record)), record)
        assert not [words for words in refusals if "database refused" in words or "does not fit" in words]
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("element", "value", "note"),
    [
        ("D.3", "heavy", "does not fit its field"),
        ("D.2.2a", "5", "need each other"),
        ("C.1.4", "2020", "does not fit its field"),
        ("C.1.7", Null("MSK"), "kept as received"),
        ("E.i.7", "9", "does not fit its field"),
        ("F.r.4", "low", "does not fit its field"),
        ("F.r.3.2", "many", "does not fit its field"),
        ("E.i.1.1a", "x" * 251, "does not fit its field"),
    ],
)
def test_what_does_not_fit_is_noted_and_leaves_as_it_came(element, value, note) -> None:
    kind = ICH[element].block
    message = changed(with_test(), element, value)
    incoming = rows_of(message)
    assert [n for n in incoming.notes if n.element == element and note in n.words]
    returned = [block[element] for block in back(message).walk() if block.kind == kind]
    assert returned == [block[element] for block in message.walk() if block.kind == kind]


def test_a_corrected_column_overrules_what_was_received() -> None:
    record = rows_of(changed(with_test(), "F.r.3.2", Range.of("<", "007"))).record
    (test,) = (row for row in record if row._meta.model_name == "examination")
    assert message_of(record, recorded_only=True).message.F[0]["F.r.3.2"] == Range.of("<", "007")
    test.value = Decimal(8)
    assert message_of(record, recorded_only=True).message.F[0]["F.r.3.2"] == Range.of("<", "8")


def back(message: Message) -> Message:
    return message_of(rows_of(message).record, recorded_only=True).message


def with_test() -> Message:
    return replace(LEAST, F=(Block("F.r", {"F.r.2.1": "something"}),))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "second", ["Door 2", "Behind the " + "very " * 20 + "old mill"], ids=["short", "long"]
)
def test_lines_of_an_address_stay_lines_in_the_record(assessor, second):
    """Also where they have more characters than the column of the street takes."""
    street = f"Main Street 1\n{second}"
    reporter = replace(LEAST.C["C.2.r"][0], values={**LEAST.C["C.2.r"][0].values, "C.2.r.2.3": street})
    blocks = {**LEAST.C.blocks, "C.2.r": (reporter,)}
    message = replace(LEAST, C=replace(LEAST.C, blocks=blocks).with_values({"C.3.4.1": street}))
    incoming, record = save(message, assessor)
    assert lost_by(message, incoming, record) == []
    written = write(Batch(messages=(message_of(record, envelope=message.N, recorded_only=True).message,)))
    lines = (
        f"<streetAddressLine>Main Street 1</streetAddressLine><streetAddressLine>{second}</streetAddressLine>"
    )
    assert written.decode().count(lines) == 2
