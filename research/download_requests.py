"""Downloads that would single people out, as they stand below the floor of k-anonymity or set few cases apart
from an earlier one: who needs one asks for it, two administrators allow it.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.access_log import log_event
from accounts.models import AccessKind, User
from accounts.reach import may_manage
from accounts.roles import Permission
from cases.database_errors import as_validation_errors
from research.anonymity import Anonymity, BelowFloor, anonymity_of
from research.differences import Apart, TooFewApart, fewest_apart, lock_downloads, remember
from research.filters import CaseFilter
from research.models import DownloadRequest

VALID_FOR = timedelta(days=7)
# Seconds for which what was measured holds for further pages of a bulk answer.
PAGES_WITHIN = 600


def checked(filters: CaseFilter, by: User, *, identities: bool) -> Anonymity:
    """How alike the cases are that these filters find. Raises DownloadRefused where they may not leave.

    `identities`: for a reader who may see them, and so takes nothing from these limits.
    """
    anonymity = anonymity_of(filters.qs)
    if identities:
        return anonymity
    apart = fewest_apart(filters.qs, _digest(filters), by.organisation)
    if apart is None and not anonymity.is_below:
        return anonymity
    request = allowance(filters, by)
    if request is None or not covers(request, anonymity, apart):
        raise TooFewApart(apart) if apart and not anonymity.is_below else BelowFloor(anonymity)
    return replace(anonymity, allowed_by=request.allowed_by)


def take(filters: CaseFilter, by: User, at: datetime) -> None:
    """Note that a reader without identities takes the cases that were read at this time, so that the next
    download is compared with them. One at a time in each organisation. Raises TooFewApart.
    """
    with transaction.atomic():
        lock_downloads(by.organisation)
        if apart := apart_of(filters, by):
            request = allowance(filters, by)
            if request is None or not _covers_apart(request, apart):
                raise TooFewApart(apart)
        remember(filters, _digest(filters), by, at)


def checked_page(filters: CaseFilter, by: User, *, is_first: bool) -> Anonymity:
    """As `checked` of a reader without identities who takes the cases, for one page of many: measured with
    the first one only.

    Raises DownloadRefused. Whoever goes on after `PAGES_WITHIN` seconds, or with other filters, is checked
    anew.
    """
    key = f"anonymity-{by.pk}-{settings.K_ANONYMITY_FLOOR}-{_digest(filters)}"
    measured: Anonymity | None = None if is_first else cache.get(key)
    if measured is None:
        now = timezone.now()
        measured = checked(filters, by, identities=False)
        take(filters, by, now)
        cache.set(key, measured, PAGES_WITHIN)
    return measured


def apart_of(filters: CaseFilter, by: User) -> Apart | None:
    """Whether these cases set too few apart beside what the organisation took before; None if they don't."""
    return fewest_apart(filters.qs, _digest(filters), by.organisation)


def covers(request: DownloadRequest, anonymity: Anonymity, apart: Apart | None) -> bool:
    """Whether the cases are still no easier to single out than the administrators saw."""
    return (anonymity.k or 0) >= request.k and (apart is None or _covers_apart(request, apart))


def _covers_apart(request: DownloadRequest, apart: Apart) -> bool:
    return 0 < request.cases_apart <= apart.cases


@dataclass(frozen=True)
class Judgement:
    """Whether somebody may take some cases, and what was asked and allowed of them."""

    anonymity: Anonymity
    apart: Apart | None
    is_exempt: bool
    asked: DownloadRequest | None
    allowed: DownloadRequest | None

    @property
    def is_refused(self) -> bool:
        """Whether it takes the allowance of two administrators, given or not."""
        return not self.is_exempt and (self.anonymity.is_below or self.apart is not None)

    @property
    def state(self) -> str:
        if not self.is_refused:
            return "free"
        return "allowed" if self.allowed else "asked" if self.asked else "refused"

    @property
    def statements(self) -> list[str]:
        return [self.anonymity.statement, *([self.apart.statement] if self.apart else [])]


def judge(filters: CaseFilter, by: User, *, identities: bool) -> Judgement:
    """Whether somebody may take these cases; `identities` as in `checked`."""
    anonymity, apart = anonymity_of(filters.qs), None if identities else apart_of(filters, by)
    allowed = allowance(filters, by)
    if allowed and not covers(allowed, anonymity, apart):
        allowed = None
    return Judgement(anonymity, apart, identities, open_request(filters, by), allowed)


def allowance(filters: CaseFilter, by: User) -> DownloadRequest | None:
    """What two administrators allowed of these filters, and still do."""
    requests = DownloadRequest.objects.select_related("first_allowed_by", "second_allowed_by")
    return requests.filter(requested_by=by, digest=_digest(filters), valid_until__gt=timezone.now()).first()


def open_request(filters: CaseFilter, by: User) -> DownloadRequest | None:
    """What was asked of these filters, and isn't allowed yet."""
    return DownloadRequest.objects.filter(
        requested_by=by, digest=_digest(filters), second_allowed_by=None
    ).first()


def request_download(
    filters: CaseFilter, reason: str, *, by: User, request: HttpRequest | None = None
) -> DownloadRequest:
    """Ask two administrators. Raises PermissionDenied, ValidationError (no reason, asked already)."""
    anonymity, apart = anonymity_of(filters.qs), apart_of(filters, by)
    if not by.may(Permission.EXPORT) or anonymity.k is None or not (anonymity.is_below or apart):
        raise PermissionDenied("There is nothing to ask for: this download isn't refused.")
    asked = DownloadRequest(
        requested_by=by,
        filters=filters.address,
        digest=_digest(filters),
        reason=reason,
        k=anonymity.k,
        cases=anonymity.cases,
        cases_in_small_groups=anonymity.in_small_groups,
        cases_apart=apart.cases if apart else 0,
    )
    with transaction.atomic(), as_validation_errors():
        asked.full_clean()
        asked.save()
    log_event(request, AccessKind.DOWNLOAD_REQUESTED, by, detail=str(asked))
    return asked


def allow_download(
    asked: DownloadRequest, *, by: User, request: HttpRequest | None = None
) -> DownloadRequest:
    """Allow what was asked for, as the first or the second. Raises PermissionDenied, ValidationError."""
    with transaction.atomic():
        asked = DownloadRequest.objects.select_for_update().get(pk=asked.pk)
        if not may_manage(asked.requested_by, by=by):
            raise PermissionDenied(f"{asked.requested_by} isn't yours to manage.")
        if asked.second_allowed_by_id is not None:
            raise PermissionDenied("Two administrators have allowed this already.")
        _allow(asked, by)
        asked.full_clean()
        asked.save()
        log_event(request, AccessKind.DOWNLOAD_ALLOWED, by, detail=str(asked))
    return asked


def _allow(asked: DownloadRequest, by: User) -> None:
    now = timezone.now()
    if asked.first_allowed_by_id is None:
        asked.first_allowed_by, asked.first_allowed_at = by, now
    else:
        asked.second_allowed_by, asked.second_allowed_at = by, now
        asked.valid_until = now + VALID_FOR


def address_to_ask(filters: CaseFilter) -> str:
    """The page that states how these cases single people out, and asks two administrators."""
    return f"{reverse('download-anonymity')}?{filters.address}"


def _digest(filters: CaseFilter) -> str:
    """The same filters give the same digest, whatever else stands in the address."""
    return hashlib.sha256(filters.address.encode()).hexdigest()
