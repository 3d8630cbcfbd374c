"""The access log: reads of what identifies a person, and nothing in it is ever changed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from accounts.access_log import SAME_READ, log_access
from accounts.models import AccessEvent, AccessKind
from cases.amendment import amend
from cases.documents.storage import store_content
from cases.models import Document
from tests.cases import samples
from tests.pseudonyms import pseudonym

pytestmark = pytest.mark.django_db
PAGES = {
    "/cases/LETTER-P1/": AccessKind.CASE_READ,
    "/cases/LETTER-P1/versions/": AccessKind.VERSIONS_READ,
    "/cases/LETTER-P1/history/": AccessKind.HISTORY_READ,
    "/api/v1/cases/LETTER-P1/": AccessKind.CASE_READ,
    "/admin/cases/case/{pk}/change/": AccessKind.FORM_OPENED,
    "/admin/cases/case/{pk}/history/": AccessKind.HISTORY_READ,
    "/admin/cases/case/{pk}/versions/": AccessKind.VERSIONS_READ,
}


def reads_of(user) -> list:
    events = AccessEvent.objects.filter(user=user).exclude(kind=AccessKind.LOGIN).order_by("id")
    return list(events.values_list("kind", "case_number", "address"))


@pytest.mark.parametrize("page", PAGES)
def test_a_read_is_logged_once(client, letter_cases, assessor, page):
    client.force_login(assessor)
    for _ in range(2):
        assert client.get(page.format(pk=letter_cases[0].pk)).status_code == 200
    assert reads_of(assessor) == [(PAGES[page], "LETTER-P1", "127.0.0.1")]


def test_who_reads_without_identities_leaves_no_read(client, letter_cases, researcher):
    client.force_login(researcher)
    number = pseudonym("LETTER-P1")
    for page in ("/cases/", f"/cases/{number}/", f"/api/v1/cases/{number}/"):
        assert client.get(page).status_code == 200
    assert client.get(f"/cases/{number}/history/").status_code == 403
    assert reads_of(researcher) == []


@pytest.mark.parametrize(
    ("other", "lines"),
    [
        ({}, 1),
        ({"case": "B"}, 2),
        ({"detail": "x"}, 2),
        ({"address": "203.0.113.9"}, 2),
        ({"later": True}, 2),
    ],
)
def test_what_counts_as_the_same_read(rf, assessor, other, lines):
    request = rf.get("/", REMOTE_ADDR="198.51.100.1")
    request.user = assessor
    log_access(request, AccessKind.CASE_READ, case="A")
    if other.pop("later", False):
        _age_by(SAME_READ + timedelta(seconds=1))
    request.META["REMOTE_ADDR"] = other.pop("address", "198.51.100.1")
    log_access(request, AccessKind.CASE_READ, **{"case": "A", **other})
    assert AccessEvent.objects.count() == lines


def _age_by(span):
    """Move the log into the past, which only the owner of the database can."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        AccessEvent.objects.update(at=timezone.now() - span)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.parametrize("act", [lambda log: log.update(name="other"), lambda log: log.delete()])
def test_nothing_is_changed_or_removed(rf, assessor, act):
    request = rf.get("/")
    request.user = assessor
    log_access(request, AccessKind.CASE_READ, case="A")
    with pytest.raises(DatabaseError), transaction.atomic():
        act(AccessEvent.objects.all())
    assert AccessEvent.objects.filter(name="assessor").count() == 1


def test_only_kinds_of_the_list_are_stored(assessor):
    with pytest.raises(IntegrityError, match="access_kind_is_known"):
        AccessEvent.objects.create(kind="sneezed", user=assessor)


def test_the_log_is_read_by_those_who_manage_users_and_written_by_nobody(client, make_user, assessor):
    administrator = make_user("administrator")
    client.force_login(administrator)
    log = "/admin/accounts/accessevent/"
    assert "administrator" in client.get(log).text
    line = AccessEvent.objects.get(user=administrator).pk
    assert client.get(f"{log}{line}/change/").status_code == 200
    for path in ("add/", f"{line}/change/", f"{line}/delete/"):
        assert client.post(f"{log}{path}").status_code == 403
    client.force_login(assessor)
    assert client.get(log).status_code == 403


def test_an_opened_document_is_logged(client, letter_cases, assessor):
    with amend(letter_cases[0], by=assessor, reason="sent along") as amendment:
        row = amendment.add(Document(file=store_content(samples.picture()), file_name="rash.jpg"))
    client.force_login(assessor)
    assert client.get(f"/files/{row.uuid}/").status_code == 200
    assert reads_of(assessor) == [(AccessKind.DOCUMENT_READ, "LETTER-P1", "127.0.0.1")]
