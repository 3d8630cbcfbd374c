"""Processes of the operating system: from /proc where there is one, else from `ps`."""

import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Process:
    pid: int
    uid: int
    command: str


def living(pid: int) -> Process | None:
    """The process of this number, or None if there is none or only a zombie of it.

    A zombie counts as dead: where the parent never reaps (an init of a container), it stays for ever.
    """
    if PROC.joinpath("self/status").exists():
        return _from_proc(pid)
    return next((process for process in _from_ps() if process.pid == pid), None)


def all_living() -> Iterator[Process]:
    """Every process that we may see."""
    if not PROC.joinpath("self/status").exists():
        yield from _from_ps()
        return
    for entry in PROC.iterdir():
        if entry.name.isdigit() and (process := _from_proc(int(entry.name))):
            yield process


def works_in(pid: int, folder: Path) -> bool | None:
    """Whether the process has this folder as working directory; None where we can't know."""
    try:
        return PROC.joinpath(str(pid), "cwd").samefile(folder)
    except OSError:
        return None


def wait_until(condition: Callable[[], bool], seconds: float, pause: float = 0.01) -> bool:
    """Whether the condition came true in that time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def _from_proc(pid: int) -> Process | None:
    folder = PROC / str(pid)
    try:
        status = dict(line.split(":\t", 1) for line in _text(folder / "status").splitlines() if ":\t" in line)
        command = _text(folder / "cmdline").replace("\0", " ").strip()
    except OSError:
        return None
    if status.get("State", "Z")[0] in "ZX":
        return None
    return Process(pid, int(status["Uid"].split()[1]), command)


def _from_ps() -> Iterator[Process]:
    listing = subprocess.run(
        ["ps", "-axwwo", "pid=,uid=,stat=,command="],  # noqa: S607 - where ps is, differs between systems
        capture_output=True,
        text=True,
        errors="replace",
        check=True,
    )
    for line in listing.stdout.splitlines():
        pid, uid, state, *command = line.split(None, 3)
        if not state.startswith("Z"):
            yield Process(int(pid), int(uid), "".join(command))


def _text(path: Path) -> str:
    return path.read_text(errors="replace")
