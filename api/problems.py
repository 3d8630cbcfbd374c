"""Errors as problem details (RFC 9457), with the message of the code that raised them."""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from api.case_input import InvalidCaseInput
from cases.amendment import ConcurrentChange

MEDIA_TYPE = "application/problem+json"
REFUSED = "This was refused; nothing was changed."
REMEDIES = {
    HTTPStatus.NOT_ACCEPTABLE: "Accept application/json, or what the documentation names for this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "See /api/v1/docs/ for what this address answers to.",
}


class Problem(Exception):
    """Answer the request with this problem. `errors`: `path` and `detail` of each invalid value."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        errors: Iterable[Mapping[str, str]] = (),
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.more = status, detail, list(errors), more


def respond(
    status: int,
    detail: str,
    errors: Iterable[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> HttpResponse:
    """A problem as a response."""
    problem = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    if listed := list(errors):
        problem["errors"] = listed
    content = json.dumps({**problem, **more}, ensure_ascii=True)
    response = HttpResponse(content, content_type=MEDIA_TYPE, status=status)
    for name, value in {"Cache-Control": "no-store", **(headers or {})}.items():
        response[name] = value
    return response


def handle(error: Exception, context: Mapping[str, Any]) -> HttpResponse | Response | None:
    """REST framework's exception handler. None for a fault of the server, which becomes a 500."""
    set_rollback()
    if isinstance(error, Problem):
        return respond(error.status, error.detail, error.errors, **error.more)
    if isinstance(error, ConcurrentChange):
        return respond(409, " ".join(error.messages), meanwhile=changes_since(error))
    if isinstance(error, ValidationError):
        return respond(422, REFUSED, errors_of(error))
    if isinstance(error, Http404):
        return respond(404, str(error) or "There is nothing at this address, or it is not yours to see.")
    if isinstance(error, PermissionDenied):
        return respond(403, str(error) or "You may not do this.")
    if isinstance(error, exceptions.APIException):
        return _framework_problem(error)
    return None


def changes_since(error: ConcurrentChange) -> list[dict[str, Any]]:
    """Who changed the case since it was looked at, and why; the latest first."""
    return [{"seen": event.pk, "by": event.by_name, "reason": event.reason} for event in error.events]


def errors_of(error: ValidationError, path: str = "") -> list[dict[str, str]]:
    """Each message with the path of its value; the path is empty for the case as a whole."""
    if isinstance(error, InvalidCaseInput):
        return error.errors
    if not hasattr(error, "error_dict"):
        return [{"path": path, "detail": message} for message in error.messages]
    return [
        {"path": ".".join(filter(None, [path, "" if name == "__all__" else name])), "detail": message}
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _framework_problem(error: exceptions.APIException) -> HttpResponse:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    detail = str(error.detail)
    remedy = REMEDIES.get(HTTPStatus(error.status_code), "")
    return respond(error.status_code, f"{detail} {remedy}".strip(), headers=headers)


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """404 for any other address below /api/. Exempt from CSRF checks, as it changes nothing."""
    return respond(404, "There is nothing at this address. Addresses are listed in /api/v1/docs/.")
