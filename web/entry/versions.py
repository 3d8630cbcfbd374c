"""The pages of the admin on versions of a case: all of them, the next one, nullification, history."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from unfold.widgets import INPUT_CLASSES, UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from accounts.access_log import log_access
from accounts.models import AccessKind
from accounts.requests import user_of
from cases.amendment import ConcurrentChange
from cases.history import HistoryPosition, history, seen_now
from cases.joining import master_for
from cases.models import Case, CaseVersion, Significance, VersionKind
from cases.version_records import suggested_day_zero, versions_of
from cases.versions import OPENED_BY_PEOPLE, describe_version, nullify, open_version
from cases.visibility import can_amend, sees_identities, visible_to
from web.entry.concurrent_editing.seen_form import SeenField
from web.entry.django_types import AdminMixin
from web.entry.fields import DayInput

TEMPLATES = "web/entry/"
REASON_LENGTH = 2000  # C.1.11.2


def _day(**kwargs: Any) -> DayInput:
    box = forms.TextInput(attrs={"class": " ".join(INPUT_CLASSES)})
    return DayInput(required=False, widget=box, **kwargs)


def _line(**kwargs: Any) -> forms.CharField:
    box = forms.TextInput(attrs={"class": " ".join(INPUT_CLASSES)})
    return forms.CharField(required=False, max_length=250, widget=box, **kwargs)


def reason_field(label: str, **kwargs: Any) -> forms.CharField:
    """A box for a reason, which is always wanted."""
    box = UnfoldAdminTextareaWidget(attrs={"rows": 3})
    missing = {"required": "Say why: it is kept in the history of the case."}
    return forms.CharField(
        label=label, max_length=REASON_LENGTH, widget=box, error_messages=missing, **kwargs
    )


def _help(column: str) -> str:
    field = CaseVersion._meta.get_field(column)
    return str(field.help_text) if isinstance(field, Field) else ""


class DescribeForm(forms.Form):
    """The particulars of the open version."""

    received = _day(help_text=_help("received"))
    day_zero = _day(help_text=_help("day_zero"))
    held_by = _line(help_text=_help("held_by"))
    source = _line(help_text=_help("source"))
    significance = forms.ChoiceField(
        choices=Significance.choices, required=False, widget=UnfoldAdminSelectWidget
    )
    seen = SeenField(required=False)


class NewVersionForm(DescribeForm):
    """The next version: a follow-up, or an amendment of what was entered."""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in OPENED_BY_PEOPLE],
        widget=UnfoldAdminSelectWidget,
        help_text="A follow-up brings new information; an amendment corrects, or revives a nullified case.",
    )
    reason = reason_field("Reason for the new version")

    field_order = ("kind", "received", "source", "significance", "day_zero", "held_by", "reason")


class NullifyForm(forms.Form):
    """Why a case is nullified."""

    reason = reason_field(
        "Reason for the nullification",
        help_text="Leaves with the case (C.1.11.2). From then on the case can't be changed; an amendment "
        "version revives it.",
    )
    seen = SeenField(required=False)


class VersionPages(AdminMixin):
    """A ModelAdmin of cases with the pages of its versions."""

    def get_urls(self) -> list[URLPattern]:
        views = {"": self.versions_view, "new/": self.new_version_view, "nullify/": self.nullify_view}
        own = [
            path(
                f"<int:pk>/versions/{route}",
                self.admin_site.admin_view(view),
                name=f"cases_case_{view.__name__.removesuffix('_view')}",
            )
            for route, view in views.items()
        ]
        return own + super().get_urls()

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        context["version"] = obj.versions.filter(closed_at=None).first() if obj is not None else None
        context["master"] = master_for(user_of(request), obj) if obj is not None else None
        return super().render_change_form(request, context, add, change, form_url, obj)

    def versions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All versions of a case, and the particulars of the open one."""
        seen = seen_now(pk)
        case = visible(request, pk)
        log_access(request, AccessKind.VERSIONS_READ, case=case.number)
        versions = versions_of(case)
        current = next((version for version in versions if version.closed_at is None), None)
        form = None
        if current is not None and can_amend(user_of(request), case):
            stored = {name: getattr(current, name) for name in DescribeForm.base_fields if name != "seen"}
            form = DescribeForm(request.POST or None, initial={**stored, "seen": str(seen)})
            if form.is_valid() and self._describe(request, current, form):
                return redirect("admin:cases_case_versions", pk)
        context = {
            "versions": versions,
            "current": current,
            "form": form,
            "suggested": suggested_day_zero(case),
        }
        return self._page(request, case, "versions.html", f"Versions of {case}", **context)

    def _describe(self, request: HttpRequest, version: CaseVersion, form: DescribeForm) -> bool:
        changed = {name: form.cleaned_data[name] for name in form.changed_data if name != "seen"}
        if not changed:
            return True
        reason = f"{', '.join(str(form[name].label).lower() for name in changed)} of the version"
        with errors_shown_on(form):
            describe_version(version, by=user_of(request), reason=reason, seen=_seen_event(form), **changed)
            messages.success(request, f"{version}: saved.")
        return form.is_valid()

    def new_version_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open the next version; the one before is frozen."""
        case = amendable(request, pk)
        initial = {"kind": VersionKind.FOLLOW_UP, "received": timezone.localdate(), "seen": str(seen_now(pk))}
        form = NewVersionForm(request.POST or None, initial=initial)
        if form.is_valid():
            fields = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
            with errors_shown_on(form):
                version = open_version(case, by=user_of(request), seen=_seen_event(form), **fields)
                messages.success(request, f"{version} is open: what you enter now belongs to it.")
            if form.is_valid():
                return redirect("admin:cases_case_change", pk)
        return self._page(
            request, case, "version_form.html", f"New version of {case}", form=form, verb="Open the version"
        )

    def nullify_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Nullify the case, with a reason."""
        case = amendable(request, pk)
        form = NullifyForm(request.POST or None, initial={"seen": str(seen_now(pk))})
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            with errors_shown_on(form):
                nullify(case, by=user_of(request), reason=reason, seen=_seen_event(form))
                messages.success(request, f"{case} is nullified.")
            if form.is_valid():
                return redirect("admin:cases_case_versions", pk)
        return self._page(
            request, case, "version_form.html", f"Nullify {case}", form=form, verb="Nullify the case"
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history of the record, in place of Django's log of forms."""
        case = visible(request, object_id)
        log_access(request, AccessKind.HISTORY_READ, case=case.number)
        page = history(case, older_than=_page_start(request.GET.get("older_than")))
        return self._page(
            request, case, "object_history.html", f"History of {case}", page=page, older=str(page.older)
        )

    def _page(
        self, request: HttpRequest, case: Case, template: str, title: str, **context: object
    ) -> HttpResponse:
        shown = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "original": case,
            "case": case,
            "may_amend": can_amend(user_of(request), case),
            **context,
        }
        return TemplateResponse(request, f"{TEMPLATES}{template}", shown)


@contextmanager
def errors_shown_on(form: forms.Form) -> Iterator[None]:
    """Show what a service refuses on the form, at its field where it has one."""
    try:
        yield
    except ValidationError as error:
        for name, errors in _by_field(error).items():
            form.add_error(name if name in form.fields else None, ValidationError(errors))
        if isinstance(error, ConcurrentChange):
            # The page that comes back shows what is stored now.
            posted = {name: form.data[name] for name in form.data}
            form.data = {**posted, "seen": form.initial["seen"]}


def _by_field(error: ValidationError) -> dict[str, list[ValidationError]]:
    by_field: dict[str, list[ValidationError]] = (
        error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    )
    return by_field


def _seen_event(form: forms.Form) -> int | None:
    seen = form.cleaned_data["seen"]
    return seen.event if seen is not None else None


def visible(request: HttpRequest, pk: object) -> Case:
    """A case that the user may read in its own words. Raises PermissionDenied, Http404."""
    if not sees_identities(user_of(request)):
        raise PermissionDenied(f"{request.user} may read cases without identities only.")
    return get_object_or_404(visible_to(user_of(request)), pk=pk)


def amendable(request: HttpRequest, pk: int) -> Case:
    """The case of a page that changes it. Raises Http404 and PermissionDenied."""
    case = visible(request, pk)
    if not can_amend(user_of(request), case):
        raise PermissionDenied(f"{request.user} may not change case {case}.")
    return case


def _page_start(text: str | None) -> HistoryPosition | None:
    try:
        return HistoryPosition.parse(text) if text else None
    except ValueError:
        return None
