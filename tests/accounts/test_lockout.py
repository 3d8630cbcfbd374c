"""Wrong passwords: the sixth within five minutes is refused, by account and by address, from any door."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from accounts.models import AccessEvent, AccessKind
from tests.accounts.door import PASSWORD, log_in, log_of

TOO_MANY = "Too many wrong passwords"
DOORS = ("/login/", "/admin/login/")


@pytest.fixture
def later(monkeypatch):
    """Let time pass for those who wait."""
    from accounts import lockout

    now = lockout.timezone.now

    def pass_time(**span):
        monkeypatch.setattr(lockout.timezone, "now", lambda: now() + timedelta(**span))

    return pass_time


def fail(client, name, times, door="/login/", addresses=None):
    """Enter wrong passwords, each from an address of its own or all from one."""
    for number in range(times):
        address = addresses or f"198.51.100.{number + 1}"
        page = log_in(client, name, "a wrong password", door=door, REMOTE_ADDR=address)
        assert TOO_MANY not in page.text


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
def test_the_sixth_is_refused_and_the_right_one_works_later(client, assessor, door, later):
    fail(client, "assessor", 5, door)
    page = log_in(client, "assessor", "a wrong password", door=door).text
    assert TOO_MANY in page
    assert "Try again in 5 minutes" in page
    assert TOO_MANY in log_in(client, "assessor").text, "not even the right one, meanwhile"
    later(minutes=5, seconds=1)
    assert log_in(client, "assessor", door=door).status_code == 302
    failed, locked = [AccessKind.LOGIN_FAILED] * 5, [AccessKind.LOGIN_LOCKED] * 2
    assert log_of(assessor) == [*failed, *locked, AccessKind.LOGIN]


@pytest.mark.django_db
def test_doors_count_together(client, assessor):
    fail(client, "assessor", 3, "/admin/login/")
    fail(client, "assessor", 2, "/login/")
    assert TOO_MANY in log_in(client, "assessor", door="/admin/login/").text


@pytest.mark.django_db
def test_name_and_address_of_an_account_count_together(client, assessor):
    assessor.email = "assessor@example.org"
    assessor.save()
    fail(client, "ASSESSOR", 3)
    fail(client, "Assessor@Example.org", 2)
    assert TOO_MANY in log_in(client, "assessor").text


@pytest.mark.django_db
def test_an_account_that_does_not_exist_is_refused_alike(client, assessor):
    for name in ("nobody", "assessor"):
        fail(client, name, 5)
    pages = [log_in(client, name, "x", REMOTE_ADDR="203.0.113.9").text for name in ("nobody", "assessor")]
    refusals = [page.split('role="alert"')[1].split("</div>")[0] for page in pages]
    assert TOO_MANY in refusals[0]
    assert refusals[0] == refusals[1]


@pytest.mark.django_db
def test_an_address_that_tries_many_names_is_refused(client, assessor):
    for number in range(5):
        fail(client, f"name {number}", 1, addresses="203.0.113.7")
    assert TOO_MANY in log_in(client, "assessor", REMOTE_ADDR="203.0.113.7").text
    assert log_in(client, "assessor", REMOTE_ADDR="203.0.113.8").status_code == 302


@pytest.mark.django_db
def test_logging_in_between_does_not_start_anew(client, assessor):
    fail(client, "assessor", 4)
    assert log_in(client, "assessor").status_code == 302
    fail(Client(), "assessor", 1)
    assert TOO_MANY in log_in(Client(), "assessor").text


@pytest.mark.django_db
def test_passwords_asked_for_again_are_counted_too(client, assessor):
    client.force_login(assessor)
    form = {
        "oldpassword": "a wrong one",
        "password1": "entirely new words",
        "password2": "entirely new words",
    }
    for _ in range(5):
        assert "your present password" in client.post("/password/", form).text
    page = client.post("/password/", form | {"oldpassword": PASSWORD})
    assert TOO_MANY in page.text or page.status_code == 429
    assessor.refresh_from_db()
    assert assessor.check_password(PASSWORD)


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_moment_are_all_counted(make_user):
    make_user("assessor")
    start, pages = Barrier(8), []

    def attempt():
        client = Client()
        start.wait()
        pages.append(log_in(client, "assessor", "a wrong password").text)
        connection.close()

    threads = [Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(TOO_MANY in page for page in pages) == 3
    assert AccessEvent.objects.filter(kind=AccessKind.LOGIN_FAILED).count() == 5
