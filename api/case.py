"""Views of one case: read it as JSON, E2B(R3) or CIOMS I, enter it, change it."""

import json
import re
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework.exceptions import PermissionDenied

from accounts.access_log import log_access
from accounts.idempotency import OtherRequest, once
from accounts.models import AccessKind, ApiRequest
from api import parameters
from api.access import EXPORT_IDENTIFIED, READ, WRITE, ApiView, Need, refusal, sees_identities
from api.case_document import case_document
from api.case_entry import change_case, enter_case
from api.case_message import MESSAGE_PARAMETERS, asked_receiver, message_response
from api.listing import CaseList
from api.problems import REFUSED, Problem, changes_since
from api.representations import CiomsPdf, E2bXml, Json, json_response, respond
from api.schema import IF_NONE_MATCH, JSON, NUMBER, describe
from api.shapes import TEXT, ref
from assessments.assessing import UNSCORABLE, make_current
from cases.amendment import ConcurrentChange
from cases.export_log import log_export
from cases.models import Case
from cases.models.export_log import ExportFormat
from cases.record.read_cases import read_cases
from cases.visibility import visible_case_of
from e2b import Batch, E2BError, write
from exchange.cioms.form import cioms
from exchange.icsr import message_of

ETAG = re.compile(r'(?:W/)?"(\d{1,18})-[0-9a-f]{32}"')
ANY_STATE = "*"
STALE = (
    "If-Match names no state of this case that could be changed: send its latest ETag, as a token with the "
    "scope 'full' is shown it."
)
MAX_KEY_LENGTH = 255
# A case that can't be written as a message, or that its receiver would reject.
REFUSED_STATES = (409, 422)
FORMS = {
    (200, "application/json"): {"anyOf": [ref("Case"), ref("MessageReport")]},
    (200, "application/xml"): {"type": "string", "description": "The case as an E2B(R3) message."},
    (200, "application/pdf"): {"type": "string", "format": "binary", "description": "CIOMS Form I."},
}
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    TEXT,
    "header",
    description="Any word of your own. Sent again within seven days, the request is answered as the first "
    "time, and nothing is entered twice.",
)
IF_MATCH = OpenApiParameter(
    "If-Match", TEXT, "header", description="The ETag of the case that was looked at, in place of “seen”."
)
SUFFIX = OpenApiParameter("format", {**TEXT, "enum": ["json", "xml", "pdf"]}, "path")
EXAMPLE_CASE = OpenApiExample(
    "A case with one drug and one reaction",
    {
        "number": "DE-2026-0815",
        "report_type": "1",
        "first_received": "2026-11-20",
        "patient": {"sex": "2", "age": "16", "age_unit": "mo"},
        "reactions": [
            {
                "uuid": "0f6f1f5e-3c64-4d5e-9a53-1d2b9f4f0001",
                "term": "DRESS",
                "onset": "2016-03-15",
                "is_assessed": True,
            }
        ],
        "exposures": [
            {
                "name": "anakinra",
                "role": "1",
                "doses": [
                    {
                        "amount": "2",
                        "unit": "mg/kg",
                        "start": "reaction:0f6f1f5e-3c64-4d5e-9a53-1d2b9f4f0001-10d",
                    }
                ],
            }
        ],
    },
    request_only=True,
)
EXAMPLE_CHANGE = OpenApiExample(
    "One more laboratory result",
    {
        "seen": 4711,
        "reason": "Follow-up letter of 21 November",
        "examinations": [
            {
                "name": "Eosinophils",
                "test": "eosinophils",
                "value": "2.4",
                "unit": "10*9/L",
                "when": "2016-03-18",
            }
        ],
    },
    request_only=True,
)


def visible_case(request: Any, number: str) -> Case:
    """The case of a number, read with identities where these are seen, which is logged. Raises Http404."""
    case = visible_case_of(request.user, number, identities=sees_identities(request))
    if case is None:
        raise Http404(f"There is no case {number[:100]!r}, or it is not yours to see.")
    if sees_identities(request):
        log_access(request, AccessKind.CASE_READ, case=case.number, detail="API")
    return case


def document_response(request: Any, case: Case, status: int = 200) -> HttpResponse:
    """The case as JSON. Its ETag begins with the event that `seen` and `If-Match` name, if that is shown."""
    text = case_document(case, identities=sees_identities(request))
    seen = json.loads(text[: text.index(",")] + "}").get("seen")
    return json_response(request, text, status, etag=f"{seen}-" if seen else "")


@method_decorator(gzip_page, name="dispatch")
class Cases(CaseList):
    """The list of cases, and the address where cases are entered."""

    needs: ClassVar[dict[str, Need]] = {**CaseList.needs, "POST": WRITE}

    @describe(
        "Enter a case",
        "Case",
        status=201,
        body=(JSON, "CaseInput"),
        parameters=[IDEMPOTENCY_KEY],
        examples=[EXAMPLE_CASE],
    )
    def post(self, request: Any) -> HttpResponse:
        parameters.check_names(request, ())
        data = dict(request.data)
        reason = _pop_reason(data)
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            case = enter_case(data, by=self.by, reason=reason)
            return self._created(
                request, 201, _address(case), document_response(request, case).content.decode()
            )
        if len(key) > MAX_KEY_LENGTH or not key.isprintable():
            raise Problem(HTTPStatus.BAD_REQUEST, f"A key has at most {MAX_KEY_LENGTH} printable characters.")

        def enter(stored: ApiRequest) -> None:
            case = enter_case(data, by=self.by, reason=reason)
            stored.status, stored.location = 201, _address(case)
            stored.body = document_response(request, case).content.decode()

        try:
            # The response is stored as this token may see it, so what it may see is part of the request.
            identity = [request.data, sees_identities(request)]
            content = json.dumps(identity, sort_keys=True, default=str).encode()
            stored, is_replay = once(self.by, key, content, enter)
        except OtherRequest:
            detail = "This key came with another request before. Send the same body again, or a new key."
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail) from None
        response = self._created(request, stored.status, stored.location, stored.body)
        if is_replay:
            response["Idempotent-Replayed"] = "true"
        return response

    def _created(self, request: Any, status: int, location: str, text: str) -> HttpResponse:
        response = json_response(request, text, status)
        response["Location"] = request.build_absolute_uri(location)
        return response


def _address(case: Case) -> str:
    return reverse("api-case", args=[case.number])


@method_decorator(gzip_page, name="dispatch")
class CaseDetail(ApiView):
    """A case with all its rows."""

    needs: ClassVar[dict[str, Need]] = {"GET": READ, "PATCH": WRITE}
    renderer_classes = [Json, E2bXml, CiomsPdf]

    @describe(
        "Read a case", FORMS, parameters=[NUMBER, *MESSAGE_PARAMETERS, IF_NONE_MATCH], problems=REFUSED_STATES
    )
    def get(self, request: Any, number: str, **suffix: str) -> HttpResponse:
        renderer = request.accepted_renderer
        receiver = asked_receiver(request, is_xml=isinstance(renderer, E2bXml))
        case = visible_case(request, number)
        if isinstance(renderer, Json):
            _rescore_outdated(case)
            return document_response(request, case)
        if why := refusal(request, EXPORT_IDENTIFIED):
            raise PermissionDenied(why)
        export_format = ExportFormat.E2B if isinstance(renderer, E2bXml) else ExportFormat.CIOMS
        if receiver:
            response = message_response(request, case, receiver)
        else:
            content = _e2b_message(case) if export_format == ExportFormat.E2B else _cioms_form(case)
            response = respond(request, content, renderer.media_type)
        if response.status_code == HTTPStatus.OK and "report" not in request.query_params:
            address = request.get_full_path()
            log_export(export_format, by=request.user, cases=1, address=address, is_deidentified=False)
        return response

    @describe(
        "Change a case",
        "Case",
        body=(JSON, "CaseInput"),
        parameters=[NUMBER, IF_MATCH],
        examples=[EXAMPLE_CHANGE],
    )
    def patch(self, request: Any, number: str, **suffix: str) -> HttpResponse:
        parameters.check_names(request, ())
        case = visible_case(request, number)
        data = dict(request.data)
        tag = request.headers.get("If-Match", "").strip()
        seen = _pop_seen(tag, data)
        try:
            changed = change_case(case, data, by=self.by, reason=_pop_reason(data), seen=seen)
        except ConcurrentChange as error:
            if not tag:
                raise
            detail = " ".join(error.messages)
            raise Problem(HTTPStatus.PRECONDITION_FAILED, detail, meanwhile=changes_since(error)) from None
        return document_response(request, Case.objects.get(pk=changed.pk))


class CaseInFormat(CaseDetail):
    """A case in the format that the suffix of the address names."""

    needs: ClassVar[dict[str, Need]] = {"GET": READ}
    http_method_names = ["get", "head"]

    @describe(
        "Read a case by suffix",
        FORMS,
        parameters=[NUMBER, SUFFIX, *MESSAGE_PARAMETERS, IF_NONE_MATCH],
        problems=REFUSED_STATES,
    )
    def get(self, request: Any, number: str, **suffix: str) -> HttpResponse:
        return super().get(request, number, **suffix)


def _e2b_message(case: Case) -> bytes:
    (whole,) = read_cases([case.pk]).values()
    try:
        return write(Batch(messages=(message_of(whole).message,)))
    except E2BError as error:
        raise Problem(HTTPStatus.CONFLICT, f"Case {case} can't be written as E2B(R3) yet: {error}") from None


def _cioms_form(case: Case) -> bytes:
    (whole,) = read_cases([case.pk]).values()
    return cioms(whole).pdf


def _rescore_outdated(case: Case) -> None:
    """Score the case if its evidence has changed. A case that can't be scored is shown as outdated."""
    try:
        make_current([case.pk])
    except UNSCORABLE:
        return


def _pop_reason(data: dict[str, Any]) -> str:
    reason = data.pop("reason", "")
    if not isinstance(reason, str):
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            REFUSED,
            [{"path": "reason", "detail": "Write why the case is entered or changed, as text."}],
        )
    return reason


def _pop_seen(tag: str, data: dict[str, Any]) -> int:
    """The event up to which the client has seen the case: from `seen`, or from `If-Match`; from both, the
    earlier one. Raises Problem.
    """
    seen = data.pop("seen", None)
    named = [int(number) for number in ETAG.findall(tag)]
    if tag not in ("", ANY_STATE) and not named:
        raise Problem(HTTPStatus.PRECONDITION_FAILED, STALE)
    if isinstance(seen, int) and not isinstance(seen, bool) and 0 <= seen < 10**18:
        return min(seen, *named) if named else seen
    if seen is None and named:
        return max(named)
    raise Problem(
        HTTPStatus.PRECONDITION_REQUIRED,
        "Say which state of the case you looked at: “seen” as the case told it, or its ETag as If-Match.",
    )
