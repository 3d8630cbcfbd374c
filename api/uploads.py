"""Files in the body of a request: as they are, or as the part “file” of a form."""

import tempfile
from collections.abc import Iterable
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any

from django.utils.http import parse_header_parameters
from rest_framework.parsers import BaseParser, MultiPartParser

from api.parsing import unstorable
from api.problems import REFUSED, Problem
from exchange.receiving import IN_MEMORY, MAX_FILE

BLOCK = 1024 * 1024
FORM = "multipart/form-data"
XML_TYPES = ("application/xml", "text/xml")
ZIP_TYPES = ("application/zip", "application/x-zip-compressed", "application/octet-stream")


class _File(BaseParser):
    """The body as a file on disk; small ones in memory. Raises Problem for one that is too large."""

    def parse(self, stream: IO[bytes], media_type: Any = None, parser_context: Any = None) -> IO[bytes]:
        file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the view closes it
        size = 0
        while content := stream.read(BLOCK):
            size += len(content)
            if size > MAX_FILE:
                file.close()
                detail = f"This is larger than {MAX_FILE:,} bytes. Split the file."
                raise Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
            file.write(content)
        file.seek(0)
        return file


def parsers_of(media_types: Iterable[str]) -> list[type[BaseParser]]:
    """Parsers for files of these media types, and for a form with such a file."""
    return [type("File", (_File,), {"media_type": name}) for name in media_types] + [MultiPartParser]


def uploaded_file(request: Any, default_name: str) -> tuple[IO[bytes], str]:
    """The file of a request, and its name. Raises Problem.

    Of a plain body, the name stands in `Content-Disposition`.
    """
    data = request.data
    if not request.content_type.startswith(FORM):
        _, parameters = parse_header_parameters(request.headers.get("Content-Disposition", ""))
        name = parameters.get("filename", "")
        # An empty body is never given to the parser.
        stream: IO[bytes] = data if hasattr(data, "read") else BytesIO()
        return stream, default_name if not name or unstorable(name) else name
    if others := sorted(set(data) - {"file"}):
        raise _invalid(others[0], "There is no part of this name. Known: file.")
    upload = request.FILES.get("file")
    if upload is None or len(request.FILES.getlist("file")) != 1:
        raise _invalid("file", "Send one file, as the part named “file”.")
    return upload.file, upload.name or default_name


def _invalid(path: str, detail: str) -> Problem:
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, REFUSED, [{"path": path, "detail": detail}])
