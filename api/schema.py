"""The OpenAPI document: what drf-spectacular can't see by itself is said here."""

from collections.abc import Callable, Iterable
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from api.shapes import DAY, TEXT, TIME, WHOLE, all_shapes, listed, ref
from research.filters import CaseFilter
from research.filters.kinds import OneOf

JSON, PROBLEM = "application/json", "application/problem+json"
READ_PROBLEMS = (400, 401, 403, 404, 405, 406, 429)
WRITE_PROBLEMS = (*READ_PROBLEMS, 409, 413, 415, 422, 428)
ABSENT = OpenApiExample(
    "A value that is wrong",
    {
        "type": "about:blank",
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": "This was refused; nothing was changed.",
        "errors": [{"path": "exposures[1].doses[0].unit", "detail": "Write a text."}],
    },
    response_only=True,
    status_codes=["422"],
    media_type=PROBLEM,
)
NUMBER = OpenApiParameter(
    "number", str, "path", description="The number under which the registry keeps a case."
)


def describe(
    summary: str,
    answer: str | dict[tuple[int, str], Any],
    *,
    status: int = 200,
    body: tuple[str, str] | None = None,
    parameters: Iterable[OpenApiParameter] = (),
    examples: Iterable[OpenApiExample] = (),
) -> Callable[[Any], Any]:
    """Decorator of a view's method: what it takes and gives. `body`: media type and component."""
    given: dict[Any, Any] = {(status, JSON): ref(answer)} if isinstance(answer, str) else {**answer}
    problems = {(code, PROBLEM): ref("Problem") for code in (WRITE_PROBLEMS if body else READ_PROBLEMS)}
    if not body:
        given[304] = OpenApiResponse(description="What you have, by its ETag, is what there is.")
    shown = [*examples, *([ABSENT] if body else [])]
    return extend_schema(
        operation_id=summary.lower().replace(" ", "_").replace("(", "").replace(")", ""),
        summary=summary,
        request={body[0]: ref(body[1])} if body else None,
        responses={**given, **problems},
        parameters=list(parameters),
        examples=shown,
    )


def filter_parameters() -> list[OpenApiParameter]:
    """The filters of cases, as they are on the search page."""
    return [
        OpenApiParameter(
            name,
            _values(known),
            description=str(known.extra.get("help_text", "")),
            explode=False if isinstance(known, OneOf) else None,
            style="form" if isinstance(known, OneOf) else None,
        )
        for name, known in CaseFilter.base_filters.items()
    ]


def _values(known: Any) -> dict[str, Any]:
    if isinstance(known, OneOf):
        return listed({**TEXT, "enum": [value for value, _ in known.offered]})
    return TEXT


PAGING = [
    OpenApiParameter("updated_since", {"anyOf": [TIME, DAY]}, description="Changed at this moment or later."),
    OpenApiParameter("cursor", TEXT, description="Where a page begins: as “next” gave it."),
    OpenApiParameter("limit", {**WHOLE, "minimum": 1, "maximum": 1000}, description="Cases a page."),
]
KNOWN = OpenApiParameter(
    "If-None-Match", TEXT, "header", description="The ETag of what you have: 304 if it is still so."
)


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "api.access.Bearer"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token of one machine, with its scopes."}


def complete(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """drf-spectacular's hook: the components that operations refer to."""
    result["components"].setdefault("schemas", {}).update(all_shapes())
    return result
