"""Content Security Policy: what a browser may load and run on which pages.

Pages have no exception: scripts and styles are files of our own. The admin's widgets are Alpine, which
evaluates expressions written in attributes, and sets styles; the page of the API sets styles. Files that come
with a policy of their own keep it.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

HEADER = "Content-Security-Policy"
PAGES = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
STYLES_IN_PAGES = {"style-src": "'self' 'unsafe-inline'"}
# By how the address begins.
EXCEPTIONS = {
    "/admin/": {**STYLES_IN_PAGES, "script-src": "'self' 'unsafe-eval'"},
    "/api/v1/docs/": STYLES_IN_PAGES,
}


def policy_of(path: str) -> str:
    """The policy of an address."""
    exceptions = (more for start, more in EXCEPTIONS.items() if path.startswith(start))
    return "; ".join(f"{name} {sources}" for name, sources in {**PAGES, **next(exceptions, {})}.items())


class ContentSecurity:
    """Middleware: every response has its policy, errors too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, policy_of(request.path))
        return response
