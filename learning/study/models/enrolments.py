"""A learner's place on a run, and every move of it."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from learning.courses.models import CourseRun


class Status(models.TextChoices):
    APPLIED = "applied", _("Waits for the teacher's approval")
    REFUSED = "refused", _("Not approved")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("A seat is offered")
    LAPSED = "lapsed", _("The offered seat was not taken")
    ACTIVE = "active", _("Enrolled")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# An offered seat is kept free for the one who was offered it.
HOLDING_A_SEAT = {Status.OFFERED, Status.ACTIVE, Status.COMPLETED}
# The learner may open the run and go on with it.
STUDYING = {Status.ACTIVE, Status.COMPLETED}
# Something is still to come of it.
OPEN = {Status.APPLIED, Status.WAITING, Status.OFFERED, Status.ACTIVE}


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def waiting_for(self, run: "CourseRun") -> "EnrolmentQuerySet":
        """The waiting list in its order."""
        return self.filter(run=run, status=Status.WAITING).order_by("queued_at", "pk")

    def by_status(self) -> dict[str, int]:
        """How many there are in each state that somebody is in."""
        return dict(self.order_by().values_list("status").annotate(models.Count("pk")))


class Enrolment(models.Model):
    """One row for each learner and run for ever: who withdraws and comes back finds everything as it was."""

    Status = Status

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("learner"), on_delete=models.PROTECT, related_name="enrolments"
    )
    run = models.ForeignKey(
        "courses.CourseRun", verbose_name=_("run"), on_delete=models.PROTECT, related_name="enrolments"
    )
    status = models.CharField(_("state"), max_length=10, choices=Status)
    created_at = models.DateTimeField(_("first enrolled"), auto_now_add=True)
    # The order of the waiting list: set anew each time the learner joins its end.
    queued_at = models.DateTimeField(_("queued"), null=True, blank=True)
    offer_ends = models.DateTimeField(_("answer by"), null=True, blank=True)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)
    # A longer time for this person: each due date of the run moves by so many days, each timer by so many per cent.
    extra_days = models.PositiveSmallIntegerField(_("days of extra time"), default=0)
    extra_percent = models.PositiveSmallIntegerField(_("extra time in quizzes, per cent"), default=0)
    seen_at = models.DateTimeField(_("last studied"), null=True, blank=True)
    # Where the credits are registered, and under which number: asked of those who want credits alone.
    home_institution = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("home institution"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    student_number = models.CharField(_("student number"), max_length=20, blank=True)

    objects = models.Manager.from_queryset(EnrolmentQuerySet)()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(fields=["learner", "run"], name="one_enrolment_per_learner_and_run"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="enrolment_is_in_a_known_state"),
            models.CheckConstraint(
                condition=~Q(status="waiting") | Q(queued_at__isnull=False), name="waiting_has_a_place"
            ),
            models.CheckConstraint(
                condition=~Q(status="offered") | Q(offer_ends__isnull=False), name="offered_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(status="completed") | Q(completed_at__isnull=False), name="completed_has_its_moment"
            ),
        ]
        indexes = [models.Index(fields=["run", "status", "queued_at"], name="enrolments_of_a_run")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.status}"

    @property
    def is_studying(self) -> bool:
        return self.status in STUDYING

    def place_in_queue(self) -> int | None:
        """Which in the waiting list, from one; None for those who do not wait."""
        if self.status != Status.WAITING:
            return None
        before = Q(queued_at__lt=self.queued_at) | Q(queued_at=self.queued_at, pk__lte=self.pk)
        return Enrolment.objects.filter(before, run=self.run_id, status=Status.WAITING).count()


class EnrolmentEvent(models.Model):
    """A move of an enrolment: written with it, never changed."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10, choices=Status)
    # NULL: the service itself, when an offer lapses or everything required is done.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("event of an enrolment")
        verbose_name_plural = _("events of enrolments")
