"""Stored scores and reviewers' answers, to be looked at. Answering happens on the case page."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from accounts.admin_permissions import ReadOnly
from accounts.requests import user_of
from assessments.display.badge import assessment_words
from assessments.display.words import capitalised
from assessments.models import Assessment, AssessmentItem, ReviewerAnswer
from cases.visibility import visible_to


class OfVisibleCases(ReadOnly, ModelAdmin):
    """Rows of the cases that the person may read."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.filter(case__in=visible_to(user_of(request))).select_related("case")


class ItemInline(ReadOnly, TabularInline):
    model = AssessmentItem
    verbose_name_plural = "items"
    extra = 0
    hide_title = True
    fields = ("key", "answer", "points", "low", "high", "basis", "rule", "needs")


@admin.register(Assessment)
class AssessmentAdmin(OfVisibleCases):
    inlines = (ItemInline,)
    list_display = ("case", "kind", "classed", "interval", "rule_version", "created_at")
    list_filter = ("kind", "category", "rule_version")
    search_fields = ("case__number",)
    show_full_result_count = False
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("case", "kind"),
                    ("classed", "interval"),
                    ("category", "provisional"),
                    ("instrument", "rule_version"),
                    ("as_of", "evidence_version"),
                    ("created_at", "uuid"),
                )
            },
        ),
        (
            "What it was computed from, word for word",
            {"classes": ("collapse",), "fields": ("facts_digest", "facts", "answers", "result")},
        ),
    )

    @admin.display(description="Class")
    def classed(self, assessment: Assessment) -> str:
        return capitalised(assessment_words(assessment))

    @admin.display(description="Interval")
    def interval(self, assessment: Assessment) -> str:
        return f"[{assessment.low}, {assessment.high}]"


@admin.register(ReviewerAnswer)
class ReviewerAnswerAdmin(OfVisibleCases):
    list_display = ("case", "key", "answer", "by", "at")
    list_filter = ("instrument", "key")
    search_fields = ("case__number", "reason")
    list_select_related = ("case", "by")
    show_full_result_count = False
    fields = (("case", "instrument"), ("key", "answer"), "reason", ("by", "at"), "evidence_digest")
