"""Anonymous feedback on a course: who has answered is known, what they answered is not tied to them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.study.models.enrolments import Enrolment


class FeedbackTicket(models.Model):
    """That a learner has given feedback on the run. Nothing ties it to an answer: neither a key nor a moment.

    Its key is the enrolment's: a number of its own would keep the order of answering.
    """

    enrolment = models.OneToOneField(
        Enrolment, on_delete=models.CASCADE, related_name="feedback_ticket", primary_key=True
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("given feedback")
        verbose_name_plural = _("given feedback")

    def __str__(self) -> str:
        return str(self.enrolment_id)


class FeedbackAnswer(models.Model):
    """One person's answers about a run, until they are shown together with others; then it is erased.

    Its key is drawn by lot, and all rows of a run are written anew with each answer: no order of answering is kept.
    """

    # 1–5 by the code of the question, 0 for what cannot be said, and the group; free texts by theirs.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey("courses.CourseRun", on_delete=models.PROTECT, related_name="feedback")
    values = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("feedback on a run")
        verbose_name_plural = _("feedback on runs")

    def __str__(self) -> str:
        return str(self.id)


class FeedbackRelease(models.Model):
    """The answers that teachers see of a run: a batch is added when enough new ones have come, never one by one."""

    run = models.ForeignKey("courses.CourseRun", on_delete=models.CASCADE, related_name="feedback_releases")
    at = models.DateTimeField(auto_now_add=True)
    # What course_feedback.suppression.batch_of makes: counts by question, means by group, texts in an order by lot.
    shown = models.JSONField(default=dict)
    answers = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("released feedback")
        verbose_name_plural = _("released feedback")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(answers__gte=5), name="released_feedback_is_of_five_or_more")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.answers}"


class FeedbackChange(models.Model):
    """What was changed because of a run's feedback: told to the learners of the runs that follow."""

    run = models.ForeignKey("courses.CourseRun", on_delete=models.CASCADE, related_name="feedback_changes")
    text = models.TextField(_("what was changed"), max_length=1_000)
    # Of the page on which it was written.
    language = models.CharField(max_length=2, default="fi")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change made because of feedback")
        verbose_name_plural = _("changes made because of feedback")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:50]
