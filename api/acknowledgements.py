"""Where receivers' answers come in: each is matched to what was sent, whose state follows from it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import HttpResponse

from api import parameters
from api.access import EXPORT_IDENTIFIED, ApiView, Need
from api.icsr import NAME
from api.problems import Problem
from api.representations import json_response
from api.schema import JSON, describe
from api.shapes import ref
from api.uploads import XML_TYPES, parsers_of, uploaded_file
from exchange.acknowledgements import import_acknowledgement
from exchange.receiving import FileRefused

TAKEN = {(200, JSON): ref("AcknowledgementTaken"), (201, JSON): ref("AcknowledgementTaken")}


class Acknowledgements(ApiView):
    """An acknowledgement as E2B(R3); one that came before changes nothing."""

    needs: ClassVar[Mapping[str, Need | None]] = {"POST": EXPORT_IDENTIFIED}
    parser_classes = parsers_of(XML_TYPES)

    @describe(
        "Send an acknowledgement",
        TAKEN,
        body=(XML_TYPES[0], "MessageFile"),
        parameters=[NAME],
        more_bodies=(*XML_TYPES[1:], "multipart/form-data"),
    )
    def post(self, request: Any) -> HttpResponse:
        parameters.check_names(request, ())
        stream, name = uploaded_file(request, "acknowledgement.xml")
        try:
            with stream:
                result = import_acknowledgement(stream, name, by=self.by)
        except FileRefused as refused:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(refused)) from None
        status = HTTPStatus.CREATED if result.is_new else HTTPStatus.OK
        return json_response(request, result.as_dict(), status)
