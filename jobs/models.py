"""Jobs: what is done in the background, how far it has come, and whose worker does it."""

import uuid

from django.db import models
from django.db.models import Q


class JobState(models.TextChoices):
    QUEUED = "queued", "Waits for its turn"
    RUNNING = "running", "Is being done"
    DONE = "done", "Done"
    FAILED = "failed", "Stopped by a fault"
    CANCELLED = "cancelled", "Stopped by a person"


FINISHED = [JobState.DONE, JobState.FAILED, JobState.CANCELLED]


class Job(models.Model):
    """Work for the background. What it is about is a row that points here.

    A worker holds a running job by a lease, which it renews as it gets on. A lease that has run out means
    that its worker is gone: the job is queued again, and goes on where it stopped.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=30, help_text="Key of `settings.JOBS`: which function does it.")
    state = models.CharField(max_length=9, choices=JobState.choices, default=JobState.QUEUED)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    queued_at = models.DateTimeField(help_text="When it was queued last.")
    done = models.PositiveIntegerField(default=0, help_text="How far it has come, in parts of the work.")
    total = models.PositiveIntegerField(null=True, help_text="Of how many parts, once that is known.")
    run = models.UUIDField(null=True, help_text="Names the lease: only its holder may get on with the job.")
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True, help_text="When its worker was last seen.")
    attempts = models.PositiveSmallIntegerField(
        default=0, help_text="How often it was begun since it last got on."
    )
    is_cancelled = models.BooleanField(default=False, help_text="Somebody asks that it stops.")
    finished_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True, help_text="Why it stopped, as sentences.")
    task = models.UUIDField(null=True, help_text="Its place in the queue.")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="job_state_is_known",
                condition=Q(state__in=JobState.values),
                violation_error_message=f"A job is one of: {', '.join(JobState.values)}.",
            ),
            models.CheckConstraint(
                name="job_running_has_lease",
                condition=Q(state=JobState.RUNNING, run__isnull=False, lease_until__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(run__isnull=True, lease_until__isnull=True)),
                violation_error_message="A job that is being done has a lease, and no other job has one.",
            ),
            models.CheckConstraint(
                name="job_finished_has_its_time",
                condition=Q(state__in=FINISHED, finished_at__isnull=False)
                | (~Q(state__in=FINISHED) & Q(finished_at__isnull=True)),
                violation_error_message="A job has the time of its end once it has ended, and not before.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "lease_until"],
                name="job_unfinished",
                condition=~Q(state__in=FINISHED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}: {self.get_state_display().lower()}"

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED
