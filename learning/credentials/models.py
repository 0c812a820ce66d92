"""Certificates: what was learnt, as it stood on the day, and whether it still holds."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Certificate(models.Model):
    """A certificate of a completed run. What it says is a snapshot: later changes of the course do not touch it."""

    class Status(models.TextChoices):
        VALID = "valid", _("Valid")
        REVOKED = "revoked", _("Revoked")
        REPLACED = "replaced", _("Replaced by a newer one")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Told and typed by people: twelve letters and digits that are not mistaken for each other.
    code = models.CharField(_("code"), max_length=14, unique=True)
    enrolment = models.ForeignKey("study.Enrolment", on_delete=models.PROTECT, related_name="certificates")
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.VALID)
    issued_at = models.DateTimeField(_("issued"))
    content = models.JSONField(_("what it says"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    replaced_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces")
    # What the owner lets the public page show; the code alone always shows whether the certificate is valid.
    shows_name = models.BooleanField(_("the public page shows my name"), default=True)
    shows_contents = models.BooleanField(_("the public page shows what I learnt"), default=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(status="valid"), name="one_valid_certificate_per_enrolment"
            ),
            models.CheckConstraint(
                condition=~Q(status="revoked") | (Q(revoked_at__isnull=False) & ~Q(reason="")),
                name="revoked_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code
