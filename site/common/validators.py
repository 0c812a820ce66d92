"""What an uploaded file must be: its content is looked at, not only its name."""

import struct
import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage

MAX_PIXELS = 40_000_000
NOT_AN_IMAGE = _("The file does not open as an image. Save it again as PNG or JPEG.")
# What Pillow raises for broken files, by its decoders.
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, TypeError, struct.error, PillowImage.DecompressionBombError)
MAX_NAME = 150
MB = 1024 * 1024
# Video alone needs the size that Wagtail's setting allows to any document.
MAX_SIZE = {"mp4": 200 * MB, "webm": 200 * MB, "vtt": 2 * MB, "txt": 5 * MB}
MAX_SIZE_OTHERS = 50 * MB
# Parts of a name that a careless server or reader would take for a program or a page.
ACTIVE = set(
    "asp aspx bat cgi cmd exe hta htm html jar js jsp msi phar php phtml ps1 scr shtml svg svgz vbs xhtml xml".split()
)
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
        raise ValidationError(
            _("The file name is too long. Shorten it to at most %(most)d characters.") % {"most": MAX_NAME}
        )
    *inner, extension = name.lower().split(".")
    if ACTIVE & {part.strip() for part in inner[1:]}:
        raise ValidationError(_("The file name has two endings. Leave only the last one."))
    return extension if inner else ""


def validate_image(file: Any) -> None:
    """Refuse what does not open as an image to its last byte, or would need more memory than a page picture may."""
    _extension(file)
    try:
        file.open()
        with PillowImage.open(file) as picture:
            too_large = picture.width * picture.height > MAX_PIXELS
            if not too_large:
                picture.load()
    except UNREADABLE:
        raise ValidationError(NOT_AN_IMAGE) from None
    finally:
        file.seek(0)
    if too_large:
        raise ValidationError(_("The image is too large. Scale it down to at most 40 million pixels."))


def validate_document(file: Any) -> None:
    """Refuse a file whose content is not what its name says, an empty file and a zip that would burst."""
    extension = _extension(file)
    most = MAX_SIZE.get(extension, MAX_SIZE_OTHERS)
    if file.size > most:
        raise ValidationError(
            _("The file is too big. A file of this kind may be at most %(most)s.") % {"most": filesizeformat(most)}
        )
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
        return head.lstrip().startswith(b"%PDF-")
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
    except zipfile.BadZipFile:
        return False
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ValidationError(_("The file would take too much room when opened. Save it again with less in it."))
    return any(entry.filename == OFFICE_MARKS[extension] for entry in entries)
