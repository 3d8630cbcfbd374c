"""Messages become files: stored piece by piece as they are written, and named when everything is kept.

Batch numbers and message identifiers come from the database's sequences, which never give a number twice,
rejected or rolled back.
"""

import hashlib
import os
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, cast

from django.db import connection, transaction

from cases.documents.storage import store_contents
from e2b import Message as Icsr
from e2b import text_of, write_stream
from exchange.file_chunks import XML
from exchange.models import Batch, Direction, FileChunk, Message, Submission
from exchange.receivers import Export, Ready, Tell
from values.moments import Moment

CHUNK = 100
LONGEST_ID = 100


def write_file(ready: Iterator[Ready], export: Export, tell: Tell) -> list[Path]:
    """Write a batch: into a file beside the place, into the database, and at last under its name."""
    (key,) = keys(Batch, 1)
    number = f"{export.mark}{export.sender}-{export.now:%Y%m%d}-{key}"
    path = export.out / f"{re.sub(r'[^A-Za-z0-9._-]+', '_', number)}.xml"
    with _unnamed(path) as stream:
        with transaction.atomic():
            out = _Frozen(key, export, stream, path.name, tell)
            # Of a stream, nothing but write() is asked.
            written = cast("IO[bytes]", out)
            mode = export.receiver.profile.mode
            if not write_stream(export.header(number), out.messages(ready), written, mode=mode):
                return []
            out.finish(number)
        # Whoever waits for the file finds it whole, and only if the database kept what it holds.
        os.replace(stream.name, path)
    return [path]


@contextmanager
def _unnamed(path: Path) -> Iterator[IO[bytes]]:
    """A file that isn't complete yet. What was not given its name is removed."""
    unfinished = path.with_suffix(".part")
    try:
        with unfinished.open("xb") as stream:
            yield stream
    finally:
        unfinished.unlink(missing_ok=True)


class _Frozen:
    """Where `write_stream` writes: what it writes goes into the file and, message by message, is stored."""

    def __init__(self, key: int, export: Export, stream: IO[bytes], name: str, tell: Tell) -> None:
        self.key, self.export, self.stream, self.name, self.tell = key, export, stream, name, tell
        self.digest = hashlib.sha256()
        self.size = self.pieces = self.count = 0
        self.begun: deque[Ready] = deque()
        self.pending: list[tuple[bytes, Ready | None]] = []

    def messages(self, ready: Iterator[Ready]) -> Iterator[Icsr]:
        for one in ready:
            self.begun.append(one)
            mark, number = self.export.mark, text_of(one.message.N["N.2.r.1"])
            identifier = f"{number[: LONGEST_ID - len(mark) - 21]}-{one.key}"
            named = {"N.2.r.1": f"{mark}{identifier}"}
            one.message = one.message.with_sections(N=one.message.N.with_values(named))
            yield one.message

    def write(self, content: bytes) -> int:
        self.stream.write(content)
        self.digest.update(content)
        self.size += len(content)
        self.pending.append((content, self.begun.popleft() if self.begun else None))
        if len(self.pending) >= CHUNK:
            self._store()
        return len(content)

    def _store(self) -> None:
        digests = store_contents((content for content, _ in self.pending), XML)
        kept = [(digest, one) for digest, (_, one) in zip(digests, self.pending, strict=True)]
        FileChunk.objects.bulk_create(
            FileChunk(batch_id=self.key, position=self.pieces + number, file_id=digest)
            for number, (digest, _) in enumerate(kept, 1)
        )
        self.pieces += len(kept)
        sent = [(digest, one) for digest, one in kept if one is not None]
        Message.objects.bulk_create(
            self._message(digest, one, self.count + number) for number, (digest, one) in enumerate(sent, 1)
        )
        Submission.objects.bulk_create(self._submission(one) for _, one in sent)
        self.count += len(sent)
        self.pending.clear()
        for _, one in sent:
            self.tell(replace(one.outcome, identifier=text_of(one.message.N["N.2.r.1"]), file=self.name))

    def _message(self, digest: str, one: Ready, position: int) -> Message:
        named = one.message.N
        return Message(
            pk=one.key,
            batch_id=self.key,
            direction=Direction.SENT,
            position=position,
            identifier=text_of(named["N.2.r.1"]),
            sender=text_of(named["N.2.r.2"]),
            receiver=text_of(named["N.2.r.3"]),
            created_at=Moment(date=self.export.time),
            digest=digest,
            file_id=digest,
        )

    def _submission(self, one: Ready) -> Submission:
        return Submission(
            case=one.case,
            version_id=one.version,
            message_id=one.key,
            profile=self.export.receiver.profile.name,
            state=one.outcome.state,
            left_out=list(one.outcome.left_out),
            declared=list(one.outcome.declared),
            by=self.export.by,
        )

    def finish(self, number: str) -> None:
        """Store what is left, and the batch itself; its rows were allowed to wait for it until now."""
        self._store()
        self.stream.flush()
        os.fsync(self.stream.fileno())
        Batch.objects.create(
            pk=self.key,
            direction=Direction.SENT,
            number=number,
            sender=self.export.sender,
            receiver=self.export.receiver.batch,
            transmitted_at=Moment(date=self.export.time),
            file_name=self.name,
            size=self.size,
            digest=self.digest.hexdigest(),
            message_count=self.count,
            by=self.export.by,
        )


def keys(model: type[Batch] | type[Message], count: int) -> list[int]:
    """Numbers from the sequence of a table; none of them is ever given again."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]
