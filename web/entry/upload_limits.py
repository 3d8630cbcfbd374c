"""What is beyond the limits of an upload takes neither memory nor disk, and its form still learns of it."""

from io import BytesIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from cases.documents.uploads import too_large, too_many

# The end of the name of a box of the case form. Whatever else is uploaded has limits of its own.
BOX = "-file"


class DroppedUpload(UploadedFile):
    """Stands for a file that wasn't taken; `refusal` says why."""

    def __init__(self, name: str, size: int, refusal: str) -> None:
        super().__init__(BytesIO(), name, size=size)
        self.refusal = refusal


class LimitedUploadHandler(FileUploadHandler):
    """Passes on what is within the limits of size and number, and drops the rest as it comes."""

    def __init__(self, request=None):
        super().__init__(request)
        self.files = 0

    def new_file(self, field_name, *args, **kwargs):
        super().new_file(field_name, *args, **kwargs)
        self.is_ours = field_name.endswith(BOX)
        self.files += self.is_ours

    @property
    def is_beyond(self) -> bool:
        return self.is_ours and self.files > settings.UPLOAD_MAX_FILES

    def receive_data_chunk(self, raw_data, start):
        ends = start + len(raw_data)
        return None if self.is_beyond or (self.is_ours and ends > settings.UPLOAD_MAX_BYTES) else raw_data

    def file_complete(self, file_size):
        if self.is_beyond:
            return DroppedUpload(self.file_name, file_size, too_many(self.file_name))
        if self.is_ours and file_size > settings.UPLOAD_MAX_BYTES:
            return DroppedUpload(self.file_name, file_size, too_large(self.file_name, file_size))
        return None
