"""Photographs: a small upright copy without metadata, and a warning where the original has a position."""

from io import BytesIO

import pytest
from PIL import Image

from cases.documents import pictures
from cases.documents.pictures import UnreadablePicture, is_located, thumbnail
from tests.cases.samples import picture


def seen(content):
    return Image.open(BytesIO(thumbnail(content)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_thumbnail_is_a_jpeg_of_at_most_320_pixels(kind):
    small = seen(picture(kind, (640, 400)))
    assert (small.format, small.size) == ("JPEG", (320, 200))
    assert seen(picture(kind, (20, 30))).size == (20, 30)


def test_it_stands_upright_as_the_camera_was_held():
    small = seen(picture(size=(640, 400), turned=True))
    assert small.size == (200, 320)
    # The white half was on the left, and is on top once the picture is turned clockwise.
    assert small.getpixel((100, 40))[1] > 200 > small.getpixel((100, 280))[1]


def test_it_has_nothing_of_the_metadata():
    photograph = picture(located=True, turned=True, comment=b"ward 7", icc_profile=b"a profile")
    assert is_located(photograph)
    assert b"ward 7" in photograph
    small = thumbnail(photograph)
    assert not is_located(small)
    assert b"ward 7" not in small
    assert set(Image.open(BytesIO(small)).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "I;16"])
def test_pictures_of_other_modes_too(mode):
    blank = BytesIO()
    Image.new(mode, (50, 50)).save(blank, "PNG")
    assert seen(blank.getvalue()).mode == "RGB"


def test_what_is_seen_through_is_white():
    blank = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(blank, "PNG")
    assert min(seen(blank.getvalue()).getpixel((25, 25))) > 250


def test_most_pictures_contain_no_position():
    assert not is_located(picture())
    assert not is_located(picture("PNG"))


def test_a_place_in_xmp_is_a_place():
    assert is_located(picture(xmp=b"<exif:GPSLatitude>53,33N</exif:GPSLatitude>"))


@pytest.mark.parametrize("cut", [25, 200, -400])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_damaged_picture(kind, cut):
    with pytest.raises(UnreadablePicture, match="is damaged"):
        thumbnail(picture(kind)[:cut])


def test_a_picture_that_would_unfold_to_too_much_is_not_unfolded(monkeypatch):
    content = picture()
    monkeypatch.setattr(pictures, "MAX_PIXELS", 640 * 400 - 1)
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("it was decoded"))
    for read in (thumbnail, is_located):
        with pytest.raises(UnreadablePicture, match="megapixels: save a smaller copy"):
            read(content)


def test_pillows_own_limit_is_reported_in_the_same_words(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(UnreadablePicture, match="megapixels"):
        thumbnail(picture())
