"""The first page of the API: where everything is."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpResponse
from django.urls import reverse

from api import parameters
from api.access import ApiView, Need
from api.representations import json_response
from api.schema import IF_NONE_MATCH, describe

ADDRESSES = {
    "cases": "api-cases",
    "bulk_cases": "api-bulk",
    "bulk_request": "api-bulk-request",
    "icsr": "api-receipts",
    "acknowledgements": "api-acknowledgements",
    "changes": "api-changes",
    "drugs": "api-drugs",
    "schema": "api-schema",
    "documentation": "api-docs",
}
# Addresses below a case, by what they have; {number} is the case's own.
OF_CASE = {
    "case": "",
    "assessments": "assessments/",
    "adjudications": "adjudications/",
    "documents": "documents/",
}
FORMATS = ("json", "xml", "pdf")


class Index(ApiView):
    """The addresses of the API, for everybody: what stands behind them asks for a token."""

    needs: ClassVar[Mapping[str, Need | None]] = {"GET": None}

    @describe("List addresses", "Index", parameters=[IF_NONE_MATCH])
    def get(self, request: Any) -> HttpResponse:
        parameters.check_names(request, ())
        found = {key: request.build_absolute_uri(reverse(name)) for key, name in ADDRESSES.items()}
        case = f"{found['cases']}{{number}}"
        found |= {key: f"{case}/{below}" for key, below in OF_CASE.items()}
        found |= {f"case_as_{ending}": f"{case}.{ending}" for ending in FORMATS}
        return json_response(request, {"addresses": found})
