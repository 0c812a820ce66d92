"""What an uploaded file must be: its content is looked at, not only its name."""

import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from PIL import UnidentifiedImageError

MAX_PIXELS = 40_000_000
MAX_NAME = 150
MAX_UNPACKED = 500 * 1024 * 1024
MAX_ENTRIES = 5_000
OFFICE = {"docx", "pptx", "xlsx", "odt"}
OFFICE_MARKS = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
    "odt": "content.xml",
}


def _extension(file: Any) -> str:
    name = str(file.name).rsplit("/", 1)[-1]
    if len(name) > MAX_NAME:
        raise ValidationError(_("The file name is too long. Shorten it to at most %(most)d characters.") % {"most": MAX_NAME})
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def validate_image(file: Any) -> None:
    """Refuse what does not open as an image, or would need more memory than a page picture may."""
    _extension(file)
    try:
        file.open()
        with PillowImage.open(file) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError, ValueError, PillowImage.DecompressionBombError):
        raise ValidationError(_("The file does not open as an image. Save it again as PNG or JPEG.")) from None
    finally:
        file.seek(0)
    if width * height > MAX_PIXELS:
        raise ValidationError(_("The image is too large. Scale it down to at most 40 million pixels."))


def validate_document(file: Any) -> None:
    """Refuse a file whose content is not what its name says, an empty file and a zip that would burst."""
    extension = _extension(file)
    file.open()
    try:
        head = file.read(2048)
        if not head:
            raise ValidationError(_("The file is empty."))
        if not _content_matches(extension, head, file):
            raise ValidationError(
                _("The content of the file is not %(kind)s. Save the file again in the right format.")
                % {"kind": extension.upper()}
            )
    finally:
        file.seek(0)


def _content_matches(extension: str, head: bytes, file: Any) -> bool:
    if extension == "pdf":
        return b"%PDF-" in head[:1024]
    if extension in OFFICE:
        return _is_office_file(extension, file)
    if extension == "mp4":
        return head[4:8] == b"ftyp"
    if extension == "webm":
        return head.startswith(b"\x1a\x45\xdf\xa3")
    if extension == "vtt":
        return head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")
    return b"\x00" not in head  # plain text: csv, txt


def _is_office_file(extension: str, file: Any) -> bool:
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            small = len(entries) <= MAX_ENTRIES and sum(entry.file_size for entry in entries) <= MAX_UNPACKED
            return small and any(entry.filename == OFFICE_MARKS[extension] for entry in entries)
    except zipfile.BadZipFile:
        return False
