"""Jobs: one worker at a time, taken up again when it is gone, stopped when somebody asks."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from jobs import leases
from jobs.leases import HandedOver, LeaseLost, take
from jobs.management.commands.run_jobs import _work_when_idle
from jobs.models import Job, JobState
from jobs.queue import MOST_ATTEMPTS, add, cancel, requeue_lost, resume, tidy, work

pytestmark = pytest.mark.django_db
PLACE = "tests.jobs.test_queue.count_to_five"
story: list[int] = []


def count_to_five(lease):
    """A job of five parts that goes on after those that are done."""
    lease.renew(total=5)
    for part in range(Job.objects.get(pk=lease.job.pk).done, 5):
        story.append(part)
        lease.done = part
        lease.advance()


@pytest.fixture(autouse=True)
def fresh(settings, monkeypatch):
    settings.JOBS = {"count": PLACE}
    story.clear()
    monkeypatch.setattr(leases, "RENEWED_AFTER", 0)
    yield
    leases.ENDING.clear()


@pytest.fixture
def job(assessor):
    return add("count", assessor)


def state(job):
    job.refresh_from_db()
    return job.state


def expire(job):
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_the_worker_empties_the_queue(job, empty_queue, assessor):
    other = add("count", assessor)
    empty_queue()
    assert (state(job), job.done, job.total, job.finished_at is not None) == (JobState.DONE, 5, 5, True)
    assert state(other) == JobState.DONE
    assert story == [0, 1, 2, 3, 4] * 2


def test_only_one_worker_gets_a_job(job, empty_queue):
    assert take(job.uuid)
    assert take(job.uuid) is None
    empty_queue()  # its place in the queue finds nothing to do
    assert (state(job), story) == (JobState.RUNNING, [])


def test_a_job_whose_worker_is_gone_goes_on_where_it_stopped(job, empty_queue):
    lost = take(job.uuid)
    lost.done = 2
    lost.renew(total=5)
    assert requeue_lost() == 0  # it may still be alive
    expire(job)
    empty_queue()
    assert (state(job), story) == (JobState.DONE, [2, 3, 4])
    with pytest.raises(LeaseLost):
        lost.renew()


def test_a_worker_that_was_taken_for_dead_changes_nothing_more(job):
    late = take(job.uuid)
    expire(job)
    requeue_lost()
    assert take(job.uuid)
    work(late)
    assert (state(job), story) == (JobState.RUNNING, [])


def test_a_place_in_the_queue_that_was_lost_is_made_again(job, empty_queue):
    DBTaskResult.objects.update(status="RUNNING")
    assert requeue_lost() == 0
    Job.objects.update(queued_at=timezone.now() - timedelta(hours=1))
    assert requeue_lost() == 1
    empty_queue()
    assert state(job) == JobState.DONE


def test_a_job_that_ends_its_workers_is_given_up(job):
    for _ in range(MOST_ATTEMPTS):
        assert take(job.uuid)
        expire(job)
        requeue_lost()
    assert state(job) == JobState.FAILED
    assert "without getting on" in job.problem
    resume(job)
    assert (state(job), job.attempts) == (JobState.QUEUED, 0)


def test_a_job_is_stopped_and_resumed(job, empty_queue):
    assert cancel(job).state == JobState.CANCELLED
    empty_queue()
    assert (state(job), story) == (JobState.CANCELLED, [])
    resume(job)
    lease = take(job.uuid)
    assert cancel(job).state == JobState.RUNNING
    work(lease)
    assert (state(job), story) == (JobState.CANCELLED, [])
    resume(job)
    empty_queue()
    assert (state(job), story) == (JobState.DONE, [0, 1, 2, 3, 4])
    with pytest.raises(ValidationError, match="wasn't stopped"):
        resume(job)


def test_a_worker_that_ends_hands_its_job_back(job, empty_queue):
    lease = take(job.uuid)
    leases.ENDING.set()
    work(lease)
    assert (state(job), job.done, story) == (JobState.QUEUED, 1, [0])
    leases.ENDING.clear()
    empty_queue()
    assert (state(job), story) == (JobState.DONE, [0, 1, 2, 3, 4])


def test_a_job_goes_on_in_the_background_after_its_time(job):
    work(take(job.uuid, deadline=0))
    assert (state(job), job.attempts) == (JobState.QUEUED, 0)
    with pytest.raises(HandedOver):
        take(job.uuid, deadline=0).beat()


FAULTS = [(PermissionDenied("You may not."), "You may not."), (TypeError("x"), "TypeError")]


@pytest.mark.parametrize(("fault", "words"), FAULTS)
def test_a_fault_is_named_and_the_job_can_be_resumed(job, empty_queue, monkeypatch, caplog, fault, words):
    def fail(lease):
        raise fault

    monkeypatch.setitem(globals(), "count_to_five", fail)
    empty_queue()
    assert state(job) == JobState.FAILED
    assert words in job.problem
    monkeypatch.undo()
    resume(job)


def test_places_that_were_taken_long_ago_are_removed(job, empty_queue):
    empty_queue()
    tidy()
    assert DBTaskResult.objects.exists()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(days=8))
    tidy()
    assert not DBTaskResult.objects.exists()


IMPOSSIBLE = [{"state": "lost"}, {"state": "running"}, {"state": "done"}, {"finished_at": timezone.now()}]


@pytest.mark.parametrize("values", IMPOSSIBLE)
def test_the_database_refuses_what_cannot_be(job, values):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Job.objects.filter(pk=job.pk).update(**values)


def test_what_fails_beside_the_jobs_keeps_nobody_from_going_on(settings, caplog):
    settings.WHEN_IDLE = ("builtins.set.no_such_function", "research.masked_documents.make_due")
    assert _work_when_idle() == 0
    assert "builtins.set.no_such_function failed" in caplog.text


def test_what_a_worker_does_beside_the_jobs_can_be_called(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    for path in (*settings.WHEN_IDLE, *settings.HOUSEKEEPING):
        assert not import_string(path)()
