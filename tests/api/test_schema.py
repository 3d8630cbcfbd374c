"""The OpenAPI document: valid, without warnings, shown from local files, and true of what comes back."""

import os
import subprocess
import sys

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from registry.wsgi import application
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
UNHURRIED = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def test_the_document_is_valid_and_nothing_had_to_be_guessed(tmp_path):
    command = [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn", "--file"]
    place = {**os.environ, "DATABASE_URL": "postgres://nobody@localhost/none", "SECRET_KEY": "unused"}
    made = subprocess.run(
        [*command, str(tmp_path / "api.yaml")],
        cwd=ROOT,
        env=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "api.yaml").read_text().startswith("openapi: 3.1.0")


def test_the_page_of_the_document_comes_from_here():
    page = Client().get("/api/v1/docs/", headers={"Accept": "text/html"}).content.decode()
    assert "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui.css" in page
    assert "https://" not in page


@pytest.fixture
def connections_stay_open():
    """Each call is a request of its own; the transaction of the test is not theirs to close."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def document(machine, letter_cases, connections_stay_open):
    return schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", application)


def call_all(document, machine, examples: int) -> int:
    """Call every operation with what the document allows, and what not; how many calls that were."""
    calls = 0

    def holds(case):
        nonlocal calls
        case.headers = {**(case.headers or {}), **machine.headers, "Accept-Encoding": "identity"}
        case.validate_response(case.call(), checks=CHECKS)
        calls += 1

    for found in document.get_all_operations():
        asked = given(case=found.ok().as_strategy())(holds)
        settings(max_examples=examples, **UNHURRIED)(asked)()
    return calls


def test_nothing_that_the_document_allows_is_an_error(document, machine):
    assert call_all(document, machine, 3) > 20


@pytest.mark.slow
def test_the_whole_document_holds(document, machine):
    assert call_all(document, machine, 60) > 500


def test_the_document_is_made_once(client, monkeypatch):
    first = client.get("/api/v1/schema/").content
    monkeypatch.setattr("drf_spectacular.generators.SchemaGenerator.parse", lambda *_, **__: 1 / 0)
    assert client.get("/api/v1/schema/").content == first
