"""Where a user begins, and the one search box."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import user_of
from accounts.roles import Permission
from cases.visibility import sees_identities, shown_number, visible_case_of
from exchange.models import ImportState, ReceivedMessage
from exchange.visibility import received_messages_of
from web.start.waiting import Waiting, count, kinds_for, people

DUE_SHOWN = 10


@login_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What waits for staff and administrators; for others the search."""
    user = user_of(request)
    kinds = kinds_for(user)
    if not kinds:
        return redirect("case-list")
    counts = count({key: kind.rows(user) for key, kind in kinds.items()})
    context = {
        "waiting": _lines(kinds, counts, is_urgent=True),
        "in_hand": _lines(kinds, counts, is_urgent=False),
        "due": _due_first(user) if counts.get("messages") or counts.get("decisions") else [],
        "administration": people(user) if user.may(Permission.MANAGE_USERS) else None,
    }
    return render(request, "web/start/start.html", context)


def _lines(kinds: dict[str, Waiting], counts: dict[str, int], *, is_urgent: bool) -> list[dict[str, Any]]:
    return [
        {"title": kind.title, "address": kind.address, "count": counts[key]}
        for key, kind in kinds.items()
        if kind.is_urgent == is_urgent
    ]


def _due_first(user: User) -> list[ReceivedMessage]:
    """The waiting messages that are due first. One query."""
    waiting = received_messages_of(user).filter(state=ImportState.WAITING)
    return list(waiting.select_related("message__batch").order_by("message__batch__at", "pk")[:DUE_SHOWN])


@login_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The case of a number, else the list of cases in which the words stand."""
    user, words = user_of(request), request.GET.get("q", "").strip()
    identities = sees_identities(user)
    case = visible_case_of(user, words, identities=identities) if words else None
    if case is not None:
        return redirect("case-detail", number=shown_number(case, identities=identities))
    if user.is_staff and user.may(Permission.AMEND_CASES):
        return redirect(_with(reverse("admin:cases_case_changelist"), q=words))
    return redirect(_with(reverse("case-list"), drug=words))


def _with(address: str, **parameters: str) -> str:
    filled = {name: value for name, value in parameters.items() if value}
    return f"{address}?{urlencode(filled)}" if filled else address
