"""Files that came or left, stored in chunks: exact bytes, in memory that doesn't grow with their size."""

import hashlib
from typing import IO

from cases.documents.storage import store_contents
from exchange.models import Batch, FileChunk

XML = "application/xml"
CHUNK_BYTES = 1024 * 1024


def store_file(batch: Batch, stream: IO[bytes]) -> None:
    """Store a file that came, as the chunks of its batch."""
    for position, content in enumerate(iter(lambda: stream.read(CHUNK_BYTES), b""), 1):
        (digest,) = store_contents([content], XML)
        FileChunk.objects.create(batch=batch, position=position, file_id=digest)


def digest_of(stream: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and size of what is left of a stream."""
    digest, size = hashlib.sha256(), 0
    for content in iter(lambda: stream.read(CHUNK_BYTES), b""):
        digest.update(content)
        size += len(content)
    return digest.hexdigest(), size
