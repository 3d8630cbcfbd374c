"""Response formats: JSON, E2B(R3) and CIOMS I, with ETags for conditional requests.

An ETag is a digest of what is sent, as this reader may see it: it says nothing that the answer doesn't say.
"""

import hashlib
import json
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
    request: Any, data: Any, status: int = 200, *, etag: str = "", same_as: str = ""
) -> HttpResponse:
    """A response of JSON text, or of data to be dumped. `etag` begins its ETag; `same_as` as in `respond`."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return respond(request, text.encode(), "application/json", status, etag=etag, same_as=same_as)


def respond(
    request: Any,
    content: bytes,
    media_type: str,
    status: int = 200,
    *,
    etag: str = "",
    same_as: str = "",
) -> HttpResponse:
    """The content, or 304 where the client has it. `etag` begins its ETag.

    `same_as`: the content without what changes each time it is read, such as the time; the ETag is a digest
    of that then, and a weak one.
    """
    digest = hashlib.sha256(same_as.encode() or content).hexdigest()[:32]
    quoted = f'{"W/" if same_as else ""}"{etag}{digest}"'
    response = HttpResponse(content, content_type=media_type, status=status)
    if request.method in ("GET", "HEAD"):
        response = get_conditional_response(request, etag=quoted, response=response) or response
        response["ETag"] = quoted
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    patch_vary_headers(response, ("Accept", "Authorization", "Cookie"))
    return response
