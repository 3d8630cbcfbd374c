"""The event log of cases in the admin, to be read only."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from unfold.admin import ModelAdmin

from accounts.admin_permissions import ReadOnly
from accounts.requests import user_of
from cases.models import CaseEvent
from cases.visibility import visible_to


@admin.register(CaseEvent)
class CaseEventAdmin(ReadOnly, ModelAdmin):
    list_display = ("at", "case_number", "action", "by_name", "reason")
    list_display_links = ("at", "case_number")
    list_filter = ("action",)
    search_fields = ("case_number", "reason", "by_name")
    show_full_result_count = False
    fields = (("case_number", "at"), ("action", "by_name"), "reason", "what_changed")
    readonly_fields = ("what_changed",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CaseEvent]:
        visible = visible_to(user_of(request)).values("pk")
        return super().get_queryset(request).filter(case_id__in=visible)

    @admin.display(description="Changes")
    def what_changed(self, event: CaseEvent) -> str:
        return format_html_join("", "<div>{}</div>", ((change,) for change in event.changes)) or "none"
