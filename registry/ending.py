"""How `make run` ends: in order, on Ctrl-C and on SIGTERM, and when the make that started it ends."""

import os
import signal
import threading
import time
from pathlib import Path
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PAUSE = 0.2  # seconds between two looks at make


def end_in_order() -> None:
    """From now on the first signal raises: KeyboardInterrupt for SIGINT, else SystemExit.

    Later ones are ignored, so that nothing cuts short what is being stopped. A signal that is ignored
    already, as under nohup, stays so.
    """
    for number in SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _end)


def end_with_make() -> None:
    """Send ourselves SIGTERM when the make that started us ends; MAKE_PID is its number."""
    make = os.environ.pop("MAKE_PID", "")
    if make.isdigit():
        threading.Thread(target=_watch, args=(int(make),), daemon=True).start()


def _end(number: int, frame: FrameType | None) -> None:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)


def _watch(make: int) -> None:
    while os.getppid() == make and not _is_interrupted(make):
        time.sleep(PAUSE)
    os.kill(os.getpid(), signal.SIGTERM)


def _is_interrupted(make: int) -> bool:
    """Whether make got a SIGINT, perhaps alone.

    It doesn't pass it on and waits for us for ever. All that can be seen of it is that make doesn't catch
    SIGINT any more and holds the next one back.
    """
    try:
        status = Path(f"/proc/{make}/status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False  # no such thing on this system, or make is gone
    masks = dict(line.split(":\t", 1) for line in status.splitlines() if line.startswith("Sig"))
    interrupt = 1 << (signal.SIGINT - 1)
    return (
        bool(int(masks.get("SigBlk", "0"), 16) & interrupt)
        and not int(masks.get("SigCgt", "0"), 16) & interrupt
    )
