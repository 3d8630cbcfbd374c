"""What the exchange's pages share: permissions, the admin's frame, downloads, and lists of sentences."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.html import format_html_join
from unfold.admin import ModelAdmin

from accounts.admin_permissions import may
from accounts.models import User
from accounts.roles import Permission
from exchange.file_chunks import read_chunks
from exchange.models import Batch

AnyResponse = TypeVar("AnyResponse", bound=HttpResponseBase)


def require(request: HttpRequest, *permissions: Permission) -> User:
    """The user who asks. Raises PermissionDenied unless the user holds all of these permissions."""
    if not isinstance(request.user, User) or not all(may(request, needed) for needed in permissions):
        raise PermissionDenied
    return request.user


def page(admin: ModelAdmin, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A page inside the admin's frame."""
    frame = {**admin.admin_site.each_context(request), "title": title, "opts": admin.model._meta}
    return TemplateResponse(request, f"exchange/{template}", {**frame, **context})


def as_attachment(response: AnyResponse, file_name: str, size: int) -> AnyResponse:
    """Exact bytes as an attachment that no browser opens. `size` in bytes."""
    response["Content-Type"] = "application/octet-stream"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    response["Content-Length"] = str(size)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def download(batch: Batch) -> StreamingHttpResponse:
    """The file of a batch as it was received or sent."""
    return as_attachment(StreamingHttpResponse(read_chunks(batch)), f"batch-{batch.pk}.xml", batch.size)


def sentence_list(sentences: Iterable[str], none: str = "none") -> str:
    """Sentences one below the other, escaped; `none` where there are none."""
    return format_html_join("", "<div>{}</div>", ((sentence,) for sentence in sentences)) or none
