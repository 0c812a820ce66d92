"""What the files of documents say, read once for each file."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.filetexts.reading import VERSION
from common.models import SiteDocument
from common.saving import SavedAsOne

KINDS = ("pdf", "docx", "pptx")
# A folder that is not there for a moment makes files missing too.
LOOKED_FOR_AGAIN_AFTER = datetime.timedelta(days=1)


class FileText(SavedAsOne):
    """The text of a document's file, or why there is none."""

    class Problem(models.TextChoices):
        NONE = "", _("The text is in the search")
        EMPTY = "empty", _("No text: a scanned picture?")
        LOCKED = "locked", _("No text: the file asks for a password")
        BROKEN = "broken", _("No text: the file could not be read")
        TOO_MUCH = "too_much", _("No text: reading it took too much time or memory")
        MISSING = "missing", _("No text: the file is missing")

    document = models.OneToOneField(
        SiteDocument, verbose_name=_("document"), on_delete=models.CASCADE, related_name="file_text"
    )
    # What was read: a new file has another name, and a changed one another hash.
    file = models.CharField(_("file"), max_length=255)
    file_hash = models.CharField(_("hash of the file"), max_length=40, blank=True)
    version = models.PositiveSmallIntegerField(_("version of the reader"), default=VERSION)
    text = models.TextField(_("text"), blank=True)
    problem = models.CharField(_("state"), max_length=10, blank=True, choices=Problem, default=Problem.NONE)
    read_at = models.DateTimeField(_("read"), auto_now=True)

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")
        ordering = ["document__title"]

    def __str__(self) -> str:
        return str(self.document)


def file_text(document: SiteDocument | None) -> str:
    """What the document's file says, as far as it has been read."""
    read: FileText | None = getattr(document, "file_text", None)
    return read.text if read else ""


def unread() -> "models.QuerySet[SiteDocument]":
    """Documents whose file can have text and has not been read as it is now; the newest first.

    A file that was missing is looked for again each day.
    """
    has_text = Q()
    for kind in KINDS:
        has_text |= Q(lower_name__endswith=f".{kind}")
    read = Q(file_text__file=F("file"), file_text__file_hash=F("file_hash"), file_text__version=VERSION)
    long_ago = timezone.now() - LOOKED_FOR_AGAIN_AFTER
    read &= ~Q(file_text__problem=FileText.Problem.MISSING, file_text__read_at__lt=long_ago)
    documents = SiteDocument.objects.annotate(lower_name=Lower("file")).filter(has_text)
    return documents.exclude(pk__in=SiteDocument.objects.filter(read).values("pk")).order_by("-pk")
