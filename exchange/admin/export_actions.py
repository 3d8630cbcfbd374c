"""Export of cases from their list and their form: to a receiver as E2B, on paper as CIOMS I."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from unfold.admin import ModelAdmin
from unfold.decorators import action

from accounts.admin_permissions import may
from accounts.models import User
from accounts.roles import Permission
from cases.export_log import log_export
from cases.models import Case
from cases.models.export_log import ExportFormat
from cases.record.read_cases import read_cases
from cases.visibility import visible_to
from e2b import Violation
from exchange.admin.element_links import element_link
from exchange.admin.forms import ExportForm
from exchange.admin.pages import page, require
from exchange.cioms.form import cioms, file_name
from exchange.export_job import Export, ExportResult
from exchange.exporting import export_cases, preview
from exchange.models import Batch, Direction

SHOWN = 100
# A request doesn't take minutes; more cases are exported by command.
MOST_CASES = 3000
LABEL = "Export for a receiver (E2B)"

if TYPE_CHECKING:
    _Base = ModelAdmin
else:
    _Base = object


class ExportActions(_Base):
    """A ModelAdmin whose cases can be sent and printed. Stands before the bases that have actions."""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        if may(request, Permission.EXPORT):
            actions["export_selected"] = (export_selected, "export_selected", LABEL)
        return actions

    actions_detail = ("print_cioms",)

    @action(description="CIOMS Form I", url_path="cioms", attrs={"id": "cioms-link", "target": "_blank"})
    def print_cioms(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return cioms_response(request, object_id)


@admin.action(description=LABEL)
def export_selected(case_admin: ModelAdmin, request: HttpRequest, queryset: QuerySet[Case]) -> HttpResponse:
    """Ask for the receiver; show which cases would be sent and which not, with reasons; then send."""
    return export_page(case_admin, request, queryset)


def export_page(
    admin: ModelAdmin, request: HttpRequest, queryset: QuerySet[Case], initial: dict[str, str] | None = None
) -> HttpResponse:
    """The page of an export; `initial` are the answers of its form to begin with."""
    user = require(request, Permission.EXPORT, Permission.VIEW_IDENTITIES)
    ids = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_CASES + 1])
    is_submitted = "check" in request.POST or "send" in request.POST
    form = ExportForm(request.POST if is_submitted else None, initial=initial)
    results: list[ExportResult] = []
    batches: list[Batch] = []
    problem = ""
    if len(ids) > MOST_CASES:
        problem = f"More than {MOST_CASES:,} cases are chosen. Use manage.py export_icsr, or choose fewer."
    elif is_submitted and form.is_valid():
        try:
            results, batches = _export(form, ids, user, is_sent="send" in request.POST)
        except ValidationError as error:
            problem = " ".join(error.messages)
    context = {
        "form": form,
        "results": [(result, list(_reasons(result))) for result in results[:SHOWN]],
        "hidden": max(len(results) - SHOWN, 0),
        "batches": batches,
        "problem": problem,
        "is_sent": bool(batches),
        "accepted": sum(not result.is_refused for result in results),
        "total": len(ids),
        **_selection(request, ids),
    }
    return page(admin, request, "export.html", f"Export {len(ids)} cases", **context)


def _selection(request: HttpRequest, ids: list[int]) -> dict[str, Any]:
    """What the page repeats of the list, so that the action is called with the same cases."""
    across = request.POST.get("select_across", "0")
    return {
        "selected": [] if across == "1" else ids,
        "select_across": across,
        "checkbox": ACTION_CHECKBOX_NAME,
    }


def _reasons(result: ExportResult) -> Iterator[tuple[str, Violation]]:
    """What is wrong with a case, each with a link to its field."""
    for violation in result.errors:
        yield element_link(violation.element, violation.place, result.case_id), violation


def _export(
    form: ExportForm, ids: list[int], user: User, *, is_sent: bool
) -> tuple[list[ExportResult], list[Batch]]:
    """What would become of cases, or what became of them with the batches that were sent."""
    values = form.cleaned_data
    with tempfile.TemporaryDirectory() as folder:
        export = Export(
            user,
            form.chosen_receiver(),
            Path(folder),
            is_draft=values["is_draft"],
            one_file_each=values["one_file_each"],
        )
        if not is_sent:
            return list(preview(ids, export)), []
        results: list[ExportResult] = []
        names = [path.name for path in export_cases(ids, export, results.append)]
    # The bytes are in the database; the files were only on their way.
    return results, list(Batch.objects.filter(direction=Direction.SENT, file_name__in=names).order_by("pk"))


def cioms_response(request: HttpRequest, pk: int) -> HttpResponse:
    """The case as CIOMS Form I."""
    user = require(request, Permission.EXPORT, Permission.VIEW_IDENTITIES)
    case = get_object_or_404(visible_to(user), pk=pk)
    form = cioms(read_cases([case.pk])[case.pk])
    address = request.get_full_path()
    log_export(ExportFormat.CIOMS, by=user, cases=1, address=address, is_deidentified=False)
    response = HttpResponse(form.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file_name(case)}"'
    if form.remark:
        codes = (f"U+{ord(character):04X}" for character in form.unprintable)
        response["X-Unprintable"] = ", ".join(codes)
    return response
