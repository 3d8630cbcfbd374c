"""The page of the admin on which a person decides what leaves in place of a document."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from unfold.widgets import INPUT_CLASSES, UnfoldAdminRadioSelectWidget

from accounts.access_log import log_access
from accounts.models import AccessKind
from accounts.requests import user_of
from cases.documents.reading import row_with_file
from cases.documents.redaction import Attached, leave_as_it_is, redact, withhold
from cases.documents.uploads import store_upload, too_large
from web.entry.duplicates import DuplicatePages
from web.entry.uploads import ACCEPT
from web.entry.versions import amendable, errors_shown_on, reason_field

AS_IT_IS, REDACTED, WITHHELD = "as_it_is", "redacted", "withheld"
CHOICES = {AS_IT_IS: "The file as it is", REDACTED: "A redacted file in its place", WITHHELD: "No file"}


class RedactionForm(forms.Form):
    """What leaves, and why."""

    leaves = forms.ChoiceField(
        label="What leaves",
        choices=list(CHOICES.items()),
        widget=UnfoldAdminRadioSelectWidget,
    )
    file = forms.FileField(
        label="Redacted file",
        required=False,
        widget=forms.FileInput(attrs={"accept": ACCEPT, "class": " ".join(INPUT_CLASSES)}),
        help_text="A copy without what must not leave. The original stays with the case.",
    )
    reason = reason_field("Reason")

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("leaves") == REDACTED and not self.cleaned_data.get("file"):
            self.add_error("file", "Choose the redacted file.")


class RedactionPages(DuplicatePages):
    """A ModelAdmin of cases with the page of each document on what leaves in its place."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.redact_view)
        return [path("<uuid:uuid>/redact/", view, name="cases_case_redact"), *super().get_urls()]

    def redact_view(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Decide what leaves in place of a document."""
        row = row_with_file(user_of(request), uuid)
        if row is None:
            raise Http404("There is no such file, or it is not yours to see.")
        case = amendable(request, row.case_id)
        log_access(request, AccessKind.DOCUMENT_READ, case=case.number, detail=row.file_name or str(uuid))
        form = RedactionForm(request.POST or None, request.FILES or None, initial={"leaves": _now(row)})
        if form.is_valid():
            with errors_shown_on(form):
                _decide(request, row, form)
                messages.success(request, f"{row}: {CHOICES[_now(row)].lower()} leaves.")
            if form.is_valid():
                return redirect("admin:cases_case_change", case.pk)
        title = f"What leaves in place of {row}"
        return self._page(request, case, "redaction.html", title, form=form, row=row)


def _now(row: Attached) -> str:
    if row.redacted_file_id:
        return REDACTED
    return WITHHELD if row.withheld_because else AS_IT_IS


def _decide(request: HttpRequest, row: Attached, form: RedactionForm) -> None:
    by, leaves, reason = user_of(request), form.cleaned_data["leaves"], form.cleaned_data["reason"]
    if leaves == AS_IT_IS:
        leave_as_it_is(row, by=by, reason=reason)
    elif leaves == WITHHELD:
        withhold(row, by=by, reason=reason)
    else:
        upload = form.cleaned_data["file"]
        if upload.size > settings.UPLOAD_MAX_BYTES:
            raise ValidationError({"file": too_large(upload.name, upload.size)})
        with transaction.atomic():
            redact(row, store_upload(upload.name, upload.read()).file, by=by, reason=reason)
