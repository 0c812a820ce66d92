"""What a camera writes beside a picture is not kept with it."""

from io import BytesIO

import pytest
from PIL import Image

from common.photographs import bare

SIDEWAYS, PLACE, DEVICE = 6, {1: "N", 2: (64.0, 13.0, 30.0), 3: "E", 4: (27.0, 43.0, 0.0)}, "Puhelin 7"


def _taken(form: str) -> BytesIO:
    """A picture of 40 by 20 as a phone makes it, held sideways."""
    told = Image.Exif()
    told[0x0112], told[0x0110], told[0x8825] = SIDEWAYS, DEVICE, PLACE
    file = BytesIO()
    Image.new("RGB", (40, 20), "teal").save(file, form, exif=told)
    file.seek(0)
    return file


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_place_and_device_are_left_out_and_the_picture_is_upright(form: str) -> None:
    taken = _taken(form)
    assert DEVICE.encode() in taken.getvalue()
    made = bare(taken)
    assert DEVICE.encode() not in made.read()
    with Image.open(made) as picture:
        assert (picture.format, picture.size) == (form, (20, 40))
        assert not picture.getexif()


def test_what_can_be_seen_through_stays_so() -> None:
    file = BytesIO()
    Image.new("P", (8, 8), 0).save(file, "PNG", transparency=0)
    with Image.open(bare(file)) as picture:
        assert picture.convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]


def test_what_was_hidden_behind_the_picture_is_gone() -> None:
    taken = BytesIO(_taken("JPEG").getvalue() + b"<script>alert(1)</script>")
    assert b"<script>" not in bare(taken).read()
