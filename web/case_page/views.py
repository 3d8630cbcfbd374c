"""The page of one case, and what can be done from there: answer an item, rescore."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from accounts.access_log import log_access
from accounts.models import AccessKind
from accounts.requests import user_of
from accounts.roles import Permission
from assessments.answers import latest_answers
from assessments.assessing import adjudicate, make_current
from assessments.standings import standing_of
from cases.models import Case
from cases.visibility import can_adjudicate, sees_identities, shown_number, visible_case_of
from scoring.instruments import primary
from web.case_page.case_data import Sheet, sheet_of
from web.case_page.context import case_context
from web.case_page.deidentified import without_identities
from web.case_page.forms import AnswerForm

# What keeps a case from being scored; its page still opens, so that somebody can mend the evidence.
UNSCORABLE = (DatabaseError, ValueError, ArithmeticError, LookupError)
UNPROCESSABLE = 422
UNNAMED = "What is wrong with it is shown to those who may read the record."


@login_required
@require_safe
def case_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One case with its score card, brought up to date before it is shown."""
    case = visible_case(request, number)
    problem = _bring_up_to_date(case)
    return _page(request, _sheet(request, case), problem)


@login_required
def adjudicate_item(request: HttpRequest, number: str) -> HttpResponse:
    """Take a reviewer's answer to one item; what is refused comes back at the form as it was typed."""
    case = visible_case(request, number)
    if request.method != "POST":
        return redirect("case-detail", number=case.number)
    if not can_adjudicate(user_of(request), case):
        raise PermissionDenied(f"{request.user} may not answer items of case {case}.")
    form = _bound_form(request, case)
    if form.is_valid() and _adjudicate(request, case, form):
        return redirect("case-detail", number=case.number)
    problem = _bring_up_to_date(case)
    return _page(request, _sheet(request, case), problem, refused=form, status=UNPROCESSABLE)


def _bound_form(request: HttpRequest, case: Case) -> AnswerForm:
    instrument = primary()
    table = {row.key: row for row in instrument.items}
    key = request.POST.get("key", "")
    if key not in table:
        raise Http404(f"{instrument.title} has no item {key!r}.")
    answered = {answer.key for answer in latest_answers([case.pk]).get((case.pk, instrument.key), ())}
    return AnswerForm(table[key], is_answered=key in answered, data=request.POST)


def _adjudicate(request: HttpRequest, case: Case, form: AnswerForm) -> bool:
    """Whether the service took the answer. Its refusal is put on the form."""
    posted = form.cleaned_data
    try:
        adjudicate(
            case,
            posted["key"],
            form.service_answer(),
            by=user_of(request),
            reason=posted["reason"],
            seen_digest=posted["seen_digest"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    stored = standing_of(case)
    standing = stored.badge.words if stored else "no class yet"
    back = format_html('<a href="#item-{}">Back to the item</a>', form.item_key)
    messages.success(
        request, format_html("{}: recorded. The case now stands at {}. {}", form.label, standing, back)
    )
    return True


@login_required
def rescore_case(request: HttpRequest, number: str) -> HttpResponse:
    """Score one outdated case anew, for those who may."""
    case = visible_case(request, number)
    if request.method == "POST":
        if not user_of(request).may(Permission.RESCORE):
            raise PermissionDenied(f"{request.user} may not rescore cases.")
        if problem := _bring_up_to_date(case):
            messages.error(request, f"{case.number} could not be scored: {problem}")
        else:
            messages.success(request, f"{case.number} is scored from its evidence as it is now.")
    return redirect(_way_back(request) or reverse("case-detail", args=[case.number]))


def _way_back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, {request.get_host()}) else ""


def _sheet(request: HttpRequest, case: Case) -> Sheet:
    """What the page shows of a case, to this user."""
    sheet = sheet_of(case, user_of(request))
    if not sees_identities(user_of(request)):
        return without_identities(sheet)
    log_access(request, AccessKind.CASE_READ, case=case.number)
    return sheet


def identified_case(request: HttpRequest, number: str, kind: AccessKind) -> Case:
    """As `visible_case`, for pages that show a record in its own words. Logged. Raises PermissionDenied."""
    case = visible_case(request, number)
    if not sees_identities(user_of(request)):
        raise PermissionDenied(f"{request.user} may read cases without identities only.")
    log_access(request, kind, case=case.number)
    return case


def visible_case(request: HttpRequest, number: str) -> Case:
    """The case of a number, if there is one and the user may see it."""
    identities = sees_identities(user_of(request))
    case = visible_case_of(user_of(request), number, identities=identities)
    if case is None:
        raise Http404("There is no such case, or it is not yours to see.")
    # Whoever reads without identities changes nothing, so that this number is never saved.
    case.number = shown_number(case, identities=identities)
    return case


def _bring_up_to_date(case: Case) -> str:
    """Score the case if its evidence has changed since; return what made that impossible, or ""."""
    try:
        make_current([case.pk])
    except UNSCORABLE as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _page(
    request: HttpRequest,
    sheet: Sheet,
    problem: str,
    *,
    refused: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = case_context(sheet, user_of(request), refused)
    is_identified = sees_identities(user_of(request))
    # The error quotes what is entered.
    shared = {"problem": problem if is_identified or not problem else UNNAMED, "is_identified": is_identified}
    return render(request, "web/case_page/case_detail.html", {**context, **shared}, status=status)
