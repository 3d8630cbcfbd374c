"""Received files, and zips of them: read within bounds, stored as they came, recognised by their bytes.

A file is an ICSR batch, or a zip of them. Names inside a zip are only shown, never used as paths; sizes are
counted while unpacking, whatever the zip states of itself.
"""

import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.roles import Permission
from e2b import Block, E2BError, Value, read_stream, text_of
from exchange.file_chunks import CHUNK_BYTES, digest_of, store_file
from exchange.models import Batch, Direction
from values.bounds import out_of_bounds
from values.dates import PartialDate
from values.moments import Moment

MAX_FILE = 1024**3
MAX_UNPACKED = 2 * 1024**3
MAX_FILES = 10_000
# Deflate reaches about 1,000 on purpose-made input; ICSRs reach about 20.
MAX_RATIO = 200
FREE_RATIO = 10 * 1024 * 1024
IN_MEMORY = 8 * 1024 * 1024
ZIP = b"PK\x03\x04"
# The list of files of a zip: bytes that suffice for MAX_FILES with long names, and where it says its size.
MAX_DIRECTORY = 4 * 1024 * 1024
_END_OF_DIRECTORY, _END_OF_DIRECTORY_64 = b"PK\x05\x06", b"PK\x06\x06"
_LONGEST_END = 128 * 1024
LONGEST_NAME = 250


class FileRefused(ValueError):
    """A file that is not even stored; the text gives the reason and the remedy."""


def files_in(stream: IO[bytes], name: str) -> Iterator[tuple[str, IO[bytes] | FileRefused]]:
    """The files to import, by name: this one, or those in a zip. For a refused one, the refusal instead."""
    signature = stream.read(len(ZIP))
    stream.seek(0)
    if signature != ZIP:
        yield name, stream
        return
    try:
        _check_directory(stream)
        with zipfile.ZipFile(stream) as archive:
            yield from _members(archive, name)
    except FileRefused as refused:
        yield name, refused
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield name, FileRefused(f"The zip can't be read: {error}. Pack it again.")


def _check_directory(stream: IO[bytes]) -> None:
    """Refuse a zip whose list of files is too long to be read into memory. Raises FileRefused."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(size - _LONGEST_END, 0))
    end = stream.read()
    stream.seek(0)
    at, at64 = end.rfind(_END_OF_DIRECTORY), end.rfind(_END_OF_DIRECTORY_64)
    sizes = [int.from_bytes(end[at + 12 : at + 16], "little")] if at >= 0 else []
    sizes += [int.from_bytes(end[at64 + 40 : at64 + 48], "little")] if at64 >= 0 else []
    if any(listed > MAX_DIRECTORY for listed in sizes):
        raise FileRefused(f"The zip lists too many files; {MAX_FILES:,} are allowed. Split it.")


def _members(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, IO[bytes] | FileRefused]]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if not members:
        yield name, FileRefused("The zip has no files. Pack it again.")
    if len(members) > MAX_FILES:
        yield name, FileRefused(f"The zip has {len(members):,} files; {MAX_FILES:,} are allowed. Split it.")
        return
    allowed = MAX_UNPACKED
    for member in members:
        shown = f"{name}: {PurePosixPath(member.filename.replace(chr(92), '/')).name}"
        try:
            with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as unpacked:
                allowed -= _unpack(archive, member, unpacked, allowed)
                unpacked.seek(0)
                yield shown, unpacked
        except FileRefused as refused:
            yield shown, refused
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            RuntimeError,
            NotImplementedError,
            OSError,
        ) as error:
            yield shown, FileRefused(f"It can't be unpacked: {error}. Pack it again, without a password.")


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, out: IO[bytes], allowed: int) -> int:
    """Unpack one file and return its size in bytes. Raises FileRefused above `allowed` bytes."""
    size = 0
    with archive.open(member) as packed:
        while content := packed.read(CHUNK_BYTES):
            if size == 0 and content.startswith(ZIP):
                raise FileRefused("A zip inside a zip isn't opened. Unpack it first.")
            size += len(content)
            if size > FREE_RATIO and size > MAX_RATIO * max(member.compress_size, 1):
                raise FileRefused("It unfolds to far more than an ICSR would: it looks like a zip bomb.")
            if size > allowed:
                raise FileRefused(f"The zip unfolds to more than {MAX_UNPACKED:,} bytes. Split it.")
            out.write(content)
    return size


def receive(stream: IO[bytes], name: str, *, by: User) -> Batch:
    """Store a file, or find it where it was stored before. Its messages are imported by `importing`.

    A file that can't be read to its end is stored with its refusal, and nothing of it is imported. Raises
    FileRefused for one that is too large to be stored, and PermissionDenied.
    """
    if not by.may(Permission.AMEND_CASES):
        raise PermissionDenied(f"{by} may not import cases.")
    digest, size = digest_of(stream)
    if size > MAX_FILE:
        raise FileRefused(f"It has {size:,} bytes; {MAX_FILE:,} are allowed. Split the batch.")
    if size == 0:
        raise FileRefused("The file is empty.")
    received = Batch.objects.filter(
        direction=Direction.RECEIVED, digest=digest, organisation=by.organisation_id
    )
    earlier = received.first()
    if earlier is not None:
        return earlier
    stream.seek(0)
    header, count, refusal = _inspect(stream)
    stream.seek(0)
    batch = Batch(
        direction=Direction.RECEIVED,
        file_name=name[-LONGEST_NAME:],
        size=size,
        digest=digest,
        message_count=count,
        refusal=refusal,
        organisation=by.organisation,
        by=by,
        **_columns(header),
    )
    try:
        with transaction.atomic():
            batch.save()
            store_file(batch, stream)
    except IntegrityError:
        # Somebody else received the same file at the same time.
        return received.get()
    return batch


def _inspect(stream: IO[bytes]) -> tuple[Block, int, str]:
    """The envelope and the number of messages, or why the file can't be read."""
    try:
        reader = read_stream(stream)
        count = reader.skim()
    except E2BError as error:
        return Block("N.1"), 0, str(error)
    return reader.header, count, "" if count else "There is no message in it."


def _columns(header: Block) -> dict[str, object]:
    """The columns of a batch; what doesn't fit stays in the file."""
    sent = header["N.1.5"]
    return {
        "message_type": text_within(header["N.1.1"], 1),
        "number": text_within(header["N.1.2"], 100),
        "sender": text_within(header["N.1.3"], 60),
        "receiver": text_within(header["N.1.4"], 60),
        "transmitted_at": time_within(sent),
    }


def time_within(value: Value | None) -> Moment | None:
    """The time of an element, or nothing where no message can be of it."""
    moment = Moment(date=value) if isinstance(value, PartialDate) else None
    return None if moment is None or out_of_bounds(moment) else moment


def text_within(value: Value | None, longest: int) -> str:
    """The text of an element, or nothing where it has more characters than ICH allows."""
    text = text_of(value).strip()
    return text if len(text) <= longest else ""
