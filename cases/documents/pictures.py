"""Photographs: whether they are whole, whether they contain a position, and a thumbnail without metadata."""

from io import BytesIO

from PIL import ExifTags, Image, ImageOps

# More than any camera of a telephone takes (48 megapixels); decoded, 200 MB of memory.
MAX_PIXELS = 50_000_000
THUMBNAIL_SIDE = 320
QUALITY = 80
FORMATS = ("JPEG", "PNG", "TIFF")
# What Pillow raises for a damaged picture, depending on where it is damaged.
_DAMAGED = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError)
_TOO_MANY = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class UnreadablePicture(ValueError):
    """The message is the rest of a sentence that begins with the name of the file."""


def thumbnail(content: bytes) -> bytes:
    """A JPEG of at most 320 pixels a side, upright, without metadata. Raises UnreadablePicture."""
    with _opened(content) as picture:
        try:
            # Small first: what turns and converts it then has little to do.
            picture.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
        except _DAMAGED as error:
            raise UnreadablePicture("is damaged: it can't be shown. Save or photograph it again.") from error
    # A new picture has no comment, profile or EXIF block that could be saved along.
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright, mask=upright.getchannel("A"))
    written = BytesIO()
    clean.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def is_located(content: bytes) -> bool:
    """Whether a picture contains the geographical position of the camera. Raises UnreadablePicture."""
    with _opened(content) as picture:
        try:
            position = picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)
            xmp = picture.info.get("xmp") or b""
        except _DAMAGED:
            return False
    embedded = xmp if isinstance(xmp, bytes) else str(xmp).encode()
    return (
        bool({ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude} & set(position))
        or b"GPSLatitude" in embedded
    )


def _opened(content: bytes) -> Image.Image:
    """Read the head of a picture, and nothing more of one that would unfold to too much."""
    try:
        picture = Image.open(BytesIO(content), formats=FORMATS)
    except _TOO_MANY:
        raise _too_many() from None
    except _DAMAGED as error:
        raise UnreadablePicture("is damaged: it can't be shown. Save or photograph it again.") from error
    if picture.width * picture.height > MAX_PIXELS:
        picture.close()
        raise _too_many()
    return picture


def _too_many() -> UnreadablePicture:
    most = MAX_PIXELS // 1_000_000
    return UnreadablePicture(f"has more than {most} megapixels: save a smaller copy and choose that.")
