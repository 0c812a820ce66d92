"""Attempts at a quiz. What has been answered so far is a draft (drafts/); what was handed in is kept here."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
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
    started_at = models.DateTimeField(_("started"), default=timezone.now)
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

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def title(self) -> str:
        return str(self.rules["title"])

    @property
    def url(self) -> str:
        return reverse("study:attempt", args=[self.public_id])

    @property
    def points_to_pass(self) -> Decimal:
        """The least points that pass."""
        return Decimal(self.points_possible * self.rules["pass_percent"]) / 100


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
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="one_answer_per_position"),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0, points__lte=F("points_possible")),
                name="points_of_an_answer_are_within_the_possible",
            ),
        ]


class PointChange(models.Model):
    """Points that a teacher gave after the marking: written with the change, never changed itself."""

    answer = models.ForeignKey(AttemptAnswer, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    before = models.DecimalField(max_digits=6, decimal_places=2)
    after = models.DecimalField(max_digits=6, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("change of points")
        verbose_name_plural = _("changes of points")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(after__gt=F("before")), name="points_are_only_raised")]
