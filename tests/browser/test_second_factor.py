"""Setting up an authenticator app, and logging in with its code, as people do."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a long pass phrase"


def code_of(secret) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def log_in(page, address):
    page.goto(address("login"))
    page.fill("[name=login]", "assessor")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")


def test_enrolment_and_login(chromium, live_server, address, make_user, settings):
    settings.MFA_REQUIRED_ROLES = frozenset({"assessor"})
    make_user("assessor")
    page = chromium.new_page()
    log_in(page, address)
    page.wait_for_url("**/second-factor/")
    page.click("text=Activate")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/totp/activate/")
    secret = page.input_value("#authenticator_secret")
    page.fill("[name=code]", code_of(secret))
    page.keyboard.press("Enter")
    page.wait_for_url("**/recovery-codes/")
    page.goto(live_server.url)
    page.click(".open-user")
    page.click("text=Log out")
    page.wait_for_url("**/login/")
    log_in(page, address)
    page.wait_for_url("**/authenticate/")
    # A code opens once: the next one is already accepted.
    page.fill("[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1)))
    page.keyboard.press("Enter")
    page.wait_for_selector("nav >> text=Cases")
    page.close()
