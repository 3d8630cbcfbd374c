"""What the next user finds after kill -9 of the server, of initdb, or after folders went away."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest
from embedded_tools import FAST, clients, identity, query, server_pid, server_processes, starts

from embedded_postgres import EmbeddedServerError, lease
from embedded_postgres.cluster import Cluster, find_cluster, make_socket_folder
from embedded_postgres.control import _launch
from embedded_postgres.create import programs
from embedded_postgres.log import open_log
from embedded_postgres.processes import _from_ps, living, wait_until
from embedded_postgres.server import postmaster

PR_SET_CHILD_SUBREAPER = 36


def test_after_kill_9_of_the_server_committed_data_is_there(folder: Path) -> None:
    with lease(folder, settings=FAST) as url:
        query(url, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(server_pid(folder), signal.SIGKILL)
        with lease(folder, settings=FAST) as again:
            assert again == url
            assert query(again, "SELECT answer FROM kept") == 42
        assert query(url, "SELECT 1") == 1, "the first lease still holds"
    assert starts(folder) == 2
    assert not server_processes(folder)


def test_after_kill_9_of_the_server_a_busy_backend_is_no_obstacle(folder: Path) -> None:
    with lease(folder, settings=FAST) as url:
        thread = threading.Thread(
            target=_query_in_vain, args=[url, "SELECT count(*) FROM generate_series(1, 1e10)"]
        )
        thread.start()
        active = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%1e10%' AND pid <> pg_backend_pid()"
        assert wait_until(lambda: query(url, active) == 1, 10)
        os.kill(server_pid(folder), signal.SIGKILL)
        with lease(folder, settings=FAST) as again:
            assert query(again, "SELECT 1") == 1
        thread.join(10)
        assert not thread.is_alive()


def _query_in_vain(url: str, statement: str) -> None:
    with pytest.raises(psycopg2.Error):
        query(url, statement)


@contextmanager
def never_reaping() -> Iterator[None]:
    """This process becomes the parent of orphans, and waits for none of them."""
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "prctl"):
        pytest.skip("only Linux lets a process adopt orphans")
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def test_zombie_of_the_server_counts_as_dead(folder: Path) -> None:
    with never_reaping():
        with lease(folder, settings=FAST) as url:
            zombie = server_pid(folder)
            os.kill(zombie, signal.SIGKILL)
            assert wait_until(lambda: living(zombie) is None, 5)
            os.kill(zombie, 0)  # still there, as the system sees it
            with lease(folder, settings=FAST):
                assert query(url, "SELECT 1") == 1
                second = server_pid(folder)
        os.kill(second, 0)  # a zombie too, and yet it counted as stopped
        assert not server_processes(folder)
        for pid in (zombie, second):
            os.waitpid(pid, 0)


def test_number_of_the_dead_server_in_use_by_a_stranger(folder: Path) -> None:
    with lease(folder, settings=FAST):
        cluster = find_cluster(folder)
        os.kill(server_pid(folder), signal.SIGKILL)
        pid_file = cluster.data / "postmaster.pid"
        with subprocess.Popen(["sleep", "30"], **cluster.account.switch()) as stranger:
            lines = pid_file.read_text().splitlines()
            pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
            with lease(folder, settings=FAST) as url:
                assert query(url, "SELECT 1") == 1
            assert stranger.poll() is None
            stranger.kill()


@pytest.mark.parametrize("content", ["", "nonsense\n", "1\n"])
def test_broken_pid_file(folder: Path, content: str) -> None:
    (find_cluster(folder).data / "postmaster.pid").write_text(content)
    with lease(folder, settings=FAST) as url:
        assert query(url, "SELECT 1") == 1


def test_stale_socket_is_no_obstacle(folder: Path) -> None:
    with clients(folder) as [client]:
        assert client.url
        os.kill(server_pid(folder), signal.SIGKILL)
        client.kill()
    assert [*find_cluster(folder).sockets.iterdir()]
    with lease(folder, settings=FAST) as url:
        assert query(url, "SELECT 1") == 1


def test_kill_9_of_server_and_all_its_clients_at_once(folder: Path) -> None:
    with clients(folder, 2) as everybody:
        assert [client.url for client in everybody]
        for pid in [process.pid for process in server_processes(folder)]:
            os.kill(pid, signal.SIGKILL)
    with lease(folder, settings=FAST) as url:
        assert query(url, "SELECT 1") == 1
    assert not server_processes(folder)


@pytest.mark.slow
def test_kill_9_during_initdb_leaves_no_half_cluster(fresh: Path) -> None:
    with clients(fresh) as [client]:
        assert wait_until(lambda: bool([*fresh.glob("data-half-*/base")]), 20)
        client.kill()
    assert not find_cluster(fresh).data.exists()
    with lease(fresh, settings=FAST) as url:
        assert query(url, "SELECT 1") == 1
    with lease(fresh, settings=FAST):
        assert wait_until(lambda: not [*fresh.glob("data-half-*")], 1)


def _launch_without_waiting(folder: Path) -> Cluster:
    cluster = find_cluster(folder)
    make_socket_folder(cluster)
    with open_log(cluster) as log:
        _launch(cluster, programs(cluster, 18) / "postgres", FAST, log.fileno())
    assert wait_until(lambda: postmaster(cluster) is not None, 10)
    return cluster


def test_server_that_is_starting_is_waited_for(folder: Path) -> None:
    _launch_without_waiting(folder)
    with lease(folder) as url:
        assert query(url, "SELECT 1") == 1
    assert starts(folder) == 1
    assert not server_processes(folder)


def test_server_that_is_shutting_down_is_waited_for(folder: Path) -> None:
    with clients(folder) as [client], closing(psycopg2.connect(client.url)) as connection:
        first = server_pid(folder)
        client.kill()
        os.kill(first, signal.SIGTERM)  # it goes when the last connection goes
        threading.Timer(0.5, connection.close).start()
        with lease(folder, settings=FAST) as url:
            assert query(url, "SELECT 1") == 1
            assert server_pid(folder) != first


def test_server_whose_folder_was_moved_is_not_taken_from_its_users(folder: Path) -> None:
    with clients(folder) as [client]:
        url = client.url
        new = folder.rename(folder.with_name("moved"))
        with pytest.raises(EmbeddedServerError, match="folder was moved") as caught, lease(new):
            pass
        assert query(url, "SELECT 1") == 1
        assert "stop --force" in str(caught.value)
        command = [sys.executable, "-m", "embedded_postgres", "--state-dir", new, "stop", "--force"]
        subprocess.run(command, check=True, capture_output=True, **identity(None))
        assert not server_processes(folder)
        new.rename(folder)


def test_server_whose_folder_was_moved_and_that_nobody_uses_is_replaced(folder: Path) -> None:
    with clients(folder) as [client]:
        query(client.url, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer")
        client.kill()
    new = folder.rename(folder.with_name("moved"))
    with lease(new, settings=FAST) as url:
        assert query(url, "SELECT answer FROM kept") == 42
    assert not server_processes(new)
    new.rename(folder)


def test_server_that_lost_its_socket_is_replaced(folder: Path) -> None:
    with clients(folder) as [client]:
        assert client.url
        client.kill()
    shutil.rmtree(find_cluster(folder).sockets)
    with lease(folder, settings=FAST) as url:
        assert query(url, "SELECT 1") == 1


@pytest.mark.slow
def test_server_whose_files_went_away_makes_room_for_a_new_one(folder: Path) -> None:
    with clients(folder) as [client]:
        old = client.url and server_pid(folder)
        client.kill()
        away = folder.rename(folder.with_name("away"))
        with lease(folder, settings=FAST) as url:
            assert query(url, "SELECT count(*) FROM pg_database WHERE datname = 'registry'") == 1
            assert server_pid(folder) != old
    assert not server_processes(folder)
    shutil.rmtree(folder)
    away.rename(folder)


def test_leaving_after_everything_went_away_stops_the_server(folder: Path) -> None:
    with lease(folder, settings=FAST):
        away = folder.rename(folder.with_name("away"))
    assert not server_processes(folder)
    away.rename(folder)


def test_without_proc_ps_gives_the_same(folder: Path) -> None:
    if shutil.which("ps") is None:
        pytest.skip("there is no ps here")
    with lease(folder, settings=FAST):
        from_ps = {process.pid: process for process in _from_ps()}
        for process in server_processes(folder):
            assert from_ps[process.pid].uid == process.uid
            assert from_ps[process.pid].command.split() == process.command.split()
