"""What the pages of this folder share: their frame, and files handed out byte by byte."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse

from exchange.models import Batch
from exchange.queries import file_of


def page(admin: Any, request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A page inside the admin's frame."""
    shown = {**admin.admin_site.each_context(request), "title": title, "opts": admin.model._meta, **context}
    return TemplateResponse(request, f"exchange/{template}", shown)


def download(batch: Batch) -> StreamingHttpResponse:
    """The exact bytes of a file, as an attachment that no browser opens."""
    response = StreamingHttpResponse(file_of(batch), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="batch-{batch.pk}.xml"'
    response["Content-Length"] = str(batch.size)
    response["X-Content-Type-Options"] = "nosniff"
    return response
