"""The state of a cluster's server: whether it answers, which process it is, whether it is still starting.

Whether it runs is tested by connecting. The file postmaster.pid only names the process to wait for or to
stop, and only if the process of that number really is the server of this cluster.
"""

import shlex
from contextlib import closing
from pathlib import Path

import psycopg2
from psycopg2 import sql

from embedded_postgres.cluster import Cluster, check_socket_folder
from embedded_postgres.create import SUPERUSER
from embedded_postgres.errors import EmbeddedServerError
from embedded_postgres.processes import living, wait_until, works_in

PORT = 5432  # only names the socket file; given everywhere, so that PGPORT doesn't matter
START_SECONDS = 60.0


def answers(cluster: Cluster) -> bool:
    """Whether the server of this cluster takes connections.

    One whose files were removed under it doesn't count, though it answers for up to a minute.
    """
    if not check_socket_folder(cluster) or not pid_file(cluster).exists():
        return False
    try:
        _connect(cluster).close()
    except psycopg2.OperationalError:
        return False
    return True


def postmaster(cluster: Cluster) -> int | None:
    """The process number of the server of this cluster, whatever it is doing; None if it is dead."""
    lines = pid_lines(cluster)
    if not lines or not lines[0].strip().isdigit():
        return None
    process = living(int(lines[0]))
    if process is None or "postgres" not in process.command:
        return None
    works_here = works_in(process.pid, cluster.data)
    ours = cluster.name in process.command if works_here is None else works_here
    return process.pid if ours else None


def wait_for(cluster: Cluster, pid: int) -> bool:
    """Wait for a server that is starting (True), or shutting down or out of reach (False).

    Raises EmbeddedServerError if it becomes none of that in time.
    """
    if wait_until(lambda: is_up(cluster, pid) is not None or postmaster(cluster) != pid, START_SECONDS):
        return postmaster(cluster) == pid and not _is_out_of_reach(cluster, pid)
    raise EmbeddedServerError(
        f"The embedded PostgreSQL of {cluster.state_dir} (process {pid}) neither takes connections nor ends. "
        f"Perhaps all its connections are taken; see {cluster.log}. Wait, or stop it: "
        f"{_stop_command(cluster)}."
    )


def is_up(cluster: Cluster, pid: int) -> bool | None:
    """True if this server takes connections, False if it died or never will, None if it is still starting."""
    if living(pid) is None or _is_out_of_reach(cluster, pid):
        return False
    return True if _is_ready(cluster, pid) and answers(cluster) else None


def out_of_reach(cluster: Cluster, pid: int) -> EmbeddedServerError:
    return EmbeddedServerError(
        f"The embedded PostgreSQL of {cluster.state_dir} runs (process {pid}) and is in use, but its socket "
        f"is not in {cluster.sockets}: its folder was moved, or /tmp was cleaned. End what uses it, or stop "
        f"it with {_stop_command(cluster)}, and try again."
    )


def ensure_database(cluster: Cluster, database: str) -> None:
    """Create the database if it is missing.

    Raises EmbeddedServerError if it can't be, or if the server went away since it answered.
    """
    try:
        with closing(_connect(cluster)) as connection:
            _create_if_missing(connection, database)
    except psycopg2.Error as error:
        raise EmbeddedServerError(
            f"The embedded PostgreSQL did not provide the database {database}: {error}"
            f"Try again, and look into its log ({cluster.log}) if that doesn't help."
        ) from error


def socket(cluster: Cluster) -> Path:
    return cluster.sockets / f".s.PGSQL.{PORT}"


def pid_file(cluster: Cluster) -> Path:
    return cluster.data / "postmaster.pid"


def pid_lines(cluster: Cluster) -> list[str]:
    """The lines of postmaster.pid; the first is the process number, the eighth what it is doing."""
    try:
        return pid_file(cluster).read_text(errors="surrogateescape").splitlines()
    except OSError:
        return []


def _connect(cluster: Cluster) -> "psycopg2.extensions.connection":
    return psycopg2.connect(
        host=str(cluster.sockets), port=PORT, user=SUPERUSER, dbname="postgres", connect_timeout=5
    )


def _is_ready(cluster: Cluster, pid: int) -> bool:
    """From the file of the server: attempts to connect while it starts would fill its log with refusals."""
    lines = pid_lines(cluster)
    return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _create_if_missing(connection: "psycopg2.extensions.connection", database: str) -> None:
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def _is_out_of_reach(cluster: Cluster, pid: int) -> bool:
    return _is_ready(cluster, pid) and not socket(cluster).exists()


def _stop_command(cluster: Cluster) -> str:
    return f"`python -m embedded_postgres --state-dir {shlex.quote(str(cluster.state_dir))} stop --force`"
