"""Whether a file may be handed in: by its content, whatever its name says. Refusals name the file and the mend."""

import hashlib
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image

from common.photographs import bare
from common.templatetags.ov import filesize
from common.validators import MAX_ENTRIES, MAX_NAME, UNREADABLE, validate_document, validate_image
from learning.courses.models import Assignment

MB = 1024 * 1024
PICTURES = {"png": "PNG", "jpg": "JPEG"}
OTHER_ENDINGS = {"jpeg": "jpg"}
# A part of an office file that unpacks to so many times its size is there to fill the memory of whoever opens it.
MOST_TIMES, SMALL = 200, MB
MOST_UNPACKED = 200 * MB
PART = 64 * 1024
# What no name may hold: separators, controls, and signs that turn the direction or hide in it.
UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]')


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: under its cleaned name, a picture without what the camera wrote beside it."""

    name: str
    kind: str
    content: "File[Any]"
    size: int
    sha256: str


def check(file: Any, assignment: Assignment) -> CheckedFile:
    """The file as it may be kept; ValidationError has the sentence to show."""
    name, kind = _named(file, assignment)
    if not file.size:
        raise ValidationError(_("%(file)s: the file is empty. Save it again and add it.") % {"file": name})
    if file.size > assignment.most_megabytes * MB:
        most = assignment.most_megabytes * 1_000_000
        told = {"file": name, "size": filesize(file.size), "most": filesize(most)}
        raise ValidationError(
            _("%(file)s is too big: %(size)s, and at most %(most)s are taken. Save it smaller, or in parts.") % told
        )
    content = _picture(file, name, kind) if kind in PICTURES else _document(file, name, kind)
    return CheckedFile(name, kind, content, content.size, digest_of(content))


def clean_name(name: str) -> str:
    """The last part of the name without what no name may hold."""
    last = unicodedata.normalize("NFC", str(name)).replace("\\", "/").rsplit("/", 1)[-1]
    return " ".join(UNFIT.sub(" ", last).split()).strip(". ")


def digest_of(content: "File[Any]") -> str:
    digest = hashlib.sha256()
    content.seek(0)
    while part := content.read(PART):
        digest.update(part)
    content.seek(0)
    return digest.hexdigest()


def _named(file: Any, assignment: Assignment) -> tuple[str, str]:
    name = clean_name(file.name)
    stem, _point, ending = name.rpartition(".")
    kind = OTHER_ENDINGS.get(ending.lower(), ending.lower())
    kinds = ", ".join(each.upper() for each in assignment.file_kinds)
    shown = name if len(name) <= 60 else f"{name[:50]}…"
    if not stem or kind not in assignment.file_kinds:
        told = {"file": shown or _("The file"), "kinds": kinds}
        raise ValidationError(
            _("%(file)s is not of a kind that is taken here (%(kinds)s). Save it as one of them and add it.") % told
        )
    if len(name) > MAX_NAME:
        told = {"file": shown, "most": str(MAX_NAME)}
        raise ValidationError(
            _("%(file)s: the name is too long. Shorten it to at most %(most)s characters and add the file.") % told
        )
    return name, kind


def _picture(file: Any, name: str, kind: str) -> "File[Any]":
    try:
        validate_image(file)
        with Image.open(file) as picture:
            form = picture.format
        file.seek(0)
        if form == PICTURES[kind]:
            return bare(file)
    except ValidationError as error:
        raise ValidationError(f"{name}: {' '.join(error.messages)}") from None
    except UNREADABLE:
        pass
    raise ValidationError(_not_what_it_says(name, kind))


def _document(file: Any, name: str, kind: str) -> "File[Any]":
    try:
        validate_document(file)
        is_one_thing = _is_plain_pdf(file) if kind == "pdf" else _is_plain_office_file(file)
    except ValidationError as error:
        raise ValidationError(f"{name}: {' '.join(error.messages)}") from None
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        is_one_thing = False
    if not is_one_thing:
        raise ValidationError(_not_what_it_says(name, kind))
    file.seek(0)
    return File(file, name=name)


def _not_what_it_says(name: str, kind: str) -> str:
    told = {"file": name, "kind": kind.upper()}
    return _("%(file)s: the content is not %(kind)s. Open it in the program that made it and save it again.") % told


def _is_plain_pdf(file: Any) -> bool:
    """A PDF from its first byte to its end, and no archive behind it that another program would open instead."""
    file.seek(0)
    if not file.read(8).startswith(b"%PDF-"):
        return False
    file.seek(max(0, file.size - 4096))
    ends = b"%%EOF" in file.read()
    return ends and not zipfile.is_zipfile(file)


def _is_plain_office_file(file: Any) -> bool:
    """A whole archive from its first byte, unpacked as far as it may go: what it says of its size is not believed."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        return False
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES or any(_leads_out(entry.filename) for entry in entries):
            return False
        left = MOST_UNPACKED
        for entry in entries:
            left -= _unpacked(archive, entry, left)
    return True


def _leads_out(name: str) -> bool:
    return name.startswith("/") or ".." in name.replace("\\", "/").split("/")


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> int:
    """How large the entry really is; it is read no further than it may go."""
    size = 0
    with archive.open(entry) as opened:
        while part := opened.read(PART):
            size += len(part)
            if size > most or (size > SMALL and size > MOST_TIMES * max(entry.compress_size, 1)):
                raise ValidationError(
                    _("the file would take too much room when opened. Save it again with less in it.")
                )
    return size
