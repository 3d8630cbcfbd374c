"""What is sent in by machines: stored as it comes, then imported by a job that can be stopped and resumed.

Nothing is imported twice: what became of a message is stored in the transaction that made it so, and a file
that was received before is found by its digest. A job that is begun anew passes over what is done.
"""

import hashlib
import tempfile
import time
from collections.abc import Iterable
from typing import IO

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.roles import Permission
from cases.documents.storage import store_contents
from exchange.file_chunks import CHUNK_BYTES, XML, read_chunks
from exchange.import_results import ImportResult
from exchange.importing import import_batch
from exchange.models import Batch
from exchange.receipt_models import Receipt, ReceiptChunk, ReceiptFile
from exchange.receiving import IN_MEMORY, LONGEST_NAME, MAX_FILE, ZIP, FileRefused, files_in, receive
from jobs.leases import Lease, take
from jobs.models import Job
from jobs.queue import add, work

KIND = "import"
ZIP_TYPE = "application/zip"
# Larger ones are for the background from the beginning.
AT_ONCE_BYTES = 1024 * 1024
# What isn't imported within this time goes on in the background.
AT_ONCE_SECONDS = 5.0


def take_in(stream: IO[bytes], name: str, *, by: User) -> Receipt:
    """Store what was sent in, and queue its import. Raises FileRefused, PermissionDenied."""
    if not by.may(Permission.AMEND_CASES):
        raise PermissionDenied(f"{by} may not import cases.")
    digest, size = hashlib.sha256(), 0
    media_type = _media_type(stream)
    with transaction.atomic():
        digests: list[str] = []
        for content in iter(lambda: stream.read(CHUNK_BYTES), b""):
            digest.update(content)
            size += len(content)
            if size > MAX_FILE:
                raise FileRefused(f"It has more than {MAX_FILE:,} bytes. Split it.")
            digests += store_contents([content], media_type)
        if not size:
            raise FileRefused("The file is empty.")
        return _queue(by, name[-LONGEST_NAME:], size, digest.hexdigest(), digests)


def import_later(batch: Batch, *, by: User) -> Receipt:
    """Queue the import of a file that was received before. Raises PermissionDenied."""
    if not by.may(Permission.AMEND_CASES):
        raise PermissionDenied(f"{by} may not import cases.")
    chunks = batch.chunks.order_by("position").values_list("file_id", flat=True)
    with transaction.atomic():
        receipt = _queue(by, batch.file_name or str(batch), batch.size, batch.digest, chunks)
        ReceiptFile.objects.create(receipt=receipt, position=1, name=receipt.file_name, batch=batch)
    return receipt


def _queue(by: User, name: str, size: int, digest: str, chunks: Iterable[str]) -> Receipt:
    """A receipt with its job. `chunks`: the digests of its parts, in their order."""
    receipt = Receipt.objects.create(job=add(KIND, by), file_name=name, size=size, digest=digest)
    ReceiptChunk.objects.bulk_create(
        ReceiptChunk(receipt=receipt, position=position, file_id=chunk)
        for position, chunk in enumerate(chunks, 1)
    )
    return receipt


def import_at_once(receipt: Receipt) -> Job:
    """Import what is small here and now; what isn't, or takes too long, is left to the background."""
    if receipt.size > AT_ONCE_BYTES:
        return receipt.job
    lease = take(receipt.job.uuid, deadline=time.monotonic() + AT_ONCE_SECONDS)
    return work(lease) if lease else receipt.job


def import_receipt(lease: Lease) -> None:
    """The job of a receipt: receive its files, then import their messages.

    Raises Stopped and PermissionDenied.
    """
    receipt = Receipt.objects.get(job=lease.job)
    by = User.objects.get(pk=lease.job.by_id)
    _receive_files(receipt, by, lease)
    files = list(receipt.files.filter(refusal="").select_related("batch"))
    lease.renew(total=sum(file.batch.message_count for file in files if file.batch))

    def report(result: ImportResult) -> None:
        lease.advance()

    for file in files:
        if file.batch:
            import_batch(file.batch, by=by, report=report, name=file.name)


def _receive_files(receipt: Receipt, by: User, lease: Lease) -> None:
    """Store each file as a batch, or why it can't be one; those that are here already are passed over."""
    stored = set(receipt.files.values_list("position", flat=True))
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as stream:
        for chunk in read_chunks(receipt):
            stream.write(chunk)
            lease.beat()
        stream.seek(0)
        for position, (name, content) in enumerate(files_in(stream, receipt.file_name), 1):
            if position not in stored:
                _receive_file(receipt, position, name, content, by, lease)


def _receive_file(
    receipt: Receipt, position: int, name: str, content: IO[bytes] | FileRefused, by: User, lease: Lease
) -> None:
    batch, refusal = None, ""
    try:
        if isinstance(content, FileRefused):
            raise content
        batch = receive(lease.watched(content), name, by=by)
        refusal = batch.refusal
    except FileRefused as refused:
        refusal = str(refused)
    ReceiptFile.objects.get_or_create(
        receipt=receipt,
        position=position,
        defaults={"name": name[-LONGEST_NAME:], "batch": batch, "refusal": refusal},
    )


def _media_type(stream: IO[bytes]) -> str:
    signature = stream.read(len(ZIP))
    stream.seek(0)
    return ZIP_TYPE if signature == ZIP else XML
