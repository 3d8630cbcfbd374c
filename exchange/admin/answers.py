"""Acknowledgements: upload, what they said, and the queue of those that nobody could match."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.admin_permissions import ReadOnly, may
from accounts.roles import Permission
from exchange.acknowledgements import match_by_hand, take_acknowledgement
from exchange.admin.elements import linked
from exchange.admin.forms import MatchForm, UploadForm
from exchange.admin.pages import page
from exchange.models import Acknowledgement, Answer
from exchange.receiving import FileRefused


@admin.register(Acknowledgement)
class AcknowledgementAdmin(ReadOnly, ModelAdmin):
    list_display = ("number", "batch_number", "outcome", "sender", "file_name", "at", "by")
    list_filter = ("outcome",)
    search_fields = ("number", "batch_number", "file_name", "sender")
    list_select_related = ("by",)
    change_list_template = "exchange/acknowledgements.html"
    show_full_result_count = False
    fields = (
        ("number", "batch_number"),
        ("sender", "receiver"),
        ("outcome", "sent_at"),
        ("at", "by"),
        "text",
        "said",
    )
    readonly_fields = ("said",)

    def get_urls(self):
        own = path("upload/", self.admin_site.admin_view(self.upload), name="exchange-acknowledgement")
        return [own, *super().get_urls()]

    @display(description="Messages")
    def said(self, acknowledgement: Acknowledgement) -> str:
        told = (
            (reverse("admin:exchange_answer_change", args=[one.pk]), one, one.submission or "unmatched")
            for one in acknowledgement.answers.select_related("submission__message")
        )
        return format_html_join("", '<div><a class="underline" href="{}">{}</a> ({})</div>', told) or "none"

    def upload(self, request):
        if not may(request, Permission.EXPORT):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file = form.cleaned_data["file"]
            try:
                taken = take_acknowledgement(file, file.name, by=request.user)
            except FileRefused as refused:
                form.add_error("file", str(refused))
            else:
                known = "" if taken.is_new else "It was taken before; nothing has changed. "
                waiting = f" {len(taken.unmatched)} could not be matched." if taken.unmatched else ""
                messages.success(request, f"{known}{len(taken.answers)} messages answered.{waiting}")
                found = reverse("admin:exchange_acknowledgement_change", args=[taken.acknowledgement.pk])
                return HttpResponseRedirect(found)
        return page(self, request, "upload.html", "Take an acknowledgement", form=form, what="ack")


class MatchedFilter(admin.SimpleListFilter):
    title, parameter_name = "matching", "matched"

    def lookups(self, request, model_admin):
        return [("no", "Waits to be matched"), ("yes", "Matched")]

    def queryset(self, request, queryset):
        return queryset.filter(submission__isnull=self.value() == "no") if self.value() else queryset


@admin.register(Answer)
class AnswerAdmin(ReadOnly, ModelAdmin):
    list_display = ("identifier", "code", "submission", "matched_by", "acknowledgement")
    list_display_links = ("identifier", "code")
    list_filter = (MatchedFilter, "code")
    list_select_related = ("submission__message", "acknowledgement")
    search_fields = ("identifier", "their_number")
    show_full_result_count = False
    fields = (
        ("acknowledgement", "identifier"),
        ("code", "their_number"),
        ("submission", "matched_by"),
        "said",
        "links",
    )
    readonly_fields = ("said", "links")

    def get_urls(self):
        own = path("<int:pk>/match/", self.admin_site.admin_view(self.match), name="exchange-match")
        return [own, *super().get_urls()]

    @display(description="What the receiver said")
    def said(self, answer: Answer) -> str:
        return linked(answer.text, answer.submission.case_id if answer.submission else None)

    @display(description="Do")
    def links(self, answer: Answer) -> str:
        if answer.submission is not None:
            found = reverse("admin:exchange_submission_change", args=[answer.submission_id])
            return format_html('<a class="underline" href="{}">The submission</a>', found)
        found = reverse("admin:exchange-match", args=[answer.pk])
        return format_html('<a class="underline" href="{}">Say which submission it means</a>', found)

    def match(self, request, pk):
        if not may(request, Permission.EXPORT):
            raise PermissionDenied
        answer = get_object_or_404(Answer, pk=pk)
        form = MatchForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                match_by_hand(answer, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return HttpResponseRedirect(reverse("admin:exchange_answer_change", args=[pk]))
        told = [answer.matched_by, answer.text]
        return page(self, request, "reason.html", "Which submission is meant?", form=form, told=told)
