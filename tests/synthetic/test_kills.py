"""Kill -9 of the client, of a worker or of the server, at any moment: nothing half done, nothing stale shown.

On a server of its own, since the others of this run should live.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg2
import pytest

from embedded_postgres import lease
from tests.cluster import HASTY

# Each starts a server and a registry of its own.
pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
CASES = 60
# Changes the scores of many cases, and outdates all.
OUTDATE = """
    UPDATE cases_examination SET value = value + 1 WHERE test = 'eosinophils' AND result = 'measured';
    UPDATE cases_patient SET history_text = history_text || '.';
"""


class Registry:
    """A registry with a server of its own, used from outside, as at a terminal."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "cluster"

    def server(self):
        return lease(self.folder, settings=HASTY)

    def start(self, *arguments) -> subprocess.Popen:
        with self.server() as url:
            environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "registry.settings"}
        command = [sys.executable, "manage.py", *map(str, arguments)]
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *arguments) -> str:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, out + err
        return out

    def sql(self, statement: str) -> list:
        with self.server() as url, psycopg2.connect(url) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def count(self, condition: str) -> int:
        return self.sql(f"SELECT count(*) FROM cases_casesummary WHERE {condition}")[0][0]


@pytest.fixture(scope="module")
def registry():
    with tempfile.TemporaryDirectory(prefix="registry-kills-", ignore_cleanup_errors=True) as folder:
        # As root the server runs under another account, which has to pass through.
        Path(folder).chmod(0o711)
        registry = Registry(Path(folder))
        with registry.server():
            registry.run("migrate", "--verbosity", 0)
            registry.run("shell", "-c", "from registry import demo; demo.load_drugs()")
            registry.run("synthesize", CASES, "--seed", 1, "--jobs", 1)
            yield registry


def kill(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        process.kill()


def a_worker(client: subprocess.Popen) -> psutil.Process | None:
    """One of the client's own children, if it has any yet."""
    with suppress(psutil.NoSuchProcess):
        children = [c for c in psutil.Process(client.pid).children() if "spawn_main" in " ".join(c.cmdline())]
        return random.choice(children) if children else None  # noqa: S311 - any of them
    return None


def postmaster(registry: Registry) -> psutil.Process:
    (file,) = registry.folder.rglob("postmaster.pid")
    return psutil.Process(int(file.read_text().split()[0]))


def some_work_done(registry: Registry, client: subprocess.Popen) -> None:
    """Wait until the client has committed something, or has ended, and then a moment more."""
    until = time.monotonic() + 60
    while client.poll() is None and not registry.count("is_current") and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(random.uniform(0, 0.3))  # noqa: S311 - any moment


def rescore_and_kill(registry: Registry, whom: str) -> None:
    """Outdate everything, rescore, kill somebody meanwhile; then look at what is left, and finish."""
    registry.sql(OUTDATE)
    assert registry.count("is_current") == 0
    client = registry.start("rescore", "--outdated", "--jobs", 2, "--chunk", 2)
    some_work_done(registry, client)
    if whom == "worker":
        worker = a_worker(client)
        if worker:
            kill(worker)
        _, err = client.communicate(timeout=300)
        assert client.returncode == 0, err
    else:
        kill(psutil.Process(client.pid) if whom == "client" else postmaster(registry))
        client.communicate(timeout=300)
    nothing_stale_is_current(registry)


def nothing_stale_is_current(registry: Registry) -> None:
    """Rescoring all changes exactly the rows that were marked as outdated."""
    outdated = registry.count("NOT is_current")
    output = json.loads(registry.run("rescore", "--all", "--from-rows", "--json", "--jobs", 1))
    assert (output["scored"], output["changed"]) == (CASES, outdated)
    assert registry.count("is_current") == CASES
    items = "SELECT assessment_id FROM assessments_assessmentitem GROUP BY 1 HAVING count(*) = 10"
    assert registry.sql(f"SELECT count(*) FROM ({items}) whole") == registry.sql(
        "SELECT count(*) FROM assessments_assessment"
    )


@pytest.mark.parametrize("whom", ["client", "worker", "server"])
def test_rescoring_survives(registry, whom):
    rescore_and_kill(registry, whom)


def test_generating_is_taken_up_where_it_was_killed(registry):
    before = registry.sql("SELECT count(*) FROM cases_case")[0][0]
    client = registry.start("synthesize", 40, "--seed", 2, "--jobs", 2, "--chunk", 3)
    until = time.monotonic() + 60
    while registry.sql("SELECT count(*) FROM cases_case")[0][0] == before and time.monotonic() < until:
        time.sleep(0.02)
    kill(psutil.Process(client.pid))
    client.communicate(timeout=60)
    wait_until_alone(registry)
    made = registry.sql("SELECT count(*) FROM cases_case WHERE number LIKE 'SYN-2-%'")[0][0]
    assert made % 3 in (0, 1)  # whole chunks: of three, the last of one
    output = registry.run("synthesize", 40, "--seed", 2, "--jobs", 1)
    assert output.startswith(f"{40 - made} cases made, {made} were there already")
    assert registry.count("is_current") == CASES + 40
    pieces = registry.sql("SELECT count(*) FROM cases_caseevent WHERE action = 'synthesized'")
    assert pieces == [(CASES + 40,)]
    assert "40 cases" in registry.run("shell", "-c", REMOVE)


# Those of the second seed only, so that the other tests find theirs.
REMOVE = """
from synthetic import removal as d
chosen = d.removable
d.removable = lambda: chosen().filter(number__startswith="SYN-2-")
from synthetic.insertion import synthesizer
print(sum(d.desynthesize(synthesizer(), "test")), "cases")
"""


def wait_until_alone(registry: Registry) -> None:
    """The workers of a killed client end after the chunk they are at."""
    others = "backend_type = 'client backend' AND pid <> pg_backend_pid()"
    asked = f"SELECT count(*) FROM pg_stat_activity WHERE {others}"
    until = time.monotonic() + 60
    while registry.sql(asked) != [(0,)]:
        assert time.monotonic() < until, "Workers outlive their parent."
        time.sleep(0.1)


def test_ctrl_c_leaves_finished_chunks_and_no_process(registry):
    registry.sql(OUTDATE)
    client = registry.start("rescore", "--outdated", "--jobs", 2, "--chunk", 2)
    some_work_done(registry, client)
    client.send_signal(2)
    _, err = client.communicate(timeout=60)
    if client.returncode:
        assert client.returncode == 130, err
        assert "Interrupted:" in err
        assert "Traceback" not in err
    wait_until_alone(registry)
    nothing_stale_is_current(registry)


@pytest.mark.endurance
def test_rescoring_survives_a_hundred_kills(registry):
    for round_ in range(100):
        rescore_and_kill(registry, ("client", "worker", "server")[round_ % 3])
