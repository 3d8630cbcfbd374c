"""A PostgreSQL cluster for one test run, in a temporary folder, and a migrated database to clone.

The run's first process starts it and stops it on leaving; xdist workers inherit its address.
TEST_DATABASE_URL names a real server instead; TEST_POSTGRES=16 the older binaries of the wheel.
"""

import atexit
import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

from embedded_postgres import lease

ADDRESS = "REGISTRY_TEST_CLUSTER"
TEMPLATE = "registry_template"
# Nothing here must survive a power cut. Tables are empty at one moment and full at the next: rows counted in
# between would have the planner take thousands for none.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


@cache
def url() -> str:
    """The address of the cluster, started if this process is the first to ask."""
    given = os.environ.get("TEST_DATABASE_URL") or os.environ.get(ADDRESS)
    if given:
        return given
    stack = ExitStack()
    atexit.register(stack.close)
    folder = stack.enter_context(
        tempfile.TemporaryDirectory(prefix="registry-tests-", ignore_cleanup_errors=True)
    )
    # As root the server runs under another account, which has to pass through.
    Path(folder).chmod(0o711)
    version = int(os.environ.get("TEST_POSTGRES", "18"))
    os.environ[ADDRESS] = stack.enter_context(
        lease(Path(folder) / "cluster", version=version, settings=HASTY)
    )
    return os.environ[ADDRESS]


@contextmanager
def only_one_process(name: str) -> Iterator[None]:
    """Hold a lock that the processes of one machine share."""
    with open(Path(tempfile.gettempdir()) / f"registry-tests-{os.getuid()}-{name}.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def environment() -> dict[str, str]:
    """What a process of its own needs to work on the database of this test."""
    from django.conf import settings

    head, _, query = url().partition("?")
    name = settings.DATABASES["default"]["NAME"]
    return {
        **os.environ,
        "DATABASE_URL": f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else ""),
        "DJANGO_SETTINGS_MODULE": "registry.settings",
        "SECRET_KEY": "only-for-tests-" * 4,
    }
