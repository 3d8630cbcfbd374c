"""The list of cases: what each is about, where it stands, and scoring many anew."""

from datetime import datetime
from functools import cached_property
from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from unfold.decorators import display

from assessments.assessing import Failure, rescore
from assessments.models import Origin
from assessments.standings import with_standing
from cases.coding import with_uncoded_reactions
from cases.minimum_criteria import CRITERIA
from cases.models import Case, CaseEvent, CaseState, Exposure
from cases.models.exposure import SUSPECT_ROLES
from research.case_list import MOST_COUNTED, count_of
from research.case_search import search
from scoring.instruments import primary
from scoring.vigigrade import LABELS, WELL_DOCUMENTED
from web.entry.django_types import AdminMixin, CasePaginator
from web.entry.score_panel import badge, percent, standing

SHOWN_FAILURES = 10
SHOWN_SUSPECTS = 3
# What was stored of a case holds only while its evidence does.
SUMMARISED, STANDING = {"summary__is_current": True}, {"standing__is_current": True}
# What a case without one of the minimum criteria lacks.
NAMES = {criterion.key: criterion.label.split(maxsplit=1)[1] for criterion in CRITERIA}


class ChosenFilter(admin.SimpleListFilter):
    """A filter with a row of its choices: value, words, and what the cases are filtered by."""

    choices_: tuple[tuple[str, str, dict[str, object]], ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, words) for value, words, _ in self.choices_]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        chosen = {value: condition for value, _, condition in self.choices_}.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(**chosen)


class StandingFilter(ChosenFilter):
    """By class, among cases whose class holds; the outdated ones apart."""

    title, parameter_name = "standing class", "standing"
    choices_ = (
        *(
            (value, words, {**STANDING, "standing__category": value})
            for value, words in primary().category_choices
        ),
        ("outdated", "Outdated", {"summary__is_current": False}),
    )


class SettledFilter(ChosenFilter):
    """Whether the evidence, or with it the reviewers' answers that hold, leaves one class only."""

    title, parameter_name = "settled", "settled"
    choices_ = (
        ("yes", "Yes: one class in reach", {**STANDING, "standing__is_settled": True}),
        ("no", "No, open: several classes in reach", {**STANDING, "standing__is_settled": False}),
    )


class OriginFilter(ChosenFilter):
    title, parameter_name = "origin of the class", "origin"
    choices_ = tuple(
        (value, words, {**STANDING, "standing__origin": value}) for value, words in Origin.choices
    )


class CompletenessFilter(ChosenFilter):
    title, parameter_name = "completeness", "completeness"
    choices_ = (
        ("well", "Well documented: above 80 %", {**SUMMARISED, "summary__completeness__gt": WELL_DOCUMENTED}),
        ("middle", "50 to 80 %", {**SUMMARISED, "summary__completeness__range": ("0.5", WELL_DOCUMENTED)}),
        ("low", "Below 50 %", {**SUMMARISED, "summary__completeness__lt": "0.5"}),
        ("none", "Not known yet", {**SUMMARISED, "summary__completeness__isnull": True}),
    )


class AttentionFilter(ChosenFilter):
    """What somebody has to do."""

    title, parameter_name = "needs attention", "attention"
    choices_ = (
        (
            "answers_due",
            "Re-review due",
            {**STANDING, "standing__answers_due__gt": 0},
        ),
        ("invalid", "Minimum criteria not met", {**SUMMARISED, "summary__missing_criteria__len__gt": 0}),
        ("uncoded", "Reactions without a code", {}),
    )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Case]) -> QuerySet[Case]:
        return (
            with_uncoded_reactions(queryset)
            if self.value() == "uncoded"
            else super().queryset(request, queryset)
        )


class AtMost(int):
    """A number of cases that were counted up to a limit."""

    def __str__(self) -> str:
        return f"more than {MOST_COUNTED}" if self > MOST_COUNTED else super().__str__()


class BoundedPaginator(CasePaginator):
    """Counts and pages no further than anybody reads: beyond, one narrows the list down."""

    @cached_property
    def count(self) -> int:
        return AtMost(count_of(cast("QuerySet[Case]", self.object_list)))

    @cached_property
    def num_pages(self) -> int:
        return -(-min(self.count, MOST_COUNTED) // self.per_page) or 1


class CaseList(AdminMixin):
    """The list half of the case admin."""

    list_display = (
        "number",
        "suspects",
        "standing",
        "complete",
        "case_state",
        "latest_information",
        "last_change",
    )
    list_filter = (
        StandingFilter,
        SettledFilter,
        OriginFilter,
        AttentionFilter,
        CompletenessFilter,
        "state",
        "report_type",
        "organisation",
    )
    search_fields = ("number",)  # which only says that there is a search
    search_help_text = "Any number or identifier, drug, term, or word of the narrative"
    paginator = BoundedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 0
    actions = ("rescore_selected",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        suspects = Exposure.objects.filter(role__in=SUSPECT_ROLES).order_by("position", "id")
        events = CaseEvent.objects.filter(case_id=OuterRef("pk")).order_by("-id")
        cases: QuerySet[Case] = super().get_queryset(request)
        return (
            with_standing(cases)  # type: ignore[misc] # the stubs know no relation that is joined by annotation
            .select_related("summary", "standing")
            .annotate(changed_at=Subquery(events.values("at")[:1]))
            .prefetch_related(Prefetch("exposures", suspects, to_attr="suspect_drugs"))
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Case], bool]:
        return search(queryset, search_term), False

    @display(description="Suspect drugs")
    def suspects(self, case: Case) -> str:
        drugs: list[Exposure] = vars(case)["suspect_drugs"]
        names = list(dict.fromkeys(drug.name for drug in drugs))
        more = f" and {len(names) - SHOWN_SUSPECTS} more" if len(names) > SHOWN_SUSPECTS else ""
        return ", ".join(names[:SHOWN_SUSPECTS]) + more or "none"

    @display(description="Standing class", ordering="standing__total")
    def standing(self, case: Case) -> str:
        return badge(standing(getattr(case, "standing", None)))

    @display(
        description="State",
        ordering="state",
        label={
            CaseState.IN_REVIEW.label: "info",
            CaseState.CLOSED.label: "success",
            CaseState.NULLIFIED.label: "danger",
        },
    )
    def case_state(self, case: Case) -> str:
        return case.get_state_display()

    @display(description="Complete", ordering="summary__completeness")
    def complete(self, case: Case) -> str:
        """How much of what vigiGrade asks for is there; and which of the minimum criteria is not."""
        summary = case.summary
        if not summary.is_current:
            return ""
        share = "not known" if summary.completeness is None else f"{percent(summary.completeness)} %"
        first = LABELS.get(summary.would_raise_most, "")
        lacks = ", ".join(NAMES[key] for key in summary.missing_criteria)
        return format_html(
            '<span title="{}">{}</span>{}',
            f"Most gained by: {first}" if first else "",
            share,
            format_html('<span class="lacks">no {}</span>', lacks) if lacks else "",
        )

    @display(description="Last change")
    def last_change(self, case: Case) -> str:
        return _day(vars(case)["changed_at"])

    @admin.action(description="Rescore selected cases", permissions=["rescore"])
    def rescore_selected(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
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


def _day(moment: datetime | None) -> str:
    return "" if moment is None else date_format(timezone.localtime(moment), "DATETIME_FORMAT")
