"""`manage.py run_jobs`: a worker for the background. `make run` starts one."""

import logging
import os
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker

from jobs.leases import ENDING
from jobs.queue import requeue_lost

PAUSE = 1.0  # seconds between two looks into an empty queue
TIDIED_EVERY = 300.0  # seconds


logger = logging.getLogger(__name__)


class JobWorker(Worker):
    """Empties the queue. Asked to end, it hands back what it does, and ends."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        self.running = False
        ENDING.set()
        if not self.running_task:
            sys.exit(0)


class Command(BaseCommand):
    help = "Do the jobs in the queue, as they come, until SIGTERM or Ctrl-C. Several workers may run at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--parent", type=int, help="process id: end when this process has ended")
        parser.add_argument("--once", action="store_true", help="end when the queue is empty")

    def handle(self, *args: Any, **options: Any) -> None:
        logging.getLogger("django_tasks").setLevel(logging.WARNING)
        worker = JobWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        if options["once"]:
            requeue_lost()
            worker.run()
            while _work_when_idle():
                pass
            return
        worker.configure_signals()
        self._work(worker, options["parent"])

    def _work(self, worker: JobWorker, parent: int | None) -> None:
        tidied = -TIDIED_EVERY
        while worker.running and parent in (None, os.getppid()):
            did = 0
            try:
                requeue_lost()
                if time.monotonic() - tidied > TIDIED_EVERY:
                    _call(settings.HOUSEKEEPING)
                    tidied = time.monotonic()
                worker.run()
                did = _work_when_idle() if worker.running else 0
            except OperationalError:
                # A database that was restarted answers again; one that is gone ends us with its starter.
                close_old_connections()
            if worker.running and not did:
                time.sleep(PAUSE)


def _work_when_idle() -> int:
    """A little of what is done while no job waits; how much it was."""
    return sum(_call(settings.WHEN_IDLE))


def _call(paths: Iterable[str]) -> list[int]:
    """What these functions return; one that fails is logged and keeps nobody from going on."""
    results = []
    for path in paths:
        try:
            results.append(import_string(path)() or 0)
        except OperationalError:
            raise
        except Exception:
            logger.exception("%s failed", path)
    return results
