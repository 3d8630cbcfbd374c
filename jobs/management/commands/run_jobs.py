"""`manage.py run_jobs`: a worker for the background. `make run` starts one."""

import logging
import os
import sys
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from jobs.leases import ENDING
from jobs.queue import requeue_lost, tidy

PAUSE = 1.0  # seconds between two looks into an empty queue
TIDIED_EVERY = 3600.0  # seconds


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
            return
        worker.configure_signals()
        self._work(worker, options["parent"])

    def _work(self, worker: JobWorker, parent: int | None) -> None:
        tidied = 0.0
        while worker.running and parent in (None, os.getppid()):
            try:
                requeue_lost()
                if time.monotonic() - tidied > TIDIED_EVERY:
                    tidy()
                    tidied = time.monotonic()
                worker.run()
            except OperationalError:
                # A database that was restarted answers again; one that is gone ends us with its starter.
                close_old_connections()
            if worker.running:
                time.sleep(PAUSE)
