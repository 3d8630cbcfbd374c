"""A value of a follow-up that can't be read never replaces one that could: a person decides."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from cases.models import Case, Parent
from exchange.importing import import_decided
from exchange.models import ImportState, ReceivedMessage
from tests.exchange.icsr.own_samples import every_element, message_named
from tests.exchange.material import again, file_of, imported, written
from tests.exchange.test_follow_ups import content

pytestmark = pytest.mark.django_db

FIRST = message_named("DE-X-1", every_element())


def follow_up(*changes: tuple[bytes, bytes]) -> bytes:
    """The first message with these texts in place of others, and with news."""
    later = FIRST.with_sections(H=FIRST.H.with_values({"H.1": "news"}))
    text = file_of(later, number="B-2")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


# What a sender writes where the record has a value: the text in the file, and what it says now.
UNREADABLE = {
    "G.k.4.r.1a": (b'<doseQuantity value="1" unit="mg"/>', b'<doseQuantity value="1,5" unit="mg"/>'),
    "F.r.3.2": (b'<center value="1" unit="mg/dL"/>', b'<center value="1,5" unit="mg/dL"/>'),
    "C.1.4": (b'<low value="20200101"/>', b'<low value="2020-01-01"/>'),
    "D.2.1": (b'<birthTime value="20200101"/>', b'<birthTime value="2020-01-01"/>'),
    "F.r.1": (b'<effectiveTime value="20200101"/>', b'<effectiveTime value="1 Jan 2020"/>'),
    "D.10.2.2a": (b'="PQ" value="1" unit="kg"/>', b'="PQ" value="about 1" unit="kg"/>'),
}


@pytest.fixture
def waiting(tmp_path, assessor):
    """Send the first message, then a follow-up with unreadable values, which waits."""

    def send(*elements: str) -> ReceivedMessage:
        files = written(tmp_path, file_of(FIRST), follow_up(*(UNREADABLE[name] for name in elements)))
        first, second = imported(*files)
        assert (first["fate"], second["fate"]) == (ImportState.NEW, ImportState.WAITING), second
        return ReceivedMessage.objects.get(state=ImportState.WAITING)

    return send


@pytest.mark.parametrize("element", UNREADABLE)
def test_it_waits_with_both_values_side_by_side(element, waiting):
    received = waiting(element)
    sentence, decide = received.reasons
    assert f"({element}) in the message is" in sentence
    assert "which can't be read; stored is" in sentence
    assert decide == "Decide on the page of this message which of them hold."
    assert content(again(Case.objects.get())) == content(FIRST)


def test_stored_values_stay_and_the_rest_is_taken(waiting, assessor):
    received = waiting(*UNREADABLE)
    assert len(received.reasons) == len(UNREADABLE) + 1
    done = import_decided(received, keeps_stored=True, by=assessor, reason="A slip of the sender.")
    assert done.state == ImportState.FOLLOW_UP
    expected = FIRST.with_sections(H=FIRST.H.with_values({"H.1": "news"}))
    assert content(again(Case.objects.get())) == content(expected)
    assert any("(D.10.2.2a) in the message is “about 1”" in note for note in done.notes)


def test_values_that_are_not_known_any_more_leave_empty_boxes(waiting, assessor):
    done = import_decided(waiting("D.10.2.2a"), keeps_stored=False, by=assessor, reason="Asked the sender.")
    assert done.state == ImportState.FOLLOW_UP
    assert Parent.objects.get().age is None


def test_it_is_due_from_the_day_on_which_it_was_received(waiting, assessor):
    received = waiting("D.10.2.2a")
    assert received.day_zero == received.message.batch.at.date()
    assert received.due - received.day_zero == timedelta(15)
    assert import_decided(received, keeps_stored=True, by=assessor, reason="A slip.").due is None


def test_a_decision_needs_a_reason_and_a_message_that_waits(waiting, assessor, researcher):
    received = waiting("D.10.2.2a")
    with pytest.raises(ValidationError, match="Say why"):
        import_decided(received, keeps_stored=True, by=assessor, reason=" ")
    with pytest.raises(PermissionDenied):
        import_decided(received, keeps_stored=True, by=researcher, reason="A slip.")
    import_decided(received, keeps_stored=True, by=assessor, reason="A slip.")
    with pytest.raises(ValidationError, match="not waiting any more"):
        import_decided(received, keeps_stored=True, by=assessor, reason="Again.")


def test_the_page(waiting, assessor, client):
    received = waiting("D.10.2.2a", "C.1.4")
    client.force_login(assessor)
    own = f"/admin/exchange/receivedmessage/{received.pk}/"
    assert f"{own}decide/" in client.get(f"{own}change/").text
    asked = client.get(f"{own}decide/").text
    assert "about 1" in asked
    assert client.post(f"{own}decide/", {"holds": "stored", "reason": ""}).status_code == 200
    assert client.post(f"{own}decide/", {"holds": "stored", "reason": "A slip."}).status_code == 302
    shown = client.get(f"{own}change/").text
    assert "Due" in shown
    assert f"{own}decide/" not in shown
