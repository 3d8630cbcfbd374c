"""Forms for uploading files, giving reasons, matching answers, and exporting cases."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from accounts.models import User
from e2b import PROFILES
from exchange.models import Submission
from exchange.receivers import Receiver
from exchange.visibility import submissions_of

MAX_UPLOAD = 64 * 1024 * 1024
ROUTES = [
    (f"{name}/{route}", f"{name}: {route}" if route else name)
    for name, profile in PROFILES.items()
    for route in (profile.receivers or [""])
]


class UploadForm(forms.Form):
    """One file that was received."""

    file = forms.FileField(
        widget=UnfoldAdminFileFieldWidget, help_text="At most 64 MB; larger ones by the API or by command."
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if file.size is not None and file.size > MAX_UPLOAD:
            raise ValidationError(
                f"The file has {file.size:,} bytes; {MAX_UPLOAD:,} are taken here. "
                "Use manage.py import_icsr, or split the batch."
            )
        return file


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        max_length=500, widget=UnfoldAdminTextInputWidget, help_text="Kept in the history."
    )


class DecisionForm(ReasonForm):
    """Which values hold where a follow-up has some that can't be read."""

    holds = forms.ChoiceField(
        label="What holds",
        choices=[("stored", "The stored values"), ("received", "Neither: not known any more")],
        help_text="Everything else of the message is taken. What was received is kept either way.",
        widget=UnfoldAdminRadioSelectWidget,
        initial="stored",
    )
    field_order = ("holds", "reason")


class MatchForm(ReasonForm):
    """Which submission an answer means."""

    submission = forms.ModelChoiceField(
        Submission.objects.none(),
        widget=UnfoldAdminSelectWidget,
        help_text="The latest 200 that were sent.",
    )
    field_order = ("submission", "reason")

    def __init__(self, user: User, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        recent = submissions_of(user).select_related("message", "case").exclude(state="draft")
        field = cast("forms.ModelChoiceField[Submission]", self.fields["submission"])
        field.queryset = recent
        # A list of thousands helps nobody.
        choices = [(submission.pk, f"{submission} ({submission.case})") for submission in recent[:200]]
        field.choices = [("", "Choose"), *choices]


class ExportForm(forms.Form):
    """To whom cases are sent, and how."""

    receiver = forms.ChoiceField(choices=ROUTES, widget=UnfoldAdminSelectWidget)
    to = forms.CharField(
        required=False,
        max_length=60,
        label="Receiver's identifier",
        widget=UnfoldAdminTextInputWidget,
        help_text="N.1.4 and N.2.r.3, where it is none of the above.",
    )
    one_file_each = forms.BooleanField(
        required=False, label="One file for each case", widget=UnfoldBooleanSwitchWidget
    )
    is_draft = forms.BooleanField(
        required=False,
        label="As drafts",
        widget=UnfoldBooleanSwitchWidget,
        help_text="Also what the receiver would reject; marked as a draft.",
    )

    def chosen_receiver(self) -> Receiver:
        """The receiver that was chosen. Raises ValidationError."""
        name, _, route = self.cleaned_data["receiver"].partition("/")
        return Receiver.of(PROFILES[name], route, self.cleaned_data["to"])
