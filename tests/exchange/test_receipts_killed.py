"""A worker that is killed in the middle of an import: the next one takes each message exactly once."""

import io
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Case, CaseEvent
from exchange.models import Batch, ReceivedMessage
from exchange.receipts import take_in
from jobs.models import Job
from tests import cluster
from tests.conftest import ROOT
from tests.exchange.material import case_message, file_of

MESSAGES = 400


def worker(*options: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "manage.py", "run_jobs", *options], cwd=ROOT, env=cluster.environment()
    )


def wait_for(job: Job, is_so) -> None:
    """Until something is so of the job; at most two minutes."""
    end = time.monotonic() + 120
    while not is_so(job):
        assert time.monotonic() < end, job
        time.sleep(0.01)
        job.refresh_from_db()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "asked to end"])
def test_each_message_is_taken_exactly_once(assessor, number):
    content = file_of(*(case_message(number) for number in range(1, MESSAGES + 1)))
    job = take_in(io.BytesIO(content), "large.xml", by=assessor).job
    first = worker()
    wait_for(job, lambda job: ReceivedMessage.objects.count() >= 100)
    os.kill(first.pid, number)
    first.wait(timeout=60)
    taken = ReceivedMessage.objects.count()
    assert 0 < taken < MESSAGES
    if number == signal.SIGKILL:  # else it was handed back
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert worker("--once").wait(timeout=240) == 0
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", MESSAGES, MESSAGES)
    assert set(ReceivedMessage.objects.values_list("state", flat=True)) == {"new"}
    assert ReceivedMessage.objects.count() == Case.objects.count() == MESSAGES
    assert CaseEvent.objects.filter(action="imported").count() == MESSAGES
    assert Batch.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_take_each_message_once(assessor):
    """The lease of the first one is taken away while it works: it stops, and nothing is made twice."""
    content = file_of(*(case_message(number) for number in range(1, MESSAGES + 1)))
    job = take_in(io.BytesIO(content), "large.xml", by=assessor).job
    first = worker()
    try:
        wait_for(job, lambda job: ReceivedMessage.objects.count() >= 100)
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        assert worker("--once").wait(timeout=240) == 0
        wait_for(job, lambda job: job.is_finished)
    finally:
        first.terminate()
        first.wait(timeout=60)
    assert set(ReceivedMessage.objects.values_list("state", flat=True)) == {"new"}
    assert ReceivedMessage.objects.count() == Case.objects.count() == MESSAGES
    assert CaseEvent.objects.filter(action="imported").count() == MESSAGES
