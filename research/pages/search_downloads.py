"""Views that prepare a download of the cases of a search, reporting progress or in the background, and hand
out its file.
"""

import json
from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import user_of
from cases.models import ExportLog
from cases.visibility import sees_identities, visible_to
from research.anonymity import DownloadRefused
from research.background_downloads import is_large, order_download
from research.download_requests import address_to_ask
from research.downloads import Download, download, file_name, path_of, prepare
from research.filters import WITHHELD, CaseFilter
from research.pages.filters import OTHER_PARAMETERS
from research.table_files import CannotHold

JSON_LINES = "application/x-ndjson"
BAD_REQUEST = 400


@login_required
@require_POST
def prepare_download(request: HttpRequest) -> HttpResponseBase:
    """Prepare the download that the form orders. Progress is streamed if the client accepts JSON lines."""
    query = request.POST.get("query", "")
    data = {name: ",".join(values) for name, values in QueryDict(query).lists()}
    user = user_of(request)
    filters = CaseFilter(data, queryset=visible_to(user), identities=sees_identities(user))
    is_deidentified = request.POST.get("identified") != "yes"
    try:
        _refuse_unknown(filters)
        order = download(
            user_of(request), filters, request.POST.get("format", ""), is_deidentified=is_deidentified
        )
    except ValueError as error:
        return HttpResponse(str(error), status=BAD_REQUEST, content_type="text/plain; charset=utf-8")
    if is_large(order):
        return _queue(request, order)
    if JSON_LINES in request.headers.get("Accept", ""):
        return StreamingHttpResponse(_progress_lines(order), content_type=JSON_LINES)
    try:
        for _ in prepare(order):
            pass
    except CannotHold as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('case-list')}?{query}")
    except DownloadRefused as error:
        messages.error(request, str(error))
        return redirect(address_to_ask(order.filters))
    return redirect(_address(order))


def _queue(request: HttpRequest, order: Download) -> HttpResponseBase:
    """Leave the download to the background, and lead to the page that shows how far it is."""
    order_download(order)
    page = reverse("prepared-downloads")
    if JSON_LINES in request.headers.get("Accept", ""):
        return HttpResponse(json.dumps({"waits": page}) + "\n", content_type=JSON_LINES)
    return redirect(page)


def _refuse_unknown(filters: CaseFilter) -> None:
    """Raise ValueError for names that are no filter of this reader: ignored, they widen the download."""
    if problems := _unknown(filters):
        raise ValueError(" ".join(problems))


def _unknown(filters: CaseFilter) -> list[str]:
    problems = [f"There is no filter “{name}”." for name in filters.unknown(OTHER_PARAMETERS)]
    return problems + [WITHHELD.format(label) for label in filters.withheld()]


def problems_of(filters: CaseFilter) -> list[str]:
    """What is wrong with the filters of a download, as sentences."""
    invalid = [
        f"{filters.filters[name].label}: {error}"
        for name, errors in filters.errors.items()
        for error in errors
    ]
    return [*_unknown(filters), *invalid]


def _progress_lines(order: Download) -> Iterator[str]:
    """One JSON object a line: the progress, at last the address of the file or the problem."""
    try:
        for _ in prepare(order):
            yield json.dumps(_progress(order)) + "\n"
    except CannotHold as error:
        yield json.dumps({"problem": str(error)}) + "\n"
    except DownloadRefused as error:
        yield json.dumps({"problem": str(error), "ask": address_to_ask(order.filters)}) + "\n"


def _progress(order: Download) -> dict[str, object]:
    if order.log is None:
        return {"done": order.done, "of": order.total}
    statement = {"anonymity": order.anonymity.statement} if order.anonymity else {}
    rows = sum(order.counts.values())
    return {"ready": _address(order), "cases": order.done, "rows": rows, **statement}


def _address(order: Download) -> str:
    assert order.log is not None  # noqa: S101 - `prepare` went to its end
    return reverse("download-file", args=[order.log.uuid])


@login_required
@require_safe
def download_file(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A prepared file, for the user who ordered it and may still see what is in it, until it expires."""
    user = user_of(request)
    logs = (
        ExportLog.objects.all() if sees_identities(user) else ExportLog.objects.filter(is_deidentified=True)
    )
    log = logs.filter(uuid=uuid, by=user).first()
    path = path_of(log) if log else None
    if log is None or path is None:
        raise Http404("This download is not yours, or was kept for its hour. Prepare it again.")
    response = FileResponse(path.open("rb"), as_attachment=True, filename=file_name(log))
    response["Cache-Control"] = "private, no-store"
    return response
