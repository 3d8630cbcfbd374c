"""Response formats: JSON, E2B(R3) and CIOMS I, with ETags for conditional requests.

An ETag is a digest of what is sent, as this reader may see it: it says nothing that the answer doesn't say.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from rest_framework.renderers import BaseRenderer, JSONRenderer


class Json(JSONRenderer):
    media_type = "application/json"
    format = "json"
    charset = None


class _File(BaseRenderer):
    """Content that the view has rendered already."""

    charset = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> Any:
        return data


class E2bXml(_File):
    media_type = "application/xml"
    format = "xml"


class CiomsPdf(_File):
    media_type = "application/pdf"
    format = "pdf"


class Anything(_File):
    media_type = "*/*"
    format = "file"


def json_response(
    request: Any, data: Any, status: int = 200, *, etag: str = "", digest: str = ""
) -> HttpResponse:
    """A response of JSON text, or of data to be dumped. `etag` and `digest` as in `respond`."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return respond(request, text.encode(), "application/json", status, etag=etag, digest=digest)


def respond(
    request: Any,
    content: bytes,
    media_type: str,
    status: int = 200,
    *,
    etag: str = "",
    digest: str = "",
) -> HttpResponse:
    """The content, or 304 where the client has it. `etag` begins its ETag.

    `digest`: of the content without what changes each time it is read, such as the time; the ETag is a weak
    one then.
    """
    quoted = f'W/"{etag}{digest}"' if digest else f'"{etag}{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=media_type, status=status)
    if request.method in ("GET", "HEAD"):
        response = get_conditional_response(request, etag=quoted, response=response) or response
        response["ETag"] = quoted
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    patch_vary_headers(response, ("Accept", "Authorization", "Cookie"))
    return response


def digest_of(parts: Iterable[str]) -> str:
    """For an ETag: what these texts say, one after the other."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode())
    return digest.hexdigest()[:32]
