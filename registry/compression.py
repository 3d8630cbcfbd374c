"""Pages are sent compressed. Files, messages and answers of the API keep their bytes and their ETag.

Against guessing a secret of a page by its compressed length (BREACH), Django adds a random number of bytes to
each page, and masks the CSRF token anew in each: docs/adr/0023.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedPages(GZipMiddleware):
    """Compresses HTML that is sent at once."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return super().process_response(request, response) if is_page and not response.streaming else response
