"""Certificates: what was learnt, as it stood on the day, and whether it still holds."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learning.credentials.codes import new_code
from learning.credentials.content import Content
from learning.credentials.querysets import CertificateQuerySet


class Certificate(models.Model):
    """A certificate of a completed run. What it says is a snapshot: later changes of the course do not touch it."""

    class Status(models.TextChoices):
        VALID = "valid", _("Valid")
        REVOKED = "revoked", _("Revoked")
        REPLACED = "replaced", _("Replaced by a newer one")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Told and typed by people: twelve letters and digits that are not mistaken for each other.
    code = models.CharField(_("code"), max_length=14, unique=True, default=new_code)
    enrolment = models.ForeignKey("study.Enrolment", on_delete=models.PROTECT, related_name="certificates")
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.VALID)
    issued_at = models.DateTimeField(_("issued"))
    content = models.JSONField(_("what it says"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    replaced_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces")
    # Of the final grades that it knows of, the moment of the newest; NULL: it has been compared with none.
    graded_at = models.DateTimeField(null=True, blank=True)
    # What the owner lets the public page show; the code alone always shows whether the certificate is valid. Without
    # the name the page tells of nobody, so only the name and the file, which has it, wait for the owner's word.
    shows_name = models.BooleanField(_("the public page shows my name"), default=False)
    shows_contents = models.BooleanField(_("the public page shows what I learnt"), default=True)
    shows_grade = models.BooleanField(_("the public page shows my grade"), default=False)
    shows_file = models.BooleanField(_("the certificate can be opened as a file on the public page"), default=False)

    objects = CertificateQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=~Q(status="valid") | Q(replaced_by=None), name="what_is_valid_is_not_replaced"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def says(self) -> Content:
        """What it says, to be read in the reader's language."""
        return Content(self.content)

    @property
    def title(self) -> str:
        return self.says.title

    @property
    def is_valid(self) -> bool:
        return self.status == self.Status.VALID

    def get_absolute_url(self) -> str:
        """The public page, in the reader's language."""
        return reverse("credentials:certificate", args=[self.code])

    @property
    def owner_url(self) -> str:
        return reverse("credentials:own", args=[self.code])


class CertificateEvent(models.Model):
    """What was done to a certificate: written with it, never changed."""

    class Act(models.TextChoices):
        ISSUED = "issued", _("Issued")
        REVOKED = "revoked", _("Revoked")
        REPLACED = "replaced", _("Replaced by a newer one")

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    act = models.CharField(max_length=10, choices=Act)
    # NULL: the service itself, when everything that the run requires is done.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("event of a certificate")
        verbose_name_plural = _("events of certificates")
