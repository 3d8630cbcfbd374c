"""The account that the server runs as.

An ordinary user is that himself. PostgreSQL refuses to run as root, so for root it is an account without
rights: `postgres`, else `nobody`, or the ordinary user whose cluster it is already.
"""

# ruff: noqa: S603 - the one program run is /bin/sh with a fixed script

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embedded_postgres.errors import EmbeddedServerError

UNPRIVILEGED = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account of the operating system."""

    name: str
    uid: int
    gid: int

    def switch(self) -> dict[str, Any]:
        """Arguments of `subprocess` to become this account; none where we are it already."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a folder of ours to this account."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def account_for(data: Path) -> Account:
    """The account of the server for this data folder, which need not exist.

    Raises EmbeddedServerError where only another account can run it.
    """
    me = os.geteuid()
    owner = data.stat().st_uid if os.path.exists(data) else None
    if me == 0:
        # The cluster of an ordinary user stays his when root works in his checkout.
        return _by_uid(owner) if owner else _unprivileged()
    if owner not in (None, me):
        raise EmbeddedServerError(
            f"The database in {data} belongs to the account {_by_uid(owner or 0).name}. Run this as that "
            "account (or as root), or choose another folder."
        )
    return _by_uid(me)


def _by_uid(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:  # a container that runs with a bare number
        return Account(str(uid), uid, os.getegid() if uid == os.geteuid() else uid)
    return Account(entry.pw_name, uid, entry.pw_gid)


def _unprivileged() -> Account:
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedServerError(
        "PostgreSQL refuses to run as root, and there is neither an account `postgres` nor `nobody` to run "
        "it as. Work as an ordinary user, add such an account, or set DATABASE_URL to a server of your own."
    )


def can_enter(account: Account, folder: Path) -> bool:
    """Found out by trying, since it depends on modes, access lists and mounts."""
    switch = account.switch()
    if not switch:
        return True
    try:
        done = subprocess.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder], capture_output=True, **switch)
    except OSError as error:
        raise EmbeddedServerError(
            f"root can't start programs as the account {account.name} here ({error}). Work as an ordinary "
            "user, or set DATABASE_URL to a server of your own."
        ) from error
    return done.returncode == 0
