"""Marking: what a teacher said of a version and gave for it. What was given never changes: a new row replaces it."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learning.courses.models.assignments import MOST_GRADE
from learning.study.models.assignments import Submission, SubmissionVersion

PERSON = settings.AUTH_USER_MODEL


class Mark(models.Model):
    """One teacher's assessment of one version."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        AGAIN = "again", _("To be completed")
        REJECTED = "rejected", pgettext_lazy("mark", "Rejected")

    class Part(models.TextChoices):
        FIRST = "first", _("First marker")
        SECOND = "second", _("Second marker")
        FINAL = "final", _("Decision where the markers differ")
        CHANGE = "change", _("Changed afterwards")
        UNDO = "undo", _("Change undone")
        ELSEWHERE = "elsewhere", _("Done elsewhere")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="marks")
    version = models.ForeignKey(SubmissionVersion, on_delete=models.CASCADE, related_name="marks")
    part = models.CharField(_("part"), max_length=9, choices=Part, default=Part.FIRST)
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    # 0–5 where the assignment is graded, else NULL.
    grade = models.PositiveSmallIntegerField(_("grade"), null=True, blank=True)
    # The criteria as they were then: [{"id", "title", "fulfils", "lacks", "value": int or null, "words"}].
    criteria = models.JSONField(default=list)
    words = models.TextField(_("feedback"), max_length=10_000, blank=True)
    # Among the teachers of the run.
    note = models.TextField(_("note to teachers"), max_length=2_000, blank=True)
    # By when it is to be completed, where that is what was given.
    again_until = models.DateTimeField(_("to be completed by"), null=True, blank=True)
    # Why what was given was changed.
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # When the learner came to see it; NULL while a second marker is waited for.
    released_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(grade=None) | Q(grade__lte=MOST_GRADE), name="grade_is_from_zero_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.outcome}"


class InlineComment(models.Model):
    """A teacher's comment on words of a version (code points of its flat text), or on all of it: start = end = 0."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(SubmissionVersion, on_delete=models.CASCADE, related_name="comments")
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    quote = models.TextField(max_length=4_000, blank=True)
    text = models.TextField(_("comment"), max_length=4_000)
    author = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    # When the learner came to see it, together with the assessment.
    released_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("comment on a submission")
        verbose_name_plural = _("comments on submissions")
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="inline_comment_ends_after_its_start")
        ]

    def __str__(self) -> str:
        return self.text[:50]


class SubmissionRemark(models.Model):
    """A message between the learner and the teachers about a submission."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="remarks")
    author = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    is_teacher = models.BooleanField(default=False)
    text = models.TextField(_("message"), max_length=4_000)
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("message about a submission")
        verbose_name_plural = _("messages about submissions")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:50]


class ReusableComment(models.Model):
    """Words that a teacher uses again: their own, or shared by all who teach the course."""

    course = models.ForeignKey("courses.Course", on_delete=models.CASCADE, related_name="reusable_comments")
    owner = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(_("all teachers of the course may use it"), default=False)
    title = models.CharField(_("name"), max_length=80)
    text = models.TextField(_("comment"), max_length=2_000)
    used = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reusable comment")
        verbose_name_plural = _("reusable comments")
        ordering = ["-used", "title"]

    def __str__(self) -> str:
        return self.title


class Likeness(models.Model):
    """Passages that two submissions of a run have alike: a hint for a teacher to look at, never a verdict."""

    first = models.ForeignKey(SubmissionVersion, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(SubmissionVersion, on_delete=models.CASCADE, related_name="+")
    # Words of the shorter text that are in passages alike, per cent.
    percent = models.PositiveSmallIntegerField()
    # [[start in first, end, start in second, end], …]: code points.
    passages = models.JSONField(default=list)
    found_at = models.DateTimeField(auto_now_add=True)
    dismissed_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    dismissed_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("likeness of two submissions")
        verbose_name_plural = _("likenesses of submissions")
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="one_likeness_of_two_versions")]

    def __str__(self) -> str:
        return f"{self.first_id}–{self.second_id}: {self.percent} %"


class FinalGradeQuerySet(models.QuerySet["FinalGrade"]):
    def that_hold(self) -> Self:
        """Of each enrolment the newest row, unless it says that there is no grade any more."""
        same_moment = Q(at=OuterRef("at"), pk__gt=OuterRef("pk"))
        newer = FinalGrade.objects.filter(Q(at__gt=OuterRef("at")) | same_moment, enrolment=OuterRef("enrolment"))
        return self.filter(~Exists(newer.order_by()), is_taken_back=False)


class FinalGrade(models.Model):
    """The grade of the whole run for one learner, as it is told to the home institution. The newest row holds."""

    enrolment = models.ForeignKey("study.Enrolment", on_delete=models.PROTECT, related_name="final_grades")
    # 0–5, or NULL where the course is only passed.
    grade = models.PositiveSmallIntegerField(_("grade"), null=True, blank=True)
    is_passed = models.BooleanField(_("passed"))
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # The day on which it was completed, as it is registered.
    day = models.DateField(_("day of completion"))
    # Done elsewhere and brought in from a file.
    is_imported = models.BooleanField(default=False)
    # There is no grade any more: what was given before does not hold.
    is_taken_back = models.BooleanField(default=False)

    objects = FinalGradeQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("final grade")
        verbose_name_plural = _("final grades")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(grade=None) | Q(grade__lte=MOST_GRADE), name="final_grade_is_from_zero_to_five"
            ),
            models.CheckConstraint(condition=~Q(grade=0) | Q(is_passed=False), name="zero_does_not_pass"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.grade if self.grade is not None else self.is_passed}"
