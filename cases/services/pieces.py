"""Keep the files that come and go, in pieces: exact bytes, in memory that doesn't grow with their size."""

import hashlib
from collections.abc import Iterable
from typing import IO

from cases.models import Batch, FilePiece, StoredFile

XML = "application/xml"
PIECE = 1024 * 1024


def keep_all(contents: Iterable[bytes], media_type: str = XML) -> list[str]:
    """Store bytes once per content; their digests, in their order. Call it in a service's transaction."""
    files = [
        StoredFile(
            digest=hashlib.sha256(content).hexdigest(),
            content=content,
            size=len(content),
            media_type=media_type,
        )
        for content in contents
    ]
    distinct = {file.digest: file for file in files}
    StoredFile.objects.bulk_create(distinct.values(), ignore_conflicts=True)
    return [file.digest for file in files]


def keep_file(batch: Batch, stream: IO[bytes]) -> None:
    """Store a file that came, as the pieces of its batch."""
    for position, content in enumerate(iter(lambda: stream.read(PIECE), b""), 1):
        (digest,) = keep_all([content])
        FilePiece.objects.create(batch=batch, position=position, file_id=digest)


def digest_of(stream: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and size of what is left of a stream."""
    digest, size = hashlib.sha256(), 0
    for content in iter(lambda: stream.read(PIECE), b""):
        digest.update(content)
        size += len(content)
    return digest.hexdigest(), size
