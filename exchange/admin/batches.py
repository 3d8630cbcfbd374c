"""Files received and sent: upload, preview, import and download."""

from collections.abc import Iterator
from itertools import islice

from django.contrib import admin, messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.access_log import log_access
from accounts.admin_permissions import ReadOnly
from accounts.models import AccessKind, User
from accounts.requests import user_of
from accounts.roles import Permission
from e2b import read_stream
from exchange.admin.forms import UploadForm
from exchange.admin.pages import download, page, require
from exchange.classify_message import ClassifiedMessage, classify, drugs_by_name, with_rows
from exchange.file_chunks import open_file
from exchange.import_results import ImportResult
from exchange.importing import import_batch
from exchange.models import Batch, Direction, ImportState
from exchange.queries import finished_positions
from exchange.receipt_models import Receipt
from exchange.receipts import AT_ONCE_BYTES, import_later, take_in
from exchange.receiving import FileRefused, files_in, receive
from exchange.visibility import batches_of

SHOWN = 100
# A request doesn't take minutes; a larger batch is imported in steps, or by command.
MOST_AT_ONCE = 300


@admin.register(Batch)
class BatchAdmin(ReadOnly, ModelAdmin):
    """Every file that was received or sent."""

    list_display = (
        "at",
        "direction",
        "number",
        "file_name",
        "message_count",
        "sender",
        "receiver",
        "refusal",
    )
    list_display_links = ("at", "number")
    list_filter = ("direction",)
    search_fields = ("number", "file_name", "sender", "receiver")
    change_list_template = "exchange/files.html"
    show_full_result_count = False
    fields = (
        ("direction", "at", "by"),
        ("number", "transmitted_at"),
        ("sender", "receiver"),
        ("file_name", "size", "message_count"),
        "digest",
        "refusal",
        "links",
    )
    readonly_fields = ("links",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        return batches_of(user_of(request))

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("upload/", self.admin_site.admin_view(self.upload), name="exchange-upload"),
            path("<int:pk>/import/", self.admin_site.admin_view(self.import_file), name="exchange-import"),
            path("<int:pk>/file/", self.admin_site.admin_view(self.file), name="exchange-file"),
        ]
        return own + super().get_urls()

    @display(description="Do")
    def links(self, batch: Batch) -> str:
        pages = [("exchange-file", "Download the file as it was")]
        if batch.direction == Direction.RECEIVED:
            pages.insert(0, ("exchange-import", "Preview and import"))
        links = ((reverse(f"admin:{name}", args=[batch.pk]), label) for name, label in pages)
        return format_html_join(" · ", '<a class="underline" href="{}">{}</a>', links)

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Receive a file or a zip; one file goes on to its preview."""
        user = require(request, Permission.AMEND_CASES)
        form = UploadForm(request.POST or None, request.FILES or None)
        refused: list[tuple[str, str]] = []
        if request.method == "POST" and form.is_valid():
            file: UploadedFile[bytes] = form.cleaned_data["file"]
            if (file.size or 0) > AT_ONCE_BYTES:
                return _to_progress(take_in(file, file.name or "", by=user))
            batches = list(_received(file, user, refused))
            if len(batches) == 1 and not refused:
                return HttpResponseRedirect(reverse("admin:exchange-import", args=[batches[0].pk]))
            if batches:
                messages.success(request, f"{len(batches)} files received. Open each to import it.")
            for name, reason in refused:
                messages.error(request, f"{name}: {reason}")
            if batches:
                return HttpResponseRedirect(reverse("admin:exchange_batch_changelist"))
        return page(self, request, "upload.html", "Receive a file", form=form, what="icsr")

    def import_file(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Preview a received file, import it, and report what became of each message."""
        user = require(request, Permission.AMEND_CASES)
        batch = get_object_or_404(batches_of(user), pk=pk, direction=Direction.RECEIVED)
        results: list[ImportResult] = []
        if "later" in request.POST:
            return _to_progress(import_later(batch, by=user))
        if request.method == "POST":
            import_batch(batch, by=user, report=results.append, most=MOST_AT_ONCE)
        left = batch.message_count - len(finished_positions(batch))
        context = {
            "batch": batch,
            "results": [(ImportState(result.state).label, result) for result in results[:SHOWN]],
            "hidden": max(len(results) - SHOWN, 0),
            "preview": [] if results else _preview(batch, user),
            "left": left,
            "is_long": left > MOST_AT_ONCE,
        }
        return page(self, request, "import.html", f"Import {batch.file_name or batch}", **context)

    def file(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """The file of a batch, byte by byte."""
        user = require(request, Permission.VIEW_IDENTITIES)
        batch = get_object_or_404(batches_of(user), pk=pk)
        log_access(request, AccessKind.FILE_READ, detail=f"batch {pk} {batch.file_name}")
        return download(batch)


def _to_progress(receipt: Receipt) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:exchange-receipt", args=[receipt.pk]))


def _received(file: "UploadedFile[bytes]", user: User, refused: list[tuple[str, str]]) -> Iterator[Batch]:
    """The batches of an uploaded file or zip; names and reasons of refused files go to `refused`."""
    for name, content in files_in(file, file.name or ""):
        try:
            if isinstance(content, FileRefused):
                raise content
            batch = receive(content, name, by=user)
            if batch.refusal:
                refused.append((name, f"{batch.refusal} The file is kept; nothing of it can be imported."))
            else:
                yield batch
        except FileRefused as reason:
            refused.append((name, str(reason)))


def _preview(batch: Batch, user: User) -> list[ClassifiedMessage]:
    """What the first messages would become; nothing is written."""
    if batch.refusal:
        return []
    with read_stream(open_file(batch)) as stream:
        first = list(islice(enumerate(stream, 1), SHOWN))
    drugs = drugs_by_name()
    return [with_rows(item, drugs) for item in classify(first, user)]
