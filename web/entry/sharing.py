"""The page of the admin on which a case is shared with other organisations, and no longer."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from unfold.widgets import UnfoldAdminSelectWidget

from accounts.models import Organisation
from accounts.requests import user_of
from cases.models import Case
from cases.sharing import share_case, withdraw_share
from cases.visibility import can_amend
from web.entry.versions import VersionPages, amendable, errors_shown_on, reason_field, visible


class ShareForm(forms.Form):
    """With whom a case is shared, and why."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        widget=UnfoldAdminSelectWidget,
        help_text="Its people read the case, each as far as the role goes, and change nothing.",
    )
    reason = reason_field("Reason for sharing the case")

    def __init__(self, case: Case, data: Any = None) -> None:
        super().__init__(data)
        others = Organisation.objects.exclude(pk=case.organisation_id)
        self.fields["organisation"].queryset = others  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Why a case is shared no longer."""

    reason = reason_field("Reason for ending it")


class SharingPages(VersionPages):
    """A ModelAdmin of cases with the page of their shares."""

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                "<int:pk>/sharing/", self.admin_site.admin_view(self.sharing_view), name="cases_case_sharing"
            ),
            path(
                "<int:pk>/sharing/<int:share>/withdraw/",
                self.admin_site.admin_view(self.withdraw_view),
                name="cases_case_withdraw",
            ),
        ]
        return own + super().get_urls()

    def sharing_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The organisations that may read a case, and the form to add one."""
        case, user = visible(request, pk), user_of(request)
        may_share = can_amend(user, case)
        form = ShareForm(case, request.POST or None) if may_share else None
        if form is not None and form.is_valid():
            with errors_shown_on(form):
                share = share_case(case, by=user, **form.cleaned_data)
                messages.success(request, f"{share.organisation} may read {case} from now on.")
            if form.is_valid():
                return redirect("admin:cases_case_sharing", pk)
        # Another organisation learns only of its own share.
        shares = case.shares.select_related("organisation", "by")
        shown = shares if may_share else shares.filter(organisation=user.organisation_id)
        return self._page(request, case, "sharing.html", f"Sharing of {case}", shares=shown, form=form)

    def withdraw_view(self, request: HttpRequest, pk: int, share: int) -> HttpResponse:
        """End a share, with a reason."""
        case = amendable(request, pk)
        row = get_object_or_404(case.shares.select_related("organisation"), pk=share)
        form = WithdrawForm(request.POST or None)
        if form.is_valid():
            with errors_shown_on(form):
                withdraw_share(row, by=user_of(request), reason=form.cleaned_data["reason"])
                messages.success(request, f"{row.organisation} may not read {case} any more.")
            if form.is_valid():
                return redirect("admin:cases_case_sharing", pk)
        title = f"Stop sharing {case} with {row.organisation}"
        return self._page(request, case, "version_form.html", title, form=form, verb="Stop sharing")
