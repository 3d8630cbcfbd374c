"""Acknowledgements: upload, the answers in them, and matching by hand of those without a submission."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.admin_permissions import ReadOnly
from accounts.models import User
from accounts.requests import user_of
from accounts.roles import Permission
from exchange.acknowledgements import AcknowledgementResult, import_acknowledgement, match_by_hand
from exchange.admin.element_links import link_elements
from exchange.admin.forms import MatchForm, UploadForm
from exchange.admin.pages import page, require
from exchange.models import Acknowledgement, Answer
from exchange.receiving import FileRefused, files_in
from exchange.visibility import acknowledgements_of, answers_of


@admin.register(Acknowledgement)
class AcknowledgementAdmin(ReadOnly, ModelAdmin):
    """Every file in which a receiver answered."""

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
        "answers_shown",
    )
    readonly_fields = ("answers_shown",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Acknowledgement]:
        return acknowledgements_of(user_of(request))

    def get_urls(self) -> list[URLPattern]:
        own = path("upload/", self.admin_site.admin_view(self.upload), name="exchange-acknowledgement")
        return [own, *super().get_urls()]

    @display(description="Messages")
    def answers_shown(self, acknowledgement: Acknowledgement) -> str:
        answers = (
            (
                reverse("admin:exchange_answer_change", args=[answer.pk]),
                answer,
                answer.submission or "unmatched",
            )
            for answer in acknowledgement.answers.select_related("submission__message")
        )
        return (
            format_html_join("", '<div><a class="underline" href="{}">{}</a> ({})</div>', answers) or "none"
        )

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Import an uploaded acknowledgement, and go to it."""
        user = require(request, Permission.EXPORT, Permission.VIEW_IDENTITIES)
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            file: UploadedFile[bytes] = form.cleaned_data["file"]
            results, refusals = _import_all(file, user)
            for refusal in refusals:
                form.add_error("file", refusal)
            for result in results:
                messages.success(request, _summary(result))
            if results and not refusals:
                return HttpResponseRedirect(_address(results))
        return page(self, request, "upload.html", "Take an acknowledgement", form=form, what="ack")


def _import_all(file: "UploadedFile[bytes]", user: User) -> tuple[list[AcknowledgementResult], list[str]]:
    """What became of an acknowledgement, or of those in a zip; and why others were refused."""
    results, refusals = [], []
    for name, content in files_in(file, file.name or ""):
        try:
            if isinstance(content, FileRefused):
                raise content
            results.append(import_acknowledgement(content, name, by=user))
        except FileRefused as refused:
            refusals.append(str(refused) if name == file.name else f"{name}: {refused}")
    return results, refusals


def _address(results: list[AcknowledgementResult]) -> str:
    """The page of the one that was taken, or the list of all."""
    if len(results) > 1:
        return reverse("admin:exchange_acknowledgement_changelist")
    return reverse("admin:exchange_acknowledgement_change", args=[results[0].acknowledgement.pk])


def _summary(result: AcknowledgementResult) -> str:
    repeated = "" if result.is_new else "It was taken before; nothing has changed. "
    unmatched = f" {len(result.unmatched)} could not be matched." if result.unmatched else ""
    return f"{repeated}{len(result.answers)} messages answered.{unmatched}"


class MatchedFilter(admin.SimpleListFilter):
    """Answers by whether their submission is known."""

    title, parameter_name = "matching", "matched"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("no", "Waits to be matched"), ("yes", "Matched")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Answer]) -> QuerySet[Answer]:
        return queryset.filter(submission__isnull=self.value() == "no") if self.value() else queryset


@admin.register(Answer)
class AnswerAdmin(ReadOnly, ModelAdmin):
    """Receivers' answers to single messages; those that wait to be matched are a queue of work."""

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
        "linked_text",
        "links",
    )
    readonly_fields = ("linked_text", "links")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Answer]:
        return answers_of(user_of(request))

    def get_urls(self) -> list[URLPattern]:
        own = path("<int:pk>/match/", self.admin_site.admin_view(self.match), name="exchange-match")
        return [own, *super().get_urls()]

    @display(description="What the receiver said")
    def linked_text(self, answer: Answer) -> str:
        return link_elements(answer.text, answer.submission.case_id if answer.submission else None)

    @display(description="Do")
    def links(self, answer: Answer) -> str:
        if answer.submission is not None:
            address = reverse("admin:exchange_submission_change", args=[answer.submission_id])
            return format_html('<a class="underline" href="{}">The submission</a>', address)
        address = reverse("admin:exchange-match", args=[answer.pk])
        return format_html('<a class="underline" href="{}">Say which submission it means</a>', address)

    def match(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let a person choose the submission that an answer means."""
        user = require(request, Permission.EXPORT, Permission.VIEW_IDENTITIES)
        answer = get_object_or_404(answers_of(user), pk=pk)
        form = MatchForm(user, request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                match_by_hand(answer, by=user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return HttpResponseRedirect(reverse("admin:exchange_answer_change", args=[pk]))
        sentences = [answer.matched_by, answer.text]
        return page(
            self, request, "reason.html", "Which submission is meant?", form=form, sentences=sentences
        )
