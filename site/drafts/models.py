"""What people were writing when they last stopped."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """The text of one form that has not been sent yet, and what is left of it afterwards.

    One row for each writer, form and object for as long as it is kept: a draft that was sent or discarded stays as an
    empty row with its version, by which a tab that was left open is recognised as old.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Being written")
        DISCARDED = "discarded", _("Discarded")
        FINISHED = "finished", _("Sent")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("writer"),
        on_delete=models.CASCADE,
        null=True,
        related_name="drafts",
        help_text="NULL: somebody who has not signed in, known by `visitor`.",
    )
    visitor = models.CharField(max_length=64, blank=True, help_text="Digest of the key in the visitor's signed cookie.")
    form = models.CharField(_("form"), max_length=60)
    object = models.CharField(_("object"), max_length=100, help_text="What the form is about, as its own app names it.")
    version = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    fields = models.JSONField(default=dict, help_text="Name of the field → its values, all of them texts.")
    device = models.CharField(max_length=40, blank=True, help_text="The tab that saved last, by a number of its own.")
    turn = models.PositiveIntegerField(default=0, help_text="Which of that tab's saves this is.")
    saved_at = models.DateTimeField(db_index=True)
    counted_from = models.DateTimeField(help_text="When the minute began whose saves `counted` counts.")
    counted = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "form", "object"],
                condition=Q(owner__isnull=False),
                name="one_draft_per_owner_and_form",
            ),
            models.UniqueConstraint(
                fields=["visitor", "form", "object"], condition=~Q(visitor=""), name="one_draft_per_visitor_and_form"
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=False, visitor="") | (Q(owner__isnull=True) & ~Q(visitor="")),
                name="draft_has_one_writer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form}/{self.object} {self.version}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN


class DraftCopy(models.Model):
    """A text that lost to another tab or device, or that was replaced when its writer chose the other one."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draft = models.ForeignKey(Draft, verbose_name=_("draft"), on_delete=models.CASCADE, related_name="copies")
    device = models.CharField(max_length=40, blank=True)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("other text of a draft")
        verbose_name_plural = _("other texts of drafts")
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "device"], condition=~Q(device=""), name="one_copy_per_draft_and_device"
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.device}"
