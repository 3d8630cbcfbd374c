"""Which database a command talks to: the one of DATABASE_URL, else the embedded one."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from registry.embedded import bin_dir, lease


@contextmanager
def available(state_dir: Path) -> Iterator[str]:
    """Make sure DATABASE_URL names a running server, and yield it. Stops what it started.

    SIGTERM becomes SystemExit meanwhile, so that the embedded server is stopped as on Ctrl-C.
    """
    url = os.environ.get("DATABASE_URL")
    if url:
        yield url
        return
    previous = signal.signal(signal.SIGTERM, _leave)
    try:
        with lease(state_dir) as url:
            os.environ["DATABASE_URL"] = url
            # psql for `manage.py dbshell`
            os.environ["PATH"] = f"{bin_dir()}{os.pathsep}{os.environ.get('PATH', '')}"
            yield url
    finally:
        os.environ.pop("DATABASE_URL", None)
        signal.signal(signal.SIGTERM, previous)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
