"""The production start of docs/operations.md, with real gunicorn and HTTPS, in a fresh database."""

import os
import re
import subprocess
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg2
import pytest

from embedded_postgres.processes import wait_until
from tests import cluster
from tests.run.test_run import ROOT, Run, free_port

pytestmark = pytest.mark.slow
HOST = "registry.example.org"
SETTINGS = {
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": HOST,
    "CSRF_TRUSTED_ORIGINS": f"https://{HOST}",
    "HTTPS": "on",
}


@pytest.fixture
def database():
    """The address of an empty database on the tests' server."""
    name = f"production_{uuid4().hex[:8]}"
    run_sql(cluster.url(), f'CREATE DATABASE "{name}"')
    yield urlsplit(cluster.url())._replace(path=f"/{name}").geturl()
    run_sql(cluster.url(), f'DROP DATABASE "{name}" WITH (FORCE)')


def run_sql(url: str, statement: str) -> list:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


def documented_start(port: int) -> list[list[str]]:
    """The commands of the page, on a port of our own."""
    page = (ROOT / "docs" / "operations.md").read_text()
    block = re.search(r"## Start\s+```sh\n(.*?)```", page, re.DOTALL)[1]
    commands = [line.replace(":8000", f":{port}").split() for line in block.splitlines()]
    python = {"python": [sys.executable], "gunicorn": [sys.executable, "-m", "gunicorn"]}
    return [[*python[first], *rest] for first, *rest in commands]


def ask(port: int, path: str, **headers: str):
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Host": HOST, **headers})
    answer = connection.getresponse()
    answer.text = answer.read().decode()
    connection.close()
    return answer


def people_and_cases(url: str) -> list:
    tables = ("accounts_user", "accounts_apitoken", "cases_case")
    return [run_sql(url, f"SELECT count(*) FROM {table}")[0][0] for table in tables]


def test_the_documented_start(database, tmp_path):
    port = free_port()
    environment = {**os.environ, **SETTINGS, "DATABASE_URL": database, "STATE_DIR": str(tmp_path)}
    environment["DJANGO_SETTINGS_MODULE"] = "registry.settings"
    *before, serve = documented_start(port)
    for command in before:
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert "WARNING" not in done.stderr
    server = subprocess.Popen(serve, cwd=ROOT, env=environment)
    try:
        assert wait_until(lambda: is_listening(port), 60)
        assert ask(port, "/health/").text == '{"status": "ok"}'
        plain = ask(port, "/login/")
        assert (plain.status, plain.headers["Location"]) == (301, f"https://{HOST}/login/")
        secure = {"X-Forwarded-Proto": "https"}
        login = ask(port, "/login/", **secure)
        assert login.status == 200
        assert login.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
        assert "unsafe" not in login.headers["Content-Security-Policy"]
        assert "unsafe-eval" in ask(port, "/admin/", **secure).headers["Content-Security-Policy"]
        cookies = login.headers.get_all("Set-Cookie")
        assert cookies
        assert all("Secure" in cookie for cookie in cookies)
        assert ask(port, "/api/v1/cases/", **secure).headers["Content-Type"] == "application/problem+json"
    finally:
        server.terminate()
        server.wait(timeout=60)
    assert people_and_cases(database) == [0, 0, 0]


def is_listening(port: int) -> bool:
    try:
        return ask(port, "/health/").status == 200
    except OSError:
        return False


def test_make_run_with_a_database_of_others_makes_nobody(database, tmp_path):
    run = Run(tmp_path, free_port(), DATABASE_URL=database)
    text = run.until_ready()
    run.stop(2)
    assert people_and_cases(database) == [0, 0, 0]
    assert "demo / " not in text
    assert "registry_" not in text  # nor a token
    assert "first administrator" in text
