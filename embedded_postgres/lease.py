"""Leases: which processes use the server, and which of them starts and stops it.

Two locks, both files in the state folder that the system frees when their process ends:

- the use lock, shared, for as long as a process uses the server;
- the mutex, exclusive, while a process checks the server, starts it or stops it.

A process that ends its lease releases the use lock under the mutex and tries to take it exclusively: if that
succeeds, nobody else uses the server, and it is stopped. After `kill -9` of the last user the server goes on
running; the next lease shares it, and stops it when it was the last.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

from embedded_postgres import control, server
from embedded_postgres.cluster import Cluster, choose_home, find_cluster, make_state_dir, own_folders
from embedded_postgres.create import SUPERUSER, check_version, create_cluster
from embedded_postgres.errors import EmbeddedServerError
from embedded_postgres.locks import UseLock, is_unused, mutex
from embedded_postgres.log import trim_log


@contextmanager
def lease(
    state_dir: Path,
    *,
    version: int = 18,
    database: str = "registry",
    settings: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """A DATABASE_URL of a server that runs at least until the end of the `with` block.

    `settings` are server settings for the case that this one starts it; a server that runs keeps its own.

    The lease belongs to the process that took it. A forked child may use the server while the parent's
    lease lasts, but neither keeps it alive nor stops it; a child that outlives its parent takes its own.

    To end a lease, a process must end in order. Ctrl-C does (the server itself doesn't get it), but SIGTERM
    ends Python on the spot: turn it into an exception first,
    `signal.signal(SIGTERM, lambda *_: sys.exit(143))`. Else the server runs until the next lease ends.

    Raises EmbeddedServerError, with the remedy in its message.
    """
    cluster = make_state_dir(state_dir)
    with ExitStack() as stack:
        with mutex(cluster.mutex, cluster.account):
            is_alone = is_unused(cluster.use_lock, cluster.account)
            use = UseLock(cluster.use_lock, cluster.account)
            stack.callback(_leave, cluster.state_dir, use)
            trim_log(cluster)
            check_version(cluster, version)
            if not server.answers(cluster):
                cluster = _bring_up(cluster, version, settings or {}, is_alone=is_alone)
            server.ensure_database(cluster, database)
        yield url(cluster, database)


def discard(state_dir: Path) -> None:
    """Remove the state folder and the database, wherever that is: for tests, which leave nothing behind.

    Raises EmbeddedServerError while somebody uses it.
    """
    cluster = find_cluster(state_dir)
    if not cluster.state_dir.exists():
        return
    with mutex(cluster.mutex, cluster.account):
        if not is_unused(cluster.use_lock, cluster.account):
            raise EmbeddedServerError(
                f"The database of {cluster.state_dir} is in use, so it was not removed."
            )
        control.stop(cluster)
        control.clear_away_dead(cluster)
        for folder in own_folders(cluster):
            shutil.rmtree(folder)


def url(cluster: Cluster, database: str) -> str:
    """In the form that both libpq and django-environ read; the latter keeps %2F in a host name as it is."""
    return f"postgres://{SUPERUSER}@:{server.PORT}/{quote(database, safe='')}?host={cluster.sockets}"


def _bring_up(cluster: Cluster, version: int, settings: Mapping[str, str], *, is_alone: bool) -> Cluster:
    pid = server.postmaster(cluster)
    if pid and server.wait_for(cluster, pid):
        return cluster
    if pid and server.postmaster(cluster) == pid:  # it lives, but its socket is gone
        if not is_alone:
            raise server.out_of_reach(cluster, pid)
        control.stop(cluster)
    cluster = choose_home(cluster)
    control.clear_away_dead(cluster)
    create_cluster(cluster, version, settings)
    control.start(cluster, version, settings)
    return cluster


def _leave(state_dir: Path, use: UseLock) -> None:
    if not use.is_mine():
        return
    cluster = find_cluster(state_dir)
    try:
        if not state_dir.exists():  # somebody removed everything under a running server
            control.clear_away_dead(cluster)
            return
        with mutex(cluster.mutex, cluster.account):
            use.release()
            if is_unused(cluster.use_lock, cluster.account):
                control.stop(cluster)
    finally:
        use.release()
