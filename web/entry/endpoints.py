"""What the page's script asks while somebody types. Nothing is written here."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from accounts.admin_permissions import may
from accounts.roles import Permission
from cases.models import Drug
from cases.visibility import visible_to
from values.moment_text import MomentParseError
from web.entry import datalists
from web.entry.form_templates import FormTemplate
from web.entry.moment_phrases import hours_phrase, moment_phrase, parse_phrase
from web.entry.page_rows import PageRows
from web.entry.suggestions import COLUMNS, default_half_life, suggested_terms


class EntryEndpoints:
    """A ModelAdmin of cases that answers its own form."""

    entry_aids = FormTemplate("entry_aids.html")

    def datalists(self) -> str:
        return datalists.datalists_html()

    def get_urls(self):
        answers = {
            "suggestions": suggestions,
            "moment-meaning": moment_meaning,
            "half-life/<int:pk>": half_life,
        }
        own = [
            path(
                f"{route}/",
                self.admin_site.admin_view(_for_those_who_type(view)),
                name=f"case-{view.__name__}",
            )
            for route, view in answers.items()
        ]
        return own + super().get_urls()


def _for_those_who_type(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def checked(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if not may(request, Permission.AMEND_CASES):
            raise PermissionDenied("Only those who may change cases are helped to type.")
        return view(request, **kwargs)

    return checked


@require_GET
def suggestions(request: HttpRequest) -> JsonResponse:
    """`column` and `q` -> terms typed before in this column, in cases that the user may read."""
    column = request.GET.get("column", "")
    if column not in COLUMNS:
        return JsonResponse({"error": f"Terms are known of: {', '.join(COLUMNS)}."}, status=400)
    return JsonResponse({"terms": suggested_terms(request.user, column, request.GET.get("q", ""))})


@require_POST
def moment_meaning(request: HttpRequest) -> JsonResponse:
    """`text`, the rows of the page and, if it is saved, the `case` -> what the text means as a date."""
    key = request.POST.get("case", "")
    if key and not key.isdecimal():
        return JsonResponse({"error": "A case is named by its number in the address."}, status=400)
    case = get_object_or_404(visible_to(request.user), pk=key) if key else None
    events = PageRows(case, request.POST).events
    try:
        moment = parse_phrase(request.POST.get("text", ""), events)
    except MomentParseError as error:
        return JsonResponse({"error": str(error)})
    return JsonResponse({"meaning": moment_phrase(moment, events)})


@require_GET
def half_life(request: HttpRequest, pk: int) -> JsonResponse:
    """What an exposure to a drug takes from the dictionary."""
    drug = get_object_or_404(Drug, pk=pk)
    found = default_half_life(drug)
    if found is None:
        said = f"The dictionary knows no half-life of {drug}."
    else:
        whom = f", {found.population}" if found.population else ""
        range_ = hours_phrase(found.low_hours, found.high_hours)
        said = f"Half-life filled from the dictionary: {range_}{whom} ({found.source}). Open to override."
    return JsonResponse({"name": drug.name, "half_life": said})
