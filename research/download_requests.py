"""Downloads below the floor of k-anonymity: who needs one asks for it, two administrators allow it."""

import hashlib
from dataclasses import replace
from datetime import timedelta

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
from research.filters import CaseFilter
from research.models import DownloadRequest

VALID_FOR = timedelta(days=7)
# Seconds for which what was measured holds for further pages of a bulk answer.
PAGES_WITHIN = 600


def checked(filters: CaseFilter, by: User, *, identities: bool) -> Anonymity:
    """How alike the cases are that these filters find. Raises BelowFloor where they may not be handed out.

    `identities`: for a reader who may see them, and so takes nothing from this floor.
    """
    anonymity = anonymity_of(filters.qs)
    if identities or not anonymity.is_below:
        return anonymity
    request = allowance(filters, by)
    if request is None or (anonymity.k or 0) < request.k:
        raise BelowFloor(anonymity)
    return replace(anonymity, allowed_by=f"{request.first_allowed_by} and {request.second_allowed_by}")


def checked_page(filters: CaseFilter, by: User, *, is_first: bool) -> Anonymity:
    """As `checked` of a reader without identities, for one page of many: measured with the first one only.

    Raises BelowFloor. Whoever goes on after `PAGES_WITHIN` seconds, or with other filters, is checked anew.
    """
    key = f"anonymity-{by.pk}-{settings.K_ANONYMITY_FLOOR}-{_digest(filters)}"
    measured: Anonymity | None = None if is_first else cache.get(key)
    if measured is None:
        measured = checked(filters, by, identities=False)
        cache.set(key, measured, PAGES_WITHIN)
    return measured


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
    anonymity = anonymity_of(filters.qs)
    if not by.may(Permission.EXPORT) or anonymity.k is None or not anonymity.is_below:
        raise PermissionDenied("There is nothing to ask for: this download doesn't stand below the floor.")
    asked = DownloadRequest(
        requested_by=by,
        filters=filters.address,
        digest=_digest(filters),
        reason=reason,
        k=anonymity.k,
        cases=anonymity.cases,
        cases_in_small_groups=anonymity.in_small_groups,
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
    """The page that states the k-anonymity of these cases, and asks two administrators."""
    return f"{reverse('download-anonymity')}?{filters.address}"


def _digest(filters: CaseFilter) -> str:
    """The same filters give the same digest, whatever else stands in the address."""
    return hashlib.sha256(filters.address.encode()).hexdigest()
