"""Attachments: files by digest in the record, base64 or text in a message."""

import base64
import hashlib
from dataclasses import replace

from cases.models import Document, LiteratureReference, StoredFile
from e2b import Attachment, MessageError

ELEMENTS = {"C.1.6.1.r": "C.1.6.1.r.2", "C.4.r": "C.4.r.2"}
COLUMNS = ("file", "media_type", "compression", "representation")
# What of a row decides on what leaves in place of its file.
REDACTION = ("redacted_file", "withheld_because")
AS_TEXT = "TXT"

Attached = Document | LiteratureReference


def attachment_of(row: Attached) -> Attachment | None:
    """The file of a row as an attachment; None without a file."""
    if row.file is None:
        return None
    data = bytes(row.file.content)
    representation = row.representation or "B64"
    content = data.decode() if representation == AS_TEXT else base64.b64encode(data).decode("ascii")
    return Attachment(content, row.media_type, representation, row.compression)


def redacted_attachment(row: Attached) -> Attachment | None:
    """The redacted file that leaves in place of a row's own; None if there is none."""
    file = row.redacted_file
    return Attachment.of(bytes(file.content), file.media_type) if file else None


def attach(row: Attached, received: Attachment) -> Attachment | None:
    """Give a row its file. Returns what the columns can't hold of it, None if they hold everything.

    Line breaks inside base64 are no content. What can't be decoded is no file and is returned as received.
    """
    try:
        data = received.data
    except MessageError:
        return received
    fits = (
        data
        and len(received.media_type) <= row._meta.get_field("media_type").max_length  # type: ignore[operator]
        and len(received.compression) <= row._meta.get_field("compression").max_length  # type: ignore[operator]
        and received.representation in ("B64", AS_TEXT)
    )
    if not fits:
        return received
    row.media_type, row.compression = received.media_type, received.compression
    row.representation = received.representation
    row.file = StoredFile(
        digest=hashlib.sha256(data).hexdigest(),
        content=data,
        size=len(data),
        media_type=received.media_type,
    )
    return replace(received, content="") if received.reference else None


def restored(row: Attached, preserved: Attachment) -> Attachment:
    """A preserved attachment with the content of the row's file, where only the file has it."""
    current = attachment_of(row)
    return replace(preserved, content=current.content) if current and not preserved.content else preserved
