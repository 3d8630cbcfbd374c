"""Files received or sent, stored in chunks: exact bytes, in memory that doesn't grow with their size."""

import hashlib
import io
from collections.abc import Iterator
from itertools import islice
from typing import IO, Any

from cases.documents.storage import store_contents
from cases.models import StoredFile
from e2b import Message as Icsr
from e2b import read_stream
from exchange.models import Batch, FileChunk
from exchange.receipt_models import Receipt

XML = "application/xml"
CHUNK_BYTES = 1024 * 1024


def store_file(batch: Batch, stream: IO[bytes]) -> None:
    """Store a received file as the chunks of its batch."""
    for position, content in enumerate(iter(lambda: stream.read(CHUNK_BYTES), b""), 1):
        (digest,) = store_contents([content], XML)
        FileChunk.objects.create(batch=batch, position=position, file_id=digest)


def digest_of(stream: IO[bytes]) -> tuple[str, int]:
    """SHA-256 (hexadecimal) and size in bytes of what is left of a stream."""
    digest, size = hashlib.sha256(), 0
    for content in iter(lambda: stream.read(CHUNK_BYTES), b""):
        digest.update(content)
        size += len(content)
    return digest.hexdigest(), size


def read_chunks(stored: Batch | Receipt) -> Iterator[bytes]:
    """The bytes of a batch's file, or of what was sent in, as they came or left, chunk by chunk."""
    digests = stored.chunks.order_by("position").values_list("file_id", flat=True)
    for digest in digests.iterator(chunk_size=1000):
        yield bytes(StoredFile.objects.values_list("content", flat=True).get(pk=digest))


def open_file(batch: Batch) -> IO[bytes]:
    """The file of a batch as a stream."""
    return io.BufferedReader(_ChunkReader(batch))


def read_message(batch: Batch, position: int) -> Icsr:
    """One message of a received file. Those before it are read, too."""
    with read_stream(open_file(batch)) as messages:
        return next(islice(messages, position - 1, None))


class _ChunkReader(io.RawIOBase):
    """Reads the file of a batch from the database, chunk by chunk."""

    def __init__(self, batch: Batch) -> None:
        self._chunks = read_chunks(batch)
        self._unread = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._unread:
            self._unread = memoryview(next(self._chunks, b""))
        size = min(len(buffer), len(self._unread))
        buffer[:size] = self._unread[:size]
        self._unread = self._unread[size:]
        return size
