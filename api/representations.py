"""In what forms things leave: JSON, E2B(R3) and CIOMS I; compressed, and not again if they are known."""

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
    """A form that a view makes by itself."""

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


def json_response(request: Any, told: Any, status: int = 200, *, etag: str = "") -> HttpResponse:
    """JSON, made already or to be made."""
    text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return respond(request, text.encode(), "application/json", status, etag=etag)


def respond(
    request: Any, content: bytes, media_type: str, status: int = 200, *, etag: str = ""
) -> HttpResponse:
    """The content, or “not modified”. `etag` begins its tag."""
    quoted = f'"{etag}{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=media_type, status=status)
    if request.method in ("GET", "HEAD"):
        response = get_conditional_response(request, etag=quoted, response=response) or response
        response["ETag"] = quoted
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    patch_vary_headers(response, ("Accept", "Authorization", "Cookie"))
    return response
