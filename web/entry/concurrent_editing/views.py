"""Two people at one case: who else has it open, and what somebody saved while this form was being filled in.

A form carries what its reader has seen of the case. When something was saved since, nothing of this form is
saved: it comes back carried over to what is stored now, tells what was changed, and can be saved on top once
that was looked at.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_POST

from cases.amendment import ConcurrentChange
from cases.history import Save, Seen, events_since, seen_now, since
from cases.models import Case
from cases.presence import be_present, leave, others_at
from cases.visibility import amendable_by
from web.entry.concurrent_editing.merge import Conflict, Fresh, Rebase
from web.entry.form_templates import FormTemplate
from web.entry.service_errors import ServiceError

UNTICKED = "Look at what was changed meanwhile, and tick that you have seen it."


class SeenField(forms.CharField):
    """Which state of the case a form was made from."""

    widget = forms.HiddenInput

    def to_python(self, value):
        text = super().to_python(value)
        try:
            return Seen.parse(text) if text else None
        except ValueError:
            raise ValidationError(
                "This form doesn't say what it was made from. Open the case anew."
            ) from None


class SeenForm(forms.ModelForm):
    """A form of a case that says which state of it its reader has seen."""

    seen = SeenField(required=False)
    since = SeenField(required=False)  # where that was when others' changes were first met
    on_top = forms.BooleanField(required=False, label="I have seen the changes: save mine on top")
    seen_now: Seen | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.seen_now is not None:
            self.initial["seen"] = str(self.seen_now)


@dataclass(frozen=True)
class Met:
    """What others did since the form was opened. `quiet` are events that changed no field."""

    saves: list[Save]
    quiet: list[str]
    conflicts: list[Conflict]


class ConcurrentEditing:
    """A ModelAdmin of cases that notices other people at the same case."""

    others_changes = FormTemplate("others_changes.html")

    def get_urls(self):
        views = {"presence": _present, "presence/leave": _left}
        own = [
            path(f"<int:pk>/{route}/", self.admin_site.admin_view(view), name=f"case{view.__name__}")
            for route, view in views.items()
        ]
        return own + super().get_urls()

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.seen_now = getattr(request, "seen", None)
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        case = self._case(request, object_id)
        if case is not None and request.method == "POST":
            self._meet(request, case)
        elif case is not None:
            be_present(case, request.user)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def before_redisplay(self, request, object_id):
        """Somebody else was quicker by the blink of an eye."""
        if isinstance(request.service_error.error, ConcurrentChange):
            request.__dict__.pop("page_rows", None)
            self._meet(request, self._case(request, object_id))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["met"] = getattr(request, "met", None)
        context["others"] = [str(one) for one in others_at(obj.pk, request.user)] if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _case(self, request: HttpRequest, object_id: str | None) -> Case | None:
        """The case of the address, for those who may change it. What they have seen is read before it."""
        if not (object_id and str(object_id).isdecimal()):
            return None
        request.seen = seen_now(int(object_id))
        return amendable_by(request.user).filter(pk=object_id).first()

    def _meet(self, request: HttpRequest, case: Case) -> None:
        """Carry what was posted over to what is stored now, and say what others did."""
        seen, first = (_seen(request.POST.get(name)) for name in ("seen", "since"))
        if seen is None:
            return
        changed, events, conflicts = since(case, seen), events_since(case, seen), None
        if changed.rows or events:
            fresh = Fresh(*self._as_stored(request, case))
            rebase = Rebase(case, request.POST, request.FILES, fresh, changed.rows)
            rebase.data["seen"] = str(changed.now)
            if events or rebase.conflicts:
                first = first or seen
                rebase.data["since"] = str(first)
                rebase.data.pop("on_top", None)
                request.service_error = ServiceError(ConcurrentChange(case, events))
            conflicts = rebase.conflicts
            request.POST, request._files = rebase.data, rebase.files
        elif first and "on_top" not in request.POST:
            request.service_error = ServiceError(ValidationError({"on_top": UNTICKED}))
        if first:
            request.met = self._met(request, case, first, conflicts)

    def _met(self, request: HttpRequest, case: Case, first: Seen, conflicts: list[Conflict] | None) -> Met:
        """What to show, `conflicts` worked out anew where they were met at an earlier attempt."""
        changed = since(case, first)
        if conflicts is None:
            fresh = Fresh(*self._as_stored(request, case))
            conflicts = Rebase(case, request.POST, request.FILES, fresh, changed.rows).conflicts
        told = {(save.by, save.reason) for save in changed.saves}
        quiet = [
            f"{event.by_name}: {event.action} ({event.reason})"
            for event in events_since(case, first)
            if (event.by_name, event.reason) not in told
        ]
        return Met(changed.saves, quiet, conflicts)

    def _as_stored(self, request: HttpRequest, case: Case) -> Iterator:
        """The form and the formsets of a case as they would be opened now."""
        asked = copy.copy(request)
        asked.__dict__.pop("page_rows", None)
        asked.method, asked.POST, asked.service_error = "GET", QueryDict(), None
        yield self.get_form(asked, case, change=True)(instance=case)
        formsets, _ = self._create_formsets(asked, case, change=True)
        yield formsets


def _seen(text: str | None) -> Seen | None:
    try:
        return Seen.parse(text) if text else None
    except ValueError:
        return None  # the field says so


@require_POST
def _present(request: HttpRequest, pk: int) -> HttpResponse:
    """Still there. Answers with who else is, and what was saved since the form was opened."""
    case = get_object_or_404(amendable_by(request.user), pk=pk)
    be_present(case, request.user)
    said = [str(one) for one in others_at(case.pk, request.user)]
    seen = _seen(request.POST.get("seen"))
    for event in events_since(case, seen) if seen else ():
        if event.by_id != request.user.pk:
            said.append(f"{event.by_name} has changed it meanwhile: you will be shown how when you save.")
            break
    return JsonResponse({"said": " ".join(said)})


@require_POST
def _left(request: HttpRequest, pk: int) -> HttpResponse:
    """Gone."""
    leave(get_object_or_404(amendable_by(request.user), pk=pk), request.user)
    return HttpResponse(status=204)
