"""Which folders belong to one embedded server, and which account owns them.

An ordinary user owns everything, in the state folder. PostgreSQL refuses to run as root, so for root the
server runs as an account without rights (`postgres`, else `nobody`), and where that account can't enter
the state folder (a checkout below a home of mode 0700), the cluster lives below /var/lib. The modes of
folders that we didn't make ourselves are never touched.
"""

# ruff: noqa: S603 - the one program run is /bin/sh with a fixed script

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registry.embedded.errors import EmbeddedServerError

PREFIX = "registry-pg"
# Not tempfile.gettempdir(): processes of one user with a different TMPDIR must find the same socket.
SOCKET_ROOT = Path("/tmp")  # noqa: S108 - ownership and mode of our folder in it are checked
FAR_ROOT = Path("/var/lib")
LONGEST_PATH = 900  # PostgreSQL has buffers of 1024 bytes for a path, and appends to this one
UNPRIVILEGED = ("postgres", "nobody")
ABOUT = """The embedded PostgreSQL of the case registry lives here (see registry/embedded).
Stop whatever uses it before removing this folder: `python -m registry.embedded status` tells.
"""


@dataclass(frozen=True)
class Account:
    """Who the server runs as."""

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


@dataclass(frozen=True)
class Place:
    state_dir: Path  # locks and log
    home: Path  # the cluster: the state folder itself, or one below /var/lib
    account: Account

    @property
    def name(self) -> str:
        """Names the socket folder and the processes of this server, of this account."""
        return f"{PREFIX}-{_digest(self.state_dir, self.account.uid)}"

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.state_dir / "server.log"

    @property
    def mutex(self) -> Path:
        return self.state_dir / "mutex.lock"

    @property
    def seats(self) -> Path:
        return self.state_dir / "users.lock"

    @property
    def sockets(self) -> Path:
        """Short whatever the state folder is: the path of a socket must stay below about 100 bytes."""
        return SOCKET_ROOT / self.name


def find_place(state_dir: Path) -> Place:
    """The place as it is now; nothing is made. Raises EmbeddedServerError for somebody else's cluster."""
    state_dir = Path(os.path.realpath(state_dir))
    home = _far_home(state_dir) if os.path.exists(_signpost(state_dir)) else state_dir
    return Place(state_dir, home, _account(home / "data"))


def make_state_dir(state_dir: Path) -> Place:
    """Make the folder of locks and log if there is none: all that is needed to take turns."""
    place = find_place(state_dir)
    if len(os.fsencode(place.state_dir)) > LONGEST_PATH:
        raise EmbeddedServerError(
            f"The path of the folder for the embedded PostgreSQL has more than {LONGEST_PATH} bytes, which "
            f"is more than PostgreSQL can use. Choose a shorter one than {place.state_dir}"
        )
    _make_folder(place.state_dir, place.account)
    return place


def settle(place: Place) -> Place:
    """Decide where a new cluster will live, and make that folder. The caller holds the mutex."""
    if place.data.exists() or _can_enter(place.account, place.home):
        return place
    _put_up_signpost(place)
    place = find_place(place.state_dir)
    _make_folder(place.home, place.account)
    return place


def make_socket_folder(place: Place) -> None:
    """Make the folder of the socket, for the server's account alone."""
    try:
        place.sockets.mkdir(mode=0o700)
    except FileExistsError:
        if place.sockets.lstat().st_uid == os.geteuid():  # ours, of a start that was cut short here
            place.account.own(place.sockets)
    else:
        place.account.own(place.sockets)
    check_socket_folder(place)


def check_socket_folder(place: Place) -> bool:
    """Whether there is a folder for the socket.

    Raises EmbeddedServerError where somebody else made it before us, or may enter: whoever owns the folder
    could put a socket of his own into it.
    """
    try:
        found = place.sockets.lstat()
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(found.st_mode) and found.st_uid == place.account.uid and not found.st_mode & 0o077:
        return True
    raise EmbeddedServerError(
        f"{place.sockets}, where the socket of the embedded PostgreSQL belongs, was made by another account "
        "or is open to others, so it can't be trusted. Remove it (as its owner or as root) and try again."
    )


def _account(data: Path) -> Account:
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


def _can_enter(account: Account, folder: Path) -> bool:
    """Found out by trying, since modes, access lists and mounts all have a say."""
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


def _make_folder(folder: Path, account: Account) -> None:
    """0700; made by root, the server's account may pass through it to its data, but not list it.

    It appears under its name only when owner and mode are right (and not empty, since an empty one could be
    replaced by that of another process which does the same at the same time).
    """
    if os.path.exists(folder):
        return
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix=f"{PREFIX}-half-", dir=folder.parent))
    except OSError as error:
        raise EmbeddedServerError(
            f"The folder {folder} for the embedded PostgreSQL can't be made ({error.strerror}). "
            "Choose a folder that you may write to, or set DATABASE_URL to a server of your own."
        ) from error
    (half / "README.txt").write_text(ABOUT, encoding="utf-8")
    if os.geteuid() == 0:
        os.chown(half, 0, account.gid)
        half.chmod(0o710)
    try:
        half.rename(folder)
    except OSError:  # another process was quicker
        shutil.rmtree(half)


def _put_up_signpost(place: Place) -> None:
    _signpost(place.state_dir).write_text(
        f"The account {place.account.name}, as which the embedded PostgreSQL runs, can't enter this folder.\n"
        f"The database is in {_far_home(place.state_dir)}\n"
        "To start afresh, remove that folder and this file. Without this file, it is not found again.\n",
        encoding="utf-8",
    )


def _signpost(state_dir: Path) -> Path:
    return state_dir / "DATABASE_IS_ELSEWHERE.txt"


def _far_home(state_dir: Path) -> Path:
    return FAR_ROOT / f"{PREFIX}-{_digest(state_dir)}"


def _digest(*parts: Path | int) -> str:
    return hashlib.sha256(b"\0".join(os.fsencode(str(part)) for part in parts)).hexdigest()[:12]
