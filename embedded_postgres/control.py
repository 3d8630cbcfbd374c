"""Start the server of a cluster, stop it, and clear up after one that crashed. The caller holds the mutex."""

# ruff: noqa: S603 - what is run comes from the wheel, arguments are lists

import os
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from embedded_postgres.cluster import Cluster, check_socket_folder, make_socket_folder
from embedded_postgres.create import as_account, programs
from embedded_postgres.errors import EmbeddedServerError
from embedded_postgres.log import log_tail, open_log
from embedded_postgres.processes import all_living, living, wait_until
from embedded_postgres.server import PORT, START_SECONDS, is_up, pid_file, pid_lines, postmaster, socket

STOP_SECONDS = 60.0
NO_PROCESS = 2**31 - 1  # larger than any process number
# The statements and values of failing queries may be health data, so they stay out of the log.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}


def start(cluster: Cluster, version: int, settings: Mapping[str, str]) -> None:
    """Start the server and wait until it takes connections.

    Raises EmbeddedServerError with the end of its log if it ends instead.
    """
    make_socket_folder(cluster)
    folder = programs(cluster, version)
    with open_log(cluster) as log:
        begin = os.fstat(log.fileno()).st_size
        pid = _launch(cluster, folder / "postgres", settings, log.fileno())
    try:
        in_time = wait_until(lambda: is_up(cluster, pid) is not None, START_SECONDS)
    except BaseException:
        _send(pid, signal.SIGTERM)  # not SIGINT, which it ignores until it has set its own handlers
        raise
    if not is_up(cluster, pid):
        late = "" if in_time else f" within {START_SECONDS:.0f} seconds"
        raise EmbeddedServerError(
            f"PostgreSQL {version} (process {pid}) did not start{late}. The end of its log ({cluster.log}):\n"
            f"{log_tail(cluster, begin) or '(nothing: somebody killed it, so simply try again)'}\n"
            "Correct what the last lines complain of and try again. If the database is beyond repair, move "
            f"{cluster.data} away, and the next start makes an empty one."
        )


def stop(cluster: Cluster) -> bool:
    """Shut down fast (connections are cut, everything is written), at worst by force; False if none ran."""
    pid = postmaster(cluster)
    if pid is None:
        return False
    for number, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10.0)):
        _send(pid, number)
        if wait_until(lambda: living(pid) is None, seconds):
            _remove_sockets(cluster)
            return True
    raise EmbeddedServerError(
        f"The embedded PostgreSQL (process {pid}) does not stop; see {cluster.log}. "
        f"End it with `kill -9 {pid}`: what was committed is kept, and the next start recovers it."
    )


def clear_away_dead(cluster: Cluster) -> None:
    """After a crash: end what is left of the dead server, and invalidate what it left behind."""
    _end_orphans(cluster)
    if pid_lines(cluster):
        _void_pid_file(cluster)
    else:
        pid_file(cluster).unlink(missing_ok=True)
    _remove_sockets(cluster)


def _launch(cluster: Cluster, postgres: Path, settings: Mapping[str, str], log: int) -> int:
    """Through a shell that ends at once, so that the server is nobody's child here: a process that ends
    without waiting for it leaves no zombie of ours, and a caller who waits for any child isn't surprised."""
    options = {**SETTINGS, **settings, "unix_socket_directories": str(cluster.sockets), "port": str(PORT)}
    options["cluster_name"] = cluster.name  # by which its processes are recognised
    arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    done = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&2 & echo $!', "sh", postgres, "-D", cluster.data, *arguments],
        stdout=subprocess.PIPE,
        stderr=log,
        check=True,
        **as_account(cluster.account),
    )
    return int(done.stdout)


def _end_orphans(cluster: Cluster) -> None:
    """Processes of this cluster without a postmaster are doomed; a long query only makes them notice late."""
    for number, seconds in ((signal.SIGQUIT, 2.0), (signal.SIGKILL, 10.0)):
        for pid in _orphans(cluster):
            _send(pid, number)
        if wait_until(lambda: not _orphans(cluster), seconds):
            return
    raise EmbeddedServerError(
        f"Processes of an embedded PostgreSQL that crashed don't end: {_orphans(cluster)}. "
        "End them (`kill -9`) or restart the machine, and try again; what was committed is kept."
    )


def _orphans(cluster: Cluster) -> list[int]:
    """By what they call themselves, which for all but the postmaster is `postgres: <cluster>: <task>`."""
    marks = (f"postgres: {cluster.name}: ", f"cluster_name={cluster.name}")
    return [
        process.pid
        for process in all_living()
        if process.uid == cluster.account.uid
        and process.command.partition(" -D ")[0].partition(": ")[0].endswith("postgres")
        and any(mark in process.command for mark in marks)
    ]


def _void_pid_file(cluster: Cluster) -> None:
    """PostgreSQL refuses to start where postmaster.pid names any living process of the account, even a
    zombie or a stranger who got the number. But in the same file it finds the shared memory by which it
    recognises files that are in use after all; so the number is changed, and the file isn't removed."""
    unfinished = pid_file(cluster).with_name("postmaster.pid.half")
    unfinished.unlink(missing_ok=True)
    fd = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with open(fd, "w", errors="surrogateescape") as file:
        file.write("\n".join([str(NO_PROCESS), *pid_lines(cluster)[1:]]) + "\n")
    cluster.account.own(unfinished)
    unfinished.replace(pid_file(cluster))


def _remove_sockets(cluster: Cluster) -> None:
    if check_socket_folder(cluster):
        socket(cluster).unlink(missing_ok=True)
        socket(cluster).with_name(f"{socket(cluster).name}.lock").unlink(missing_ok=True)
        with suppress(OSError):  # something else is in it, which harms nobody
            cluster.sockets.rmdir()


def _send(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)
