"""Uploaded files: checked by their content, and refused with the reason or stored."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError

from cases.documents.file_types import ACCEPTED, TEXT, XML, FileType, by_name, recognise
from cases.documents.pictures import UnreadablePicture, is_located, thumbnail
from cases.documents.storage import store_content
from cases.models import Document, StoredFile

MEGABYTE = 1024 * 1024
MAX_NAME = Document._meta.get_field("file_name").max_length or 0
# Each may have the extension of the other: both are only text.
TEXT_FORMATS = {TEXT, XML}
ACCEPTED_IN_WORDS = "PDF, JPEG, PNG, TIFF, Word (.docx), Excel (.xlsx), OpenDocument, XML and plain text"


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """An upload that was checked and stored. `is_located`: it is a picture that says where it was taken."""

    file: StoredFile
    name: str
    is_located: bool = False


def store_upload(name: str, content: bytes) -> StoredUpload:
    """Check a file and store it. Raises ValidationError that names file, limit and remedy."""
    kind = check(name, content)
    if not kind.is_picture:
        return StoredUpload(store_content(content, kind.media_type), name)
    try:
        thumbnail(content)
        located = is_located(content)
    except UnreadablePicture as error:
        raise ValidationError(f"{name} {error}") from None
    return StoredUpload(store_content(content, kind.media_type), name, located)


def check(name: str, content: bytes) -> FileType:
    """The type of a file that may be kept. Raises ValidationError."""
    if len(name) > MAX_NAME:
        raise ValidationError(f"{name[:40]}…: the name has more than {MAX_NAME} characters. Shorten it.")
    if not content:
        raise ValidationError(f"{name} is empty. Choose the file anew, or ask for it again.")
    if len(content) > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(too_large(name, len(content)))
    kind = recognise(content)
    if kind is None:
        raise ValidationError(f"{name} is of no kind that is kept with a case: {ACCEPTED_IN_WORDS}.")
    if kind.instead:
        raise ValidationError(f"{name} is {kind.words} by its content. {kind.instead}")
    pretended = by_name(name)
    if pretended not in (None, kind) and not {pretended, kind} <= TEXT_FORMATS:
        raise ValidationError(
            f"{name} is {kind.words} by its content, not {pretended.words}. Make sure that it is the right "
            f"file; if so, rename it to end in .{kind.extensions[0]} and choose it again."
        )
    return kind


def too_large(name: str, size: int) -> str:
    """The sentence for a file beyond the limit of size."""
    has, most = (f"{number / MEGABYTE:.3g} MB" for number in (size, settings.UPLOAD_MAX_BYTES))
    return f"{name} has {has}; at most {most} are kept. Save a smaller copy, or split it."


def too_many(name: str) -> str:
    """The sentence for a file beyond the number that may come at once."""
    return (
        f"{name} was not taken: at most {settings.UPLOAD_MAX_FILES} files come with one save. "
        "Save what there is, then choose this one again."
    )


def download_name(name: str, kind: FileType | None) -> str:
    """A name under which a file can safely be saved: no path, no control signs, its own extension."""
    signs = (sign if sign.isprintable() and sign not in '\\/:*?"<>|' else "_" for sign in name)
    safe = "".join(signs).strip(". ") or "document"
    if kind not in ACCEPTED or by_name(safe) is kind:
        return safe
    return f"{safe}.{kind.extensions[0]}" if kind else safe
