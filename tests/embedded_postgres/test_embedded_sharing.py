"""Several users of one server: the first starts it, the last stops it, however the others end."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from embedded_tools import FAST, UNTIL_INPUT, clients, query, server_pid, server_processes, starts

from embedded_postgres import EmbeddedServerError, lease
from embedded_postgres.cluster import find_cluster
from embedded_postgres.locks import is_unused, mutex
from embedded_postgres.processes import wait_until


@pytest.mark.slow
def test_many_at_once_make_one_cluster_and_one_server(fresh: Path) -> None:
    with clients(fresh, 6) as everybody:
        urls = [client.url for client in everybody]
        clusters = {query(url, "SELECT system_identifier FROM pg_control_system()") for url in urls}
        assert len(clusters) == 1
        assert starts(fresh) == 1
        assert not [*fresh.glob("data-half-*"), *fresh.parent.glob("registry-pg-half-*")]
        for client in everybody[:-1]:
            assert client.leave() == 0
            assert query(urls[-1], "SELECT 1") == 1
        assert everybody[-1].leave() == 0
    assert not server_processes(fresh)


@pytest.mark.slow
def test_coming_and_going_at_once_never_meets_a_server_that_is_stopping(folder: Path) -> None:
    with lease(folder, settings=FAST):
        pass
    body = "psycopg2.connect(url).close()"
    for _ in range(3):
        with clients(folder, 3, body=body) as everybody:
            assert [client.url and client.line() for client in everybody] == ["out"] * 3
    assert wait_until(lambda: not server_processes(folder), 10)


def test_threads_of_one_process_share_too(folder: Path) -> None:
    answers = []

    def use() -> None:
        with lease(folder, settings=FAST) as url:
            answers.append(query(url, "SELECT 1"))

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [1] * 4
    assert not server_processes(folder)


def test_server_of_a_killed_client_serves_the_next_who_stops_it(folder: Path) -> None:
    with clients(folder) as [client]:
        pid = client.url and server_pid(folder)
        client.kill()
        assert server_pid(folder) == pid
        with lease(folder) as url:
            assert query(url, "SELECT 1") == 1
            assert server_pid(folder) == pid
        assert not server_processes(folder)


def test_killed_client_does_not_take_the_server_from_others(folder: Path) -> None:
    with clients(folder, 2) as [first, second]:
        urls = [first.url, second.url]
        first.kill()
        assert query(urls[1], "SELECT 1") == 1
        assert second.leave() == 0
    assert not server_processes(folder)


def test_ctrl_c_reaches_the_client_and_not_the_server(folder: Path) -> None:
    with clients(folder, 2) as [first, second]:
        urls = [first.url, second.url]
        assert os.getsid(server_pid(folder)) not in {0, first.process.pid, second.process.pid}
        with closing(psycopg2.connect(urls[0])) as connection, connection.cursor() as cursor:
            os.killpg(first.process.pid, signal.SIGINT)
            first.process.communicate(timeout=20)
            cursor.execute("SELECT 1")


def test_ctrl_c_in_the_only_client_ends_everything(folder: Path) -> None:
    with clients(folder) as [client]:
        assert client.url
        os.killpg(client.process.pid, signal.SIGINT)
        client.process.communicate(timeout=20)
        assert client.process.returncode == -signal.SIGINT
    assert not server_processes(folder)


def test_ctrl_c_during_the_first_start_leaves_nothing_running(fresh: Path) -> None:
    with clients(fresh) as [client]:
        assert wait_until(lambda: bool([*fresh.glob("data-half-*/base")]), 20)
        os.killpg(client.process.pid, signal.SIGINT)
        client.process.communicate(timeout=20)
    assert not server_processes(fresh)
    assert not [*fresh.glob("data*")]


def test_sigterm_ends_everything_where_the_caller_makes_it_an_exception(folder: Path) -> None:
    with clients(folder) as [client]:
        assert client.url
        client.process.terminate()
        assert client.process.wait(20) == 143
    assert not server_processes(folder)


def test_forked_child_that_leaves_does_not_stop_the_server(folder: Path) -> None:
    body = """
    child = os.fork()
    if child == 0:
        raise SystemExit(7)
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
    sys.stdin.readline()
    """
    with clients(folder, body=body) as [client]:
        url = client.url
        assert client.line() == "7"
        assert query(url, "SELECT 1") == 1
        assert client.leave() == 0
    assert not server_processes(folder)


@pytest.mark.parametrize("end", [UNTIL_INPUT, "os.kill(os.getpid(), 9)"])
def test_forked_child_that_stays_does_not_keep_the_server(folder: Path, end: str) -> None:
    body = f"""
    child = os.fork()
    if child == 0:
        os.close(1)
        time.sleep(30)
        os._exit(0)
    print(child, flush=True)
    {end}
    """
    with clients(folder, body=body) as [client]:
        child = client.url and int(client.line())
        client.leave()
        with lease(folder):
            pass
        assert not server_processes(folder)
        os.kill(child, signal.SIGKILL)


def test_forked_child_can_take_a_lease_of_its_own(folder: Path) -> None:
    body = """
    entered, entering = os.pipe()
    if os.fork() == 0:
        with lease(Path(sys.argv[1])) as mine:
            os.write(entering, b"x")
            sys.stdin.readline()
        print("child out", flush=True)
        os._exit(0)
    os.read(entered, 1)
    """
    with clients(folder, body=body) as [client]:
        url = client.url
        assert client.line() == "out"
        assert query(url, "SELECT 1") == 1
        assert client.process.communicate("\n", timeout=20)[0] == "child out\n"
    assert not server_processes(folder)


def test_seat_does_not_outlive_the_client_in_a_program_it_started(folder: Path) -> None:
    body = """
    print(subprocess.Popen(["sleep", "30"], close_fds=False, stdout=2).pid, flush=True)
    sys.stdin.readline()
    """
    with clients(folder, body=body) as [client]:
        sleeper = client.url and int(client.line())
        client.kill()
        cluster = find_cluster(folder)
        assert is_unused(cluster.use_lock, cluster.account)
        os.kill(sleeper, signal.SIGKILL)


def test_mutex_that_is_never_freed_is_reported(folder: Path) -> None:
    with lease(folder, settings=FAST):
        cluster = find_cluster(folder)
        with (
            mutex(cluster.mutex, cluster.account),
            pytest.raises(EmbeddedServerError, match="fuser"),
            mutex(cluster.mutex, cluster.account, seconds=0.1),
        ):
            pass


def test_command_shows_the_state_and_stops(folder: Path) -> None:
    assert "was not running" in _command(folder, "stop").stdout
    with clients(folder) as [client]:
        pid = client.url and server_pid(folder)
        assert f"running, process {pid}, in use" in _command(folder, "status").stdout
        refused = _command(folder, "stop")
        assert refused.returncode == 1
        assert "--force" in refused.stderr
        client.kill()
        assert "unused" in _command(folder, "status").stdout
        assert _command(folder, "stop").stdout == "Stopped.\n"
        assert "stopped" in _command(folder, "status").stdout
    assert not server_processes(folder)


def test_command_makes_nothing_where_nothing_is(room: Path) -> None:
    assert "no database" in _command(room / "x", "status").stdout
    assert "was not running" in _command(room / "x", "stop").stdout
    assert not [*room.iterdir()]


def test_command_opens_psql(folder: Path) -> None:
    done = _command(folder, "psql", "-XAtc", "SELECT 6 * 7")
    assert (done.stdout, done.returncode) == ("42\n", 0)
    assert _command(folder, "psql", "-XAtc", "nonsense").returncode == 1
    assert not server_processes(folder)


def _command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "embedded_postgres", "--state-dir", folder, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], timeout=60)
