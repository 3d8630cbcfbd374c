"""What may never be stored of the exchange: each constraint refuses with its own sentence."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.utils import InternalError

from cases.database_errors import as_validation_errors
from cases.documents.storage import store_content
from exchange.models import Batch, FileChunk, Message, ReceivedMessage, ReceiverSettings, Submission
from tests.cases.rows import open_case

pytestmark = pytest.mark.django_db

SENT = {"direction": "sent", "number": "B-1", "size": 1, "digest": "a"}
RECEIVED = {"direction": "received", "size": 1, "digest": "a"}


@pytest.fixture
def batch(assessor):
    return Batch.objects.create(**SENT, by=assessor, organisation=assessor.organisation)


@pytest.fixture
def message(batch):
    return Message.objects.create(batch=batch, direction="received", position=1, digest="d")


def refused(words: str):
    return pytest.raises(ValidationError, match=words)


def test_a_number_is_sent_once_and_received_as_often_as_it_comes(batch, assessor):
    with refused("never used again"), as_validation_errors(), transaction.atomic():
        Batch.objects.create(**{**SENT, "digest": "b"}, by=assessor, organisation=assessor.organisation)
    for digest in "xy":
        Batch.objects.create(
            **{**RECEIVED, "number": "B-1", "digest": digest}, by=assessor, organisation=assessor.organisation
        )
    with refused("received already"), as_validation_errors(), transaction.atomic():
        Batch.objects.create(**{**RECEIVED, "digest": "x"}, by=assessor, organisation=assessor.organisation)


def test_a_batch_comes_or_goes(assessor):
    with refused("received or sent"), as_validation_errors():
        Batch.objects.create(**{**SENT, "direction": "lost"}, by=assessor, organisation=assessor.organisation)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"direction": "sent", "position": 2}, "keeps its bytes"),
        ({"direction": "received", "position": 1}, "at this place already"),
    ],
)
def test_a_message_refuses(batch, message, values, words):
    with refused(words), as_validation_errors():
        Message.objects.create(batch=batch, digest="d", **values)


def test_an_identifier_is_sent_once(batch):
    values = {
        "batch": batch,
        "direction": "sent",
        "identifier": "M-1",
        "digest": "d",
        "file": store_content(b"x"),
    }
    Message.objects.create(**values, position=1)
    with refused("never used again"), as_validation_errors():
        Message.objects.create(**values, position=2)


def test_a_file_has_each_chunk_once(batch):
    FileChunk.objects.create(batch=batch, position=1, file=store_content(b"x"))
    with refused("there already"), as_validation_errors():
        FileChunk.objects.create(batch=batch, position=1, file=store_content(b"y"))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": "eaten"}, "imported, waiting or set aside"),
        ({"state": "waiting"}, "Say why"),
        ({"state": "set_aside"}, "Say why"),
        ({"state": "new"}, "names its case"),
        ({"state": "unchanged"}, "names its case"),
    ],
)
def test_what_became_of_a_message_is_complete(message, assessor, values, words):
    with refused(words), as_validation_errors(), transaction.atomic():
        ReceivedMessage.objects.create(message=message, by=assessor, **values)
    ReceivedMessage.objects.create(message=message, by=assessor, state="waiting", reasons=["because"])


def test_a_submission_has_a_known_state(message, assessor):
    case = open_case(assessor)
    values = {"case": case, "message": message, "profile": "ICH", "by": assessor}
    with refused("accepted with warnings or rejected"), as_validation_errors(), transaction.atomic():
        Submission.objects.create(**values, state="eaten")
    Submission.objects.create(**values, state="warned")


def test_what_was_sent_stays_as_it_was(batch, message):
    for row in (message, batch):
        with pytest.raises(InternalError, match="append_only"), transaction.atomic():
            row.save()
        with pytest.raises(InternalError, match="append_only"), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"receiver": "MARS"}, "one of: ICH, FDA, EMA"),
        ({"receiver": "EMA", "wants_score_of_others": True}, "Choose first"),
        ({"receiver": "EMA", "wants_score_without_sign": True}, "Choose first"),
        ({"receiver": "ICH"}, "settings for this receiver already"),
    ],
)
def test_settings_of_a_receiver_refuse(organisation, values, words):
    ReceiverSettings.objects.create(organisation=organisation, receiver="ICH")
    with refused(words), as_validation_errors():
        ReceiverSettings.objects.create(organisation=organisation, **values)
