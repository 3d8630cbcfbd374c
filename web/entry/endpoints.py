"""What the page's script asks for while somebody types. Nothing is written here."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.admin_permissions import may
from accounts.requests import user_of
from accounts.roles import Permission
from cases.models import Drug
from cases.visibility import visible_to
from values.calendar_text import WrittenOn, format_date
from values.dates import PartialDate
from values.moment_reading import parse_day
from values.moment_text import MomentParseError
from values.numbers import hours_phrase
from web.entry.datalists import datalists_html
from web.entry.django_types import AdminMixin
from web.entry.form_templates import FormTemplate
from web.entry.lab_endpoint import lab_table
from web.entry.moment_phrases import moment_phrase, parse_phrase
from web.entry.page_rows import PageRows
from web.entry.readings import READERS
from web.entry.suggestions import COLUMNS, default_half_life, suggested_terms

View = Callable[..., HttpResponse]
MAX_LENGTH = 250  # of a name; no longer one is in the vocabulary


class EntryEndpoints(AdminMixin):
    """A ModelAdmin of cases that answers its own form."""

    entry_aids = FormTemplate("entry_aids.html")

    def datalists(self) -> str:
        return datalists_html()

    def get_urls(self) -> list[URLPattern]:
        views: dict[str, tuple[str, View]] = {
            "suggestions/": ("case-suggestions", suggestions),
            "moment-meaning/": ("case-moment-meaning", moment_meaning),
            "half-life/<int:pk>/": ("case-half-life", half_life),
            "reading/": ("case-reading", reading),
            "lab-table/": ("case-lab-table", lab_table),
        }
        own = [
            path(route, self.admin_site.admin_view(_for_data_entry(view)), name=name)
            for route, (name, view) in views.items()
        ]
        return own + super().get_urls()


def _for_data_entry(view: View) -> View:
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
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
    return JsonResponse({"terms": suggested_terms(user_of(request), column, request.GET.get("q", ""))})


@require_POST
def moment_meaning(request: HttpRequest) -> JsonResponse:
    """`text`, the rows of the page and, if it is saved, the `case` -> what the text means as a date.

    `kind`: "day" where only a whole date will do, "birth" of a date of birth. A text with several readings
    brings `choices`, each a text with one of them.
    """
    key = request.POST.get("case", "")
    if key and not key.isdecimal():
        return JsonResponse({"error": "A case is named by its number in the address."}, status=400)
    case = get_object_or_404(visible_to(user_of(request)), pk=key) if key else None
    rows, text, kind = PageRows(case, request.POST), request.POST.get("text", ""), request.POST.get("kind")
    try:
        if kind == "day":
            return JsonResponse(
                {"meaning": format_date(PartialDate.of(parse_day(text, WrittenOn(timezone.localdate()))))}
            )
        moment = parse_phrase(text, rows.events, replace(rows.written_on, is_birth=kind == "birth"))
    except MomentParseError as error:
        return JsonResponse({"error": str(error), "choices": getattr(error, "choices", ())})
    return JsonResponse({"meaning": moment_phrase(moment, rows.events)})


@require_GET
def reading(request: HttpRequest) -> JsonResponse:
    """`of` (the name of a box) and the values of its row -> how the vocabulary reads them."""
    read = READERS.get(request.GET.get("of", ""))
    if read is None:
        return JsonResponse({"error": f"Readings are known of: {', '.join(READERS)}."}, status=400)
    return JsonResponse(read({name: str(text)[:MAX_LENGTH] for name, text in request.GET.items()}).as_dict())


@require_GET
def half_life(request: HttpRequest, pk: int) -> JsonResponse:
    """The name and half-life that an exposure to a drug takes from the dictionary."""
    drug = get_object_or_404(Drug, pk=pk)
    default = default_half_life(drug)
    if default is None or default.low_hours is None or default.high_hours is None:
        sentence = f"The dictionary knows no half-life of {drug}."
    else:
        population = f", {default.population}" if default.population else ""
        hours = hours_phrase(default.low_hours, default.high_hours)
        badge = "" if default.is_verified else "; not verified"
        source = f"{default.source}{badge}"
        sentence = f"Half-life filled from the dictionary: {hours}{population} ({source}). Open to override."
    return JsonResponse({"name": drug.name, "half_life": sentence})
