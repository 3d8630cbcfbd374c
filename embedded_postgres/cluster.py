"""Which folders belong to one embedded server.

All is in the state folder, save the socket, whose path must be short. For root, where the account that the
server runs as can't enter the state folder (a checkout below a home of mode 0700), the cluster lives below
/var/lib. The modes of folders that we didn't make ourselves are never touched.
"""

import hashlib
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from embedded_postgres.accounts import Account, account_for, can_enter
from embedded_postgres.errors import EmbeddedServerError

PREFIX = "registry-pg"
# Not tempfile.gettempdir(): processes of one user with a different TMPDIR must find the same socket.
SOCKET_ROOT = Path("/tmp")  # noqa: S108 - ownership and mode of our folder in it are checked
REMOTE_ROOT = Path("/var/lib")
# initdb calls postgres through a shell, by a path between double quotes: there these have a meaning.
SHELL_CHARACTERS = frozenset('"$`\\\n')
LONGEST_PATH = 900  # PostgreSQL has buffers of 1024 bytes for a path, and appends to this one
ABOUT = """The embedded PostgreSQL of {state_dir} lives here (see embedded_postgres).
Stop whatever uses it before removing this folder: `python -m embedded_postgres status` tells.
"""


@dataclass(frozen=True)
class Cluster:
    """The folders and files of one embedded server, and the account that it runs as."""

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
    def use_lock(self) -> Path:
        return self.state_dir / "users.lock"

    @property
    def sockets(self) -> Path:
        """Short whatever the state folder is: the path of a socket must stay below about 100 bytes."""
        return SOCKET_ROOT / self.name


def find_cluster(state_dir: Path) -> Cluster:
    """The cluster of a state folder, made or not. Raises EmbeddedServerError for somebody else's cluster."""
    state_dir = Path(os.path.realpath(state_dir))
    home = _remote_home(state_dir) if os.path.exists(_pointer(state_dir)) else state_dir
    return Cluster(state_dir, home, account_for(home / "data"))


def make_state_dir(state_dir: Path) -> Cluster:
    """Make the folder of locks and log if there is none: all that the locks need."""
    cluster = find_cluster(state_dir)
    if len(os.fsencode(cluster.state_dir)) > LONGEST_PATH:
        raise EmbeddedServerError(
            f"The path of the folder for the embedded PostgreSQL has more than {LONGEST_PATH} bytes, which "
            f"is more than PostgreSQL can use. Choose a shorter one than {cluster.state_dir}"
        )
    _make_folder(cluster.state_dir, cluster)
    return cluster


def choose_home(cluster: Cluster) -> Cluster:
    """Choose the folder of a new cluster, and make it. The caller holds the mutex."""
    if cluster.data.exists() or can_enter(cluster.account, cluster.home):
        return cluster
    _write_pointer(cluster)
    cluster = find_cluster(cluster.state_dir)
    _make_folder(cluster.home, cluster)
    return cluster


def is_plain(folder: Path) -> bool:
    """Whether programs of this folder can be called by initdb, whose shell can't take every path."""
    return not SHELL_CHARACTERS.intersection(str(folder))


def make_programs_folder(cluster: Cluster) -> Path:
    """The folder for a copy of the programs: with the cluster, or for root below /var/lib.

    Raises EmbeddedServerError where neither will do.
    """
    if is_plain(cluster.home):
        return cluster.home
    if os.geteuid() != 0:
        raise EmbeddedServerError(
            f'PostgreSQL can make no database from a path with one of the characters " $ ` \\ as in '
            f"{cluster.home}. Move the checkout, or set STATE_DIR to a folder without them."
        )
    folder = _remote_home(cluster.state_dir)
    _make_folder(folder, cluster)
    return folder


def own_folders(cluster: Cluster) -> set[Path]:
    """Every folder of ours that there is, but for the one of the socket."""
    folders = {cluster.home, cluster.state_dir, _remote_home(cluster.state_dir)}
    return {folder for folder in folders if folder.exists()}


def make_socket_folder(cluster: Cluster) -> None:
    """Make the folder of the socket, for the server's account alone."""
    try:
        cluster.sockets.mkdir(mode=0o700)
    except FileExistsError:
        if cluster.sockets.lstat().st_uid == os.geteuid():  # ours, of a start that was cut short here
            cluster.account.own(cluster.sockets)
    else:
        cluster.account.own(cluster.sockets)
    check_socket_folder(cluster)


def check_socket_folder(cluster: Cluster) -> bool:
    """Whether there is a folder for the socket.

    Raises EmbeddedServerError where somebody else made it before us, or may enter: whoever owns the folder
    could put a socket of his own into it.
    """
    try:
        folder = cluster.sockets.lstat()
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(folder.st_mode) and folder.st_uid == cluster.account.uid and not folder.st_mode & 0o077:
        return True
    raise EmbeddedServerError(
        f"{cluster.sockets}, where the socket of the embedded PostgreSQL belongs, was made by another "
        "account or is open to others, so it can't be trusted. Remove it (as its owner or as root) and try "
        "again."
    )


def _make_folder(folder: Path, cluster: Cluster) -> None:
    """0700; made by root, the server's account may pass through it to its data, but not list it.

    It appears under its name only when owner and mode are right (and not empty, since an empty one could be
    replaced by that of another process which does the same at the same time).
    """
    if os.path.exists(folder):
        return
    unfinished = _unfinished_folder(folder)
    (unfinished / "README.txt").write_text(ABOUT.format(state_dir=cluster.state_dir), "utf-8", "replace")
    if os.geteuid() == 0:
        os.chown(unfinished, 0, cluster.account.gid)
        unfinished.chmod(0o710)
    try:
        unfinished.rename(folder)
    except OSError:  # another process was quicker
        shutil.rmtree(unfinished)


def _unfinished_folder(folder: Path) -> Path:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f"{PREFIX}-half-", dir=folder.parent))
    except OSError as error:
        raise EmbeddedServerError(
            f"The folder {folder} for the embedded PostgreSQL can't be made ({error.strerror}). "
            "Choose a folder that you may write to, or set DATABASE_URL to a server of your own."
        ) from error


def _write_pointer(cluster: Cluster) -> None:
    _pointer(cluster.state_dir).write_text(
        f"The account {cluster.account.name}, as which the embedded PostgreSQL runs, "
        "can't enter this folder.\n"
        f"The database is in {_remote_home(cluster.state_dir)}\n"
        "To start afresh, remove that folder and this file. Without this file, it is not found again.\n",
        encoding="utf-8",
    )


def _pointer(state_dir: Path) -> Path:
    return state_dir / "DATABASE_IS_ELSEWHERE.txt"


def _remote_home(state_dir: Path) -> Path:
    return REMOTE_ROOT / f"{PREFIX}-{_digest(state_dir)}"


def _digest(*parts: Path | int) -> str:
    return hashlib.sha256(b"\0".join(os.fsencode(str(part)) for part in parts)).hexdigest()[:12]
