"""What tests of the registry share: a migrated database, people in their roles, two cases."""

import os
import signal
import socket
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from cases.management.collector import tune_collector
from tests import cluster, material

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that runs tests in the background lets them ignore Ctrl-C, and what they start as well.
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_finish():
    tune_collector()


def pytest_collection_modifyitems(config, items):
    """Without others' material the conformance set is left out, but for the test that reports this."""
    if material.IS_HERE:
        return
    left_out = [item for item in items if item.get_closest_marker("conformance")]
    left_out = [item for item in left_out if item.path.name != "test_material.py"]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    """Tests talk to this machine only."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise AssertionError(f"A test tried to reach {address[0]}: tests never use the network.")
        return connect(self, address)

    socket.socket.connect = guarded
    yield
    socket.socket.connect = connect


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker):
    """A database of this process's own, cloned from one that is migrated once for all of them."""
    from django.db import connections

    with django_db_blocker.unblock():
        name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
        with cluster.only_one_process("template"):
            _make_template()
            _command(f'CREATE DATABASE "{name}" TEMPLATE {cluster.TEMPLATE}')
        _use(connections, name)
        yield
        connections.close_all()
        _command(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(autouse=True, scope="session")
def _quick_flush():
    """After a test with transactions of its own Django empties all 121 tables, which takes two seconds."""
    from django.test import TransactionTestCase

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: _empty_the_tables())
        yield


def _empty_the_tables():
    """Those that hold something. What migrations put there stays."""
    from django.db import connection

    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    filled = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(filled)
        filled_tables = {table for (table,) in cursor.fetchall()} - {"django_content_type", "auth_permission"}
        # Without triggers: some tables let nothing be taken away.
        deletions = [f"DELETE FROM {table};" for table in filled_tables]
        cursor.execute("BEGIN; SET LOCAL session_replication_role = replica;" + "".join(deletions) + "COMMIT")


def _make_template():
    from django.core.management import call_command
    from django.db import connections

    if _command(f"SELECT 1 FROM pg_database WHERE datname = '{cluster.TEMPLATE}'"):
        return
    _command('CREATE DATABASE "registry_being_made"')
    _use(connections, "registry_being_made")
    call_command("migrate", verbosity=0)
    connections.close_all()
    _command(f'ALTER DATABASE "registry_being_made" RENAME TO {cluster.TEMPLATE}')


def _use(connections, name: str):
    connections.close_all()
    connections["default"].settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def _command(sql: str) -> list:
    connection = psycopg2.connect(cluster.url())
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


@pytest.fixture
def organisation(db):
    from accounts.models import Organisation

    return Organisation.objects.create(name="Test centre", identifier="TESTCENTRE")


@pytest.fixture
def make_user(organisation):
    """Make a user in a role; those who work in the admin are staff."""
    from accounts.models import User
    from accounts.roles import ROLES, Permission

    def make(role: str, username: str = ""):
        staff = Permission.AMEND_CASES in ROLES[role].permissions
        return User.objects.create_user(
            username=username or role,
            password="a long pass phrase",
            role=role,
            organisation=organisation,
            is_staff=staff,
        )

    return make


@pytest.fixture
def other_organisation(db):
    from accounts.models import Organisation

    return Organisation.objects.create(name="Other centre", identifier="OTHER")


@pytest.fixture
def make_stranger(make_user, other_organisation):
    """Make a user in a role in another organisation than everybody else's."""

    def make(role: str):
        user = make_user(role, f"other {role}")
        user.organisation = other_organisation
        user.save()
        return user

    return make


@pytest.fixture
def synthesizer(make_user):
    """As whom synthetic cases are made: they are of the organisation of everybody else."""
    return make_user("assessor", "synthesizer")


@pytest.fixture
def assessor(make_user):
    return make_user("assessor")


@pytest.fixture
def reviewer(make_user):
    return make_user("reviewer")


@pytest.fixture
def researcher(make_user):
    return make_user("researcher")


@pytest.fixture
def administrator(make_user):
    return make_user("administrator")


@pytest.fixture
def api_client_user(make_user):
    return make_user("api_client")


@pytest.fixture
def reader(make_user, monkeypatch):
    """Somebody in a role that reads everything and changes nothing, let into the admin.

    Of the roles as they are only machines have these permissions, and they don't log in.
    """
    from dataclasses import replace

    from accounts.roles import ROLES

    reading = replace(ROLES["researcher"], permissions=ROLES["api_client"].permissions)
    monkeypatch.setitem(ROLES, "researcher", reading)
    user = make_user("researcher", "reader")
    user.is_staff = True
    user.save()
    return user


@pytest.fixture
def limit_reach(monkeypatch):
    """Let everybody reach only the cases of these numbers, by the one rule that all else asks."""
    from django.db.models import Q

    from cases import visibility

    def limit(*numbers: str):
        reach = visibility.Reach(Q(number__in=numbers), lambda case: case.number in numbers)
        monkeypatch.setattr(visibility, "reach_of", lambda user, permission=None: reach)

    return limit


@pytest.fixture
def drugs(db):
    """The drug dictionary that comes with the registry."""
    from cases.drugs.dictionary import load_dictionary

    return load_dictionary(ROOT / "fixtures" / "drugs.toml")


@pytest.fixture
def letter_cases(drugs, assessor):
    """Patient 1 and patient 2 of the letter, entered through the door by the assessor."""
    from cases.case_files import link_cases, load_case

    cases = tuple(
        load_case(ROOT / "fixtures" / f"letter_patient_{number}.toml", by=assessor, reason="from the letter")
        for number in (1, 2)
    )
    link_cases(list(cases), relation="Described in the same letter", by=assessor, reason="from the letter")
    return cases


@pytest.fixture
def empty_queue(monkeypatch):
    """Do all jobs that wait, as a worker does; the connection of the test stays open."""
    from django.core.management import call_command

    worker = "django_tasks_db.management.commands.db_worker.close_old_connections"
    monkeypatch.setattr(worker, lambda: None)
    return lambda: call_command("run_jobs", once=True)
