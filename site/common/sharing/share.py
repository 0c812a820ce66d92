"""Which picture a page has, and the one address that makes and gives it.

The address holds a digest of what the picture says, so that a new title has a new picture. A picture is made when it
is first asked for, in a request of its own, and only for a page that readers have: at most one file a page, the
present one.
"""

import fcntl
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from wagtail.models import Page

from common import jobs
from common.files import file_response
from common.models import BasePage
from common.sharing.picture import Shown, make

# Raise when pictures are to look different.
VERSION = 1
DIGEST_BYTES = 8
NEVER_CHANGES = "public, max-age=604800, immutable"
HOUR = 60 * 60
DAY = 24 * HOUR


@dataclass(frozen=True)
class SharePicture:
    """The picture of a page as it is now."""

    page_id: int
    shown: Shown

    @classmethod
    def of(cls, page: BasePage) -> "SharePicture":
        section = page.crumbs[1].title if len(page.crumbs) > 1 else ""
        language = page.locale.language_code
        shown = Shown(page.title, section, language, page.pattern_area or "", str(page.translation_key))
        return cls(page.pk, shown)

    @cached_property
    def digest(self) -> str:
        said = "\x1f".join([str(VERSION), settings.SITE_NAME, *self.shown])
        return hashlib.blake2b(said.encode(), digest_size=DIGEST_BYTES).hexdigest()

    @property
    def url(self) -> str:
        return reverse("share_picture", args=[self.page_id, self.digest])

    @property
    def file(self) -> Path:
        return folder() / f"{self.page_id}-{self.digest}.png"

    def write(self) -> None:
        """Make the file, whole or not at all, and delete what the page had before."""
        part = self.file.with_suffix(".part")
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(make(self.shown))
        part.replace(self.file)
        for old in folder().glob(f"{self.page_id}-*.png"):
            if old != self.file:
                old.unlink(missing_ok=True)


def folder() -> Path:
    # A folder on this machine, beside the renditions of images. Those are served without a look at any page; what is
    # in a folder whose name begins with a dot is not, so that the picture of a page has only the address that looks.
    return Path(storages["renditions"].location) / ".share"  # type: ignore[attr-defined]


def picture_of(page: object) -> SharePicture | None:
    """The picture of a page that everyone may read; None for anything else."""
    shared = isinstance(page, BasePage) and page.pk and page.live and not page.trail.is_private
    return SharePicture.of(page) if shared and isinstance(page, BasePage) else None


@require_safe
def share_picture(request: HttpRequest, page_id: int, digest: str) -> HttpResponseBase:
    """The picture; an older address leads to the present one, and where many are being made, to the site's own."""
    page = Page.objects.live().public().filter(pk=page_id).first()
    picture = picture_of(page.specific) if page else None
    if picture is None:
        raise Http404("There is no such page.")
    if picture.digest != digest:
        return redirect(picture.url)
    if not picture.file.exists():
        with _alone() as alone:
            if not alone:
                busy = redirect(static("icons/share.png"))
                busy["Cache-Control"] = "no-store"
                return busy
            picture.write()
    return file_response(request, picture.file, name=f"{page_id}.png", cache_control=NEVER_CHANGES)


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else on this machine is making one: drawing takes a processor for a third of a second."""
    settings.RUN_DIR.mkdir(parents=True, exist_ok=True)
    with open(settings.RUN_DIR / "share.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def forget_pictures() -> bool:
    """Delete the pictures of pages that are gone or no longer public, and parts that were never finished."""
    kept = {str(pk) for pk in Page.objects.live().public().values_list("pk", flat=True)}
    an_hour_ago = time.time() - HOUR
    for file in folder().glob("*"):
        is_part = file.suffix == ".part" and file.stat().st_mtime < an_hour_ago
        if is_part or file.name.partition("-")[0] not in kept:
            file.unlink(missing_ok=True)
    return False


jobs.register("forget pictures", DAY, forget_pictures)
