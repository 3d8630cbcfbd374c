"""Serve the documents and photographs of a case, to those who may read it.

What comes from outside is never run: it is served with its type and without sniffing, and what browsers show
is shut off from the registry. Browsers ask anew each time before they use a cached copy, so that an end of a
permission is an end.
"""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_safe

from accounts.access_log import log_access
from accounts.models import AccessKind
from accounts.requests import user_of
from cases.documents.file_types import ACCEPTED, JPEG, PDF, recognise
from cases.documents.reading import row_with_file
from cases.documents.storage import readable
from cases.documents.uploads import download_name
from cases.models import Document, LiteratureReference
from web.case_page.documents import has_thumbnail

UNKNOWN = "application/octet-stream"
HEADERS = {
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SHUT_OFF = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
# Some browsers show no PDF in a sandbox. Their viewers are shut off anyway, and reach no page of ours.
SANDBOXED = f"{SHUT_OFF}; sandbox"


@login_required
@require_safe
def case_file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The file of a document or publication, byte for byte; with `?redacted` what leaves in its place."""
    row = _row(request, uuid)
    if "redacted" in request.GET:
        return _unless_cached(request, str(row.redacted_file_id), lambda: _redacted(row))
    return _unless_cached(request, str(row.file_id), lambda: _response(row, readable(row)))


@login_required
@require_safe
def case_thumbnail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The small copy of a photograph."""
    row = _row(request, uuid)
    if not has_thumbnail(row):
        raise Http404("There is no small copy of this file.")
    return _unless_cached(request, f"{row.file_id}-small", lambda: _small(row))


def _row(request: HttpRequest, uuid: UUID) -> Document | LiteratureReference:
    row = row_with_file(user_of(request), uuid)
    if row is None:
        raise Http404("There is no such file, or it is not yours to see.")
    log_access(request, AccessKind.DOCUMENT_READ, case=str(row.case), detail=row.file_name or str(uuid))
    return row


def _unless_cached(request: HttpRequest, etag: str, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The response, or "not modified" without its bytes being read."""
    quoted = quote_etag(etag)
    response = get_conditional_response(request, etag=quoted) or make()
    for name, value in {**HEADERS, "ETag": quoted}.items():
        response[name] = value
    return response


def _redacted(row: Document | LiteratureReference) -> HttpResponse:
    if row.redacted_file is None:
        raise Http404("Nothing else leaves in place of this file.")
    return _response(row, bytes(row.redacted_file.content))


def _response(row: Document | LiteratureReference, content: bytes) -> HttpResponse:
    kind = recognise(content)
    shown = kind is not None and kind.is_shown
    response = HttpResponse(content, content_type=kind.media_type if kind in ACCEPTED else UNKNOWN)
    response["Content-Security-Policy"] = SHUT_OFF if kind is PDF else SANDBOXED
    name = download_name(row.file_name, kind)
    disposition = content_disposition_header(as_attachment=not shown, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    return response


def _small(row: Document | LiteratureReference) -> HttpResponse:
    response = HttpResponse(bytes(row.file.thumbnail), content_type=JPEG.media_type)
    response["Content-Security-Policy"] = SANDBOXED
    return response
