"""Documents and photographs of a case: pictures to look at, other files to open, what was not sent."""

from collections.abc import Iterable, Mapping
from typing import Any

from cases.models import Document, LiteratureReference
from values.moment_text import format_moment


def documents_view(documents: Iterable[Document], events: Mapping[str, str]) -> dict[str, Any] | None:
    """Pictures and papers, each in the order of entry; None where there are none."""
    views = [_document_view(row, events) for row in documents]
    if not views:
        return None
    return {
        "pictures": [view for view in views if view["is_picture"]],
        "papers": [view for view in views if not view["is_picture"]],
    }


def has_thumbnail(row: Document | LiteratureReference) -> bool:
    """Whether there is a small copy of a row's file, as `with_files` has read it."""
    return bool(getattr(row, "has_thumbnail", False))


def _document_view(row: Document, events: Mapping[str, str]) -> dict[str, Any]:
    when = format_moment(row.when, events) if row.when else ""
    return {
        "uuid": row.uuid,
        "title": str(row),
        "shows": row.shows,
        "verbatim": row.verbatim,
        # For readers who can't see the picture.
        "alt": ". ".join(filter(None, (str(row), row.shows))),
        "when": ", ".join(filter(None, (row.get_phase_display(), when))),
        "file_name": row.file_name,
        "size": row.file.size if row.file else None,
        "is_picture": has_thumbnail(row),
    }
