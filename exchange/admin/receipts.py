"""What was sent in for the background: how far its import is, stopping and resuming it."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.admin_permissions import ReadOnly
from accounts.requests import user_of
from accounts.roles import Permission
from exchange.admin.pages import page, require
from exchange.models import ImportState
from exchange.receipt_models import Receipt
from exchange.receipt_reports import Place, counts_of, files_of, messages_of
from exchange.visibility import receipts_of
from jobs.models import JobState
from jobs.queue import cancel, resume

SHOWN = 100


@admin.register(Receipt)
class ReceiptAdmin(ReadOnly, ModelAdmin):
    """Every file that machines sent in, and large ones of people."""

    list_display = ("file_name", "at", "state_shown", "progress", "by", "links")
    list_filter = ("job__state",)
    search_fields = ("file_name",)
    show_full_result_count = False
    fields = (("file_name", "size"), "digest", ("at", "by"), ("state_shown", "progress"), "links")
    readonly_fields = ("at", "by", "state_shown", "progress", "links")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Receipt]:
        return receipts_of(user_of(request))

    def get_urls(self) -> list[URLPattern]:
        own = path("<int:pk>/progress/", self.admin_site.admin_view(self.show), name="exchange-receipt")
        return [own, *super().get_urls()]

    @display(description="Sent in", ordering="job__made_at")
    def at(self, receipt: Receipt) -> str:
        return f"{receipt.job.made_at:%Y-%m-%d %H:%M}"

    @display(description="By", ordering="job__by")
    def by(self, receipt: Receipt) -> str:
        return receipt.job.by.get_username()

    @display(
        description="Import",
        ordering="job__state",
        label={
            JobState.DONE.label: "success",
            JobState.RUNNING.label: "info",
            JobState.FAILED.label: "danger",
            JobState.CANCELLED.label: "warning",
        },
    )
    def state_shown(self, receipt: Receipt) -> str:
        return receipt.job.get_state_display()

    @display(description="Messages")
    def progress(self, receipt: Receipt) -> str:
        total = receipt.job.total
        return f"{receipt.job.done:,} of {total:,}" if total is not None else "not yet counted"

    @display(description="Do")
    def links(self, receipt: Receipt) -> str:
        address = reverse("admin:exchange-receipt", args=[receipt.pk])
        return format_html('<a class="underline" href="{}">Progress and report</a>', address)

    def show(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How far the import is, what became of its messages, and the buttons that stop and resume it."""
        user = require(request, Permission.VIEW_IDENTITIES)
        receipt = get_object_or_404(receipts_of(user), pk=pk)
        if request.method == "POST":
            require(request, Permission.AMEND_CASES)
            try:
                cancel(receipt.job) if "stop" in request.POST else resume(receipt.job)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(request.path)
        rows, more = messages_of(receipt, Place(), SHOWN)
        counts = counts_of(receipt)
        context = {
            "receipt": receipt,
            "job": receipt.job,
            "can_resume": receipt.job.state in (JobState.FAILED, JobState.CANCELLED),
            "files": [file for file in files_of(receipt) if file["refusal"]],
            "counts": [(ImportState(state).label, count) for state, count in counts.items()],
            "rows": [(ImportState(row["state"]).label, row) for row in rows],
            "hidden": sum(counts.values()) - len(rows) if more else 0,
        }
        return page(self, request, "receipt.html", f"Import of {receipt.file_name}", **context)
