"""Peer review: who reviews whose work, what they said, and what the reviewed said of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learning.study.models.assignments import RunAssignment, Submission, SubmissionVersion
from learning.study.models.enrolments import Enrolment

PERSON = settings.AUTH_USER_MODEL


class PeerReview(models.Model):
    """One review of one submission: given to a learner to write, or written by a teacher in a missing one's place."""

    class Status(models.TextChoices):
        GIVEN = "given", _("To be written")
        DONE = "done", _("Written")
        # Nobody waits for it any more: its writer left, was let off, or the work was taken back.
        RELEASED = "released", _("Not waited for")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reviews")
    # What was read; NULL until it is written.
    version = models.ForeignKey(SubmissionVersion, on_delete=models.PROTECT, null=True, related_name="reviews")
    # Either a learner of the run or, in rescue, a teacher.
    reviewer = models.ForeignKey(Enrolment, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews")
    teacher = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_teachers = models.BooleanField(default=False)
    status = models.CharField(_("state"), max_length=8, choices=Status, default=Status.GIVEN)
    given_at = models.DateTimeField(auto_now_add=True)
    # When its writer first read the work: from then on it is not given to another to even things out.
    opened_at = models.DateTimeField(null=True, blank=True)
    due = models.DateTimeField(_("due"), null=True, blank=True)
    # Beyond the reviews that everybody writes: taken on by oneself, or asked for by a teacher.
    is_extra = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True, blank=True)
    # As Mark.criteria has them; [{"question", "answer"}].
    criteria = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    words = models.TextField(_("in your own words"), max_length=6_000, blank=True)
    thanked_at = models.DateTimeField(null=True, blank=True)
    # When the reviewed first read it: from then on it cannot be changed.
    read_at = models.DateTimeField(null=True, blank=True)
    # A teacher took it out of sight, with the reason told to both.
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=500, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("peer review")
        verbose_name_plural = _("peer reviews")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "reviewer"], name="nobody_reviews_a_work_twice"),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=False, is_teachers=False) | Q(reviewer=None, is_teachers=True),
                name="review_is_a_learners_or_a_teachers",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(done_at__isnull=False, version__isnull=False),
                name="written_review_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class SampleReview(models.Model):
    """A learner's review of the sample work, after which it is compared with the teachers'."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="sample_reviews")
    run_assignment = models.ForeignKey(RunAssignment, on_delete=models.CASCADE, related_name="+")
    criteria = models.JSONField(default=list)
    words = models.TextField(max_length=6_000, blank=True)
    done_at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("review of the sample")
        verbose_name_plural = _("reviews of samples")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "run_assignment"], name="the_sample_is_reviewed_once")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.run_assignment_id}"


class LetOff(models.Model):
    """A learner from whom fewer reviews are waited for, because there was nothing left to review in time."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    run_assignment = models.ForeignKey(RunAssignment, on_delete=models.CASCADE, related_name="let_off")
    reviews = models.PositiveSmallIntegerField()
    # NULL: the service itself.
    by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=300, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reviews that were let off")
        verbose_name_plural = _("reviews that were let off")
        constraints = [models.UniqueConstraint(fields=["enrolment", "run_assignment"], name="let_off_once")]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.reviews}"


class ReviewAppeal(models.Model):
    """The reviewed asks a teacher to look at a review."""

    class Status(models.TextChoices):
        OPEN = "open", _("Waits for a teacher")
        UPHELD = "upheld", _("The review was taken out of sight")
        DISMISSED = "dismissed", _("The review stays")

    review = models.OneToOneField(PeerReview, on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField(_("what is wrong"), max_length=2_000)
    at = models.DateTimeField(auto_now_add=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    answer = models.TextField(_("answer"), max_length=2_000, blank=True)
    answered_by = models.ForeignKey(PERSON, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("appeal against a review")
        verbose_name_plural = _("appeals against reviews")

    def __str__(self) -> str:
        return self.text[:50]
