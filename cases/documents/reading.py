"""Read documents and publications without their bytes, and find the one that somebody may open."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from cases.models import Document, LiteratureReference
from cases.visibility import sees_identities, visible_to

HOLDERS = (Document, LiteratureReference)


def with_files(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows with what is known of their files, and whether there is a thumbnail; no bytes are read."""
    without_bytes: QuerySet[Any] = rows.select_related("file").defer("file__content", "file__thumbnail")
    found: QuerySet[Any] = without_bytes.annotate(has_thumbnail=Q(file__thumbnail__isnull=False))
    return found


def holder_of_file(user: User, uuid: UUID) -> Document | LiteratureReference | None:
    """The row of this name with its file, if it has one and is of a case that the user may read in full."""
    if not sees_identities(user):
        return None
    for model in HOLDERS:
        rows = with_files(model.objects.filter(file__isnull=False, case__in=visible_to(user)))
        row: Document | LiteratureReference | None = rows.filter(uuid=uuid).first()
        if row is not None:
            return row
    return None
