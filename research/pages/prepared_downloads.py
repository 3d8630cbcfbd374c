"""The page of somebody's large downloads: how far they are, their files, and the button that stops one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import user_of
from accounts.roles import Permission
from cases.visibility import sees_identities
from jobs.queue import cancel
from research.background_downloads import downloads_of
from research.downloads import path_of
from research.filters import CaseFilter
from research.models import PreparedDownload
from research.pages.filters import sentence
from research.pages.search import FORMAT_WORDS

SHOWN = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def prepared_downloads(request: HttpRequest) -> HttpResponse:
    """Somebody's downloads, the newest first; a POST with `stop` stops the one of this number."""
    user = user_of(request)
    if not user.may(Permission.EXPORT):
        raise PermissionDenied(f"{user} may not export cases.")
    if request.method == "POST":
        stop = request.POST.get("stop", "")
        key = int(stop) if stop.isascii() and stop.isdigit() else 0
        cancel(get_object_or_404(downloads_of(user), pk=key).job)
        return redirect(request.path)
    rows = [_row(prepared, user) for prepared in downloads_of(user)[:SHOWN]]
    is_busy = any(not row["job"].is_finished for row in rows)
    return render(request, "research/prepared_downloads.html", {"rows": rows, "is_busy": is_busy})


def _row(prepared: PreparedDownload, user: User) -> dict[str, Any]:
    filters = CaseFilter(QueryDict(prepared.filters), queryset=None, identities=sees_identities(user))
    return {
        "prepared": prepared,
        "job": prepared.job,
        "words": sentence(filters),
        "format": FORMAT_WORDS.get(prepared.format, prepared.format),
        "is_kept": prepared.log is not None and path_of(prepared.log) is not None,
    }
