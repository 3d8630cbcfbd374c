"""Asking two administrators for de-identified cases that are refused otherwise, as the search page does."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from django.http import HttpResponse

from api.access import EXPORT, ApiView, Need
from api.listing import filters_of
from api.problems import REFUSED, Problem
from api.representations import json_response
from api.schema import IF_NONE_MATCH, JSON, describe, filter_parameters
from research.download_requests import judge, request_download
from research.filters import CaseFilter


class DownloadRequests(ApiView):
    """Whether the cases of the filters may be read in bulk, and where two administrators are asked."""

    needs: ClassVar[Mapping[str, Need | None]] = {"GET": EXPORT, "POST": EXPORT}

    @describe(
        "State whether bulk reading is allowed",
        "DownloadRequest",
        parameters=[IF_NONE_MATCH, *filter_parameters()],
    )
    def get(self, request: Any) -> HttpResponse:
        return json_response(request, self._answer(filters_of(request)))

    @describe(
        "Ask for bulk reading",
        "DownloadRequest",
        status=201,
        body=(JSON, "DownloadRequestInput"),
        parameters=filter_parameters(),
    )
    def post(self, request: Any) -> HttpResponse:
        filters = filters_of(request)
        request_download(filters, _reason(request.data), by=self.by, request=request)
        return json_response(request, self._answer(filters), HTTPStatus.CREATED)

    def _answer(self, filters: CaseFilter) -> dict[str, Any]:
        judgement = judge(filters, self.by, identities=filters.identities)
        allowed = judgement.allowed
        return {
            "state": judgement.state,
            "statements": judgement.statements,
            "allowed_by": allowed.allowed_by if allowed else "",
            "valid_until": allowed.valid_until.isoformat() if allowed and allowed.valid_until else None,
        }


def _reason(data: Any) -> str:
    """The reason in the body. Raises Problem for any other body."""
    if not isinstance(data, dict) or data.keys() != {"reason"} or not isinstance(data["reason"], str):
        detail = "Write what the cases are needed for, and who will have them; and nothing else."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, REFUSED, [{"path": "reason", "detail": detail}])
    return data["reason"]
