"""What people are told, and mail waiting to be sent: rows of the transaction that caused them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
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


class Notification(models.Model):
    """Something that a person is told, written with what happened. Mailed at once or in the next morning's letter."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    # The facts that the sentences are made of, so that the letter is in the language the person reads by then.
    facts = models.JSONField(default=dict)
    must_act = models.BooleanField(default=False)
    # Tells what is told once from what is told anew; "" for what may be told any number of times.
    key = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    useful_until = models.DateTimeField(null=True, help_text="After this the letter leaves it out.")
    mailed_at = models.DateTimeField(null=True, help_text="When it was settled: mailed, or left out for a reason.")

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "key"], condition=~Q(key=""), name="told_once_by_its_key")
        ]
        indexes = [
            models.Index(fields=["person", "created_at"], condition=Q(mailed_at=None), name="notifications_to_mail"),
            models.Index(fields=["person", "-created_at"], name="notifications_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.kind


class MailPreference(models.Model):
    """What a person wants by mail, and when their last morning letter was. No row: everything, and none yet."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preference")
    wants_reminders = models.BooleanField(_("reminders by e-mail"), default=True)
    digest_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("choice of mail")
        verbose_name_plural = _("choices of mail")
