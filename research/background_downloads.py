"""Large downloads: prepared by a job, with progress, and fetched from a page of the person's own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import QueryDict

from accounts.models import User
from cases.visibility import sees_identities, visible_to
from jobs.leases import ENDING, Failed, HandedOver, Lease, Stopped
from jobs.queue import add
from research.downloads import Download, download, prepare
from research.filters import CaseFilter
from research.models import PreparedDownload
from research.table_files import CannotHold

KIND = "download"
# Up to so many cases a download is prepared at once, which takes seconds.
AT_ONCE_CASES = 2_000
RENEWED_EVERY = 2.0  # seconds


def is_large(order: Download) -> bool:
    return bool(order.filters.qs.count() > AT_ONCE_CASES)


def order_download(order: Download) -> PreparedDownload:
    """Queue a download."""
    with transaction.atomic():
        return PreparedDownload.objects.create(
            job=add(KIND, order.by),
            filters=order.filters.address,
            format=order.format,
            is_deidentified=order.is_deidentified,
        )


def downloads_of(user: User) -> QuerySet[PreparedDownload]:
    """What somebody ordered, the newest first."""
    return PreparedDownload.objects.filter(job__by=user).select_related("job", "log")


def prepare_download(lease: Lease) -> None:
    """The job of a download: write its file, of the cases that its person may see now.

    Raises Stopped, PermissionDenied, and Failed where the filters or the format can't be used.
    """
    prepared = PreparedDownload.objects.get(job=lease.job)
    order = _order(prepared, User.objects.get(pk=lease.job.by_id))
    try:
        with _renewing(lease) as renewal:
            for _ in prepare(order):
                renewal.note(order)
    except CannotHold as error:
        raise Failed(str(error)) from error
    lease.renew(total=order.total)
    prepared.log = order.log
    prepared.save(update_fields=["log"])


def _order(prepared: PreparedDownload, by: User) -> Download:
    data, identities = QueryDict(prepared.filters), sees_identities(by)
    filters = CaseFilter(data, queryset=visible_to(by), identities=identities)
    try:
        return download(by, filters, prepared.format, is_deidentified=prepared.is_deidentified)
    except ValueError as error:
        raise Failed(str(error)) from error


class _Renewal:
    """Renews a lease in a thread, by a connection of its own: the file is made of one state of the database,
    in which nothing can be written.
    """

    def __init__(self, lease: Lease) -> None:
        self._lease, self._total = lease, 0
        self._stopped: Stopped | None = None
        self.ended = threading.Event()

    def note(self, order: Download) -> None:
        """How far the file is. Raises Stopped where it isn't to go on here."""
        self._lease.done, self._total = order.done, order.total
        if self._stopped:
            raise self._stopped
        if ENDING.is_set():
            raise HandedOver

    def renew(self) -> None:
        """Renew until the file has ended, or the lease has."""
        try:
            while not self.ended.wait(RENEWED_EVERY):
                self._lease.renew(total=self._total)
        except Stopped as stopped:
            self._stopped = stopped
        finally:
            connection.close()


@contextmanager
def _renewing(lease: Lease) -> Iterator[_Renewal]:
    renewal = _Renewal(lease)
    thread = threading.Thread(target=renewal.renew, daemon=True)
    thread.start()
    try:
        yield renewal
    finally:
        renewal.ended.set()
        thread.join()
