"""Documents and photographs of a case: pictures to look at, other files to open, what was not sent."""

from collections.abc import Iterable, Mapping
from typing import Any

from cases.models import Document
from values.moment_text import format_moment


def documents_view(documents: Iterable[Document], events: Mapping[str, str]) -> dict[str, Any] | None:
    """Pictures and papers, each in the order of entry; None where there are none."""
    told = [_told(row, events) for row in documents]
    if not told:
        return None
    return {
        "pictures": [one for one in told if one["is_picture"]],
        "papers": [one for one in told if not one["is_picture"]],
    }


def _told(row: Document, events: Mapping[str, str]) -> dict[str, Any]:
    when = format_moment(row.when, events) if row.when else ""
    return {
        "uuid": row.uuid,
        "title": str(row),
        "shows": row.shows,
        "verbatim": row.verbatim,
        # What a reader hears who can't see the picture.
        "alt": ". ".join(filter(None, (str(row), row.shows))),
        "when": ", ".join(filter(None, (row.get_phase_display(), when))),
        "file_name": row.file_name,
        "size": row.file.size if row.file else None,
        "is_picture": row.has_thumbnail,
    }
