"""What was sent: each case to each receiver, with its bytes and what was answered."""

from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.admin_permissions import ReadOnly
from cases.visibility import visible_to
from exchange.admin.elements import linked
from exchange.models import Submission, SubmissionState

COLOURS = {
    SubmissionState.SENT.label: "info",
    SubmissionState.ACCEPTED.label: "success",
    SubmissionState.WARNED.label: "warning",
    SubmissionState.REJECTED.label: "danger",
}


@admin.register(Submission)
class SubmissionAdmin(ReadOnly, ModelAdmin):
    list_display = ("message", "case", "version", "profile", "state_shown", "at", "by")
    list_filter = ("state", "profile")
    list_select_related = ("message", "case", "version", "by")
    search_fields = ("message__identifier", "message__batch__number", "case__number")
    show_full_result_count = False
    fields = (
        ("case", "version"),
        ("profile", "state"),
        ("message", "batch"),
        ("at", "by"),
        "digest",
        "answers_told",
        "declared_told",
        "left_out_told",
        "links",
    )
    readonly_fields = ("batch", "digest", "answers_told", "declared_told", "left_out_told", "links")

    def get_queryset(self, request):
        visible = visible_to(request.user).values("pk")
        return super().get_queryset(request).filter(case_id__in=visible)

    def get_urls(self):
        own = path("<int:pk>/message/", self.admin_site.admin_view(self.bytes_sent), name="exchange-message")
        return [own, *super().get_urls()]

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
    def answers_told(self, submission: Submission) -> str:
        told = (
            (one.code or "no code", one.their_number, linked(one.text, submission.case_id))
            for one in submission.answers.order_by("pk")
        )
        return format_html_join("", "<div><strong>{}</strong> {} {}</div>", told) or "nothing yet"

    @display(description="Declared by the sender")
    def declared_told(self, submission: Submission) -> str:
        return ", ".join(submission.declared) or "nothing"

    @display(description="What this receiver's form could not carry")
    def left_out_told(self, submission: Submission) -> str:
        return format_html_join("", "<div>{}</div>", ((one,) for one in submission.left_out)) or "nothing"

    @display(description="Files")
    def links(self, submission: Submission) -> str:
        return format_html(
            '<a class="underline" href="{}">The message as it was sent</a> · '
            '<a class="underline" href="{}">Its whole file</a>',
            reverse("admin:exchange-message", args=[submission.pk]),
            reverse("admin:exchange-file", args=[submission.message.batch_id]),
        )

    def bytes_sent(self, request, pk):
        submission = get_object_or_404(self.get_queryset(request).select_related("message__file"), pk=pk)
        response = HttpResponse(
            bytes(submission.message.file.content), content_type="application/octet-stream"
        )
        response["Content-Disposition"] = f'attachment; filename="message-{submission.message_id}.xml"'
        response["X-Content-Type-Options"] = "nosniff"
        return response
