"""Read documents and publications without their bytes, and find the one that somebody may open."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from cases.models import Document, LiteratureReference
from cases.visibility import sees_identities, visible_to

MODELS_WITH_FILES = (Document, LiteratureReference)


def with_files(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows with their files' size and type, and whether there is a thumbnail; no bytes are read."""
    without_bytes: QuerySet[Any] = rows.select_related("file").defer("file__content", "file__thumbnail")
    annotated: QuerySet[Any] = without_bytes.annotate(has_thumbnail=Q(file__thumbnail__isnull=False))
    return annotated


def row_with_file(user: User, uuid: UUID) -> Document | LiteratureReference | None:
    """The row of this UUID with its file, if it has one and the user may read its case in full."""
    if not sees_identities(user):
        return None
    for model in MODELS_WITH_FILES:
        rows = with_files(model.objects.filter(file__isnull=False, case__in=visible_to(user)))
        row: Document | LiteratureReference | None = rows.select_related("case").filter(uuid=uuid).first()
        if row is not None:
            return row
    return None
