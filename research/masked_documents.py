"""Whole cases as JSON without identities, stored once they are made, and never served stale.

Masking a case takes several times as long as PostgreSQL takes to build its JSON. So the masked document is
kept under a key made of that JSON, byte for byte; whatever changes in a row, a score or an answer, even past
every service, changes the key, and the document is made anew: in the background once the case is scored, else
when it is read.
"""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from django.db import connection, transaction

from assessments import case_json
from cases.models import Case, CaseSummary
from cases.unreadable import read_each
from research.deidentified_json import masked
from research.models import MaskedDocument
from research.recognised import Recogniser
from research.snapshots import snapshot

# Raised whenever equal rows would give another document: by the table of `research.deidentified`,
# vocabularies, age bands or sentences. A test holds it to that.
MASKING_VERSION = 2
# Key of a document that is to be made, and of one that can't be made as the case is.
DUE, UNREADABLE = "", "unreadable"
# Made at once in the background, so that jobs don't wait long for it.
MADE_AT_ONCE = 50
WRITTEN = ("key", "masking_version", "rule_version", "evidence_version", "document")


class Stored(NamedTuple):
    """A stored document and its key."""

    key: str
    document: str


def whole(case_ids: Iterable[int]) -> dict[int, str]:
    """As `case_json.whole`, de-identified. A fixed number of queries for any number of cases."""
    ids, recogniser = list(case_ids), Recogniser()
    keys = {pk: _key(digest, recogniser) for pk, digest in case_json.digests(ids).items()}
    stored = _stored(ids)
    fresh = {pk: stored[pk].document for pk, key in keys.items() if pk in stored and stored[pk].key == key}
    documents = {**fresh, **make([pk for pk in keys if pk not in fresh], recogniser)}
    return {pk: documents[pk] for pk in keys if pk in documents}


def make(case_ids: list[int], recogniser: Recogniser) -> dict[int, str]:
    """Mask these cases as they are now, and store the documents."""
    if not case_ids:
        return {}
    with snapshot():
        recorded = case_json.whole(case_ids)
        documents = masked(recorded, recogniser)
        versions = _evidence_versions(case_ids)
    rows = [
        MaskedDocument(
            case_id=pk,
            key=_key(_digest(recorded[pk]), recogniser),
            masking_version=MASKING_VERSION,
            rule_version=document.rule_version,
            evidence_version=versions[pk],
            document=document.text,
        )
        for pk, document in sorted(documents.items())
    ]
    with transaction.atomic():
        MaskedDocument.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["case"], update_fields=list(WRITTEN)
        )
    return {pk: document.text for pk, document in documents.items()}


def mark_due(case_ids: Iterable[int]) -> None:
    """Have the documents of cases that were scored made in the background. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_mark_due(), [DUE, list(case_ids)])


def make_due() -> int:
    """Make some of the documents that are due; returns how many were."""
    due = list(MaskedDocument.objects.filter(key=DUE).values_list("case_id", flat=True)[:MADE_AT_ONCE])
    if due:
        recogniser = Recogniser()
        _, problems = read_each(due, lambda ids: make(ids, recogniser))
        MaskedDocument.objects.filter(case_id__in=problems, key=DUE).update(key=UNREADABLE)
    return len(due)


@cache
def _mark_due() -> str:
    """In the order of the cases, as everybody who writes these rows, so that nobody waits in a circle."""
    documents, cases = MaskedDocument._meta.db_table, Case._meta.db_table
    return f"""
        INSERT INTO {documents} ({", ".join(("case_id", *WRITTEN))})
        SELECT id, %s, 0, '', 0, '' FROM {cases} WHERE id = ANY(%s) ORDER BY id
        ON CONFLICT (case_id) DO UPDATE SET key = excluded.key WHERE {documents}.key <> excluded.key
    """  # noqa: S608 - names of models


def _stored(case_ids: list[int]) -> dict[int, Stored]:
    rows = MaskedDocument.objects.filter(case_id__in=case_ids).values_list("case_id", "key", "document")
    return {pk: Stored(key, document) for pk, key, document in rows}


def _evidence_versions(case_ids: list[int]) -> Mapping[int, int]:
    rows: Any = CaseSummary.objects.filter(case_id__in=case_ids).values_list("case_id", "evidence_version")
    return dict(rows)


def _digest(text: str) -> str:
    """As PostgreSQL's in `case_json.digests`."""
    return hashlib.sha256(text.encode()).hexdigest()


def _key(digest: str, recogniser: Recogniser) -> str:
    made_of = f"{MASKING_VERSION} {recogniser.digest} {digest}"
    return hashlib.sha256(made_of.encode()).hexdigest()
