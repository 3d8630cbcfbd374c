"""The database of a command: the one of DATABASE_URL, else the embedded one."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import environ

from embedded_postgres import bin_dir, lease

BASE_DIR = Path(__file__).resolve().parent.parent


def read_environment() -> None:
    """Fill in from `.env` what the environment doesn't set."""
    environ.Env.read_env(BASE_DIR / ".env")


@contextmanager
def available(on_ready: Callable[[], None] = lambda: None) -> Iterator[str]:
    """Make sure DATABASE_URL names a server, and yield it. Stops what it started.

    `on_ready` is called when the embedded server answers. SIGTERM becomes SystemExit meanwhile, so
    that the server is stopped as on Ctrl-C, unless the caller has a handler of its own for it. Raises
    EmbeddedServerError.
    """
    read_environment()
    url = os.environ.get("DATABASE_URL")
    if url:
        yield url
        return
    previous = signal.getsignal(signal.SIGTERM)
    if previous is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _leave)
    try:
        with lease(state_dir()) as url:
            os.environ["DATABASE_URL"] = url
            # psql for `manage.py dbshell`
            os.environ["PATH"] = f"{bin_dir()}{os.pathsep}{os.environ.get('PATH', '')}"
            on_ready()
            yield url
    finally:
        os.environ.pop("DATABASE_URL", None)
        signal.signal(signal.SIGTERM, previous)


def state_dir() -> Path:
    """Where the embedded server keeps its data."""
    folder = Path(os.environ.get("STATE_DIR") or BASE_DIR / "var").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder / "postgres"


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
