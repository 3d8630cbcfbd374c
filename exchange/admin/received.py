"""Files that came and went, and the messages in them: upload, preview, import, what waits."""

from itertools import islice

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.admin_permissions import ReadOnly, may
from accounts.roles import Permission
from e2b import read_stream
from exchange.admin.forms import ReasonForm, UploadForm
from exchange.admin.pages import download, page
from exchange.classify_message import dictionary, understand, with_rows
from exchange.importing import import_batch, set_aside
from exchange.models import Batch, Direction, ImportState, ReceivedMessage
from exchange.queries import places_settled, stream_of
from exchange.receiving import FileRefused, files_in, receive

SHOWN = 100
# A request doesn't take minutes; a larger batch is imported in steps, or by command.
AT_ONCE = 300


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

    def get_urls(self):
        own = [
            path("upload/", self.admin_site.admin_view(self.upload), name="exchange-upload"),
            path("<int:pk>/import/", self.admin_site.admin_view(self.take), name="exchange-import"),
            path("<int:pk>/file/", self.admin_site.admin_view(self.file), name="exchange-file"),
        ]
        return own + super().get_urls()

    @display(description="Do")
    def links(self, batch: Batch) -> str:
        found = [("exchange-file", "Download the file as it was")]
        if batch.direction == Direction.RECEIVED:
            found.insert(0, ("exchange-import", "Preview and import"))
        links = ((reverse(f"admin:{name}", args=[batch.pk]), words) for name, words in found)
        return format_html_join(" · ", '<a class="underline" href="{}">{}</a>', links)

    def upload(self, request):
        """Take a file or a zip; one file goes on to its preview."""
        _demand(request, Permission.AMEND_CASES)
        form = UploadForm(request.POST or None, request.FILES or None)
        refused: list[tuple[str, str]] = []
        if request.method == "POST" and form.is_valid():
            batches = list(_received(form.cleaned_data["file"], request.user, refused))
            if len(batches) == 1 and not refused:
                return HttpResponseRedirect(reverse("admin:exchange-import", args=[batches[0].pk]))
            if batches:
                messages.success(request, f"{len(batches)} files received. Open each to import it.")
            for name, reason in refused:
                messages.error(request, f"{name}: {reason}")
            if batches:
                return HttpResponseRedirect(reverse("admin:exchange_batch_changelist"))
        return page(self, request, "upload.html", "Receive a file", form=form, what="icsr")

    def take(self, request, pk):
        """Preview a received file, import it, and report what became of each message."""
        _demand(request, Permission.AMEND_CASES)
        batch = get_object_or_404(Batch, pk=pk, direction=Direction.RECEIVED)
        results = []
        if request.method == "POST":
            import_batch(batch, by=request.user, tell=results.append, most=AT_ONCE)
        context = {
            "batch": batch,
            "results": [(ImportState(one.state).label, one) for one in results[:SHOWN]],
            "hidden": max(len(results) - SHOWN, 0),
            "preview": [] if results else _preview(batch, request.user),
            "left": batch.message_count - len(places_settled(batch)),
        }
        return page(self, request, "import.html", f"Import {batch.file_name or batch}", **context)

    def file(self, request, pk):
        _demand(request, Permission.VIEW_CASES)
        return download(get_object_or_404(Batch, pk=pk))


def _demand(request, permission: Permission) -> None:
    if not may(request, permission):
        raise PermissionDenied


def _received(file, user, refused):
    for name, content in files_in(file, file.name):
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


def _preview(batch: Batch, user):
    """What the first messages would become; nothing is written."""
    if batch.refusal:
        return []
    with read_stream(stream_of(batch)) as found:
        first = list(islice(enumerate(found, 1), SHOWN))
    drugs = dictionary()
    return [with_rows(one, drugs) for one in understand(first, user)]


@admin.register(ReceivedMessage)
class ReceivedMessageAdmin(ReadOnly, ModelAdmin):
    """What became of every received message; those that wait are a queue of work."""

    list_display = ("message", "state_shown", "case", "at", "by", "first_reason")
    list_filter = ("state",)
    list_select_related = ("message__batch", "case", "by")
    search_fields = ("message__identifier", "case__number")
    show_full_result_count = False
    fields = (("message", "state"), ("case", "at", "by"), "why", "remarks", "links")
    readonly_fields = ("why", "remarks", "links")

    def get_urls(self):
        own = path("<int:pk>/aside/", self.admin_site.admin_view(self.aside), name="exchange-aside")
        return [own, *super().get_urls()]

    @display(
        description="What became of it",
        ordering="state",
        label={
            ImportState.WAITING.label: "warning",
            ImportState.NEW.label: "success",
            ImportState.FOLLOW_UP.label: "success",
            ImportState.NULLIFIED.label: "info",
        },
    )
    def state_shown(self, received: ReceivedMessage) -> str:
        return received.get_state_display()

    @display(description="Reason")
    def first_reason(self, received: ReceivedMessage) -> str:
        return received.reasons[0] if received.reasons else ""

    @display(description="Reasons")
    def why(self, received: ReceivedMessage) -> str:
        return _listed(received.reasons)

    @display(description="Changes and remarks")
    def remarks(self, received: ReceivedMessage) -> str:
        return _listed(received.notes)

    @display(description="Do")
    def links(self, received: ReceivedMessage) -> str:
        batch = reverse("admin:exchange-import", args=[received.message.batch_id])
        if received.state != ImportState.WAITING:
            return format_html('<a class="underline" href="{}">Its file</a>', batch)
        aside = reverse("admin:exchange-aside", args=[received.pk])
        return format_html(
            '<a class="underline" href="{}">Try again with its file</a> · '
            '<a class="underline" href="{}">Set aside</a>',
            batch,
            aside,
        )

    def aside(self, request, pk):
        _demand(request, Permission.AMEND_CASES)
        received = ReceivedMessage.objects.filter(pk=pk).first()
        if received is None:
            raise Http404
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                set_aside(received, by=request.user, reason=form.cleaned_data["reason"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return HttpResponseRedirect(reverse("admin:exchange_receivedmessage_change", args=[pk]))
        return page(
            self, request, "reason.html", f"Set aside {received.message}", form=form, told=received.reasons
        )


def _listed(sentences: list[str]) -> str:
    return format_html_join("", "<div>{}</div>", ((one,) for one in sentences)) or "none"
