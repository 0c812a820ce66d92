"""Mail waiting to be sent: a row of the transaction that caused it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutgoingMail(models.Model):
    """One message. Deleted when sent; kept with its error while it waits for the next try."""

    created_at = models.DateTimeField(auto_now_add=True)
    from_email = models.CharField(max_length=254)
    recipients = models.JSONField()
    subject = models.CharField(max_length=998)
    body = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, help_text="NULL means at once.")
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        indexes = [models.Index(fields=["next_try_at", "id"], name="mail_by_next_try")]

    def __str__(self) -> str:
        return self.subject
