"""The versions of a case side by side, what was frozen of each, and the history of its record."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import AccessKind
from accounts.requests import user_of
from accounts.roles import Permission
from cases.history import HistoryPosition, history
from cases.models import Case, CaseVersion, StoredFile
from cases.version_records import FrozenRecord, compare, freeze_record, read_frozen_record, versions_of
from web.case_page.views import identified_case

CURRENT = "current"


@login_required
@require_safe
def case_versions(request: HttpRequest, number: str) -> HttpResponse:
    """Two versions of a case, field by field: `before` and `after` are numbers, or the case as it is now."""
    case = identified_case(request, number, AccessKind.VERSIONS_READ)
    versions = versions_of(case)
    closed = [version for version in versions if version.closed_at is not None]
    choices = [
        *((str(version.number), str(version)) for version in reversed(closed)),
        (CURRENT, _now(versions)),
    ]
    before, after = _chosen(request, [value for value, _ in choices])
    records = {name: _record(case, closed, name) for name in {before, after}}
    context = {
        "case": case,
        "versions": versions,
        "choices": choices,
        "before": before,
        "after": after,
        "titles": [dict(choices)[before], dict(choices)[after]],
        "changes": compare(records[before], records[after]),
        "may_export": user_of(request).may(Permission.EXPORT),
    }
    return render(request, "web/case_page/versions.html", context)


@login_required
@require_safe
def version_record(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """The record of a closed version as it was frozen, JSON."""
    case, closed = _closed(request, number, version)
    return _download(str(closed.record_id), f"{case}-v{version}.json", "application/json")


@login_required
@require_safe
def version_message(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """The ICH message of a closed version as it was frozen, XML."""
    case, closed = _closed(request, number, version)
    if closed.message_id is None:
        raise Http404(f"{closed} was closed without an ICH message.")
    return _download(str(closed.message_id), f"{case}-v{version}.xml", "application/xml")


@login_required
@require_safe
def case_history(request: HttpRequest, number: str) -> HttpResponse:
    """Who changed which field, when, from what to what, and why."""
    case = identified_case(request, number, AccessKind.HISTORY_READ)
    try:
        place = HistoryPosition.parse(request.GET["older_than"]) if request.GET.get("older_than") else None
    except ValueError:
        raise Http404("There is no such page of the history.") from None
    page = history(case, older_than=place)
    return render(
        request, "web/case_page/history.html", {"case": case, "page": page, "older": str(page.older)}
    )


def _now(versions: list[CaseVersion]) -> str:
    current = next((version for version in versions if version.closed_at is None), None)
    return f"{current}, as it is now" if current else "As it is now"


def _chosen(request: HttpRequest, choices: list[str]) -> tuple[str, str]:
    """The versions asked for; else the last closed one and the case as it is now."""
    last = choices[-2] if len(choices) > 1 else CURRENT
    # What is still open has no record of its own but the case as it is.
    asked = [request.GET.get("before") or last, request.GET.get("after") or CURRENT]
    before, after = (CURRENT if name == str(len(choices)) else name for name in asked)
    if before not in choices or after not in choices:
        raise Http404("The case has no such version.")
    return before, after


def _record(case: Case, closed: list[CaseVersion], name: str) -> FrozenRecord:
    return (
        freeze_record(case)
        if name == CURRENT
        else read_frozen_record(next(one for one in closed if str(one.number) == name))
    )


def _closed(request: HttpRequest, number: str, version: int) -> tuple[Case, CaseVersion]:
    if not user_of(request).may(Permission.EXPORT):
        raise PermissionDenied(f"{request.user} may not take cases out of the registry.")
    case = identified_case(request, number, AccessKind.VERSIONS_READ)
    closed = case.versions.filter(number=version, closed_at__isnull=False).first()
    if closed is None:
        raise Http404(f"Case {case} has no closed version {version}.")
    return case, closed


def _download(digest: str, name: str, media_type: str) -> HttpResponse:
    content = bytes(StoredFile.objects.get(pk=digest).content)
    safe = "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in name)
    headers = {"Content-Disposition": f'attachment; filename="{safe}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)
