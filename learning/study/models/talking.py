"""What the people of a run ask and answer, the teachers' room of a course, and the feedback on the course."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class RunQuestion(models.Model):
    """A question among the people of a run, in a module or about the whole course."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    run = models.ForeignKey("courses.CourseRun", on_delete=models.PROTECT, related_name="questions")
    # The Finnish page; NULL: the whole course.
    module = models.ForeignKey("courses.ModulePage", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    author = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    is_teacher = models.BooleanField(default=False)
    # Teachers of the run see the name in any case.
    shows_name = models.BooleanField(_("show my name to the other learners"), default=False)
    title = models.CharField(_("question in short"), max_length=150)
    text = models.TextField(_("question"), max_length=6_000, blank=True)
    # The words of the title and their base forms, by which a similar question is found.
    words = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    # The newest answer or question: the order of the list.
    moved_at = models.DateTimeField()
    # The answer that a teacher marked as right, or the asker as helpful.
    accepted = models.ForeignKey("study.RunAnswer", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    accepted_by_teacher = models.BooleanField(default=False)
    # Taken out of sight by its author or a teacher.
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question on a run")
        verbose_name_plural = _("questions on runs")
        ordering = ["-moved_at", "-pk"]
        indexes = [models.Index(fields=["run", "module", "-moved_at"], name="questions_of_a_run")]

    def __str__(self) -> str:
        return self.title


class RunAnswer(models.Model):
    """An answer to a question."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(RunQuestion, on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    is_teacher = models.BooleanField(default=False)
    shows_name = models.BooleanField(_("show my name to the other learners"), default=False)
    text = models.TextField(_("answer"), max_length=6_000)
    at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("answer on a run")
        verbose_name_plural = _("answers on runs")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:50]


class RunSubscription(models.Model):
    """Whether a person hears of questions of a run (of one question, where it is named)."""

    run = models.ForeignKey("courses.CourseRun", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey(RunQuestion, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    is_on = models.BooleanField(default=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("subscription of questions")
        verbose_name_plural = _("subscriptions of questions")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "person"], condition=Q(question=None), name="one_subscription_of_a_run"
            ),
            models.UniqueConstraint(fields=["person", "question"], name="one_subscription_of_a_question"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.run_id}"


class RoomNote(models.Model):
    """A note in the teachers' room of a course, with files or without."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey("courses.Course", on_delete=models.CASCADE, related_name="room_notes")
    author = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    title = models.CharField(_("title"), max_length=150)
    text = models.TextField(_("text"), max_length=10_000, blank=True)
    is_pinned = models.BooleanField(_("first in the list"), default=False)
    # Of two who change the same text, the later is told.
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Can be brought back for some days; then the worker erases it with its files.
    deleted_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("note in the teachers' room")
        verbose_name_plural = _("notes in the teachers' room")
        ordering = ["-is_pinned", "-at"]

    def __str__(self) -> str:
        return self.title


class RoomFile(models.Model):
    """A file of a note, in the private storage."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    note = models.ForeignKey(RoomNote, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(max_length=200)
    name = models.CharField(max_length=150)
    size = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file in the teachers' room")
        verbose_name_plural = _("files in the teachers' room")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class RunTeacherEvent(models.Model):
    """Who came to teach a run, changed their part or left, and who did it: written with it, never changed."""

    run = models.ForeignKey("courses.CourseRun", on_delete=models.CASCADE, related_name="teacher_events")
    person = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12, blank=True)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change of a run's teachers")
        verbose_name_plural = _("changes of a run's teachers")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.before}→{self.after}"
