"""`make run`, as a newcomer meets it: real processes, a real port, a state folder of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path

import psutil
import pytest

from embedded_postgres import discard
from embedded_postgres.processes import living, wait_until
from tests.exchange.material import case_message, file_of

ROOT = Path(__file__).resolve().parents[2]
READY = "Stop with Ctrl-C"
DIRECTLY = (sys.executable, "-m", "registry.run")
# What runs the tests is installed already.
BY_MAKE = ("make", "--assume-old=.venv/for-running", f"PY={sys.executable}", "run")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def state():
    """A state folder with a space in its path."""
    with tempfile.TemporaryDirectory(prefix="state of a run ") as folder:
        # As root, PostgreSQL runs under another account, which has to pass through.
        Path(folder).chmod(0o711)
        yield Path(folder)
        discard(Path(folder) / "postgres")


class Run:
    """A running `python -m registry.run`, or the make that runs it."""

    def __init__(self, state: Path, port: int, command: tuple[str, ...] = DIRECTLY, **more: str) -> None:
        environment = {
            k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")
        }
        environment |= {"STATE_DIR": str(state), "PORT": str(port), "PYTHONUNBUFFERED": "1", **more}
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.text = ""

    def until_ready(self) -> str:
        for line in self.process.stdout:
            self.text += line
            if READY in line:
                return self.text
        raise AssertionError(self.text)

    def children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def stop(self, number: int) -> str:
        """Send a signal to the foreground group, as the terminal does on Ctrl-C."""
        os.killpg(self.process.pid, number)
        rest, _ = self.process.communicate(timeout=60)
        return rest


def answer_of(
    port: int, method: str, address: str, body: bytes | None = None, **headers
) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, address, body, headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def imported_by_the_worker(port: int, secret: str) -> dict:
    """What becomes of a message that is sent in with the token of the demonstration, for the background."""
    headers = {"Authorization": f"Bearer {secret}"}
    status, content = answer_of(
        port,
        "POST",
        "/api/v1/icsr/",
        file_of(case_message(1)),
        Prefer="respond-async",
        **{"Content-Type": "application/xml"},
        **headers,
    )
    assert status == 202, content
    place = f"/api/v1/icsr/{json.loads(content)['receipt']}/"
    for _ in range(300):
        report = json.loads(answer_of(port, "GET", place, **headers)[1])
        if report["state"] == "done":
            return report["counts"]
        time.sleep(0.1)
    raise AssertionError(report)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_it_shows_both_cases_serves_them_and_leaves_no_process_behind(state, number):
    port = free_port()
    run = Run(state, port)
    text = run.until_ready()
    for words in ("LETTER-P1", "canakinumab", "3 in [-1, 7]", "LETTER-P2", "anakinra", "3 in [-1, 9]"):
        assert words in text
    assert len(re.findall(r"reported probable 5", text)) == 2
    assert len(re.findall(r"and attainable", text)) == 2
    assert re.search(r"Start PostgreSQL +\d+\.\d s", text)
    assert f"http://localhost:{port}/" in text
    assert answer_of(port, "GET", "/login/")[0] == 200
    secret = re.search(r"registry_[\w-]+", text)[0]
    assert imported_by_the_worker(port, secret) == {"new": 1}
    started = run.children()
    assert started
    run.stop(number)
    _, alive = psutil.wait_procs(started, timeout=10)
    assert alive == []
    assert not _postgres_of(state)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_what_make_started_ends_with_make_although_only_make_gets_the_signal(state, number):
    run = Run(state, free_port(), BY_MAKE)
    run.until_ready()
    started = run.children()
    assert len([process for process in started if "gunicorn" in process.cmdline()]) > 1
    os.kill(run.process.pid, number)
    run.process.communicate(timeout=60)
    assert wait_until(lambda: not any(living(process.pid) for process in started), 60)
    assert not _postgres_of(state)


@pytest.mark.slow
def test_a_second_signal_does_not_cut_short_what_the_first_one_stops(state):
    run = Run(state, free_port())
    run.until_ready()
    started = run.children()
    for _ in range(20):
        os.kill(run.process.pid, signal.SIGTERM)
        time.sleep(0.02)
    rest, _ = run.process.communicate(timeout=60)
    assert "Traceback" not in rest
    assert wait_until(lambda: not any(living(process.pid) for process in started), 60)
    assert not _postgres_of(state)


def _postgres_of(state: Path) -> list[int]:
    return [
        process.pid
        for process in psutil.process_iter(["name", "cmdline"])
        if process.info["name"] == "postgres" and str(state) in " ".join(process.info["cmdline"] or [])
    ]


@pytest.mark.slow
def test_a_second_run_is_quick_and_keeps_the_data(state):
    seconds = []
    for _ in range(2):
        began = time.monotonic()
        run = Run(state, free_port())
        text = run.until_ready()
        seconds.append(time.monotonic() - began)
        run.stop(signal.SIGINT)
    assert "0 outdated cases scored" in text
    assert seconds[1] < seconds[0]


def test_a_taken_port_is_named_before_anything_starts(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = Run(tmp_path, taken.getsockname()[1])
        text, _ = run.process.communicate(timeout=60)
    assert run.process.returncode != 0
    assert "can't be used" in text
    assert "make run PORT=" in text
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_refused_in_words(tmp_path, port):
    run = Run(tmp_path, port)
    text, _ = run.process.communicate(timeout=60)
    assert f"PORT={port} is no port" in text
