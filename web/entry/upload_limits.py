"""An upload beyond the limits takes neither memory nor disk; its form still gets the reason."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from cases.documents.uploads import too_large, too_many
from web.entry.django_types import Upload

# The end of the name of a box of the case form. Whatever else is uploaded has limits of its own.
BOX = "-file"


class DroppedUpload(Upload):
    """Stands for a file that wasn't taken; `error` is the sentence for the form."""

    def __init__(self, name: str, size: int, error: str) -> None:
        super().__init__(BytesIO(), name, size=size)
        self.error = error


class LimitedUploadHandler(FileUploadHandler):
    """Passes on what is within the limits of size and number, and drops the rest as it comes."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.files = 0
        self.is_ours = False

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        super().new_file(field_name, *args, **kwargs)
        self.is_ours = field_name.endswith(BOX)
        self.files += self.is_ours

    @property
    def is_one_too_many(self) -> bool:
        return self.is_ours and self.files > int(settings.UPLOAD_MAX_FILES)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        is_too_large = self.is_ours and start + len(raw_data) > settings.UPLOAD_MAX_BYTES
        return None if self.is_one_too_many or is_too_large else raw_data

    def file_complete(self, file_size: int) -> Upload | None:
        name = self.file_name or ""
        if self.is_one_too_many:
            return DroppedUpload(name, file_size, too_many(name))
        if self.is_ours and file_size > settings.UPLOAD_MAX_BYTES:
            return DroppedUpload(name, file_size, too_large(name, file_size))
        return None
