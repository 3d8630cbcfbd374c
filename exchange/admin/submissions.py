"""Submissions: each case as it was sent to a receiver, with its bytes and the receiver's answers."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.access_log import log_access
from accounts.admin_permissions import ReadOnly
from accounts.models import AccessKind
from accounts.requests import user_of
from accounts.roles import Permission
from cases.visibility import visible_to
from e2b import PROFILES
from exchange.admin.element_links import link_elements
from exchange.admin.export_actions import export_page
from exchange.admin.pages import as_attachment, require, sentence_list
from exchange.models import Submission, SubmissionState
from exchange.sending_again import sent_together, to_be_acted_on, what_to_do
from exchange.visibility import submissions_of

COLOURS = {
    SubmissionState.SENT.label: "info",
    SubmissionState.ACCEPTED.label: "success",
    SubmissionState.WARNED.label: "warning",
    SubmissionState.REJECTED.label: "danger",
    SubmissionState.UNKNOWN.label: "danger",
}


class ActionFilter(admin.SimpleListFilter):
    """Submissions that nobody has acted on since the receiver rejected them or left them open."""

    title, parameter_name = "what is to be done", "act"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("yes", "To be acted on")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Submission]) -> QuerySet[Submission]:
        return to_be_acted_on(queryset) if self.value() else queryset


@admin.register(Submission)
class SubmissionAdmin(ReadOnly, ModelAdmin):
    """The submissions of the cases that a user may see."""

    list_display = ("message", "case", "version", "profile", "state_shown", "at", "by")
    list_filter = (ActionFilter, "state", "profile")
    list_select_related = ("message", "case", "version", "by")
    search_fields = ("message__identifier", "message__batch__number", "case__number")
    show_full_result_count = False
    fields = (
        ("case", "version"),
        ("profile", "state"),
        ("message", "batch"),
        "to_do",
        ("at", "by"),
        "digest",
        "answers_shown",
        "declared_shown",
        "left_out_shown",
        "links",
    )
    readonly_fields = (
        "to_do",
        "batch",
        "digest",
        "answers_shown",
        "declared_shown",
        "left_out_shown",
        "links",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return submissions_of(user_of(request))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/message/", view(self.download), name="exchange-message"),
            path("<int:pk>/again/", view(self.send_again), name="exchange-again"),
            *super().get_urls(),
        ]

    @display(description="State", ordering="state", label=COLOURS)
    def state_shown(self, submission: Submission) -> str:
        return submission.get_state_display()

    @display(description="Batch")
    def batch(self, submission: Submission) -> str:
        return str(submission.message.batch)

    @display(description="SHA-256 of the message")
    def digest(self, submission: Submission) -> str:
        return submission.message.digest

    @display(description="What the receiver answered")
    def answers_shown(self, submission: Submission) -> str:
        answers = (
            (answer.code or "no code", answer.their_number, link_elements(answer.text, submission.case_id))
            for answer in submission.answers.order_by("pk")
        )
        return format_html_join("", "<div><strong>{}</strong> {} {}</div>", answers) or "nothing yet"

    @display(description="Declared by the sender")
    def declared_shown(self, submission: Submission) -> str:
        return ", ".join(submission.declared) or "nothing"

    @display(description="What this receiver's form could not carry")
    def left_out_shown(self, submission: Submission) -> str:
        return sentence_list(submission.left_out, none="nothing")

    @display(description="Files")
    def links(self, submission: Submission) -> str:
        return format_html(
            '<a class="underline" href="{}">The message as it was sent</a> · '
            '<a class="underline" href="{}">Its whole file</a>',
            reverse("admin:exchange-message", args=[submission.pk]),
            reverse("admin:exchange-file", args=[submission.message.batch_id]),
        )

    @display(description="What is to be done")
    def to_do(self, submission: Submission) -> str:
        sentence = what_to_do(submission)
        if not sentence:
            return "nothing"
        address = reverse("admin:exchange-again", args=[submission.pk])
        link = '<div>{}</div><a class="underline" id="send-again" href="{}">Send again under new numbers</a>'
        return format_html(link, sentence, address)

    def send_again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page of an export, of the cases that have to be sent again with this one."""
        user = require(request, Permission.EXPORT, Permission.VIEW_IDENTITIES)
        submission = get_object_or_404(self.get_queryset(request).select_related("message__batch"), pk=pk)
        cases = visible_to(user).filter(submissions__in=sent_together(submission, user)).distinct()
        return export_page(self, request, cases, initial=_same_receiver(submission))

    def download(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The bytes of a message as it was sent."""
        require(request, Permission.VIEW_IDENTITIES)
        submission = get_object_or_404(self.get_queryset(request).select_related("message__file"), pk=pk)
        log_access(request, AccessKind.FILE_READ, detail=f"message {submission.message_id}")
        content = bytes(submission.message.file.content)
        return as_attachment(HttpResponse(content), f"message-{submission.message_id}.xml", len(content))


def _same_receiver(submission: Submission) -> dict[str, str]:
    """The answers of the form of an export that lead to the receiver of a submission."""
    name, receiver = submission.profile, submission.message.batch.receiver
    routes = PROFILES[name].receivers
    route = next((route for route, (batch, _) in routes.items() if batch == receiver), None)
    if route is not None or (not routes and receiver == name):
        return {"receiver": f"{name}/{route or ''}"}
    return {"receiver": f"{name}/{next(iter(routes), '')}", "to": receiver}
