"""A page of one case that can't be read says so, with the reason for staff, instead of a 500."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from accounts.requests import user_of
from api.problems import respond
from assessments.scorecards import scorecards
from cases.models import Case
from cases.record.read_cases import read_cases
from cases.unreadable import UNNAMED, UNREADABLE, unreadable
from cases.version_records import freeze_record
from cases.visibility import sees_identities, visible_case_of, visible_to
from exchange.icsr import message_of
from research import masked_documents
from web.case_page.case_data import sheet_of

FORM_OF_A_CASE = "cases_case_"


class UnreadableCase:
    """Middleware: answers where a view of one case raised an error because of what is stored of the case.

    An error of a case that can be read is a fault of the program, and stays one.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        case = _case_of(request) if isinstance(error, UNREADABLE) else None
        if case is None or not _cannot_be_read(case, user_of(request)):
            return None
        reason = unreadable(case.pk, error)
        problem = reason if sees_identities(user_of(request)) else UNNAMED
        if request.path.startswith("/api/"):
            return respond(HTTPStatus.UNPROCESSABLE_ENTITY, problem)
        return render(
            request, "unreadable_case.html", {"problem": problem}, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )


def _case_of(request: HttpRequest) -> Case | None:
    """The case that an address names by its number, or by its key in the admin, if the user may see it."""
    match, user = request.resolver_match, request.user
    if match is None or not isinstance(user, User):
        return None
    if number := match.kwargs.get("number"):
        return visible_case_of(user, number, identities=sees_identities(user))
    key = match.kwargs.get("object_id", "")
    if not (match.url_name or "").startswith(FORM_OF_A_CASE) or not key.isdecimal():
        return None
    return visible_to(user).filter(pk=key).first()


def _cannot_be_read(case: Case, user: User) -> bool:
    """Whether one of the ways in which pages read a case fails, whatever it was that failed."""
    readings = (
        lambda: sheet_of(case, user),
        lambda: [(card.computed, card.adjudicated) for card in scorecards([case])],
        lambda: freeze_record(case),
        lambda: message_of(read_cases([case.pk])[case.pk]),
        lambda: masked_documents.whole([case.pk]),
    )
    return any(_fails(reading) for reading in readings)


def _fails(reading: Callable[[], object]) -> bool:
    try:
        reading()
    except UNREADABLE:
        return True
    return False
