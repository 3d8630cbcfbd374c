"""Scores of a case as they were stored, and reviewers' answers to their items."""

from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.utils import OpenApiExample

from api import parameters
from api.access import ADJUDICATE, READ, READ_IDENTIFIED, ApiView, Need, sees_identities
from api.case import visible_case
from api.problems import REFUSED, Problem
from api.representations import json_response
from api.schema import IF_NONE_MATCH, JSON, NUMBER, describe
from assessments.assessing import adjudicate, replay
from assessments.models import Assessment, ReviewerAnswer
from assessments.scorecards import answer_log

SUMMARY = ("kind", "instrument", "rule_version", "total", "low", "high", "category", "provisional")
AN_ANSWER = OpenApiExample(
    "A reviewer's answer",
    {"key": "fever", "answer": "yes", "reason": "39.2 °C in the chart that the centre sent."},
    request_only=True,
)
ANSWERED = ("key", "answer", "reason", "seen_digest")


class Assessments(ApiView):
    """Every assessment that was stored, the latest first."""

    needs: ClassVar[dict[str, Need]] = {"GET": READ}

    @describe("List assessments", "Assessments", parameters=[NUMBER, IF_NONE_MATCH])
    def get(self, request: Any, number: str) -> HttpResponse:
        parameters.check_names(request, ())
        stored = visible_case(request, number).assessments.defer("facts", "result", "answers")
        identities = sees_identities(request)
        return json_response(
            request, {"assessments": [_assessment(one, identities=identities) for one in stored]}
        )


class OneAssessment(ApiView):
    """One assessment word for word, and whether computing it again gives the same bytes."""

    needs: ClassVar[dict[str, Need]] = {"GET": READ_IDENTIFIED}

    @describe("Replay an assessment", "WholeAssessment", parameters=[NUMBER, IF_NONE_MATCH])
    def get(self, request: Any, number: str, uuid: UUID) -> HttpResponse:
        parameters.check_names(request, ())
        stored = visible_case(request, number).assessments.filter(uuid=uuid).first()
        if stored is None:
            raise Http404("This case has no assessment of this UUID.")
        (again,) = replay([stored])
        data = {
            **_assessment(stored, identities=True),
            "facts": stored.facts,
            "answers": stored.answers,
            "result": stored.result,
            "replay": {"is_identical": again.is_identical, "problem": again.problem},
        }
        return json_response(request, data)


class Adjudications(ApiView):
    """Reviewers' answers: every one that was given, the latest first, and where one is given."""

    needs: ClassVar[dict[str, Need]] = {"GET": READ, "POST": ADJUDICATE}

    @describe("List adjudications", "Adjudications", parameters=[NUMBER, IF_NONE_MATCH])
    def get(self, request: Any, number: str) -> HttpResponse:
        parameters.check_names(request, ())
        log = answer_log(visible_case(request, number))
        identities = sees_identities(request)
        return json_response(request, {"adjudications": [_answer(one, identities=identities) for one in log]})

    @describe(
        "Answer an item",
        "Adjudication",
        status=201,
        body=(JSON, "AdjudicationInput"),
        parameters=[NUMBER],
        examples=[AN_ANSWER],
    )
    def post(self, request: Any, number: str) -> HttpResponse:
        parameters.check_names(request, ())
        case = visible_case(request, number)
        adjudication = _parse_adjudication(request.data)
        given = adjudicate(
            case,
            adjudication["key"],
            adjudication["answer"],
            by=self.by,
            reason=adjudication["reason"],
            seen_digest=adjudication.get("seen_digest"),
        )
        return json_response(request, _answer(given, identities=True), 201)


def _parse_adjudication(data: dict[str, Any]) -> dict[str, str]:
    unknown = [
        {"path": name, "detail": "There is no field of this name."} for name in data if name not in ANSWERED
    ]
    missing = [
        {"path": name, "detail": "Write a text."}
        for name in ANSWERED
        if not isinstance(data.get(name), str) and (name != "seen_digest" or data.get(name) is not None)
    ]
    if errors := unknown + missing:
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, REFUSED, errors)
    return data


def _assessment(stored: Assessment, *, identities: bool) -> dict[str, Any]:
    data = {"uuid": str(stored.uuid), **{name: getattr(stored, name) for name in SUMMARY}}
    if identities:
        # A digest would confirm guessed words; a technical time would date what is shown in days from onset.
        data["created_at"] = stored.created_at.isoformat()
        data["facts_digest"] = stored.facts_digest
        data["as_of"] = stored.as_of and stored.as_of.isoformat()
    return data


def _answer(given: ReviewerAnswer, *, identities: bool) -> dict[str, Any]:
    data = {
        "uuid": str(given.uuid),
        "instrument": given.instrument,
        "key": given.key,
        "answer": given.answer or None,
    }
    if not identities:
        return data
    return {
        **data,
        "at": given.at.isoformat(),
        "evidence_digest": given.evidence_digest,
        "by": given.by.get_username(),
        "reason": given.reason,
    }
