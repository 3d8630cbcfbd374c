"""Store files, once per content under the digest of their bytes, and read them."""

import hashlib
import zlib
from collections.abc import Iterable

from cases.documents.file_types import recognise
from cases.documents.pictures import UnreadablePicture, thumbnail
from cases.models import Document, LiteratureReference, StoredFile

# A received document may come deflated; unfolded beyond this it is handed out as it came.
MAX_INFLATED = 100 * 1024 * 1024
DEFLATED = "DF"


def store_content(content: bytes, media_type: str = "") -> StoredFile:
    """Store bytes that are not stored yet, and return their file. Call it inside a transaction.

    Without a media type they get the one that is recognised. A picture gets a thumbnail if it can be read.
    """
    digest = hashlib.sha256(content).hexdigest()
    # Bytes that are stored already need not be read.
    files = StoredFile.objects.defer("content", "thumbnail")
    if stored := files.filter(pk=digest).first():
        return stored
    kind = recognise(content)
    stored, _ = files.get_or_create(
        digest=digest,
        defaults={
            "content": content,
            "size": len(content),
            "media_type": media_type or (kind.media_type if kind else ""),
            "thumbnail": _small(content) if kind and kind.is_picture else None,
        },
    )
    return stored


def store_contents(contents: Iterable[bytes], media_type: str) -> list[str]:
    """Store bytes once per content; returns their digests in the same order. Call it inside a transaction."""
    files = [
        StoredFile(
            digest=hashlib.sha256(content).hexdigest(),
            content=content,
            size=len(content),
            media_type=media_type,
        )
        for content in contents
    ]
    insert_files(files)
    return [file.digest for file in files]


def insert_files(files: Iterable[StoredFile]) -> None:
    """Store files that are not stored yet, in one statement. Call it inside a transaction."""
    distinct = {file.digest: file for file in files}
    StoredFile.objects.bulk_create(distinct.values(), ignore_conflicts=True)


def _small(content: bytes) -> bytes | None:
    try:
        return thumbnail(content)
    except UnreadablePicture:
        return None


def readable(row: Document | LiteratureReference) -> bytes:
    """The bytes of a row's file as a reader wants them: inflated where a message had deflated them."""
    content = bytes(row.file.content)
    return _inflated(content) if row.compression == DEFLATED else content


def _inflated(content: bytes) -> bytes:
    """Deflated bytes unfolded, with or without a zlib header; as they came where that can't be done."""
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        unfolding = zlib.decompressobj(window)
        try:
            unfolded = unfolding.decompress(content, MAX_INFLATED)
        except zlib.error:
            continue
        if unfolding.eof:
            return unfolded
    return content
