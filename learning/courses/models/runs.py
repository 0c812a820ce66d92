"""Runs: the times that a course is held, and who is let in."""

import datetime
import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from common.usage import CountedManyToManyField
from learning.courses.models.course import Course


class CourseRun(ClusterableModel, Orderable):
    """One time that the course is held (toteutus). Dates are whole days in Finland, both ends included."""

    class Pace(models.TextChoices):
        GROUP = "group", _("In a group")
        SELF = "self", _("At your own pace")

    class Admission(models.TextChoices):
        """Who may take a seat without asking. Everybody has to be signed in."""

        OPEN = "open", _("Anyone who signs in")
        MEMBERS = "members", _("People of the network's organisations")
        INSTITUTIONS = "institutions", _("People of the organisations named below")
        CODE = "code", _("Those who have the enrolment code")
        APPROVAL = "approval", _("Those whom the teacher approves")
        OUTSIDE = "outside", _("Nobody here: the institution takes the enrolments")

    course = ParentalKey(Course, verbose_name=_("course"), on_delete=models.CASCADE, related_name="runs")
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("code"), max_length=30, unique=True)
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"), null=True, blank=True, help_text=_("Empty: never ends."))
    enrolment_opens = models.DateField(_("enrolment opens"), null=True, blank=True)
    enrolment_closes = models.DateField(_("enrolment closes"), null=True, blank=True)
    seats = models.PositiveIntegerField(_("seats"), null=True, blank=True, help_text=_("Empty: no limit."))
    pace = models.CharField(_("pace"), max_length=10, choices=Pace, default=Pace.GROUP)
    admission = models.CharField(_("who may enrol"), max_length=12, choices=Admission, default=Admission.OUTSIDE)
    enrolment_code = models.CharField(_("enrolment code"), max_length=40, blank=True)
    admitted = CountedManyToManyField(
        "organisations.Organisation",
        verbose_name=_("organisations whose people may enrol"),
        blank=True,
        related_name="+",
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("time to answer an offered seat, hours"),
        default=72,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 14)],
    )
    requires_lessons = models.BooleanField(_("every lesson has to be marked done"), default=True)

    class Meta(Orderable.Meta):
        ordering = ["-starts"]
        verbose_name = _("run")
        verbose_name_plural = _("runs")
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="run_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(enrolment_opens=None)
                | Q(enrolment_closes=None)
                | Q(enrolment_closes__gte=F("enrolment_opens")),
                name="run_enrolment_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=~Q(admission="code") | ~Q(enrolment_code=""), name="run_entered_by_code_has_a_code"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def state(self) -> str:
        """past, going on or coming, by today's date in Finland."""
        today = timezone.localdate()
        if self.ends and self.ends < today:
            return "past"
        return "coming" if self.starts > today else "going"

    @property
    def takes_enrolments(self) -> bool:
        """Whether enrolments are taken in this service."""
        return self.admission != self.Admission.OUTSIDE

    @property
    def is_enrolling_today(self) -> bool:
        return self.is_enrolling(timezone.localdate())

    def is_enrolling(self, day: datetime.date) -> bool:
        """Whether the enrolment period is under way; without dates it lasts as long as the run."""
        opens, closes = self.enrolment_opens, self.enrolment_closes or self.ends
        return (opens is None or opens <= day) and (closes is None or day <= closes)
