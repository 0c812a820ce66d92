"""What readers leave at a post. Nothing here tells who they are, unless they sign a comment."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReaderComment(models.Model):
    """A reader's comment; nobody sees it before an editor has."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waits for an editor")
        SHOWN = "shown", _("Shown")
        REFUSED = "refused", _("Not shown")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey("blog.PostPage", on_delete=models.CASCADE, related_name="reader_comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    signature = models.CharField(_("name or role"), max_length=100)
    text = models.TextField(_("comment"), max_length=2_000)
    sent_at = models.DateTimeField(auto_now_add=True)
    status = models.CharField(max_length=7, choices=Status, default=Status.WAITING)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    moderated_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reader's comment")
        verbose_name_plural = _("readers' comments")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="waiting") | Q(moderated_at__isnull=False), name="moderated_has_its_moment"
            )
        ]
        indexes = [models.Index(fields=["page", "status"], name="comments_of_a_post")]

    def __str__(self) -> str:
        return self.text[:50]


class Thanks(models.Model):
    """How many readers have thanked for a post on a day."""

    page = models.ForeignKey("blog.PostPage", on_delete=models.CASCADE, related_name="thanks")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("thanks")
        verbose_name_plural = _("thanks")
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="one_row_of_thanks_a_day")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.day}: {self.count}"


class DailyReads(models.Model):
    """How often a post was asked for on a day; robots are not counted, and nobody is followed."""

    page = models.ForeignKey("blog.PostPage", on_delete=models.CASCADE, related_name="reads")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reads of a day")
        verbose_name_plural = _("reads by day")
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="one_row_of_reads_a_day")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.day}: {self.count}"
