"""The page of the admin on which two cases are joined as the same case, and parted again."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.models import User
from accounts.requests import user_of
from cases.joining import joining_of, part
from cases.models import Case, JoinedDuplicate
from cases.visibility import amendable_by
from exchange.master_cases import join_duplicate
from web.entry.sharing import SharingPages
from web.entry.versions import amendable, errors_shown_on, reason_field


class JoinForm(forms.Form):
    """Which case this one is the same as, and why."""

    master = forms.CharField(
        label="Number of the master case",
        max_length=100,
        widget=UnfoldAdminTextInputWidget,
        help_text="The case that is kept up to date from now on. It gets the identifiers of this one, and a "
        "link to it; this one is nullified, and stays as it is.",
        error_messages={"required": "Write the number of the case that this one is the same as."},
    )
    reason = reason_field("Why they are the same case")

    def __init__(self, user: User, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self._user = user

    def clean_master(self) -> Case:
        number = self.cleaned_data["master"].strip()
        master = amendable_by(self._user).filter(number=number).first()
        if master is None:
            raise ValidationError(f"There is no case {number} that you may change. Check the number.")
        return master


class PartForm(forms.Form):
    """Why two cases are not the same after all."""

    reason = reason_field("Why they are two cases after all")


class DuplicatePages(SharingPages):
    """A ModelAdmin of cases with the page on which a case is joined to another."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.duplicate_view)
        return [path("<int:pk>/duplicate/", view, name="cases_case_duplicate"), *super().get_urls()]

    def duplicate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Join the case to its master case, or part the two."""
        case = amendable(request, pk)
        joined = joining_of(case)
        return self._join(request, case) if joined is None else self._part(request, case, joined)

    def _join(self, request: HttpRequest, case: Case) -> HttpResponse:
        user = user_of(request)
        form = JoinForm(user, request.POST or None)
        if form.is_valid():
            with errors_shown_on(form):
                joined = join_duplicate(case, by=user, **form.cleaned_data)
                messages.success(request, f"{case} is a duplicate of {joined.master} from now on.")
            if form.is_valid():
                return redirect("admin:cases_case_change", joined.master_id)
        title = f"{case}: the same case twice"
        return self._page(request, case, "version_form.html", title, form=form, verb="Join the two cases")

    def _part(self, request: HttpRequest, case: Case, joined: JoinedDuplicate) -> HttpResponse:
        form = PartForm(request.POST or None)
        if form.is_valid():
            with errors_shown_on(form):
                part(joined, by=user_of(request), **form.cleaned_data)
                messages.success(request, f"{case} and {joined.master} are two cases again.")
            if form.is_valid():
                return redirect("admin:cases_case_change", case.pk)
        title = f"{case}: duplicate of {joined.master}"
        return self._page(request, case, "version_form.html", title, form=form, verb="Part the two cases")
