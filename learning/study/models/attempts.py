"""Attempts at a quiz. What has been answered so far is a draft (drafts/); what was handed in is kept here."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.study.models.enrolments import Enrolment
from learning.study.models.runs import RunQuiz


class Attempt(models.Model):
    """One time that a learner takes a quiz. Its questions and rules are as they were when it began."""

    class Status(models.TextChoices):
        OPEN = "open", _("Under way")
        HANDED_IN = "handed_in", _("Handed in")
        TIMED_OUT = "timed_out", _("Handed in when the time ended")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attempts")
    run_quiz = models.ForeignKey(RunQuiz, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField(_("number"))
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.OPEN)
    # Taken after passing: it neither counts nor spends an attempt.
    is_practice = models.BooleanField(_("practice"), default=False)
    # What the quiz asked for when it began: title, pass_percent, minutes.
    rules = models.JSONField()
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    deadline = models.DateTimeField(_("ends"), null=True, blank=True)
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2, null=True, blank=True)
    points_possible = models.PositiveSmallIntegerField(_("greatest points"))
    is_passed = models.BooleanField(_("passed"), null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "run_quiz", "number"], name="each_attempt_has_its_number"),
            models.UniqueConstraint(
                fields=["enrolment", "run_quiz"], condition=Q(status="open"), name="one_open_attempt_at_a_quiz"
            ),
            models.CheckConstraint(
                condition=Q(status="open", handed_in_at=None, points=None, is_passed=None)
                | (~Q(status="open") & Q(handed_in_at__isnull=False, points__isnull=False, is_passed__isnull=False)),
                name="attempt_is_marked_when_handed_in",
            ),
        ]
        indexes = [models.Index(fields=["deadline"], condition=Q(status="open"), name="open_attempts_by_deadline")]


class AttemptAnswer(models.Model):
    """A question of an attempt as it was asked; the answer and its marking once handed in."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    version = models.ForeignKey("courses.QuestionVersion", on_delete=models.PROTECT, related_name="+")
    points_possible = models.PositiveSmallIntegerField()
    answer = models.JSONField(default=dict)
    verdict = models.CharField(max_length=12, blank=True)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("answer of an attempt")
        verbose_name_plural = _("answers of attempts")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="one_answer_per_position")]
