"""Which kinds of file a case may hold, recognised by their content, whatever name or browser claim.

Sources of the signatures: the specifications of each format (ISO 32000, ITU-T T.81, W3C PNG, TIFF 6.0,
ECMA-376, OASIS OpenDocument, ISO 14496-12, DICOM PS3.10).
"""

import re
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile


@dataclass(frozen=True, slots=True)
class FileType:
    """One kind of file.

    - `words`: what it is, with its article
    - `extensions`: of its names, the usual one first
    - `instead`: for a kind that is not accepted, what to do; "" for those that are
    - `is_shown`: a browser shows it without running anything of it
    """

    media_type: str
    words: str
    extensions: tuple[str, ...] = ()
    instead: str = ""
    is_picture: bool = False
    is_shown: bool = False


OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."

PDF = FileType("application/pdf", "a PDF document", ("pdf",), is_shown=True)
JPEG = FileType(
    "image/jpeg", "a JPEG picture", ("jpg", "jpeg", "jpe", "jfif"), is_picture=True, is_shown=True
)
PNG = FileType("image/png", "a PNG picture", ("png",), is_picture=True, is_shown=True)
TIFF = FileType("image/tiff", "a TIFF picture", ("tif", "tiff"), is_picture=True)
DOCX = FileType(f"{OFFICE}wordprocessingml.document", "a Word document", ("docx",))
XLSX = FileType(f"{OFFICE}spreadsheetml.sheet", "an Excel workbook", ("xlsx",))
ODT = FileType(f"{OPEN}text", "an OpenDocument text", ("odt",))
ODS = FileType(f"{OPEN}spreadsheet", "an OpenDocument spreadsheet", ("ods",))
XML = FileType("application/xml", "an XML document", ("xml",))
TEXT = FileType("text/plain", "a plain text", ("txt",))
ACCEPTED = (PDF, JPEG, PNG, TIFF, DOCX, XLSX, ODT, ODS, XML, TEXT)

_AS_PICTURE = "Save it as JPEG or PNG."
_AS_PDF = "Save it as PDF."
HEIC = FileType("image/heic", "a HEIC picture", ("heic", "heif"), _AS_PICTURE)
GIF = FileType("image/gif", "a GIF picture", ("gif",), _AS_PICTURE)
WEBP = FileType("image/webp", "a WebP picture", ("webp",), _AS_PICTURE)
BMP = FileType("image/bmp", "a bitmap", ("bmp",), _AS_PICTURE)
DICOM = FileType("application/dicom", "a DICOM image", ("dcm",), "Export the pictures that matter as JPEG.")
FILM = FileType("video/mp4", "a film", ("mp4", "mov"), "Save the stills that matter as JPEG.")
HTML = FileType("text/html", "a web page", ("html", "htm"), "Print it to PDF.")
RTF = FileType("application/rtf", "an RTF document", ("rtf",), _AS_PDF)
OLD_OFFICE = FileType(
    "application/x-ole-storage",
    "an Office file of the old kind, or one with a password",
    ("doc", "xls", "ppt", "msg"),
    "Save it as PDF, .docx or .xlsx without a password.",
)
MACROS = FileType(
    f"{OFFICE}macros",
    "an Office file with macros",
    ("docm", "xlsm"),
    "Save it as .docx, .xlsx or PDF, which have none.",
)
ARCHIVE = FileType(
    "application/zip", "an archive", ("zip", "gz", "7z", "rar"), "Unpack it and choose the files in it."
)
PROGRAM = FileType(
    "application/x-executable", "a program", ("exe", "dll"), "Programs are not kept with a case."
)
REFUSED = (HEIC, GIF, WEBP, BMP, DICOM, FILM, HTML, RTF, OLD_OFFICE, MACROS, ARCHIVE, PROGRAM)

# Where a file shows what it is: offset, bytes, kind. The first that fits.
_SIGNATURES: tuple[tuple[int, bytes, FileType], ...] = (
    (0, b"\xff\xd8\xff", JPEG),
    (0, b"\x89PNG\r\n\x1a\n", PNG),
    (0, b"II*\x00", TIFF),
    (0, b"MM\x00*", TIFF),
    (0, b"PK\x03\x04", ARCHIVE),
    (0, b"PK\x05\x06", ARCHIVE),
    (0, b"\x1f\x8b", ARCHIVE),
    (0, b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (0, b"Rar!\x1a\x07", ARCHIVE),
    (0, b"GIF8", GIF),
    (8, b"WEBP", WEBP),
    (0, b"BM", BMP),
    (128, b"DICM", DICOM),
    (4, b"ftyphei", HEIC),
    (4, b"ftyphev", HEIC),
    (4, b"ftypmif1", HEIC),
    (4, b"ftypavif", HEIC),
    (4, b"ftyp", FILM),
    (0, b"{\\rtf", RTF),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (0, b"MZ", PROGRAM),
    (0, b"\x7fELF", PROGRAM),
)
# These two are letters that a text may begin with.
_ALSO_TEXT = (BMP, PROGRAM)
_ZIPPED = (
    ("word/vbaProject.bin", MACROS),
    ("xl/vbaProject.bin", MACROS),
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
)
_BLANKS = b" \t\r\n\xef\xbb\xbf"
# What no text holds; \x0b and \x0c turn lines and pages.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def recognise(content: bytes) -> FileType | None:
    """What a file is by its content, one of ACCEPTED or REFUSED; None for anything else."""
    if content.lstrip(_BLANKS)[:5] == b"%PDF-":
        return PDF
    kind = next((kind for at, magic, kind in _SIGNATURES if content.startswith(magic, at)), None)
    if kind is None or kind in _ALSO_TEXT:
        return _text_format(content) or kind
    return _zipped_format(content) if kind is ARCHIVE else kind


def by_name(name: str) -> FileType | None:
    """What a file is by the extension of its name."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    return next((kind for kind in (*ACCEPTED, *REFUSED) if extension in kind.extensions), None)


def _zipped_format(content: bytes) -> FileType:
    """What kind of document a zip archive is, if it is one. Nothing of it is unpacked."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
        return ARCHIVE
    # The first entry of an OpenDocument names its type at a fixed place.
    for kind in (ODS, ODT):
        if content.startswith(b"mimetype" + kind.media_type.encode() + b"PK", 30):
            return MACROS if any(name.startswith("Basic/") for name in names) else kind
    return next((kind for name, kind in _ZIPPED if name in names), ARCHIVE)


def _text_format(content: bytes) -> FileType | None:
    """Text of some kind, if there is no byte in it that a text can't have."""
    try:
        text = content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")  # or another of its kin; it is kept as it is
    if _CONTROL.search(text):
        return None
    start = text[:2000].lstrip().lower()
    if start.startswith(("<!doctype html", "<html")) or (start.startswith("<?xml") and "<html" in start):
        return HTML
    return XML if start.startswith("<?xml") else TEXT
