"""The drug dictionary. Exposures keep the half-life that was copied to them when they were entered."""

from typing import Any

import pghistory
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from unfold.admin import ModelAdmin

from accounts.admin_permissions import RolePermissions
from accounts.roles import Permission
from cases.database_errors import as_validation_errors
from cases.models import Drug, HalfLife
from values.numbers import hours_phrase
from web.entry.redisplay import ServiceErrorAdmin, ServiceErrorForm
from web.entry.rows import FormFields, RowForm, RowFormSet, RowInline
from web.entry.service_errors import service_errors_raised

REASON = "drug dictionary edited in the admin"


class DrugForm(ServiceErrorForm):
    class Meta:
        model = Drug
        fields = ()


class HalfLifeForm(RowForm):
    """Which half-life is the default is checked among all of a drug's, not row by row."""

    class Meta:
        model = HalfLife
        fields = ()

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return {*exclusions, "is_default"}


class HalfLifeFormSet(RowFormSet):
    def clean(self) -> None:
        super().clean()
        remaining = [form for form in self.forms if form not in self.deleted_forms]
        valid = [form for form in remaining if hasattr(form, "cleaned_data")]
        if sum(bool(form.cleaned_data.get("is_default")) for form in valid) > 1:
            raise ValidationError("A drug has one half-life that is copied to new exposures: mark only one.")


class HalfLifeInline(RowInline):
    view_needs = Permission.VIEW_CASES
    model = HalfLife
    form = HalfLifeForm
    formset = HalfLifeFormSet
    verbose_name = "half-life"
    verbose_name_plural = "half-lives"
    fields = (
        ("low_hours", "high_hours"),
        ("condition", "population"),
        "source",
        ("is_default", "is_verified"),
    )
    joined = ("drug",)


@admin.register(Drug)
class DrugAdmin(RolePermissions, ServiceErrorAdmin, FormFields, ModelAdmin):
    view_needs = Permission.VIEW_CASES
    form = DrugForm
    inlines = (HalfLifeInline,)
    compressed_fields = False
    list_display = ("name", "substance", "atc", "half_life", "is_class", "release")
    list_filter = ("is_class", "release")
    search_fields = ("name", "substance", "atc")
    fields = (("name", "substance"), ("atc", "is_class"), ("release", "note"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Drug]:
        return super().get_queryset(request).prefetch_related("half_lives")

    @admin.display(description="half-life")
    def half_life(self, drug: Drug) -> str:
        """The default, with a badge where nobody has seen its source."""
        default = next((row for row in drug.half_lives.all() if row.is_default), None)
        if default is None or default.low_hours is None or default.high_hours is None:
            return ""
        badge = "" if default.is_verified else " (not verified)"
        return f"{hours_phrase(default.low_hours, default.high_hours)}{badge}"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        with pghistory.context(user=request.user.pk, username=request.user.get_username(), reason=REASON):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Drug, form: Any, change: Any) -> None:
        if form.changed_data or not change:
            with service_errors_raised(), as_validation_errors():
                obj.save()

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:
        """Save the former default first, which gives up its place to the new one."""
        rows = formset.save(commit=False)
        with service_errors_raised(), as_validation_errors():
            for row in formset.deleted_objects:
                row.delete()
            for row in sorted(rows, key=lambda row: row.is_default):
                row.save()
