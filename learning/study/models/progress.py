"""How far a learner has come, and what they wrote in the margin: theirs alone, but for progress, which teachers see."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.study.models.enrolments import Enrolment


class LessonProgress(models.Model):
    """What a learner has done of a lesson. The lesson is the Finnish page, whichever language was read."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="progress")
    lesson = models.ForeignKey("courses.LessonPage", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    # The id of the heading that the reader came to, "" at the beginning.
    place = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("progress in a lesson")
        verbose_name_plural = _("progress in lessons")
        constraints = [models.UniqueConstraint(fields=["enrolment", "lesson"], name="one_progress_per_lesson")]


class Note(models.Model):
    """A note in the margin: the learner's own, on any run of the course and after it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notes")
    lesson = models.ForeignKey("courses.LessonPage", on_delete=models.PROTECT, related_name="+")
    # The id of the heading under which it stands, "" for the whole lesson.
    place = models.CharField(max_length=100, blank=True)
    # What the heading said then: the lesson may be edited later.
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField(_("note"), max_length=4000)
    # Counts the changes: who changes a note says which one they saw.
    version = models.PositiveIntegerField(default=1)
    # The base forms of its words, by which its learner finds it, and of which version they are.
    words = models.TextField(blank=True)
    words_of = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    # Set: deleted by the learner, who may still take that back for some days.
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["lesson", "created_at"]
        indexes = [models.Index(fields=["learner", "-updated_at"], name="notes_of_a_learner")]


class CalendarKey(models.Model):
    """The secret part of a learner's calendar address; making a new one ends the old."""

    learner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_key")
    # SHA-256 of the secret: who reads the database cannot read calendars.
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
