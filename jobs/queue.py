"""Jobs in and out of the queue: begun, done, stopped, and queued again when their worker is gone."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from jobs.leases import LASTS, Cancelled, Failed, HandedOver, Lease, LeaseLost, take
from jobs.models import Job, JobState

MOST_ATTEMPTS = 5
GAVE_UP = (
    f"Its worker ended {MOST_ATTEMPTS} times without getting on: there may be too little memory for it. "
    "What is done stays done; resume it when that is mended."
)
FAULT = "An error of the registry stopped it ({}). What is done stays done; it can be resumed."
# Rows of the queue whose task has ended are of no use to anybody.
KEPT_IN_QUEUE = timedelta(days=7)
NO_LEASE = {"run": None, "lease_until": None}

logger = logging.getLogger(__name__)


@task()
def run_job(job_uuid: str) -> None:
    """What a worker does with a place in the queue."""
    if lease := take(job_uuid):
        work(lease)


def add(kind: str, by: User) -> Job:
    """A new job in the queue. Call it in the transaction that makes what the job is about."""
    job = Job.objects.create(kind=kind, by=by, organisation=by.organisation, queued_at=timezone.now())
    _enqueue(job)
    return job


def work(lease: Lease) -> Job:
    """Do a job until it is done, stopped or handed over; the job as it is then."""
    function: Callable[[Lease], None] = import_string(settings.JOBS[lease.job.kind])
    try:
        function(lease)
        _finish(lease, JobState.DONE)
    except LeaseLost:
        logger.warning("%s went on elsewhere", lease.job)
    except Cancelled:
        _finish(lease, JobState.CANCELLED)
    except HandedOver:
        _hand_over(lease)
    except (KeyboardInterrupt, SystemExit):
        _hand_over(lease)
        raise
    except (Failed, PermissionDenied) as error:
        _finish(lease, JobState.FAILED, f"{error} Nothing more was done.")
    except Exception as error:
        logger.exception("%s failed", lease.job)
        _finish(lease, JobState.FAILED, FAULT.format(type(error).__name__))
    lease.job.refresh_from_db()
    return lease.job


def cancel(job: Job) -> Job:
    """Ask a job to stop: one that waits stops now, one that is being done at its next part."""
    with transaction.atomic():
        locked = Job.objects.select_for_update().get(pk=job.pk)
        if locked.state == JobState.QUEUED:
            _end(locked, JobState.CANCELLED)
        elif locked.state == JobState.RUNNING:
            locked.is_cancelled = True
            locked.save(update_fields=["is_cancelled"])
    return locked


def resume(job: Job) -> Job:
    """Queue a job that was stopped again. Raises ValidationError for one that was not."""
    with transaction.atomic():
        locked = Job.objects.select_for_update().get(pk=job.pk)
        if locked.state not in (JobState.CANCELLED, JobState.FAILED):
            raise ValidationError(f"It wasn't stopped: {locked.get_state_display().lower()}.")
        _requeue(locked)
    return locked


def requeue_lost() -> int:
    """Queue again the jobs whose worker is gone; returns how many.

    Those whose lease has run out, and those in the queue whose place a worker took away with it.
    """
    now = timezone.now()
    lost = Q(state=JobState.RUNNING, lease_until__lt=now) | Q(
        state=JobState.QUEUED, queued_at__lt=now - LASTS
    )
    count = 0
    with transaction.atomic():
        for job in Job.objects.select_for_update(skip_locked=True).filter(lost):
            if job.state == JobState.QUEUED and _has_its_place(job):
                continue
            count += 1
            if job.attempts >= MOST_ATTEMPTS:
                _end(job, JobState.FAILED, GAVE_UP)
            else:
                _requeue(job, attempts=job.attempts)
    return count


def tidy() -> None:
    """Remove places in the queue that were taken long ago."""
    long_ago = timezone.now() - KEPT_IN_QUEUE
    taken = DBTaskResult.objects.exclude(status="READY").filter(enqueued_at__lt=long_ago)
    taken.delete()


def _has_its_place(job: Job) -> bool:
    return job.task is not None and DBTaskResult.objects.ready().filter(pk=job.task).exists()


def _enqueue(job: Job) -> None:
    job.task = run_job.enqueue(str(job.uuid)).id
    job.save(update_fields=["task"])


def _requeue(job: Job, *, attempts: int = 0) -> None:
    job.state, job.queued_at, job.finished_at = JobState.QUEUED, timezone.now(), None
    job.run, job.lease_until, job.attempts = None, None, attempts
    job.is_cancelled, job.problem = False, ""
    job.save()
    _enqueue(job)


def _finish(lease: Lease, state: JobState, problem: str = "") -> None:
    """End a job that is still ours."""
    with transaction.atomic():
        if job := _still_ours(lease):
            job.done = max(job.done, lease.done)
            _end(job, state, problem)


def _hand_over(lease: Lease) -> None:
    with transaction.atomic():
        if job := _still_ours(lease):
            job.done = max(job.done, lease.done)
            # Handed over on purpose, which is no sign of a fault.
            _requeue(job)


def _still_ours(lease: Lease) -> Job | None:
    held = Job.objects.select_for_update().filter(pk=lease.job.pk, run=lease.job.run)
    return held.first()


def _end(job: Job, state: JobState, problem: str = "") -> None:
    job.state, job.finished_at, job.problem = state, timezone.now(), problem
    job.run = job.lease_until = None
    job.save()
