"""Which state of a case a form was made from, carried in hidden boxes of the form."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cases.history import Seen
from web.entry.django_types import AnyModelForm

# Fields of the form that are no columns of the case.
FORM_ONLY_FIELDS = ("reason", "seen", "since", "on_top")


class SeenField(forms.CharField):
    """The state of the case that the reader of a form has seen."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        try:
            return Seen.parse(text) if text else None
        except ValueError:
            raise ValidationError(
                "This form doesn't say what it was made from. Open the case anew."
            ) from None


class SeenForm(AnyModelForm):
    """A form of a case that names the state of it that its reader has seen."""

    seen = SeenField(required=False)
    since = SeenField(required=False)  # where `seen` was when others' changes were first met
    on_top = forms.BooleanField(required=False, label="I have seen the changes: save mine on top")
    seen_now: Seen | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.seen_now is not None:
            self.initial["seen"] = str(self.seen_now)


def parse_seen(text: str | None) -> Seen | None:
    """The state that a posted box names; None if it is empty or unreadable, which the field then reports."""
    try:
        return Seen.parse(text) if text else None
    except ValueError:
        return None
