"""How cases leave from their list and their form: for a receiver as E2B, on paper as CIOMS I."""

import tempfile
from pathlib import Path

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from unfold.decorators import action

from accounts.admin_permissions import may
from accounts.roles import Permission
from cases.export_log import log_handed_out
from cases.models.export_log import ExportFormat
from cases.record.read_cases import read_cases
from cases.visibility import visible_to
from exchange.admin.elements import link_to
from exchange.admin.forms import ExportForm
from exchange.admin.pages import page
from exchange.cioms.form import cioms, file_name
from exchange.exporting import Export, Outcome, export_cases, preview
from exchange.models import Batch, Direction

SHOWN = 100
# A request doesn't take minutes; more cases leave by command.
MOST = 3000


class Leaves:
    """A ModelAdmin whose cases can be sent and printed. Stands before the bases that have actions."""

    def get_actions(self, request):
        found = super().get_actions(request)
        if may(request, Permission.EXPORT):
            found["export_selected"] = (export_selected, "export_selected", "Export for a receiver (E2B)")
        return found

    actions_detail = ("print_cioms",)

    @action(description="CIOMS Form I", url_path="cioms", attrs={"id": "cioms-link", "target": "_blank"})
    def print_cioms(self, request, object_id):
        return printed(request, object_id)


@admin.action(description="Export for a receiver (E2B)")
def export_selected(case_admin, request, queryset):
    """Ask for the receiver; show what would leave and what not, with reasons; then send."""
    if not may(request, Permission.EXPORT):
        raise PermissionDenied
    ids = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    asked = "check" in request.POST or "send" in request.POST
    form = ExportForm(request.POST if asked else None)
    outcomes, batches, problem = [], [], ""
    if len(ids) > MOST:
        problem = f"More than {MOST:,} cases are chosen. Use manage.py export_icsr, or choose fewer."
    elif asked and form.is_valid():
        try:
            outcomes, batches = _done(form, ids, request)
        except ValidationError as error:
            problem = " ".join(error.messages)
    context = {
        "form": form,
        "outcomes": [(one, list(_reasons(one))) for one in outcomes[:SHOWN]],
        "hidden": max(len(outcomes) - SHOWN, 0),
        "batches": batches,
        "problem": problem,
        "is_sent": bool(batches),
        "leaving": sum(not one.is_refused for one in outcomes),
        "total": len(ids),
        "selected": [] if request.POST.get("select_across") == "1" else ids,
        "select_across": request.POST.get("select_across", "0"),
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return page(case_admin, request, "export.html", f"Export {len(ids)} cases", **context)


def _reasons(outcome: Outcome):
    """What is wrong with a case, each with a link to its field."""
    for finding in outcome.errors:
        yield link_to(finding.element, finding.place, outcome.case_id), finding


def _done(form: ExportForm, ids: list[int], request):
    told = form.cleaned_data
    with tempfile.TemporaryDirectory() as folder:
        export = Export(
            request.user,
            form.addressed_to(),
            Path(folder),
            is_draft=told["is_draft"],
            one_file_each=told["one_file_each"],
            declaration=told["declaration"],
        )
        if "send" not in request.POST:
            return list(preview(ids, export)), []
        outcomes = []
        paths = export_cases(ids, export, outcomes.append)
        names = [path.name for path in paths]
    # The bytes are in the database; the files were only on their way.
    return outcomes, list(Batch.objects.filter(direction=Direction.SENT, file_name__in=names).order_by("pk"))


def printed(request, pk):
    """The case as CIOMS Form I."""
    if not (may(request, Permission.EXPORT) and may(request, Permission.VIEW_IDENTITIES)):
        raise PermissionDenied
    case = get_object_or_404(visible_to(request.user), pk=pk)
    made = cioms(read_cases([case.pk])[case.pk])
    address = request.get_full_path()
    log_handed_out(ExportFormat.CIOMS, by=request.user, cases=1, address=address, is_deidentified=False)
    response = HttpResponse(made.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{file_name(case)}"'
    if made.remark:
        response["X-Unprintable"] = ", ".join(f"U+{ord(one):04X}" for one in made.unprintable)
    return response
