"""Errors outside of views: machines get problem details, people get Django's pages."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views import defaults

from api import problems

API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """400: a request that can't be understood at all."""
    if request.path.startswith(API):
        return problems.respond(400, "This request can't be understood. Check its address and headers.")
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """500: a fault of ours, whose details are in the log."""
    if request.path.startswith(API):
        return problems.respond(500, "The registry failed at this; nothing was changed. The fault is logged.")
    return defaults.server_error(request)
