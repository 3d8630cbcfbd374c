"""Make the files of a cluster, so that a half-made one is never taken for a good one."""

# ruff: noqa: S603 - what is run comes from the wheel, arguments are lists

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from embedded_postgres.accounts import Account
from embedded_postgres.binaries import bin_dir, copied_bin_dir
from embedded_postgres.cluster import Cluster, is_plain, make_programs_folder
from embedded_postgres.errors import EmbeddedServerError

SUPERUSER = "registry"
# Code point order and Unicode case rules, the same on every machine. 16 needs the system's C.UTF-8 for it.
LOCALE = {
    18: ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"],
    16: ["--locale=C.UTF-8"],
}
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "TZ")


def check_version(cluster: Cluster, version: int) -> None:
    """Raises EmbeddedServerError if the files are of another major version; they are left as they are."""
    if not cluster.data.exists():
        return
    mark = cluster.data / "PG_VERSION"
    made_by = mark.read_text().strip() if mark.exists() else None
    if made_by is None:
        raise EmbeddedServerError(
            f"{cluster.data} is not a PostgreSQL cluster (it has no file PG_VERSION), so it was left alone. "
            "Move it away, and the next start makes a new one."
        )
    if made_by != str(version):
        raise EmbeddedServerError(
            f"The database in {cluster.data} was made by PostgreSQL {made_by}, and this is PostgreSQL "
            f"{version}, which can't read it. Nothing was changed. To keep the data, use it with version "
            f"{made_by} (`python -m embedded_postgres --version {made_by} psql`) and take a dump of it with "
            f"the pg_dump of that version. Then move {cluster.data} away, and the next start makes an empty "
            "one."
        )


def programs(cluster: Cluster, version: int) -> Path:
    """The folder of programs that the server's account can run: the wheel's, or a copy of it."""
    folder = bin_dir(version)
    if is_plain(folder) and _can_run(cluster.account, folder / "postgres"):
        return folder
    return copied_bin_dir(version, make_programs_folder(cluster))


def create_cluster(cluster: Cluster, version: int, settings: Mapping[str, str]) -> None:
    """Make the cluster if there is none. The caller holds the mutex.

    It is made under a temporary name and renamed when complete. What a killed process left is removed here;
    each has its own name, as an initdb that lost its parent may still be writing.
    """
    for leftover in cluster.home.glob("data-half-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    if cluster.data.exists():
        return
    unfinished = Path(tempfile.mkdtemp(prefix="data-half-", dir=cluster.home))
    durable = settings.get("fsync") != "off"
    try:
        cluster.account.own(unfinished)
        _initdb(cluster, version, unfinished, sync=durable)
        unfinished.rename(cluster.data)
        if durable:
            _sync(cluster.home)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def as_account(account: Account) -> dict[str, Any]:
    """Arguments of `subprocess` for whatever runs as the server's account.

    A session of its own keeps the Ctrl-C of a terminal away. Of the environment little is passed on: it may
    hold secrets, and variables (PGDATA, PGPORT ...) that mean another server.
    """
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {
        "cwd": "/",
        "env": environment | {"LC_ALL": "C"},
        "stdin": subprocess.DEVNULL,
        "start_new_session": True,
        **account.switch(),
    }


def _initdb(cluster: Cluster, version: int, folder: Path, *, sync: bool) -> None:
    initdb = programs(cluster, version) / "initdb"
    options = ["--encoding=UTF8", *LOCALE[version], "--auth-local=trust", "--auth-host=reject"]
    options += ["--data-checksums"] if sync else ["--data-checksums", "--no-sync"]
    done = subprocess.run(
        [initdb, "--pgdata", folder, "--username", SUPERUSER, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
        **as_account(cluster.account),
    )
    if done.returncode != 0:
        raise EmbeddedServerError(
            f"PostgreSQL {version} could not make a new database in {cluster.home}. It said:\n{done.stderr}\n"
            "Correct what it complains of (often a full disk) and try again; nothing was left behind."
        )


def _can_run(account: Account, program: Path) -> bool:
    if not account.switch():
        return True
    try:
        done = subprocess.run([program, "--version"], capture_output=True, check=False, **as_account(account))
    except PermissionError:
        return False
    return done.returncode == 0


def _sync(folder: Path) -> None:
    """Have the new name on the disk before anything is committed under it."""
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
