"""File locks of which nothing is left when their process ends, however it ends.

A lock belongs to the process that took it. `flock` alone would share it with forked children; so a child
closes its copies at once, and the owner gives locks up explicitly, not by closing alone.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embedded_postgres.accounts import Account
from embedded_postgres.errors import EmbeddedServerError
from embedded_postgres.processes import wait_until

_held: set[int] = set()


class UseLock:
    """The shared lock on a file that every process holds which uses the server."""

    def __init__(self, path: Path, account: Account) -> None:
        self.path = path
        self.account = account
        self.owner = os.getpid()
        self._fd = _open(path, account)
        fcntl.flock(self._fd, fcntl.LOCK_SH)

    def release(self) -> None:
        _close(self._fd)

    def is_mine(self) -> bool:
        """False in a forked child, which has no part in its parent's lock."""
        return self.owner == os.getpid()


def is_unused(path: Path, account: Account) -> bool:
    """Whether no living process holds the use lock. True for sure only while the mutex is held."""
    fd = _open(path, account)
    try:
        return _try_exclusive(fd)
    finally:
        _close(fd)


@contextmanager
def mutex(path: Path, account: Account, seconds: float = 120) -> Iterator[None]:
    """One at a time may look at the server and start or stop it.

    Raises EmbeddedServerError when another process keeps it for longer than any start or stop takes.
    """
    fd = _open(path, account)
    try:
        if not wait_until(lambda: _try_exclusive(fd), seconds):
            raise EmbeddedServerError(
                f"Another process has been starting or stopping the embedded PostgreSQL for {seconds:.0f} "
                f"seconds. Find it with `fuser {path}`, end it, and try again."
            )
        yield
    finally:
        _close(fd)


def _try_exclusive(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _open(path: Path, account: Account) -> int:
    """Never through a symbolic link; and what root makes is given to the server's account, who may be
    the ordinary user who works here the next time."""
    try:
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise EmbeddedServerError(
            f"The embedded PostgreSQL can't use its lock file {path} ({error.strerror}). If the folder was "
            "made by another account, for example by root, run this as that account or choose another folder."
        ) from error
    _held.add(fd)
    if os.geteuid() == 0:
        os.fchown(fd, account.uid, account.gid)
    return fd


def _close(fd: int) -> None:
    if fd in _held:
        _held.discard(fd)
        fcntl.flock(fd, fcntl.LOCK_UN)
        os.close(fd)


def _close_copies() -> None:
    """In a forked child: forget the parent's locks without giving them up."""
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_close_copies)
