"""The feed of changes: every event of every case in its order, follow-ups and nullifications among them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter

from accounts.models import User
from api import changed_cases, parameters
from api.access import READ_IDENTIFIED, ApiView, Need
from api.parameters import Cursor
from api.representations import digest_of, json_response
from api.schema import IF_NONE_MATCH, PAGING, describe
from api.shapes import TEXT, listed
from cases.joining import JOINED
from cases.models import Case, CaseEvent, CaseVersion
from cases.visibility import visible_to

OPENED, FOLLOW_UP, AMENDMENT, NULLIFICATION, CHANGED = KINDS = (
    "opened",
    "follow_up",
    "amendment",
    "nullification",
    "changed",
)
# What was done to a case, by the word of the event log; everything else is a change within a version.
KIND_OF_ACTION = {
    "opened": OPENED,
    "imported": OPENED,
    "follow-up opened": FOLLOW_UP,
    "amendment opened": AMENDMENT,
    "nullified": NULLIFICATION,
    "nullification imported": NULLIFICATION,
    JOINED: NULLIFICATION,
}
DEFAULT_LIMIT, MAX_LIMIT = 100, 1000
CURSOR, LIMIT = PAGING[1:]
PARAMETERS = [
    OpenApiParameter("since", PAGING[0].type, description="Events at this moment or later."),
    OpenApiParameter(
        "kind",
        listed({**TEXT, "enum": list(KINDS)}),
        description="Only these.",
        explode=False,
        style="form",
    ),
    CURSOR,
    LIMIT,
]


class Changes(ApiView):
    """Events of the cases that one may read, the first first. Follow them with `as_of`, as lists of cases."""

    needs: ClassVar[Mapping[str, Need | None]] = {"GET": READ_IDENTIFIED}

    @describe("List changes", "ChangePage", parameters=[*PARAMETERS, IF_NONE_MATCH])
    def get(self, request: Any) -> HttpResponse:
        parameters.check_names(request, ("since", "kind", "cursor", "limit"))
        since = parameters.moment(request, "since")
        limit = parameters.whole_number(request, "limit", DEFAULT_LIMIT, MAX_LIMIT)
        text = request.query_params.get("cursor")
        cursor = Cursor(0, changed_cases.as_of()) if text is None else Cursor.parse(text)
        events = list(_events(self.by, cursor, since, _actions(request))[: limit + 1])
        has_more = len(events) > limit
        changes = _changes(request, events[:limit])
        following = Cursor(events[limit - 1].pk, cursor.as_of) if has_more else None
        page = {
            "as_of": cursor.as_of.isoformat(),
            "next": parameters.next_address(request, following) if following else None,
            "changes": changes,
        }
        return json_response(request, page, digest=digest_of([f"{has_more} {changes}"]))


def _events(
    user: User, cursor: Cursor, since: datetime | None, actions: tuple[set[str], bool] | None
) -> QuerySet[CaseEvent]:
    """The events after the cursor, in their order. `actions`: these, or all others."""
    events = CaseEvent.objects.filter(pk__gt=cursor.after, case_id__in=visible_to(user).values("pk"))
    if since is not None:
        events = events.filter(at__gte=since)
    if actions is not None:
        wanted, is_others_too = actions
        known = events.filter(action__in=wanted)
        events = known | events.exclude(action__in=KIND_OF_ACTION) if is_others_too else known
    opened = CaseVersion.objects.filter(case=OuterRef("case_id"), opened_at__lte=OuterRef("at"))
    latest = opened.order_by().values("case").annotate(latest=Max("number")).values("latest")
    return events.annotate(version=Subquery(latest)).order_by("pk")


def _actions(request: Any) -> tuple[set[str], bool] | None:
    """The actions of the kinds that are asked for, and whether those of no kind are too. Raises Problem."""
    text = request.query_params.get("kind")
    if text is None:
        return None
    kinds = {kind.strip() for kind in text.split(",")}
    if unknown := sorted(kinds - set(KINDS)):
        detail = f"There is no “{unknown[0][:40]}” here. Choose among: {', '.join(KINDS)}."
        raise parameters.invalid([{"path": "kind", "detail": detail}])
    return {action for action, kind in KIND_OF_ACTION.items() if kind in kinds}, CHANGED in kinds


def _changes(request: Any, events: list[CaseEvent]) -> list[dict[str, Any]]:
    cases = Case.objects.in_bulk({event.case_id for event in events})
    return [_change(request, event, cases[event.case_id]) for event in events if event.case_id in cases]


def _change(request: Any, event: Any, case: Case) -> dict[str, Any]:
    return {
        "id": event.pk,
        "kind": KIND_OF_ACTION.get(event.action, CHANGED),
        "action": event.action,
        "case": case.number,
        "uuid": str(case.uuid),
        "version": event.version or 1,
        "at": event.at.isoformat(),
        "by": event.by_name,
        "reason": event.reason,
        "address": request.build_absolute_uri(reverse("api-case", args=[case.number])),
    }
