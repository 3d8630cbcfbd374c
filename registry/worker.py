"""The worker of `make run`: started with the web server, started again if it ends, ended first."""

import os
import subprocess
import sys
import time

from registry.database import BASE_DIR

PAUSE = 10.0  # seconds before a worker that ended by itself is started again
PATIENCE = 20  # seconds that it gets to hand back what it does


class BackgroundWorker:
    """One process that does the jobs in the queue."""

    def __init__(self) -> None:
        self.process = self._start()
        self.started = time.monotonic()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", "run_jobs", "--parent", str(os.getpid())]
        return subprocess.Popen(command, cwd=BASE_DIR)  # noqa: S603 - our own words

    def keep(self) -> None:
        """Start it again where it has ended by itself; its message is above."""
        if self.process.poll() is not None and time.monotonic() - self.started > PAUSE:
            self.process, self.started = self._start(), time.monotonic()

    def end(self) -> None:
        """End it. What it was doing goes on at the next start."""
        self.process.terminate()
        try:
            self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
