"""What an organisation says in every report that it sends: who it is, and what each receiver wants."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from accounts.admin import ForUserManagers
from accounts.reach import organisations_in_reach
from accounts.requests import user_of
from exchange.sending_models import ReceiverSettings, SenderDetails


class OfOrganisation(ForUserManagers):
    """Rows of the organisations in reach of whoever manages their users."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return rows.filter(organisation__in=organisations_in_reach(user_of(request)))

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        kwargs["queryset"] = organisations_in_reach(user_of(request))
        return super().formfield_for_foreignkey(  # type: ignore[misc]
            db_field, request, **kwargs
        )


@admin.register(SenderDetails)
class SenderDetailsAdmin(OfOrganisation, ModelAdmin):
    list_display = ("organisation", "sender_type", "name", "family_name", "country", "email")
    compressed_fields = False
    fieldsets = (
        (None, {"fields": ("organisation", ("sender_type", "name"), "department")}),
        ("Who answers for the reports", {"fields": ("title", ("given_name", "middle_name"), "family_name")}),
        ("Where", {"fields": ("street", ("postcode", "city"), ("region", "country"))}),
        (None, {"fields": (("telephone", "fax"), "email")}),
    )


@admin.register(ReceiverSettings)
class ReceiverSettingsAdmin(OfOrganisation, ModelAdmin):
    list_display = (
        "organisation",
        "receiver",
        "wants_score",
        "wants_score_of_others",
        "wants_score_without_sign",
    )
    compressed_fields = False
    fields = ("organisation", "receiver", "wants_score", "wants_score_of_others", "wants_score_without_sign")
