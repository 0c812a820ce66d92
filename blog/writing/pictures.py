"""The picture of a text that has not been sent: kept at once, in private, for as long as its draft is."""

import datetime
import uuid
from pathlib import PurePosixPath
from typing import Any

from django.core import signing
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage

from common.validators import validate_image
from drafts.models import Draft

FOLDER = "unsent"
SALT = "blog.unsent-picture"
MOST_BYTES = 10 * 1024 * 1024
# By content: what the name says is not asked.
ENDINGS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
# A picture that came with the last save may still be without its draft.
GRACE = datetime.timedelta(days=1)


def check(file: Any) -> str:
    """The ending that the file's content asks for; ValidationError says what is wrong with it."""
    if file.size > MOST_BYTES:
        most = filesizeformat(MOST_BYTES)
        raise ValidationError(_("The picture is too big. It may be at most %(most)s.") % {"most": most})
    validate_image(file)
    with PillowImage.open(file) as picture:
        ending = ENDINGS.get(str(picture.format))
    file.seek(0)
    if ending is None:
        raise ValidationError(_("The picture must be JPEG, PNG or WebP. Save it again as one of them."))
    return ending


def keep(key: uuid.UUID, file: Any, *, instead_of: str = "") -> str:
    """Store the picture of the text in the place of the draft's earlier one; return the word by which it is named."""
    ending = check(file)
    remove(key, instead_of)
    name = default_storage.save(f"{FOLDER}/{key}/{uuid.uuid4().hex}.{ending}", file)
    return signing.dumps(PurePosixPath(name).name, salt=f"{SALT}.{key}")


def name_of(key: uuid.UUID, stored: str) -> str:
    """The file's name in the private storage; "" where the word is not ours, or the file is gone."""
    try:
        name = f"{FOLDER}/{key}/{signing.loads(stored, salt=f'{SALT}.{key}')}"
        return name if default_storage.exists(name) else ""
    except (signing.BadSignature, SuspiciousFileOperation):
        return ""


def opened(key: uuid.UUID, stored: str) -> "File[Any] | None":
    name = name_of(key, stored)
    return default_storage.open(name) if name else None


def remove(key: uuid.UUID, stored: str) -> None:
    """Erase the one that the draft names: two people may have a text by the same key, each with a picture."""
    name = name_of(key, stored)
    if name:
        default_storage.delete(name)


def forget() -> bool:
    """Erase the pictures that no draft names: of drafts that are gone or sent, and those that another one replaced."""
    for key in _inside(FOLDER)[0]:
        folder = f"{FOLDER}/{key}"
        kept = _named_by_drafts(key)
        for name in _inside(folder)[1]:
            path = f"{folder}/{name}"
            if path not in kept and default_storage.get_modified_time(path) <= timezone.now() - GRACE:
                default_storage.delete(path)
        if not _inside(folder)[1]:
            default_storage.delete(folder)
    return False


def _named_by_drafts(key: str) -> set[str]:
    drafts = Draft.objects.filter(form="blog.text", object=key).exclude(status=Draft.Status.FINISHED)
    told = [(fields.get("picture_stored") or [""])[-1] for fields in drafts.values_list("fields", flat=True)]
    return {name_of(uuid.UUID(key), stored) for stored in told}


def _inside(folder: str) -> tuple[list[str], list[str]]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    return list(folders), list(files)
