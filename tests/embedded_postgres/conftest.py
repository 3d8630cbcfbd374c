"""Real servers in folders that go away with the test. No Django, no other database."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from embedded_tools import FAST, IS_ROOT, python_for

from embedded_postgres import discard, lease
from embedded_postgres.cluster import find_cluster
from embedded_postgres.control import clear_away_dead


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that every account may pass; not tmp_path, which is closed to the server's account."""
    with passable_folder() as folder:
        yield folder


@pytest.fixture
def fresh(room: Path) -> Path:
    """A state folder that doesn't exist yet."""
    return room / "postgres"


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A state folder with a cluster in it, made once, since that takes longer than most tests."""
    with passable_folder() as folder:
        with lease(folder / "postgres", settings=FAST):
            pass
        yield folder / "postgres"


@pytest.fixture(scope="session")
def made_by_16() -> Iterator[Path]:
    with passable_folder() as folder:
        with lease(folder / "postgres", version=16, settings=FAST):
            pass
        yield folder / "postgres"


@pytest.fixture
def folder(made: Path) -> Iterator[Path]:
    """A state folder with a cluster that doesn't run, and an empty log."""
    (made / "server.log").unlink(missing_ok=True)
    yield made
    clear_away_dead(find_cluster(made))


@contextmanager
def passable_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="embedded-test-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    for mutex in [*folder.glob("**/mutex.lock")]:
        discard(mutex.parent)
    shutil.rmtree(folder)


@pytest.fixture
def as_root() -> None:
    if not IS_ROOT:
        pytest.skip("needs root, to act as several accounts")


@pytest.fixture
def ordinary(as_root: None, room: Path) -> str:
    """The name of an ordinary account that owns the room."""
    if python_for("nobody") is None:
        pytest.skip("the account nobody reaches no Python interpreter that has our packages")
    shutil.chown(room, "nobody")
    return "nobody"
