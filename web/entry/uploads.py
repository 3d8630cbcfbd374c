"""The box for a file. What was chosen is checked and kept at once: a form that comes back still has it.

A browser never fills a file box in again. So the form carries the digest of the kept file, signed.
"""

import base64
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from unfold.widgets import INPUT_CLASSES

from cases.documents.file_types import ACCEPTED
from cases.documents.uploads import ACCEPTED_IN_WORDS, StoredUpload, store_upload
from cases.models import Document, LiteratureReference, StoredFile
from web.entry.form_templates import FormTemplate

SALT = "web.entry.uploads"
# What a browser offers first; telephones turn their own kind of picture into one of these.
ACCEPT = ",".join(f".{extension}" for kind in ACCEPTED for extension in kind.extensions)
GONE = "The file that was chosen is no longer at hand. Choose it again."


@dataclass(frozen=True)
class Posted:
    """What a form sent: a file now, one that was kept from an earlier attempt, or that none shall stay."""

    upload: UploadedFile | None = None
    held: str = ""
    removes: bool = False


def sign(kept: StoredUpload) -> str:
    """A kept file in a form that nobody can make up."""
    return signing.dumps([kept.file.pk, kept.name, kept.is_located], salt=SALT)


def signed(text: str) -> StoredUpload:
    """The kept file that a form brings back. Raises ValidationError."""
    try:
        digest, name, located = signing.loads(text, salt=SALT, max_age=settings.SESSION_COOKIE_AGE)
        return StoredUpload(StoredFile.objects.defer("content").get(pk=digest), name, located)
    except (signing.BadSignature, ValueError, TypeError, StoredFile.DoesNotExist):
        raise ValidationError(GONE) from None


class UploadInput(forms.Widget):
    """Shows the file that a row has, and the one chosen a moment ago, beside the box for another."""

    needs_multipart_form = True
    markup = FormTemplate("file_box.html")
    row: Document | LiteratureReference | None = None
    held: StoredUpload | None = None

    def value_from_datadict(self, data, files, name):
        return Posted(files.get(name), data.get(f"{name}-held", ""), f"{name}-remove" in data)

    def value_omitted_from_data(self, data, files, name):
        return False

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        posted = value if isinstance(value, Posted) else Posted()
        shown = {
            "name": name,
            "id": (attrs or {}).get("id", name),
            "described_by": (attrs or {}).get("aria-describedby"),
            "classes": " ".join(INPUT_CLASSES),
            "accept": ACCEPT,
            "row": self.row,
            "address": reverse("case-file", args=[self.row.uuid]) if self.row else "",
            "held": self.held,
            "token": sign(self.held) if self.held else "",
            "thumbnail": _inside(self.held),
            "removes": posted.removes,
        }
        return mark_safe(self.markup.render(Context(shown)))  # noqa: S308 - a template, which escapes


def _inside(held: StoredUpload | None) -> str:
    """The thumbnail of a file that belongs to no case yet, and so has no address."""
    if held is None or held.file.thumbnail is None:
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(held.file.thumbnail).decode()}"


class UploadField(forms.Field):
    """A file for a row; cleaned, it is the stored file. `kept` is the one chosen with this form, if any."""

    widget = UploadInput
    kept: StoredUpload | None = None

    def __init__(self, **kwargs):
        super().__init__(required=False, help_text=self.help(), **kwargs)
        self.row = None

    @staticmethod
    def help() -> str:
        most = settings.UPLOAD_MAX_BYTES / 1024 / 1024
        return f"{ACCEPTED_IN_WORDS}; up to {most:g} MB."

    def belongs_to(self, row: Document | LiteratureReference) -> None:
        self.row = row
        self.widget.row = row if row.file_id else None

    def has_changed(self, initial, data):
        return bool(data.upload or data.held or (data.removes and initial))

    def clean(self, value):
        self.kept = self.widget.held = self._chosen(value)
        if self.kept:
            return self.kept.file
        return None if value.removes or self.row is None else self.row.file

    def _chosen(self, posted: Posted) -> StoredUpload | None:
        if posted.upload:
            if refusal := getattr(posted.upload, "refusal", ""):
                raise ValidationError(refusal)
            posted.upload.seek(0)
            return store_upload(posted.upload.name, posted.upload.read())
        return signed(posted.held) if posted.held and not posted.removes else None
