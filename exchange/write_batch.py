"""Messages written to a file: stored chunk by chunk as they are written, and named when everything is stored.

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
from exchange.export_job import Export, PreparedCase, ReportExport
from exchange.file_chunks import XML
from exchange.models import Batch, Direction, FileChunk, Message, Submission
from values.moments import Moment

CHUNK = 100
LONGEST_ID = 100  # characters of N.1.2 and N.2.r.1


def write_file(prepared: Iterator[PreparedCase], export: Export, report: ReportExport) -> list[Path]:
    """Write a batch into a part file and the database, and at last under its name; no cases, no file."""
    (key,) = next_keys(Batch, 1)
    number = f"{export.mark}{export.sender}-{export.now:%Y%m%d}-{key}"
    path = export.out / f"{re.sub(r'[^A-Za-z0-9._-]+', '_', number)}.xml"
    with _part_file(path) as stream:
        with transaction.atomic():
            writer = _BatchWriter(key, export, stream, path.name, report)
            # Of a stream, nothing but write() is asked.
            out = cast("IO[bytes]", writer)
            mode = export.profile.mode
            if not write_stream(export.header(number), writer.messages(prepared), out, mode=mode):
                return []
            writer.finish(number)
        # Whoever waits for the file finds it whole, and only if the database has stored what it holds.
        os.replace(stream.name, path)
    return [path]


@contextmanager
def _part_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that isn't complete yet; it is removed unless it was given its name."""
    unfinished = path.with_suffix(".part")
    try:
        with unfinished.open("xb") as stream:
            yield stream
    finally:
        unfinished.unlink(missing_ok=True)


class _BatchWriter:
    """Where `write_stream` writes: what it writes goes into the file and, message by message, is stored."""

    def __init__(self, key: int, export: Export, stream: IO[bytes], name: str, report: ReportExport) -> None:
        self.key, self.export, self.stream, self.name, self.report = key, export, stream, name, report
        self.digest = hashlib.sha256()
        self.size = self.chunk_count = self.message_count = 0
        self.begun: deque[PreparedCase] = deque()
        self.pending: list[tuple[bytes, PreparedCase | None]] = []

    def messages(self, cases: Iterator[PreparedCase]) -> Iterator[Icsr]:
        """The messages with identifiers of their own (N.2.r.1): the case's, and the key after it."""
        for prepared in cases:
            self.begun.append(prepared)
            mark, number = self.export.mark, text_of(prepared.message.N["N.2.r.1"])
            identifier = f"{number[: LONGEST_ID - len(mark) - 21]}-{prepared.key}"
            envelope = prepared.message.N.with_values({"N.2.r.1": f"{mark}{identifier}"})
            prepared.message = prepared.message.with_sections(N=envelope)
            yield prepared.message

    def write(self, content: bytes) -> int:
        """Take the next part of the file: a message, or what stands before or after all of them."""
        self.stream.write(content)
        self.digest.update(content)
        self.size += len(content)
        self.pending.append((content, self.begun.popleft() if self.begun else None))
        if len(self.pending) >= CHUNK:
            self._store()
        return len(content)

    def _store(self) -> None:
        digests = store_contents((content for content, _ in self.pending), XML)
        stored = [(digest, case) for digest, (_, case) in zip(digests, self.pending, strict=True)]
        FileChunk.objects.bulk_create(
            FileChunk(batch_id=self.key, position=self.chunk_count + number, file_id=digest)
            for number, (digest, _) in enumerate(stored, 1)
        )
        self.chunk_count += len(stored)
        self.pending.clear()
        self._store_messages([(digest, case) for digest, case in stored if case is not None])

    def _store_messages(self, sent: list[tuple[str, PreparedCase]]) -> None:
        Message.objects.bulk_create(
            self._message(digest, case, self.message_count + number)
            for number, (digest, case) in enumerate(sent, 1)
        )
        Submission.objects.bulk_create(self._submission(case) for _, case in sent)
        self.message_count += len(sent)
        for _, case in sent:
            identifier = text_of(case.message.N["N.2.r.1"])
            self.report(replace(case.result, identifier=identifier, file=self.name))

    def _message(self, digest: str, prepared: PreparedCase, position: int) -> Message:
        envelope = prepared.message.N
        return Message(
            pk=prepared.key,
            batch_id=self.key,
            direction=Direction.SENT,
            position=position,
            identifier=text_of(envelope["N.2.r.1"]),
            sender=text_of(envelope["N.2.r.2"]),
            receiver=text_of(envelope["N.2.r.3"]),
            created_at=Moment(date=self.export.time),
            digest=digest,
            file_id=digest,
        )

    def _submission(self, prepared: PreparedCase) -> Submission:
        return Submission(
            case=prepared.case,
            version_id=prepared.version,
            message_id=prepared.key,
            profile=self.export.profile.name,
            state=prepared.result.state,
            left_out=list(prepared.result.left_out),
            declared=list(prepared.result.declared),
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
            message_count=self.message_count,
            organisation=self.export.by.organisation,
            by=self.export.by,
        )


def next_keys(model: type[Batch] | type[Message], count: int) -> list[int]:
    """Numbers from the sequence of a table; none of them is ever given twice."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [key for (key,) in cursor.fetchall()]
