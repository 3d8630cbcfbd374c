"""The admin of cases: a case with all its parts, read from forms here and written by the services."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import QuerySet
from django.forms import ChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.access_log import log_access
from accounts.admin_permissions import RolePermissions, may
from accounts.models import AccessKind
from accounts.reach import organisations_in_reach
from accounts.requests import user_of
from accounts.roles import Permission
from assessments.display.changes import what_the_score_did
from assessments.score_changes import stand
from cases.models import Case, CaseState
from cases.record.case_record import CaseRecord
from cases.record.read_cases import read_rows
from cases.visibility import can_amend, can_view, visible_to
from cases.workflow import DATA_ENTRY, choices_from, needs_reason
from exchange.admin.export_actions import ExportActions
from web.entry import form_tabs, saving
from web.entry.bound_fields import CaseBoundField
from web.entry.case_list import CaseList
from web.entry.concurrent_editing.seen_form import SeenForm
from web.entry.concurrent_editing.views import ConcurrentEditing
from web.entry.django_types import AdminMixin, AnyModelForm
from web.entry.endpoints import EntryEndpoints
from web.entry.entry_form import EntryForm
from web.entry.entry_state import entry_state
from web.entry.fields import PlainText
from web.entry.form_locations import FIELDS_OF_CASE, FormLocations, add_remarks
from web.entry.form_templates import FormTemplate
from web.entry.open_tabs import MARK, asked_part, open_tabs, posted_tabs, tab_in_view
from web.entry.redaction import RedactionPages
from web.entry.redisplay import ServiceErrorAdmin, ServiceErrorForm
from web.entry.regional import ask_regions, regional_fieldsets
from web.entry.rows import RENDERER, FormFields
from web.entry.score_panel import find_remarks, panel


class CaseForm(ServiceErrorForm, SeenForm, EntryForm):
    """The case itself, and the reason for whatever is changed on the page."""

    bound_field_class = CaseBoundField
    default_renderer = RENDERER
    reason = PlainText(
        required=False,
        max_length=500,
        label="Reason for this change",
        help_text="Kept in the history of the case with your name.",
        widget=UnfoldAdminTextInputWidget,
    )

    class Meta:
        model = Case
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance.state
        state = self.fields.get("state")
        if isinstance(state, ChoiceField):
            state.choices = choices_from(stored)
        if self.instance.pk and not needs_reason(stored):
            self.fields["reason"].widget.attrs["placeholder"] = DATA_ENTRY

    def is_multipart(self) -> bool:
        """Always: a tab with files may be opened later."""
        return True


class CasePermissions(RolePermissions, AdminMixin):
    """Case by case, by the rules of `cases.visibility`."""

    def has_view_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return super().has_view_permission(request) and (
            obj is None or obj.pk is None or can_view(user_of(request), obj)
        )

    def has_change_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        # Of a case that is being opened, the form asks too.
        if obj is None or obj.pk is None:
            return bool(super().has_change_permission(request))
        # A nullified case is read. What is posted all the same is refused by the service, with the remedy.
        is_only_read = obj.state == CaseState.NULLIFIED and request.method in ("GET", "HEAD")
        return not is_only_read and can_amend(user_of(request), obj)

    def has_rescore_permission(self, request: HttpRequest) -> bool:
        return may(request, Permission.RESCORE)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        return super().get_queryset(request).filter(pk__in=visible_to(user_of(request)).values("pk"))


@admin.register(Case)
class CaseAdmin(
    CasePermissions,
    EntryEndpoints,
    RedactionPages,
    ConcurrentEditing,
    ServiceErrorAdmin,
    ExportActions,
    CaseList,
    FormFields,
    ModelAdmin,
):
    form = CaseForm
    inlines = form_tabs.INLINES
    chapters = form_tabs.TABS  # what `manage.py data_dictionary` follows
    compressed_fields = False
    warn_unsaved_form = True
    change_form_before_template = FormTemplate("above_form.html")
    change_form_after_template = FormTemplate("below_form.html")
    score_panel = FormTemplate("score_panel.html")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("number", "state"),
                    ("report_type", "organisation"),
                    ("first_received", "latest_information"),
                    ("safety_report_id", "worldwide_id"),
                )
            },
        ),
        (
            "Transmission",
            {
                "classes": ("collapse",),
                "fields": (
                    ("is_expedited", "first_sender"),
                    ("has_documents", "has_other_identifiers"),
                    ("nullification_or_amendment", "nullification_reason"),
                ),
            },
        ),
    )

    class Media:
        css = {"all": ("panel/panel.css",)}
        js = ("entry/parts.js", "panel/panel.js", "entry/presence.js")

    def get_fieldsets(self, request: HttpRequest, obj: Case | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, *regional_fieldsets(Case, obj)] if self._may_answer(request, obj) else fieldsets

    def get_form(
        self, request: HttpRequest, obj: Case | None = None, change: bool = False, **kwargs: Any
    ) -> type[AnyModelForm]:
        # Questions of FDA and EMA are no columns, from which Django makes the form.
        kwargs["fields"] = flatten_fieldsets(super().get_fieldsets(request, obj))
        form = super().get_form(request, obj, change=change, **kwargs)
        if self._may_answer(request, obj):
            ask_regions(form, obj)
        return form

    def _may_answer(self, request: HttpRequest, obj: Case | None) -> bool:
        return self.has_change_permission(request, obj) if obj else self.has_add_permission(request)

    def get_inlines(self, request: HttpRequest, obj: Case | None) -> list[Any]:
        """The tables of the tabs that the form holds."""
        tabs = open_tabs(request)
        return [
            inline
            for inline, tab in form_tabs.TAB_OF.items()
            if tab in tabs and (obj is not None or inline.in_new_case)
        ]

    def get_inline_instances(self, request: HttpRequest, obj: Case | None = None) -> list[Any]:
        inlines: list[Any] = super().get_inline_instances(request, obj)
        for inline in inlines:
            inline.tab_key = form_tabs.TAB_OF[type(inline)]
        return inlines

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """As Django's, which copies the whole post for each of the tables: half of the time of a save.

        Templates for rows to come are no part of what was posted.
        """
        kwargs = {"instance": obj, "prefix": prefix, "queryset": inline.get_queryset(request)}
        is_posted = request.method == "POST" and "__prefix__" not in prefix
        return {**kwargs, "data": request.POST, "files": request.FILES} if is_posted else kwargs

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Cases are opened for the organisations in reach; that of a shared case is shown as it is."""
        if db_field.name == "organisation":
            kwargs["queryset"] = organisations_in_reach(user_of(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = {"reason": "first entry", "organisation": user_of(request).organisation_id}
        return {**initial, **super().get_changeform_initial_data(request)}

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        inlines, form = context["inline_admin_formsets"], context["adminform"].form
        may_save = self._may_answer(request, obj)
        if obj is not None:
            log_access(request, AccessKind.FORM_OPENED, case=obj.number)
        locations = self._locations(request, form, inlines, may_save=may_save)
        remarks = find_remarks(locations, timezone.localdate()) if obj is not None else []
        counts = add_remarks(remarks, locations)
        if part := asked_part(request):
            return TemplateResponse(
                request, "web/entry/part.html", {**context, "key": part, "state": entry_state(request).seen}
            )
        shown_tabs = form_tabs.shown_tabs(form, inlines, counts, open_tabs(request))
        # Django's own list of errors leaves out those of nested forms.
        nested = [message for inline in inlines for message in form_tabs.errors_in(inline.formset)]
        context["errors"] = context["errors"] or nested
        context |= {
            "tabs": shown_tabs,
            "locations": locations,
            "media": context["media"] + form_tabs.form_media(self.admin_site),
            "marks": self._marks(request),
            "tab_in_error": next((tab.key for tab in shown_tabs if tab.errors), None),
            "tab_in_view": tab_in_view(request),
            "panel": panel(obj, locations, remarks) if obj is not None else None,
            "needs_reason": obj is None or needs_reason(form.initial.get("state", obj.state)),
            "may_save": may_save,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _locations(
        self, request: HttpRequest, form: Any, inlines: list[Any], *, may_save: bool
    ) -> FormLocations:
        tabs, case = open_tabs(request), form.instance
        closed = [tab for tab in form_tabs.TABS if tab.key not in tabs]
        record = entry_state(request).record or (read_rows(case) if case.pk else CaseRecord(case))
        return FormLocations(form, inlines, closed, record, may_change=may_save)

    def _marks(self, request: HttpRequest) -> dict[str, str]:
        """The hidden boxes that say which tabs the form holds, and which state of the case each shows."""
        seen = entry_state(request).seen
        posted = posted_tabs(request.POST)
        return {MARK + tab: posted.get(tab, str(seen or "")) for tab in open_tabs(request)}

    def save_model(self, request: HttpRequest, obj: Case, form: Any, change: Any) -> None:
        """Nothing: the case is saved with its rows, by the service."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        state, user = entry_state(request), user_of(request)
        if not change:
            saving.open_case(form, formsets, user)
            state.saved = what_the_score_did(None, stand(form.instance))
            return
        before = stand(form.instance)
        if saving.amend_case(form, formsets, user):
            state.saved = what_the_score_did(before, stand(form.instance))

    def log_change(self, request: HttpRequest, obj: Case, message: Any) -> Any:
        return None if entry_state(request).saved is None else super().log_change(request, obj, message)

    def _show_saved(self, request: HttpRequest) -> None:
        for sentence in entry_state(request).saved or ():
            self.message_user(request, sentence)

    def response_add(
        self, request: HttpRequest, obj: Case, post_url_continue: str | None = None
    ) -> HttpResponse:
        self._show_saved(request)
        return self._in_same_tab(request, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Case) -> HttpResponse:
        if entry_state(request).saved is not None:
            self._show_saved(request)
            return self._in_same_tab(request, super().response_change(request, obj))
        self.message_user(request, "Nothing was changed, so nothing was saved.")
        if "_continue" in request.POST:
            return self._in_same_tab(request, HttpResponseRedirect(request.path))
        return self.response_post_save_change(request, obj)

    def _in_same_tab(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Whoever saves and stays goes on in the tab that was in view."""
        tab = tab_in_view(request)
        if (
            isinstance(response, HttpResponseRedirect)
            and "_continue" in request.POST
            and tab != FIELDS_OF_CASE
        ):
            mark = "&" if "?" in response.url else "?"
            response["Location"] = f"{response.url}{mark}tab={tab}"
        return response
