"""Who uses the server, and who therefore starts and stops it.

Two locks, both files in the state folder that the system frees when their process ends:

- a seat, shared, for as long as somebody uses the server;
- a mutex, exclusive, for the moment in which somebody looks at the server, starts it or stops it.

Who leaves gives up his seat under the mutex and tries for it exclusively: success means that nobody is left,
so he stops the server. After `kill -9` of a user the server may stay; the next one in finds it, and the last
one out stops it.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

from embedded_postgres import control, server
from embedded_postgres.create import SUPERUSER, check_version, create_cluster
from embedded_postgres.errors import EmbeddedServerError
from embedded_postgres.locks import Seat, mutex, nobody_sits
from embedded_postgres.log import trim_log
from embedded_postgres.place import Place, find_place, folders_of, make_state_dir, settle


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

    Leaving needs an orderly end. Ctrl-C is one (the server itself doesn't get it), but SIGTERM ends Python
    on the spot: turn it into an exception first, `signal.signal(SIGTERM, lambda *_: sys.exit(143))`.
    Without, the server stays until the next last one out.

    Raises EmbeddedServerError, with the remedy in its message.
    """
    place = make_state_dir(state_dir)
    with ExitStack() as stack:
        with mutex(place.mutex, place.account):
            alone = nobody_sits(place.seats, place.account)
            seat = Seat(place.seats, place.account)
            stack.callback(_leave, place.state_dir, seat)
            trim_log(place)
            check_version(place, version)
            if not server.answers(place):
                place = _bring_up(place, version, settings or {}, alone=alone)
            server.ensure_database(place, database)
        yield url(place, database)


def discard(state_dir: Path) -> None:
    """Remove the state folder and the database, wherever that is: for tests, which leave nothing behind.

    Raises EmbeddedServerError while somebody uses it.
    """
    place = find_place(state_dir)
    if not place.state_dir.exists():
        return
    with mutex(place.mutex, place.account):
        if not nobody_sits(place.seats, place.account):
            raise EmbeddedServerError(f"The database of {place.state_dir} is in use, so it was not removed.")
        control.stop(place)
        control.clear_away_dead(place)
        for folder in folders_of(place):
            shutil.rmtree(folder)


def url(place: Place, database: str) -> str:
    """In the form that both libpq and django-environ read; the latter keeps %2F in a host name as it is."""
    return f"postgres://{SUPERUSER}@:{server.PORT}/{quote(database, safe='')}?host={place.sockets}"


def _bring_up(place: Place, version: int, settings: Mapping[str, str], *, alone: bool) -> Place:
    pid = server.postmaster(place)
    if pid and server.wait_for(place, pid):
        return place
    if pid and server.postmaster(place) == pid:  # it lives, but its socket is gone
        if not alone:
            raise server.out_of_reach(place, pid)
        control.stop(place)
    place = settle(place)
    control.clear_away_dead(place)
    create_cluster(place, version, settings)
    control.start(place, version, settings)
    return place


def _leave(state_dir: Path, seat: Seat) -> None:
    if not seat.is_mine():
        return
    place = find_place(state_dir)
    try:
        if not state_dir.exists():  # somebody removed everything under a running server
            control.clear_away_dead(place)
            return
        with mutex(place.mutex, place.account):
            seat.leave()
            if nobody_sits(place.seats, place.account):
                control.stop(place)
    finally:
        seat.leave()
