"""The door for messages: sent in as a file or a zip, answered with a receipt, reported message by message."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter

from accounts.access_log import log_access
from accounts.models import AccessKind, Scope
from accounts.roles import Permission
from api import parameters
from api.access import READ_IDENTIFIED, ApiView, Need
from api.parsing import StrictJson
from api.problems import REFUSED, Problem
from api.representations import digest_of, json_response
from api.schema import IF_NONE_MATCH, JSON, PAGING, describe
from api.shapes import TEXT, ref
from api.uploads import XML_TYPES, ZIP_TYPES, parsers_of, uploaded_file
from exchange.receipt_models import Receipt
from exchange.receipt_reports import Place, counts_of, files_of, head_of, messages_of
from exchange.receipts import import_at_once, take_in
from exchange.receiving import FileRefused
from exchange.visibility import receipts_of
from jobs.models import JobState
from jobs.queue import cancel, resume
from research.keyset import NEWEST_FIRST, Position, keyset_page
from research.sealed import seal, unseal

IMPORT = Need(Permission.AMEND_CASES, Scope.WRITE, identities=True)
LIMIT, MAX_LIMIT = 200, 1000
ASK_AGAIN = "2"  # seconds
PLACE = re.compile(r"(\d{1,10}) (\d{1,10})")
CURSOR, LIMIT_PARAMETER = PAGING[1:]
RECEIPT = OpenApiParameter("receipt", {**TEXT, "format": "uuid"}, "path", description="As it was answered.")
IN_BACKGROUND = OpenApiParameter(
    "Prefer", TEXT, "header", description="“respond-async”: answer with the receipt, and import later."
)
NAME = OpenApiParameter(
    "Content-Disposition", TEXT, "header", description='The name of the file: attachment; filename="a.xml".'
)
REPORT = {(200, JSON): ref("Receipt"), (201, JSON): ref("Receipt"), (202, JSON): ref("Receipt")}


class Icsrs(ApiView):
    """Where messages are sent in, and the receipts of what was."""

    needs: ClassVar[Mapping[str, Need | None]] = {"GET": READ_IDENTIFIED, "POST": IMPORT}
    parser_classes = parsers_of((*XML_TYPES, *ZIP_TYPES))

    @describe("List receipts", "ReceiptPage", parameters=[CURSOR, LIMIT_PARAMETER, IF_NONE_MATCH])
    def get(self, request: Any) -> HttpResponse:
        parameters.check_names(request, ("cursor", "limit"))
        limit = parameters.whole_number(request, "limit", LIMIT, MAX_LIMIT)
        text = request.query_params.get("cursor")
        start = None if text is None else Position(_place(text).message)
        receipts, more = keyset_page(receipts_of(self.by), NEWEST_FIRST, limit, start)
        following = seal(f"0 {receipts[-1].pk}") if more else None
        heads = [_head(request, receipt) for receipt in receipts]
        page = {"next": _next(request, following), "receipts": heads}
        return json_response(request, page, digest=digest_of([f"{more} {heads}"]))

    @describe(
        "Send messages",
        REPORT,
        body=(XML_TYPES[0], "MessageFile"),
        parameters=[NAME, IN_BACKGROUND],
        more_bodies=(*XML_TYPES[1:], *ZIP_TYPES, "multipart/form-data"),
    )
    def post(self, request: Any) -> HttpResponse:
        parameters.check_names(request, ())
        stream, name = uploaded_file(request, "icsr")
        try:
            with stream:
                receipt = take_in(stream, name, by=self.by)
        except FileRefused as refused:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(refused)) from None
        if "respond-async" not in request.headers.get("Prefer", ""):
            receipt.job = import_at_once(receipt)
        return _answer_to_post(request, receipt)


class Icsr(ApiView):
    """One receipt: the report on it, and stopping or resuming its import."""

    needs: ClassVar[Mapping[str, Need | None]] = {"GET": READ_IDENTIFIED, "PATCH": IMPORT}
    parser_classes = [StrictJson]

    @describe("Read a receipt", "Receipt", parameters=[RECEIPT, CURSOR, LIMIT_PARAMETER, IF_NONE_MATCH])
    def get(self, request: Any, receipt: UUID) -> HttpResponse:
        parameters.check_names(request, ("cursor", "limit"))
        found = _visible(request, receipt)
        limit = parameters.whole_number(request, "limit", LIMIT, MAX_LIMIT)
        text = request.query_params.get("cursor")
        report, same = _report(request, found, Place() if text is None else _place(text), limit)
        response = json_response(request, report, digest=digest_of([same]))
        if not found.job.is_finished:
            response["Retry-After"] = ASK_AGAIN
        log_access(request, AccessKind.FILE_READ, detail=f"receipt {found.job.uuid}")
        return response

    @describe("Stop or resume an import", "Receipt", body=(JSON, "ReceiptChange"), parameters=[RECEIPT])
    def patch(self, request: Any, receipt: UUID) -> HttpResponse:
        parameters.check_names(request, ())
        found = _visible(request, receipt)
        if list(request.data) != ["state"] or request.data["state"] not in ACTS:
            detail = f"Send “state” and nothing else: {', '.join(ACTS)}."
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, REFUSED, [{"path": "state", "detail": detail}])
        try:
            found.job = ACTS[request.data["state"]](found.job)
        except ValidationError as error:
            raise Problem(HTTPStatus.CONFLICT, " ".join(error.messages)) from None
        return json_response(request, _report(request, found, Place(), LIMIT)[0])


# What a client asks of an import, by the state that it asks for.
ACTS = {JobState.CANCELLED.value: cancel, JobState.QUEUED.value: resume}


def _visible(request: Any, receipt: UUID) -> Receipt:
    found = receipts_of(request.user).filter(job__uuid=receipt).first()
    if found is None:
        raise Http404("There is no such receipt, or it is not yours to see.")
    return found


def _answer_to_post(request: Any, receipt: Receipt) -> HttpResponse:
    """201 with the report of what is done, 202 with the receipt of what isn't. Raises Problem."""
    report, _ = _report(request, receipt, Place(), LIMIT)
    files = report["files"]
    if receipt.job.state == JobState.DONE and files and all(file["refusal"] for file in files):
        errors = [{"path": file["name"], "detail": file["refusal"]} for file in files]
        detail = "Nothing of this could be imported."
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            detail,
            errors,
            receipt=report["receipt"],
            address=report["address"],
        )
    is_done = receipt.job.is_finished
    response = json_response(request, report, HTTPStatus.CREATED if is_done else HTTPStatus.ACCEPTED)
    response["Location"] = report["address"]
    if not is_done:
        response["Retry-After"] = ASK_AGAIN
    return response


def _head(request: Any, receipt: Receipt) -> dict[str, Any]:
    head = head_of(receipt)
    address = request.build_absolute_uri(reverse("api-receipt", args=[receipt.job.uuid]))
    return {"receipt": head.pop("receipt"), "address": address, **head}


def _report(request: Any, receipt: Receipt, after: Place, limit: int) -> tuple[dict[str, Any], str]:
    """The report for JSON, and the text by which it is compared: cursors are never the same."""
    messages, last = messages_of(receipt, after, limit)
    following = seal(f"{last.file} {last.message}") if last else None
    head = _head(request, receipt)
    more = {"counts": counts_of(receipt), "files": files_of(receipt), "messages": messages}
    return {**head, "next": _next(request, following, head["address"]), **more}, f"{head} {more} {last}"


def _next(request: Any, cursor: str | None, address: str = "") -> str | None:
    if cursor is None:
        return None
    query = request.query_params.copy()
    query["cursor"] = cursor
    return f"{address or request.build_absolute_uri(request.path)}?{query.urlencode()}"


def _place(text: str) -> Place:
    """The place that a cursor names. Raises Problem."""
    try:
        match = PLACE.fullmatch(unseal(text))
    except ValueError:
        match = None
    if match is None:
        detail = "This is no cursor of ours: follow “next” as it was given."
        raise parameters.invalid([{"path": "cursor", "detail": detail}])
    return Place(int(match[1]), int(match[2]))
