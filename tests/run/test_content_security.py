"""Every page has its policy, and no page of ours needs an exception from it."""

import re

import pytest

from registry.content_security import policy_of
from tests.run.test_run import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style|\sstyle=\"|\son[a-z]+=\"|javascript:",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", ""),
        ("/login/", ""),
        ("/administration/", ""),
        ("/admin/cases/", "unsafe-eval"),
        ("/api/v1/docs/", "unsafe-inline"),
    ],
)
def test_who_has_exceptions(path, words):
    policy = policy_of(path)
    assert policy.startswith("default-src 'self'; ")
    assert "frame-ancestors 'none'" in policy
    assert words in policy if words else "unsafe" not in policy


def test_errors_have_it_too_and_files_keep_their_own(client, db):
    answer = client.get("/nowhere/")
    assert (answer.status_code, answer["Content-Security-Policy"]) == (404, policy_of("/nowhere/"))


def test_no_template_has_a_script_or_style_in_the_page():
    inline = {
        str(path.relative_to(ROOT)): found
        for path in TEMPLATES
        if (found := INLINE.findall(path.read_text()))
    }
    assert inline == {}


@pytest.mark.parametrize(
    ("path", "kind"), [("/api/v1/cases/", "application/problem+json"), ("/login/", "text/html")]
)
def test_a_fault_of_ours_is_a_problem_for_machines_and_a_page_for_people(client, monkeypatch, path, kind):
    client.raise_request_exception = False
    monkeypatch.setattr(
        "django.contrib.sessions.middleware.SessionMiddleware.process_request", lambda *_: 1 / 0
    )
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (500, kind)


def test_a_foreign_host_is_a_problem_for_machines(client, db):
    answer = client.get("/api/v1/cases/", headers={"Host": "evil.example.org"})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_health(client, db, monkeypatch):
    assert client.get("/health/").json() == {"status": "ok"}
