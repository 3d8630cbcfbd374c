"""Versions in the admin: what they are, the next one, nullification, and the history of a case."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from unfold.widgets import INPUT_CLASSES, UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from cases.amendment import ConcurrentChange
from cases.history import HistoryPosition, history, seen_now
from cases.models import Case, CaseVersion, Significance, VersionKind
from cases.version_records import suggested_day_zero, versions_of
from cases.versions import OPENED_BY_PEOPLE, describe_version, nullify, open_version
from cases.visibility import can_amend, visible_to
from web.entry.concurrent_editing.views import SeenField

TEMPLATES = "web/entry/"
REASON_LENGTH = 2000  # C.1.11.2


def _day(**kwargs) -> forms.DateField:
    box = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": " ".join(INPUT_CLASSES)})
    return forms.DateField(required=False, widget=box, **kwargs)


def _line(**kwargs) -> forms.CharField:
    box = forms.TextInput(attrs={"class": " ".join(INPUT_CLASSES)})
    return forms.CharField(required=False, max_length=250, widget=box, **kwargs)


def _reason(label: str, **kwargs) -> forms.CharField:
    box = UnfoldAdminTextareaWidget(attrs={"rows": 3})
    missing = {"required": "Say why: it is kept in the history of the case."}
    return forms.CharField(
        label=label, max_length=REASON_LENGTH, widget=box, error_messages=missing, **kwargs
    )


def _help(column: str) -> str:
    return str(CaseVersion._meta.get_field(column).help_text)


class DescribeForm(forms.Form):
    """What is said of the open version."""

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
    reason = _reason("Reason for the new version")

    field_order = ("kind", "received", "source", "significance", "day_zero", "held_by", "reason")


class NullifyForm(forms.Form):
    """Why a case is nullified."""

    reason = _reason(
        "Reason for the nullification",
        help_text="Leaves with the case (C.1.11.2). From then on the case can't be changed; an amendment "
        "version revives it.",
    )
    seen = SeenField(required=False)


class VersionPages:
    """A ModelAdmin of cases with the pages on which versions are kept."""

    def get_urls(self):
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

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["version"] = obj.versions.filter(closed_at=None).first() if obj is not None else None
        return super().render_change_form(request, context, add, change, form_url, obj)

    def versions_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """All versions of a case, and what is said of the open one."""
        seen = seen_now(pk)
        case = _visible(request, pk)
        versions = versions_of(case)
        current = next((one for one in versions if one.closed_at is None), None)
        form = None
        if current is not None and can_amend(request.user, case):
            said = {name: getattr(current, name) for name in DescribeForm.base_fields if name != "seen"}
            form = DescribeForm(request.POST or None, initial={**said, "seen": str(seen)})
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
        told = {name: form.cleaned_data[name] for name in form.changed_data if name != "seen"}
        if not told:
            return True
        reason = f"{', '.join(form[name].label.lower() for name in told)} of the version"
        with _refusals(form) as done:
            describe_version(version, by=request.user, reason=reason, seen=_event(form), **told)
            messages.success(request, f"{version}: saved.")
        return done.ok

    def new_version_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Open the next version; the one before is frozen."""
        case = _amendable(request, pk)
        initial = {"kind": VersionKind.FOLLOW_UP, "received": timezone.localdate(), "seen": str(seen_now(pk))}
        form = NewVersionForm(request.POST or None, initial=initial)
        if form.is_valid():
            told = {name: value for name, value in form.cleaned_data.items() if name != "seen"}
            with _refusals(form) as done:
                version = open_version(case, by=request.user, seen=_event(form), **told)
                messages.success(request, f"{version} is open: what you enter now belongs to it.")
            if done.ok:
                return redirect("admin:cases_case_change", pk)
        return self._page(
            request, case, "version_form.html", f"New version of {case}", form=form, verb="Open the version"
        )

    def nullify_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Nullify the case, with a reason."""
        case = _amendable(request, pk)
        form = NullifyForm(request.POST or None, initial={"seen": str(seen_now(pk))})
        if form.is_valid():
            with _refusals(form) as done:
                nullify(case, by=request.user, reason=form.cleaned_data["reason"], seen=_event(form))
                messages.success(request, f"{case} is nullified.")
            if done.ok:
                return redirect("admin:cases_case_versions", pk)
        return self._page(
            request, case, "version_form.html", f"Nullify {case}", form=form, verb="Nullify the case"
        )

    def history_view(self, request, object_id, extra_context=None):
        """The history of the record, in place of Django's log of forms."""
        case = _visible(request, object_id)
        page = history(case, older_than=_place(request.GET.get("older_than")))
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
            "may_amend": can_amend(request.user, case),
            **context,
        }
        return TemplateResponse(request, f"{TEMPLATES}{template}", shown)


class _refusals:  # noqa: N801 - reads as the context it is
    """What a service refuses is shown on the form, at its field where it has one."""

    def __init__(self, form: forms.Form) -> None:
        self.form, self.ok = form, True

    def __enter__(self) -> "_refusals":
        return self

    def __exit__(self, kind, error, traceback) -> bool:
        if not isinstance(error, ValidationError):
            return False
        self.ok = False
        by_field = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
        for name, errors in by_field.items():
            self.form.add_error(name if name in self.form.fields else None, ValidationError(errors))
        if isinstance(error, ConcurrentChange):
            # The page that comes back shows what is stored now.
            self.form.data = {**self.form.data.dict(), "seen": self.form.initial["seen"]}
        return True


def _event(form: forms.Form) -> int | None:
    seen = form.cleaned_data["seen"]
    return seen.event if seen is not None else None


def _visible(request: HttpRequest, pk: object) -> Case:
    return get_object_or_404(visible_to(request.user), pk=pk)


def _amendable(request: HttpRequest, pk: int) -> Case:
    case = _visible(request, pk)
    if not can_amend(request.user, case):
        raise PermissionDenied(f"{request.user} may not change case {case}.")
    return case


def _place(text: str | None) -> HistoryPosition | None:
    try:
        return HistoryPosition.parse(text) if text else None
    except ValueError:
        return None
