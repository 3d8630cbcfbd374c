"""Files of each kind, made on the spot."""

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from PIL import ExifTags, Image

TURNED = 6  # EXIF: the camera was held upright
PLACE = {ExifTags.GPS.GPSLatitude: (53.0, 33.0, 0.0), ExifTags.GPS.GPSLongitude: (10.0, 0.0, 0.0)}


def picture(kind="JPEG", size=(640, 400), colour="firebrick", *, turned=False, located=False, **how):
    """A picture of one colour, its left half white."""
    drawn = Image.new("RGB", size, colour)
    drawn.paste("white", (0, 0, size[0] // 2, size[1]))
    exif = drawn.getexif()
    if turned:
        exif[ExifTags.Base.Orientation] = TURNED
    if located:
        exif[ExifTags.IFD.GPSInfo] = PLACE
    written = BytesIO()
    drawn.save(written, kind, exif=exif, **how)
    return written.getvalue()


def zipped(**entries):
    """An archive; of a name, two underscores stand for a slash and one for a dot."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return written.getvalue()


OPEN = "application/vnd.oasis.opendocument."
PDF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
WORD = zipped(word__document_xml="<document/>")
EXCEL = zipped(xl__workbook_xml="<workbook/>")
MACROS = zipped(word__document_xml="<document/>", word__vbaProject_bin="x")
WRITER = zipped(mimetype=f"{OPEN}text", content_xml="<text/>")
CALC = zipped(mimetype=f"{OPEN}spreadsheet", content_xml="<table/>")
