"""Second factors: enrolled with the password asked for again, needed at the login, required of some roles."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from accounts.models import AccessKind
from registry import settings as production
from tests.accounts.door import PASSWORD, log_in, log_of

pytestmark = pytest.mark.django_db
ACTIVATE = "/second-factor/totp/activate/"


def code_of(secret, minutes=0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time() // 30) + 2 * minutes))


def enrol(client) -> str:
    """Set up an authenticator app for who is logged in; its secret."""
    assert client.get(ACTIVATE).url.startswith("/login/again/")
    client.post("/login/again/?next=" + ACTIVATE, {"password": PASSWORD, "next": ACTIVATE})
    secret = client.get(ACTIVATE).context["form"].secret
    assert client.post(ACTIVATE, {"code": code_of(secret)}).status_code == 302
    return secret


@pytest.fixture
def enrolled(client, assessor, django_capture_on_commit_callbacks):
    client.force_login(assessor)
    with django_capture_on_commit_callbacks(execute=True):
        secret = enrol(client)
    client.post("/logout/")
    cache.clear()
    return secret


def test_the_login_takes_the_code_and_logs_it(client, enrolled, assessor):
    assert log_in(client, "assessor").url == "/second-factor/authenticate/"
    assert client.get("/").status_code == 302, "half a login opens nothing"
    assert "Incorrect code" in client.post("/second-factor/authenticate/", {"code": "000000"}).text
    assert client.post("/second-factor/authenticate/", {"code": code_of(enrolled)}).url == "/"
    assert client.get("/").status_code == 200
    assert AccessKind.MFA_ADDED in log_of(assessor)
    assert log_of(assessor)[-3:] == [AccessKind.MFA_FAILED, AccessKind.MFA_USED, AccessKind.LOGIN]


def test_a_recovery_code_works_once(client, enrolled, assessor):
    recovery = Authenticator.objects.get(user=assessor, type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (302, 200):
        log_in(client, "assessor")
        assert client.post("/second-factor/authenticate/", {"code": recovery}).status_code == expected
        client.post("/logout/")


def test_the_sixth_wrong_code_is_refused(client, enrolled):
    log_in(client, "assessor")
    pages = [client.post("/second-factor/authenticate/", {"code": "000000"}).text for _ in range(6)]
    assert "Too many wrong codes" in pages[5]
    assert "Too many wrong codes" not in pages[4]


def test_the_secret_is_stored_encrypted(enrolled, assessor):
    assert enrolled not in str(Authenticator.objects.get(user=assessor, type="totp").data)


def test_a_required_factor_is_set_up_before_anything_else(client, assessor, researcher, settings):
    settings.MFA_REQUIRED_ROLES = frozenset({"assessor"})
    client.force_login(assessor)
    for page in ("/", "/admin/", "/cases/A/", "/password/"):
        assert client.get(page).url == "/second-factor/"
    assert client.get("/api/v1/cases/").status_code == 403
    assert "Your role requires a second factor" in client.get("/second-factor/").text
    enrol(client)
    assert client.get("/").status_code == 200
    client.force_login(researcher)
    assert client.get("/cases/").status_code == 200


@pytest.mark.parametrize(
    ("names", "roles"), [("", set()), ("reviewer, administrator", {"reviewer", "administrator"})]
)
def test_roles_are_read_from_the_environment(names, roles):
    assert production._roles(names) == roles


def test_an_unknown_role_is_refused_with_the_setting_and_the_roles(monkeypatch):
    monkeypatch.setenv("MFA_REQUIRED_ROLES", "reviewer,chief")
    with pytest.raises(ImproperlyConfigured, match=r"MFA_REQUIRED_ROLES is set to .*some of assessor"):
        production.setting("MFA_REQUIRED_ROLES", production._roles, frozenset(), "some of assessor")


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_view_recovery_codes"]
)
def test_pages_of_factors_open(client, assessor, name):
    client.force_login(assessor)
    client.post("/login/again/", {"password": PASSWORD})
    answer = client.get(reverse(name))
    assert answer.status_code == (404 if name == "mfa_view_recovery_codes" else 200)


def test_the_login_offers_passkeys(client):
    assert 'id="passkey_login"' in client.get("/login/").text
    options = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    assert "challenge" in options.json()["request_options"]["publicKey"]
    assert client.post(reverse("mfa_login_webauthn"), {"credential": "{}"}).status_code in (200, 302)
