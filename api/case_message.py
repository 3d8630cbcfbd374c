"""A case as the message of a receiver, with its findings: `cases/{number}.xml?receiver=FDA`."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import PermissionDenied

from accounts.models import ApiToken
from api import parameters
from api.problems import Problem
from api.representations import json_response, respond
from api.shapes import TEXT
from assessments.assessing import UNSCORABLE, make_current
from cases.models import Case
from e2b import PROFILES, Severity, Violation
from exchange.export_job import Export, ExportResult
from exchange.receivers import Receiver
from exchange.sending import report, send

XML = "application/xml"
NAMES = ("receiver", "route", "report", "again")
ROUTES = sorted({route for profile in PROFILES.values() for route in profile.receivers})
MESSAGE_PARAMETERS = [
    OpenApiParameter(
        "receiver",
        {**TEXT, "enum": list(PROFILES)},
        description="For XML: the message as this receiver takes it, with real identifiers. The first fetch "
        "of a state of the case sends it; the same state is the same message.",
    ),
    OpenApiParameter(
        "route", {**TEXT, "enum": ROUTES}, description="The receiver's route; its first one unless given."
    ),
    OpenApiParameter(
        "report",
        {**TEXT, "enum": ["1"]},
        description="The findings as JSON in place of the message; nothing is sent.",
    ),
    OpenApiParameter(
        "again",
        {**TEXT, "enum": ["1"]},
        description="Send a message of unknown outcome once more, under new numbers. A rejected one is sent "
        "under new numbers anyway.",
    ),
]
ONLY_FOR_XML = "This is for E2B(R3) only: ask for .xml."
NOT_BY_LINK = (
    "This state of the case wasn’t sent yet. A browser sends cases from the list in the data entry; by this "
    "address, a machine does with its token. Add report=1 to see what its receiver would say."
)


def asked_receiver(request: Any, *, is_xml: bool) -> Receiver | None:
    """The receiver that the address names; None where it names none. Raises Problem."""
    parameters.check_names(request, NAMES)
    given = {name: request.query_params[name] for name in NAMES if name in request.query_params}
    if not given:
        return None
    if not is_xml:
        raise parameters.invalid([{"path": name, "detail": ONLY_FOR_XML} for name in given])
    profile = PROFILES.get(given.get("receiver", "").upper())
    if profile is None:
        detail = f"Choose a receiver among: {', '.join(PROFILES)}."
        raise parameters.invalid([{"path": "receiver", "detail": detail}])
    for name in ("report", "again"):
        if given.get(name, "1") != "1":
            raise parameters.invalid([{"path": name, "detail": "Write 1, or leave it out."}])
    try:
        return Receiver.of(profile, given.get("route", ""))
    except ValidationError as error:
        raise parameters.invalid([{"path": "route", "detail": " ".join(error.messages)}]) from None


def message_response(request: Any, case: Case, receiver: Receiver) -> HttpResponse:
    """The message of a case for a receiver, or the report on it. Raises Problem where it can't be sent."""
    _score(case)
    export = Export(request.user, receiver, Path())
    if "report" in request.query_params:
        return json_response(request, _report(report(case, export), receiver))
    result, content = _sent(request, case, export)
    if result.is_refused:
        raise _refusal(result, receiver)
    if content is None:
        raise PermissionDenied(NOT_BY_LINK)
    response = respond(request, content, XML)
    response["Link"] = f'<{_address_of_report(request)}>; rel="describedby"; type="application/json"'
    response["Findings"] = ", ".join(f"{key}={count}" for key, count in _counts(result).items())
    return response


def _sent(request: Any, case: Case, export: Export) -> tuple[ExportResult, bytes | None]:
    """The message of a case, sent now or before. Raises Problem where there is nothing to send again."""
    again = "again" in request.query_params
    try:
        return send(case, export, may_issue=isinstance(request.auth, ApiToken), again=again)
    except ValidationError as error:
        raise parameters.invalid([{"path": "again", "detail": " ".join(error.messages)}]) from None


def _score(case: Case) -> None:
    """Score the case if its evidence has changed: a message may hold the score."""
    try:
        make_current([case.pk])
    except UNSCORABLE:
        return


def _report(result: ExportResult, receiver: Receiver) -> dict[str, Any]:
    """What the receiver would say of the message, for JSON."""
    findings = [_finding(violation) for violation in result.violations]
    return {
        "case": result.case,
        "receiver": receiver.profile.name,
        "can_be_sent": not result.is_refused,
        "counts": _counts(result),
        "findings": findings,
        "left_out": list(result.left_out),
        "declared": list(result.declared),
    }


def _counts(result: ExportResult) -> dict[str, int]:
    severities = [violation.severity for violation in result.violations]
    return {f"{severity.value}s": severities.count(severity) for severity in Severity}


def _finding(violation: Violation) -> dict[str, str]:
    names = ("rule", "severity", "element", "place", "sentence", "remedy")
    return {name: str(getattr(violation, name)) for name in names}


def _refusal(result: ExportResult, receiver: Receiver) -> Problem:
    """422 with each error, by its element and place."""
    errors = [
        {
            "path": " ".join(filter(None, (error.element, error.place))),
            "detail": f"{error.sentence} {error.remedy}".strip(),
        }
        for error in result.errors
    ]
    detail = f"{receiver.profile.name} would reject this; nothing was sent."
    findings = [_finding(violation) for violation in result.violations]
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors, findings=findings)


def _address_of_report(request: Any) -> str:
    query = request.query_params.copy()
    query["report"] = "1"
    address: str = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
    return address
