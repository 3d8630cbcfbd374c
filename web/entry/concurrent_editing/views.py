"""Two people at one case: who else has it open, and what somebody saved while this form was being filled in.

A form carries the state of the case that its reader has seen. When something was saved since, nothing of
this form is saved: it comes back merged with what is stored now, lists what was changed, and can be saved on
top once that was looked at.
"""

import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from accounts.requests import user_of
from cases.amendment import ConcurrentChange
from cases.history import Seen, events_since, seen_now, since
from cases.models import Case
from cases.presence import be_present, leave, others_at
from cases.visibility import amendable_by
from web.entry.concurrent_editing.conflicts import Conflict, OthersChanges
from web.entry.concurrent_editing.merge import ChangedRows, Merge
from web.entry.concurrent_editing.seen_form import SeenForm, parse_seen
from web.entry.concurrent_editing.stored_form import StoredForm
from web.entry.django_types import AdminMixin, AnyModelForm
from web.entry.entry_state import EntryState, entry_state
from web.entry.form_tabs import models_of
from web.entry.form_templates import FormTemplate
from web.entry.open_tabs import MARK, open_tabs, posted_tabs
from web.entry.service_errors import ServiceError

UNTICKED = "Look at what was changed meanwhile, and tick that you have seen it."


class ConcurrentEditing(AdminMixin):
    """A ModelAdmin of cases that notices other people at the same case."""

    others_changes = FormTemplate("others_changes.html")

    def get_urls(self) -> list[URLPattern]:
        views = {"presence": _present, "presence/leave": _left}
        own = [
            path(f"<int:pk>/{route}/", self.admin_site.admin_view(view), name=f"case{view.__name__}")
            for route, view in views.items()
        ]
        return own + super().get_urls()

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[AnyModelForm]:
        form = super().get_form(request, obj, change=change, **kwargs)
        if issubclass(form, SeenForm):
            form.seen_now = entry_state(request).seen
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        case = self._case(request, object_id)
        if case is not None and request.method == "POST":
            self._merge_others_changes(request, case)
        elif case is not None:
            be_present(case, user_of(request))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def before_redisplay(self, request: HttpRequest, object_id: str | None) -> None:
        """Merge once more, where somebody else was quicker by the blink of an eye."""
        state = entry_state(request)
        if state.service_error and isinstance(state.service_error.error, ConcurrentChange):
            state.page_rows = None
            case = self._case(request, object_id)
            if case is not None:
                self._merge_others_changes(request, case)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context["changed_by_others"] = entry_state(request).others_changes
        context["others"] = [str(other) for other in others_at(obj.pk, user_of(request))] if obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _case(self, request: HttpRequest, object_id: str | None) -> Case | None:
        """The case of the address, for those who may change it. What they have seen is read before it."""
        if not (object_id and str(object_id).isdecimal()):
            return None
        entry_state(request).seen = seen_now(int(object_id))
        return amendable_by(user_of(request)).filter(pk=object_id).first()

    def _merge_others_changes(self, request: HttpRequest, case: Case) -> None:
        """Merge what was posted with what is stored now, and show what others did."""
        seen, first = (parse_seen(request.POST.get(name)) for name in ("seen", "since"))
        if seen is None:
            return
        state = entry_state(request)
        changed, events, conflicts = since(case, seen), events_since(case, seen), None
        if changed.rows or events:
            merge = self._merge(request, case, _changed_since_shown(request, case, seen, changed.rows))
            for name in ("seen", *_marks(request)):
                merge.data[name] = str(changed.now)
            if events or merge.conflicts:
                first = first or seen
                merge.data["since"] = str(first)
                merge.data.pop("on_top", None)
                state.service_error = ServiceError(ConcurrentChange(case, events))
            conflicts = merge.conflicts
            _replace_posted(request, merge)
        elif first and "on_top" not in request.POST:
            state.service_error = ServiceError(ValidationError({"on_top": UNTICKED}))
        if first:
            state.others_changes = self._others_changes(request, case, first, conflicts)

    def _others_changes(
        self, request: HttpRequest, case: Case, first: Seen, conflicts: list[Conflict] | None
    ) -> OthersChanges:
        """What to show, `conflicts` worked out anew where they were met at an earlier attempt."""
        changed = since(case, first)
        if conflicts is None:
            conflicts = self._merge(request, case, changed.rows).conflicts
        shown = {(save.by, save.reason) for save in changed.saves}
        quiet = [
            f"{event.by_name}: {event.action} ({event.reason})"
            for event in events_since(case, first)
            if (event.by_name, event.reason) not in shown
        ]
        return OthersChanges(changed.saves, quiet, conflicts)

    def _merge(self, request: HttpRequest, case: Case, changed: ChangedRows) -> Merge:
        stored = self._stored_form(request, case)
        return Merge(case, request.POST, request.FILES, stored, changed)

    def _stored_form(self, request: HttpRequest, case: Case) -> StoredForm:
        """The form and the formsets of a case as they would be opened now."""
        unposted = copy.copy(request)
        unposted.__dict__["entry_state"] = EntryState(tabs=open_tabs(request))
        unposted.method = "GET"
        unposted.POST = QueryDict()
        form = self.get_form(unposted, case, change=True)(instance=case)
        formsets, _ = self._create_formsets(unposted, case, change=True)  # type: ignore[attr-defined]  # not in the stubs
        return StoredForm(form, formsets)


def _marks(request: HttpRequest) -> list[str]:
    """The boxes that say which tabs were posted."""
    return [MARK + tab for tab in posted_tabs(request.POST)]


def _changed_since_shown(request: HttpRequest, case: Case, seen: Seen, changed: ChangedRows) -> ChangedRows:
    """What others changed in rows after these were shown: tabs opened later show a later state."""
    later = {tab: parse_seen(text) for tab, text in posted_tabs(request.POST).items() if text != str(seen)}
    rows = dict(changed)
    for state in filter(None, set(later.values())):
        models = {model for tab in later if later[tab] == state for model in models_of(tab)}
        rows = {key: states for key, states in rows.items() if key[0] not in models}
        rows |= {key: states for key, states in since(case, state).rows.items() if key[0] in models}
    return rows


def _replace_posted(request: HttpRequest, merge: Merge) -> None:
    """Let the admin read the merged form in place of the posted one."""
    request.POST = merge.data
    request._files = merge.files  # type: ignore[attr-defined]  # where Django keeps them


@require_POST
def _present(request: HttpRequest, pk: int) -> HttpResponse:
    """Still there. Answers with who else is, and what was saved since the form was opened."""
    user = user_of(request)
    case = get_object_or_404(amendable_by(user), pk=pk)
    be_present(case, user)
    sentences = [str(other) for other in others_at(case.pk, user)]
    seen = parse_seen(request.POST.get("seen"))
    for event in events_since(case, seen) if seen else ():
        if event.by_id != user.pk:
            sentences.append(
                f"{event.by_name} has changed it meanwhile: you will be shown how when you save."
            )
            break
    return JsonResponse({"others": " ".join(sentences)})


@require_POST
def _left(request: HttpRequest, pk: int) -> HttpResponse:
    """Gone."""
    user = user_of(request)
    leave(get_object_or_404(amendable_by(user), pk=pk), user)
    return HttpResponse(status=204)
