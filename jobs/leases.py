"""The lease by which one worker holds a job, and what its function is called with.

Each renewal is one statement that holds only while the lease does: a worker that was taken for dead, and
wakes up, finds that the job isn't its own any more and stops.
"""

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import IO, Any, cast

from django.db.models import Case, F, PositiveIntegerField, PositiveSmallIntegerField, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

from jobs.models import Job, JobState

LASTS = timedelta(seconds=60)
RENEWED_AFTER = 1.0  # seconds
# Set when the worker shall end: whatever it does is handed back to the queue at the next renewal.
ENDING = threading.Event()


class Stopped(Exception):
    """The job is not to go on here: the base of the reasons."""


class LeaseLost(Stopped):
    """Another worker has the job, or nobody."""


class Cancelled(Stopped):
    """Somebody asked that it stops."""


class HandedOver(Stopped):
    """It goes on later, in the background."""


class Failed(Exception):
    """What was asked for can't be done, and its sentence says why."""


@dataclass
class Lease:
    """One worker's hold on a running job. `deadline`: until when it is done here (`time.monotonic`)."""

    job: Job
    deadline: float | None = None
    done: int = 0
    renewed: float = field(default_factory=time.monotonic)

    def advance(self, parts: int = 1) -> None:
        """Note that parts of the work are done, for good."""
        self.done += parts
        self.beat()

    def beat(self) -> None:
        """Renew the lease, at most once a second. Raises Stopped, with nothing lost of what is done."""
        now = time.monotonic()
        if now - self.renewed >= RENEWED_AFTER:
            self.renew()
        if ENDING.is_set() or (self.deadline is not None and now > self.deadline):
            raise HandedOver

    def renew(self, *, total: int | None = None) -> None:
        """Renew the lease now. `total`: of how many parts the work is. Raises LeaseLost, Cancelled."""
        now = timezone.now()
        held = Job.objects.filter(pk=self.job.pk, run=self.job.run, state=JobState.RUNNING)
        if total is not None:
            held.update(total=total)
        farther = When(done__lt=self.done, then=Value(1))
        if not held.update(
            lease_until=now + LASTS,
            heartbeat_at=now,
            attempts=Case(farther, default=F("attempts"), output_field=PositiveSmallIntegerField()),
            done=Greatest(F("done"), Value(self.done), output_field=PositiveIntegerField()),
        ):
            raise LeaseLost
        self.renewed = time.monotonic()
        if held.filter(is_cancelled=True).exists():
            raise Cancelled

    def watched(self, stream: IO[bytes]) -> IO[bytes]:
        """The stream; whoever reads of it renews the lease."""
        return cast("IO[bytes]", _Watched(stream, self.beat))


class _Watched:
    """A stream that calls a function before each reading."""

    def __init__(self, stream: IO[bytes], before: Callable[[], None]) -> None:
        self.stream, self.before = stream, before

    def read(self, size: int = -1) -> bytes:
        self.before()
        return self.stream.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def take(job_uuid: uuid.UUID | str, *, deadline: float | None = None) -> Lease | None:
    """The lease of a queued job; None where somebody else has it, or there is nothing to do."""
    run, now = uuid.uuid4(), timezone.now()
    if not Job.objects.filter(uuid=job_uuid, state=JobState.QUEUED).update(
        state=JobState.RUNNING,
        run=run,
        lease_until=now + LASTS,
        heartbeat_at=now,
        attempts=F("attempts") + 1,
    ):
        return None
    return Lease(Job.objects.select_related("by", "organisation").get(run=run), deadline)
