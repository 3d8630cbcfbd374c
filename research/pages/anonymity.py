"""View of how a search singles people out: whether it may be downloaded de-identified, else whom to ask."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import user_of
from accounts.roles import Permission
from cases.visibility import sees_identities, visible_to
from research.download_requests import VALID_FOR, address_to_ask, judge, request_download
from research.filters import CaseFilter
from research.pages.filters import sentence
from research.pages.search_downloads import problems_of


class ReasonForm(forms.Form):
    """Why a download that is refused is needed."""

    reason = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what the cases are needed for, and who will have them."},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def anonymity(request: HttpRequest) -> HttpResponse:
    """How alike the cases of a search are; two administrators are asked by a POST."""
    user = user_of(request)
    if not user.may(Permission.EXPORT):
        raise PermissionDenied(f"{user} may not export cases.")
    data = {name: ",".join(values) for name, values in request.GET.lists()}
    filters = CaseFilter(data, queryset=visible_to(user), identities=sees_identities(user))
    if problems := problems_of(filters):
        return render(request, "research/anonymity.html", {"problems": problems}, status=400)
    form = ReasonForm(request.POST if request.method == "POST" else None, use_required_attribute=False)
    if form.is_valid() and _is_asked(request, filters, form):
        messages.success(request, "Asked for: two administrators decide, and this page shows it.")
        return redirect(address_to_ask(filters))
    return render(request, "research/anonymity.html", _context(user, filters, form))


def _is_asked(request: HttpRequest, filters: CaseFilter, form: ReasonForm) -> bool:
    """Ask; the form shows why that was refused."""
    try:
        request_download(filters, form.cleaned_data["reason"], by=user_of(request), request=request)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


def _context(user: User, filters: CaseFilter, form: ReasonForm) -> dict[str, Any]:
    return {
        "words": sentence(filters),
        "query": filters.address,
        "judgement": judge(filters, user, identities=sees_identities(user)),
        "days": VALID_FOR.days,
        "form": form,
    }
