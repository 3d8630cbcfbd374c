"""The case form: a case with all its parts, read from forms here and written by the services."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.admin_permissions import RolePermissions, may
from accounts.roles import Permission
from assessments.display.changes import what_the_score_did
from assessments.score_changes import stand
from cases.models import Case
from cases.visibility import can_amend, can_view, visible_to
from cases.workflow import DATA_ENTRY, choices_from, needs_reason
from exchange.admin.export_actions import ExportActions
from web.entry import form_tabs as tabs
from web.entry import saving
from web.entry.case_list import CaseList
from web.entry.concurrent_editing.views import ConcurrentEditing, SeenForm
from web.entry.endpoints import EntryEndpoints
from web.entry.field_attributes import CaseBoundField
from web.entry.fields import PlainText
from web.entry.form_locations import FormLocations, note
from web.entry.form_templates import FormTemplate
from web.entry.null_flavors import NullFlavorsForm
from web.entry.redisplay import ServiceErrorAdmin, ServiceErrorForm
from web.entry.rows import FormFields
from web.entry.score_panel import find_remarks, panel
from web.entry.versions import VersionPages


class CaseForm(ServiceErrorForm, SeenForm, NullFlavorsForm):
    """The case itself, and the reason for whatever is changed on the page."""

    bound_field_class = CaseBoundField
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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        stored = self.instance.state
        if "state" in self.fields:
            self.fields["state"].choices = choices_from(stored)
        if self.instance.pk and not needs_reason(stored):
            self.fields["reason"].widget.attrs["placeholder"] = DATA_ENTRY


class CasePermissions(RolePermissions):
    """Case by case, as `cases.visibility` says."""

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request) and (obj is None or can_view(request.user, obj))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request) if obj is None else can_amend(request.user, obj)

    def has_rescore_permission(self, request):
        return may(request, Permission.RESCORE)

    def get_queryset(self, request):
        return super().get_queryset(request).filter(pk__in=visible_to(request.user).values("pk"))


@admin.register(Case)
class CaseAdmin(
    CasePermissions,
    EntryEndpoints,
    VersionPages,
    ConcurrentEditing,
    ServiceErrorAdmin,
    ExportActions,
    CaseList,
    FormFields,
    ModelAdmin,
):
    form = CaseForm
    inlines = tabs.INLINES
    chapters = tabs.TABS  # what `manage.py data_dictionary` follows
    compressed_fields = False
    warn_unsaved_form = True
    change_form_before_template = FormTemplate("above_form.html")
    change_form_after_template = FormTemplate("below_form.html")
    unsaved_rows = FormTemplate("unsaved_rows.html")
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
        js = ("panel/panel.js",)

    def get_inline_instances(self, request, obj=None):
        shown = super().get_inline_instances(request, obj)
        for inline in shown:
            inline.tab_key = tabs.TAB_OF[type(inline)]
        return [inline for inline in shown if obj is not None or inline.in_new_case]

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """As Django's, which copies the whole post for each of the tables: half of the time of a save.

        Templates for rows to come are no part of what was posted.
        """
        kwargs = {"instance": obj, "prefix": prefix, "queryset": inline.get_queryset(request)}
        is_posted = request.method == "POST" and "__prefix__" not in prefix
        return {**kwargs, "data": request.POST, "files": request.FILES} if is_posted else kwargs

    def get_changeform_initial_data(self, request):
        initial = {"reason": "first entry", "organisation": request.user.organisation_id}
        return {**initial, **super().get_changeform_initial_data(request)}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        shown, form = context["inline_admin_formsets"], context["adminform"].form
        places = FormLocations(form, shown)
        remarks = find_remarks(places, timezone.localdate()) if obj is not None else []
        shown_tabs = tabs.shown_tabs(form, shown, note(remarks, places))
        # Django's own list of errors doesn't know of nested forms.
        nested = [message for inline in shown for message in tabs.errors_in(inline.formset)]
        context["errors"] = context["errors"] or nested
        context |= {
            "tabs": shown_tabs,
            "places": places,
            "tab_in_error": next((tab.key for tab in shown_tabs if tab.errors), None),
            "panel": panel(obj, places, remarks) if obj is not None else None,
            "needs_reason": obj is None or needs_reason(form.initial.get("state", obj.state)),
            "may_save": self.has_change_permission(request, obj) if obj else True,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        """Nothing: the case is saved with its rows, by the service."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if not change:
            saving.open_case(form, formsets, request.user)
            request.saved = what_the_score_did(None, stand(form.instance))
            return
        before = stand(form.instance)
        if saving.amend_case(form, formsets, request.user):
            request.saved = what_the_score_did(before, stand(form.instance))

    def log_change(self, request, obj, message):
        return super().log_change(request, obj, message) if hasattr(request, "saved") else None

    def _tell(self, request: HttpRequest) -> None:
        for sentence in request.saved:
            self.message_user(request, sentence)

    def response_add(self, request, obj, post_url_continue=None):
        self._tell(request)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        if hasattr(request, "saved"):
            self._tell(request)
            return super().response_change(request, obj)
        self.message_user(request, "Nothing was changed, so nothing was saved.")
        stay = "_continue" in request.POST
        return HttpResponseRedirect(request.path) if stay else self.response_post_save_change(request, obj)
