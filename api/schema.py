"""The OpenAPI document: what drf-spectacular can't infer from the views."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema

from api.exchange_shapes import exchange_shapes
from api.shapes import DAY, TEXT, TIME, WHOLE, all_shapes, listed, ref
from research.filters import CaseFilter
from research.filters.conditions import OneOf
from research.filters.switches import Switch

Method = TypeVar("Method", bound=Callable[..., Any])
JSON, PROBLEM, FORM = "application/json", "application/problem+json", "multipart/form-data"
READ_PROBLEMS = (400, 401, 403, 404, 405, 406, 429)
WRITE_PROBLEMS = (*READ_PROBLEMS, 409, 412, 413, 415, 422, 428)
EXAMPLE_PROBLEM = OpenApiExample(
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
    response: str | dict[tuple[int, str], Any],
    *,
    status: int = 200,
    body: tuple[str, str] | None = None,
    parameters: Iterable[OpenApiParameter] = (),
    examples: Iterable[OpenApiExample] = (),
    problems: Iterable[int] = (),
    more_bodies: Iterable[str] = (),
) -> Callable[[Method], Method]:
    """Decorator of a view's method: its place in the document.

    `response`: a component, or a shape for each status and media type. `body`: media type and component.
    `problems`: statuses of problems beside the usual ones. `more_bodies`: other media types of the body.
    """
    responses: dict[Any, Any] = {(status, JSON): ref(response)} if isinstance(response, str) else {**response}
    codes = (*(WRITE_PROBLEMS if body else READ_PROBLEMS), *problems)
    refusals = {(code, PROBLEM): ref("Problem") for code in codes}
    if not body:
        responses[304] = OpenApiResponse(description="What you have, by its ETag, is what there is.")
    shown = [*examples, *([EXAMPLE_PROBLEM] if body else [])]
    return extend_schema(
        operation_id=summary.lower().replace(" ", "_").replace("(", "").replace(")", ""),
        summary=summary,
        request={name: _body(name, body[1]) for name in (body[0], *more_bodies)} if body else None,
        responses={**responses, **refusals},
        parameters=list(parameters),
        examples=shown,
    )


def _body(media_type: str, component: str) -> dict[str, Any]:
    """The component; a file as the part of a form is described as that."""
    return ref("FileForm" if media_type == FORM and component == "MessageFile" else component)


def filter_parameters() -> list[OpenApiParameter]:
    """The filters of cases, as they are on the search page."""
    return [
        OpenApiParameter(
            name,
            _values(condition),
            description=str(condition.extra.get("help_text", "")),
            explode=False if isinstance(condition, OneOf) else None,
            style="form" if isinstance(condition, OneOf) else None,
        )
        for name, condition in CaseFilter.all_filters().items()
    ]


def _values(condition: Any) -> dict[str, Any]:
    """The shape of a filter's value."""
    if isinstance(condition, OneOf):
        return listed({**TEXT, "enum": [value for value, _ in condition.offered]})
    if isinstance(condition, Switch):
        return {**TEXT, "enum": [value for value, _ in condition.offered], "default": condition.default}
    return TEXT


PAGING = [
    OpenApiParameter("updated_since", {"anyOf": [TIME, DAY]}, description="Changed at this moment or later."),
    OpenApiParameter("cursor", TEXT, description="Where a page begins: as “next” gave it."),
    OpenApiParameter("limit", {**WHOLE, "minimum": 1, "maximum": 1000}, description="Cases a page."),
]
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", TEXT, "header", description="The ETag of what you have: 304 if it is still so."
)


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "api.access.Bearer"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token of one machine, with its scopes."}


def add_components(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Post-processing hook of drf-spectacular: adds the components that operations refer to."""
    result["components"].setdefault("schemas", {}).update(all_shapes() | exchange_shapes())
    return result
