"""The box for a file. The file chosen is checked and stored at once: a form that comes back still has it.

A browser never fills a file box in again. So the form carries the digest of the stored file, signed.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from unfold.widgets import INPUT_CLASSES

from cases.documents.file_types import ACCEPTED
from cases.documents.uploads import ACCEPTED_IN_WORDS, StoredUpload, store_upload
from cases.models import Document, LiteratureReference, StoredFile
from web.entry.django_types import Upload
from web.entry.form_templates import FormTemplate

SALT = "web.entry.uploads"
# What a browser offers first; telephones turn their own kind of picture into one of these.
ACCEPT = ",".join(f".{extension}" for kind in ACCEPTED for extension in kind.extensions)
GONE = "The file that was chosen is no longer at hand. Choose it again."


@dataclass(frozen=True)
class PostedFile:
    """What a form sent: a file, the token of one chosen at an earlier attempt, or that none shall stay."""

    upload: Upload | None = None
    token: str = ""
    removes: bool = False


def sign(chosen: StoredUpload) -> str:
    """A token for a stored file that nobody can make up."""
    return signing.dumps([chosen.file.pk, chosen.name, chosen.is_located], salt=SALT)


def signed(token: str) -> StoredUpload:
    """The stored file of a token that a form brings back. Raises ValidationError."""
    try:
        digest, name, located = signing.loads(token, salt=SALT, max_age=settings.SESSION_COOKIE_AGE)
        return StoredUpload(StoredFile.objects.defer("content").get(pk=digest), name, located)
    except (signing.BadSignature, ValueError, TypeError, StoredFile.DoesNotExist):
        raise ValidationError(GONE) from None


class UploadInput(forms.Widget):
    """Shows the file that a row has, and the one chosen a moment ago, beside the box for another."""

    needs_multipart_form = True
    template = FormTemplate("file_box.html")
    row: Document | LiteratureReference | None = None
    chosen: StoredUpload | None = None

    def value_from_datadict(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> PostedFile:
        return PostedFile(files.get(name), data.get(f"{name}-token", ""), f"{name}-remove" in data)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Mapping[str, Any], name: str) -> bool:
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        posted = value if isinstance(value, PostedFile) else PostedFile()
        context = {
            "name": name,
            "id": (attrs or {}).get("id", name),
            "described_by": (attrs or {}).get("aria-describedby"),
            "classes": " ".join(INPUT_CLASSES),
            "accept": ACCEPT,
            "row": self.row,
            "address": reverse("case-file", args=[self.row.uuid]) if self.row else "",
            "chosen": self.chosen,
            "token": sign(self.chosen) if self.chosen else "",
            "thumbnail": _inline_thumbnail(self.chosen),
            "removes": posted.removes,
        }
        return mark_safe(self.template.render(Context(context)))  # noqa: S308 - a template, which escapes


def _inline_thumbnail(chosen: StoredUpload | None) -> str:
    """The thumbnail of a file that belongs to no case yet, and so has no address."""
    if chosen is None or chosen.file.thumbnail is None:
        return ""
    return f"data:image/jpeg;base64,{base64.b64encode(chosen.file.thumbnail).decode()}"


class UploadField(forms.Field):
    """A file for a row; cleaned, it is the stored file. `chosen` is the one chosen with this form, if any."""

    widget: UploadInput = UploadInput  # type: ignore[assignment]  # Django makes one of the class
    chosen: StoredUpload | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, help_text=self.help(), **kwargs)
        self.row: Document | LiteratureReference | None = None

    @staticmethod
    def help() -> str:
        most = settings.UPLOAD_MAX_BYTES / 1024 / 1024
        return f"{ACCEPTED_IN_WORDS}; up to {most:g} MB."

    def set_row(self, row: Document | LiteratureReference) -> None:
        self.row = row
        self.widget.row = row if row.file_id else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data.upload or data.token or (data.removes and initial))

    def clean(self, value: PostedFile) -> StoredFile | None:
        self.chosen = self.widget.chosen = self._chosen(value)
        if self.chosen:
            return self.chosen.file
        return None if value.removes or self.row is None else self.row.file

    def _chosen(self, posted: PostedFile) -> StoredUpload | None:
        if posted.upload:
            if error := getattr(posted.upload, "error", ""):
                raise ValidationError(error)
            posted.upload.seek(0)
            return store_upload(posted.upload.name or "", posted.upload.read())
        return signed(posted.token) if posted.token and not posted.removes else None
