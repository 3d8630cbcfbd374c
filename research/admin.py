"""Requests for downloads that are refused otherwise, in the admin: two administrators allow them."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from unfold.admin import ModelAdmin

from accounts.admin import ReadOnlyForUserManagers, refusals_shown
from accounts.reach import users_in_reach
from accounts.requests import user_of
from research.download_requests import allow_download
from research.filters import CaseFilter
from research.models import DownloadRequest
from research.pages.filters import sentence


@admin.register(DownloadRequest)
class DownloadRequestAdmin(ReadOnlyForUserManagers, ModelAdmin):
    """What somebody asked for, to be allowed by two administrators."""

    list_display = ("requested_by", "requested_at", "search", "reason", "alike", "allowed_by", "valid_until")
    list_display_links = ("requested_by", "search")
    list_select_related = ("requested_by", "first_allowed_by", "second_allowed_by")
    fields = (
        ("requested_by", "requested_at"),
        "search",
        "reason",
        "alike",
        ("first_allowed_by", "first_allowed_at"),
        ("second_allowed_by", "second_allowed_at"),
        "valid_until",
    )
    readonly_fields = ("search", "alike")
    actions = ("allow",)
    compressed_fields = False
    change_form_outer_after_template = "research/allow_request.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[DownloadRequest]:
        return super().get_queryset(request).filter(requested_by__in=users_in_reach(user_of(request)))

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return self._manages(request)

    @admin.display(description="search")
    def search(self, asked: DownloadRequest) -> str:
        """The filters in words."""
        return sentence(CaseFilter(QueryDict(asked.filters), queryset=None, identities=True))

    @admin.display(description="k-anonymity")
    def alike(self, asked: DownloadRequest) -> str:
        groups = f"k {asked.k}; {asked.cases_in_small_groups:,} of {asked.cases:,} cases in too small groups"
        apart = f"; {asked.cases_apart} apart from an earlier download" if asked.cases_apart else ""
        return groups + apart

    @admin.display(description="allowed by")
    def allowed_by(self, asked: DownloadRequest) -> str:
        people = filter(None, (asked.first_allowed_by, asked.second_allowed_by))
        return ", ".join(map(str, people))

    @admin.action(description="Allow", permissions=["manage"])
    def allow(self, request: HttpRequest, queryset: QuerySet[DownloadRequest]) -> None:
        for asked in queryset:
            with refusals_shown(request, asked):
                allowed = allow_download(asked, by=user_of(request), request=request)
                messages.success(request, f"{asked}: {_outcome(allowed)}")


def _outcome(asked: DownloadRequest) -> str:
    if asked.valid_until is None:
        return "allowed by you; it takes another administrator."
    return f"allowed until {asked.valid_until:%-d %B %Y, %H:%M} (UTC)."
