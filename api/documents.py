"""Views of the documents of a case: list, download, upload."""

from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from rest_framework.parsers import MultiPartParser

from api import parameters
from api.access import READ_IDENTIFIED, WRITE, ApiView, Need
from api.case import visible_case
from api.field_values import no_choice
from api.parsing import unstorable
from api.problems import REFUSED, Problem
from api.representations import Anything, json_response, respond
from api.schema import IF_NONE_MATCH, NUMBER, describe
from cases.amendment import amend
from cases.documents.file_types import ACCEPTED, recognise
from cases.documents.reading import with_files
from cases.documents.storage import readable
from cases.documents.uploads import download_name, store_upload
from cases.models import Case, Document
from cases.workflow import DATA_ENTRY, needs_reason

FIELDS = ("kind", "description", "shows", "when", "phase", "verbatim")
BINARY = {"type": "string", "format": "binary"}
UNIF_NONE_MATCH_MEDIA_TYPE = "application/octet-stream"
# How E2B(R3) names the encoding of a binary document.
BASE64 = "B64"
NO_SCRIPTS = "default-src 'none'; sandbox; frame-ancestors 'none'"


class Documents(ApiView):
    """The documents of a case; a new one is posted as multipart/form-data."""

    needs: ClassVar[dict[str, Need]] = {"GET": READ_IDENTIFIED, "POST": WRITE}
    parser_classes = [MultiPartParser]

    @describe("List documents", "Documents", parameters=[NUMBER, IF_NONE_MATCH])
    def get(self, request: Any, number: str) -> HttpResponse:
        parameters.check_names(request, ())
        case = visible_case(request, number)
        rows = with_files(case.documents.order_by("id"))
        return json_response(request, {"documents": [_document(request, case, row) for row in rows]})

    @describe(
        "Add a document",
        "StoredDocument",
        status=201,
        body=("multipart/form-data", "Upload"),
        parameters=[NUMBER],
    )
    def post(self, request: Any, number: str) -> HttpResponse:
        parameters.check_names(request, ())
        case = visible_case(request, number)
        fields = _fields(request.data)
        upload = request.FILES.get("file")
        if upload is None or len(request.FILES.getlist("file")) != 1:
            raise _invalid("file", "Send one file, as the part named “file”.")
        reason = fields.pop("reason", "") or ("" if needs_reason(case.state) else DATA_ENTRY)
        with transaction.atomic(), amend(case, by=self.by, reason=reason) as amendment:
            stored = store_upload(upload.name, upload.read())
            row = Document(case=case, file=stored.file, file_name=stored.name, **fields)
            row.media_type, row.representation = stored.file.media_type, BASE64
            amendment.add(row)
        row = with_files(case.documents.filter(pk=row.pk)).get()
        return json_response(request, _document(request, case, row), 201)


class DocumentFile(ApiView):
    """The bytes of one document."""

    needs: ClassVar[dict[str, Need]] = {"GET": READ_IDENTIFIED}
    renderer_classes = [Anything]

    @describe("Fetch a document", {(200, "*/*"): BINARY}, parameters=[NUMBER, IF_NONE_MATCH])
    def get(self, request: Any, number: str, uuid: UUID) -> HttpResponse:
        parameters.check_names(request, ())
        case = visible_case(request, number)
        row = with_files(case.documents.filter(uuid=uuid, file__isnull=False)).first()
        if row is None:
            raise Http404("This case has no document of this UUID with a file.")
        content = readable(row)
        kind = recognise(content)
        media_type = kind.media_type if kind in ACCEPTED and kind else UNIF_NONE_MATCH_MEDIA_TYPE
        response = respond(request, content, media_type)
        response["Content-Security-Policy"] = NO_SCRIPTS
        response["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=download_name(row.file_name, kind)
        )
        return response


def _fields(data: Any) -> dict[str, str]:
    """The text parts beside the file; empty ones are left out. Raises Problem."""
    fields = {}
    for name in data:
        if name == "file":
            continue
        value = data[name]
        if name not in (*FIELDS, "reason") or not isinstance(value, str):
            raise _invalid(name, f"There is no part of this name. Known: file, reason, {', '.join(FIELDS)}.")
        if problem := unstorable(value):
            raise _invalid(name, f"This text {problem}")
        if value:
            fields[name] = _choice(name, value)
    return fields


def _choice(name: str, value: str) -> str:
    """The value of a part; where it takes one of a list, one of that. Raises Problem."""
    field = Document._meta.get_field(name) if name in FIELDS else None
    codes = [code for code, _ in getattr(field, "flatchoices", ())]
    if codes and value not in codes:
        raise _invalid(name, no_choice(field, value))
    return value


def _invalid(path: str, detail: str) -> Problem:
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        REFUSED,
        [{"path": path, "detail": detail}],
    )


def _document(request: Any, case: Case, row: Document) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in FIELDS}
    address = reverse("api-document-file", args=[case.number, row.uuid])
    return {
        "uuid": str(row.uuid),
        **fields,
        "when": row.when and str(row.when),
        "file_name": row.file_name,
        "media_type": row.file.media_type if row.file else "",
        "size": row.file.size if row.file else None,
        "sha256": row.file_id,
        "address": request.build_absolute_uri(address) if row.file else None,
    }
