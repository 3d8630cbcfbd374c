"""Received messages: what became of each, and setting aside those that wait."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.admin_permissions import ReadOnly
from accounts.requests import user_of
from accounts.roles import Permission
from exchange.admin.forms import ReasonForm
from exchange.admin.pages import page, require, sentence_list
from exchange.import_states import set_aside
from exchange.models import ImportState, ReceivedMessage
from exchange.visibility import received_messages_of


@admin.register(ReceivedMessage)
class ReceivedMessageAdmin(ReadOnly, ModelAdmin):
    """What became of every received message; those that wait are a queue of work."""

    list_display = ("message", "state_shown", "case", "at", "by", "first_reason")
    list_filter = ("state",)
    list_select_related = ("message__batch", "case", "by")
    search_fields = ("message__identifier", "case__number")
    show_full_result_count = False
    fields = (("message", "state"), ("case", "at", "by"), "reasons_shown", "notes_shown", "links")
    readonly_fields = ("reasons_shown", "notes_shown", "links")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReceivedMessage]:
        return received_messages_of(user_of(request))

    def get_urls(self) -> list[URLPattern]:
        own = path("<int:pk>/aside/", self.admin_site.admin_view(self.set_aside), name="exchange-aside")
        return [own, *super().get_urls()]

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
        aside = reverse("admin:exchange-aside", args=[received.pk])
        return format_html(
            '<a class="underline" href="{}">Try again with its file</a> · '
            '<a class="underline" href="{}">Set aside</a>',
            batch,
            aside,
        )

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
