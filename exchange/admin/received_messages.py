"""Received messages: what became of each, and setting aside those that wait."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.admin_permissions import ReadOnly
from accounts.requests import user_of
from accounts.roles import Permission
from exchange.admin.forms import DecisionForm, ReasonForm
from exchange.admin.pages import page, require, sentence_list
from exchange.import_states import set_aside
from exchange.importing import import_decided
from exchange.models import TO_DECIDE, ImportState, ReceivedMessage
from exchange.visibility import received_messages_of
from values.calendar_text import format_date
from values.dates import PartialDate


class DecisionFilter(admin.SimpleListFilter):
    """Messages that wait, by whether somebody has to decide which values hold."""

    title, parameter_name = "what it waits for", "decide"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("yes", "A decision which values hold"), ("no", "Something else")]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[ReceivedMessage]
    ) -> QuerySet[ReceivedMessage]:
        if not self.value():
            return queryset
        waiting = queryset.filter(state=ImportState.WAITING)
        decided = {"reasons__contains": [TO_DECIDE]}
        return waiting.filter(**decided) if self.value() == "yes" else waiting.exclude(**decided)


@admin.register(ReceivedMessage)
class ReceivedMessageAdmin(ReadOnly, ModelAdmin):
    """What became of every received message; those that wait are a queue of work."""

    list_display = ("message", "state_shown", "case", "day_zero_shown", "due_shown", "by", "first_reason")
    list_filter = (DecisionFilter, "state")
    list_select_related = ("message__batch", "case", "by")
    search_fields = ("message__identifier", "case__number")
    show_full_result_count = False
    fields = (
        ("message", "state"),
        ("case", "day_zero_shown", "due_shown"),
        ("at", "by"),
        "reasons_shown",
        "notes_shown",
        "links",
    )
    readonly_fields = ("day_zero_shown", "due_shown", "reasons_shown", "notes_shown", "links")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReceivedMessage]:
        return received_messages_of(user_of(request))

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/aside/", wrap(self.set_aside), name="exchange-aside"),
            path("<int:pk>/decide/", wrap(self.decide), name="exchange-decide"),
        ]
        return [*own, *super().get_urls()]

    @display(
        description="What became of it",
        ordering="state",
        label={
            ImportState.WAITING.label: "warning",
            ImportState.NEW.label: "success",
            ImportState.FOLLOW_UP.label: "success",
            ImportState.NULLIFIED.label: "info",
        },
    )
    def state_shown(self, received: ReceivedMessage) -> str:
        return received.get_state_display()

    @display(description="Day zero", ordering="message__batch__at")
    def day_zero_shown(self, received: ReceivedMessage) -> str:
        return format_date(PartialDate.of(received.day_zero))

    @display(description="Due")
    def due_shown(self, received: ReceivedMessage) -> str:
        return format_date(PartialDate.of(received.due)) if received.due else ""

    @display(description="Reason")
    def first_reason(self, received: ReceivedMessage) -> str:
        return received.reasons[0] if received.reasons else ""

    @display(description="Reasons")
    def reasons_shown(self, received: ReceivedMessage) -> str:
        return sentence_list(received.reasons)

    @display(description="Changes and remarks")
    def notes_shown(self, received: ReceivedMessage) -> str:
        return sentence_list(received.notes)

    @display(description="Do")
    def links(self, received: ReceivedMessage) -> str:
        batch = reverse("admin:exchange-import", args=[received.message.batch_id])
        if received.state != ImportState.WAITING:
            return format_html('<a class="underline" href="{}">Its file</a>', batch)
        links = [(batch, "Try again with its file")]
        if received.waits_for_decision:
            links.insert(
                0, (reverse("admin:exchange-decide", args=[received.pk]), "Decide which values hold")
            )
        links.append((reverse("admin:exchange-aside", args=[received.pk]), "Set aside"))
        return format_html_join(" · ", '<a class="underline" href="{}">{}</a>', links)

    def set_aside(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason, and set a waiting message aside."""
        user = require(request, Permission.AMEND_CASES)
        received = get_object_or_404(received_messages_of(user), pk=pk)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                set_aside(received, by=user, reason=form.cleaned_data["reason"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return HttpResponseRedirect(reverse("admin:exchange_receivedmessage_change", args=[pk]))
        title = f"Set aside {received.message}"
        return page(self, request, "reason.html", title, form=form, sentences=received.reasons)

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask which values hold where some of a follow-up can't be read, and import it so."""
        user = require(request, Permission.AMEND_CASES)
        received = get_object_or_404(received_messages_of(user), pk=pk)
        form = DecisionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            keeps_stored = form.cleaned_data["holds"] == "stored"
            try:
                import_decided(
                    received, keeps_stored=keeps_stored, by=user, reason=form.cleaned_data["reason"]
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return HttpResponseRedirect(reverse("admin:exchange_receivedmessage_change", args=[pk]))
        title = f"Decide which values hold: {received.message}"
        return page(self, request, "reason.html", title, form=form, sentences=received.reasons)
