"""The work on a text: comments and suggested changes, each bound to the words of a version."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Anchored(models.Model):
    """Something about words of a text: where they are in `version`, and what they were when it was made.

    Offsets are code points of the flat text (texts). When the text changes, the place is followed to the next
    version; where that is not certain, a person is asked to look.
    """

    version = models.ForeignKey("blog.TextVersion", on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(max_length=4_000, blank=True)
    is_certain = models.BooleanField(default=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    side = models.CharField(max_length=6, choices=[("writer", _("Writer")), ("editor", _("Editor"))])
    made_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True


class Suggestion(Anchored):
    """A change that somebody suggests; who holds the pen accepts or rejects it."""

    class Status(models.TextChoices):
        OPEN = "open", _("Undecided")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    submission = models.ForeignKey("blog.Submission", on_delete=models.CASCADE, related_name="suggestions")
    replacement = models.JSONField(help_text="The fragment that would stand there, as texts has it.")
    # Where it was made, since `version` moves on with the text.
    first_version = models.ForeignKey("blog.TextVersion", on_delete=models.CASCADE, related_name="+")
    reason = models.TextField(_("why"), max_length=1_000, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta(Anchored.Meta):
        verbose_name = _("suggested change")
        verbose_name_plural = _("suggested changes")
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="suggestion_ends_after_its_start"),
            models.CheckConstraint(
                condition=Q(status="open", decided_at=None) | ~Q(status="open") & Q(decided_at__isnull=False),
                name="decided_suggestion_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["submission", "status"], name="suggestions_of_a_submission")]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.start}–{self.end}"


class Thread(Anchored):
    """A conversation about words of the text, or about all of it (`start` = `end` = 0, no quote)."""

    submission = models.ForeignKey("blog.Submission", on_delete=models.CASCADE, related_name="threads")
    is_private = models.BooleanField(default=False, help_text="Among editors.")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta(Anchored.Meta):
        verbose_name = _("comment thread")
        verbose_name_plural = _("comment threads")
        ordering = ["start", "pk"]
        constraints = [models.CheckConstraint(condition=Q(end__gte=F("start")), name="thread_ends_after_its_start")]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.quote[:30]}"


class Remark(models.Model):
    """One message of a thread."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    side = models.CharField(max_length=6, choices=[("writer", _("Writer")), ("editor", _("Editor"))])
    text = models.TextField(_("comment"), max_length=4_000)
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:50]
