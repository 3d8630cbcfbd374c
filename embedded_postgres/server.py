"""Look at the server of one place: does it answer, which process is it, is it still starting?

Whether it runs is found out by connecting. The file postmaster.pid only says whom to wait for or whom to
stop, and only if the process of that number really is the server of this cluster.
"""

import shlex
from contextlib import closing
from pathlib import Path

import psycopg2
from psycopg2 import sql

from embedded_postgres.create import SUPERUSER
from embedded_postgres.errors import EmbeddedServerError
from embedded_postgres.place import Place, check_socket_folder
from embedded_postgres.processes import living, wait_until, works_in

PORT = 5432  # only names the socket file; given everywhere, so that PGPORT doesn't matter
START_SECONDS = 60.0


def answers(place: Place) -> bool:
    """Whether the server of this cluster takes connections.

    One whose files were removed under it doesn't count, though it answers for up to a minute.
    """
    if not check_socket_folder(place) or not pid_file(place).exists():
        return False
    try:
        _connect(place).close()
    except psycopg2.OperationalError:
        return False
    return True


def postmaster(place: Place) -> int | None:
    """The process number of the server of this cluster, whatever it is doing; None if it is dead."""
    lines = pid_lines(place)
    if not lines or not lines[0].strip().isdigit():
        return None
    process = living(int(lines[0]))
    if process is None or "postgres" not in process.command:
        return None
    works_here = works_in(process.pid, place.data)
    ours = place.name in process.command if works_here is None else works_here
    return process.pid if ours else None


def wait_for(place: Place, pid: int) -> bool:
    """Wait for a server that is starting (True), or shutting down or out of reach (False).

    Raises EmbeddedServerError if it becomes none of that in time.
    """
    if wait_until(lambda: is_up(place, pid) is not None or postmaster(place) != pid, START_SECONDS):
        return postmaster(place) == pid and not _is_out_of_reach(place, pid)
    raise EmbeddedServerError(
        f"The embedded PostgreSQL of {place.state_dir} (process {pid}) neither takes connections nor ends. "
        f"Perhaps all its connections are taken; see {place.log}. Wait, or stop it: {_stop_command(place)}."
    )


def is_up(place: Place, pid: int) -> bool | None:
    """True if this server takes connections, False if it died or never will, None if it is still starting."""
    if living(pid) is None or _is_out_of_reach(place, pid):
        return False
    return True if _is_ready(place, pid) and answers(place) else None


def out_of_reach(place: Place, pid: int) -> EmbeddedServerError:
    return EmbeddedServerError(
        f"The embedded PostgreSQL of {place.state_dir} runs (process {pid}) and is in use, but its socket is "
        f"not in {place.sockets}: its folder was moved, or /tmp was cleaned. End what uses it, or stop it "
        f"with {_stop_command(place)}, and try again."
    )


def ensure_database(place: Place, database: str) -> None:
    """Create the database if it is missing.

    Raises EmbeddedServerError if it can't be, or if the server went away since it answered.
    """
    try:
        with closing(_connect(place)) as connection:
            _create_if_missing(connection, database)
    except psycopg2.Error as error:
        raise EmbeddedServerError(
            f"The embedded PostgreSQL did not provide the database {database}: {error}"
            f"Try again, and look into its log ({place.log}) if that doesn't help."
        ) from error


def socket(place: Place) -> Path:
    return place.sockets / f".s.PGSQL.{PORT}"


def pid_file(place: Place) -> Path:
    return place.data / "postmaster.pid"


def pid_lines(place: Place) -> list[str]:
    """The lines of postmaster.pid; the first is the process number, the eighth what it is doing."""
    try:
        return pid_file(place).read_text(errors="surrogateescape").splitlines()
    except OSError:
        return []


def _connect(place: Place) -> "psycopg2.extensions.connection":
    return psycopg2.connect(
        host=str(place.sockets), port=PORT, user=SUPERUSER, dbname="postgres", connect_timeout=5
    )


def _is_ready(place: Place, pid: int) -> bool:
    """What it says itself in its file: asking by connecting meanwhile would fill its log with refusals."""
    lines = pid_lines(place)
    return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def _create_if_missing(connection: "psycopg2.extensions.connection", database: str) -> None:
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        if cursor.fetchone() is None:
            cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def _is_out_of_reach(place: Place, pid: int) -> bool:
    return _is_ready(place, pid) and not socket(place).exists()


def _stop_command(place: Place) -> str:
    return f"`python -m embedded_postgres --state-dir {shlex.quote(str(place.state_dir))} stop --force`"
