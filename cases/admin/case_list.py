"""The list of cases: what each is about, where it stands, and scoring many anew."""

from django.contrib import admin, messages
from django.db.models import Prefetch
from unfold.decorators import display

from cases.admin.score_panel import badge, standing
from cases.models import Case, CaseState, Exposure
from cases.models.assessment import CATEGORY_CHOICES, Origin
from cases.models.exposure import SUSPECT_ROLES
from cases.services.assessing import Failure, rescore

SHOWN_FAILURES = 10
SHOWN_SUSPECTS = 3


class StandingFilter(admin.SimpleListFilter):
    """By class, among cases whose class holds; the outdated ones apart."""

    title, parameter_name = "standing class", "standing"

    def lookups(self, request, model_admin):
        return [*CATEGORY_CHOICES, ("outdated", "Outdated")]

    def queryset(self, request, queryset):
        if self.value() == "outdated":
            return queryset.filter(score__is_current=False)
        if self.value():
            return queryset.filter(score__is_current=True, score__standing_category=self.value())
        return queryset


class OriginFilter(admin.SimpleListFilter):
    title, parameter_name = "origin of the class", "origin"

    def lookups(self, request, model_admin):
        return Origin.choices

    def queryset(self, request, queryset):
        if self.value():
            return queryset.filter(score__is_current=True, score__standing_origin=self.value())
        return queryset


class CaseList:
    """The list half of the case admin."""

    list_display = ("number", "suspects", "standing", "case_state", "latest_information")
    list_filter = (StandingFilter, OriginFilter, "state", "report_type", "organisation")
    search_fields = (
        "number",
        "safety_report_id",
        "worldwide_id",
        "exposures__name",
        "reactions__term",
    )
    search_help_text = "Number, other identifiers, drugs, reaction terms"
    show_full_result_count = False
    list_per_page = 50
    actions = ("rescore_selected",)

    def get_queryset(self, request):
        suspects = Exposure.objects.filter(role__in=SUSPECT_ROLES).order_by("position", "id")
        return (
            super()
            .get_queryset(request)
            .select_related("score")
            .prefetch_related(Prefetch("exposures", suspects, to_attr="suspect_drugs"))
        )

    @display(description="Suspect drugs")
    def suspects(self, case: Case) -> str:
        names = list(dict.fromkeys(exposure.name for exposure in case.suspect_drugs))
        more = f" and {len(names) - SHOWN_SUSPECTS} more" if len(names) > SHOWN_SUSPECTS else ""
        return ", ".join(names[:SHOWN_SUSPECTS]) + more or "none"

    @display(description="Standing class", ordering="score__standing_total")
    def standing(self, case: Case) -> str:
        return badge(standing(case.score))

    @display(
        description="State",
        ordering="state",
        label={CaseState.IN_REVIEW.label: "info", CaseState.CLOSED.label: "success"},
    )
    def case_state(self, case: Case) -> str:
        return case.get_state_display()

    @admin.action(description="Rescore selected cases", permissions=["rescore"])
    def rescore_selected(self, request, queryset):
        numbers = dict(queryset.order_by("pk").values_list("pk", "number"))
        done, failed = 0, []
        for outcome in rescore(numbers):
            if isinstance(outcome, Failure):
                failed.append(f"{numbers[outcome.case_id]}: {outcome.reason}")
            else:
                done += outcome
        if done:
            self.message_user(
                request, f"{done} {'case' if done == 1 else 'cases'} rescored.", messages.SUCCESS
            )
        for line in failed[:SHOWN_FAILURES]:
            self.message_user(request, f"Not rescored, and still outdated: {line}", messages.ERROR)
        if len(failed) > SHOWN_FAILURES:
            more = len(failed) - SHOWN_FAILURES
            self.message_user(request, f"{more} more could not be rescored.", messages.ERROR)
