"""A picture as it may be kept: what the camera wrote beside it – the place, the time, the device – left out."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

# Without these the picture itself would look otherwise.
OF_THE_PICTURE = ("icc_profile", "transparency")
QUALITY = 90


def bare(file: Any) -> "ContentFile[bytes]":
    """The picture of a file that `validate_image` has let through, drawn anew: upright, and nothing but the picture."""
    with Image.open(file) as opened:
        form = opened.format
        picture = ImageOps.exif_transpose(opened)
    kept: dict[Any, Any] = {name: picture.info[name] for name in OF_THE_PICTURE if picture.info.get(name) is not None}
    # Pillow writes what stands here into the new file, too.
    picture.info = kept
    made = BytesIO()
    picture.save(made, form, quality=QUALITY, **kept)
    return ContentFile(made.getvalue())
