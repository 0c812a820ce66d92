"""Assignments on a run, what learners hand in, version by version, and the entries of a learning journal."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from learning.study.models.enrolments import Enrolment


class RunAssignment(Orderable):
    """An assignment on a run. Its times are moments, shown and set in Finnish time."""

    class Late(models.TextChoices):
        MARKED = "marked", _("Taken after the due date too, and marked as late")
        REFUSED = "refused", _("Not taken after the due date")

    class Peers(models.TextChoices):
        NONE = "none", _("No peer review")
        ANONYMOUS = "anonymous", _("Peer review without names")
        NAMED = "named", _("Peer review with names")

    run = ParentalKey("courses.CourseRun", on_delete=models.CASCADE, related_name="run_assignments")
    assignment = models.ForeignKey(
        "courses.Assignment", verbose_name=_("assignment"), on_delete=models.PROTECT, related_name="in_runs"
    )
    module = models.ForeignKey(
        "courses.ModulePage",
        verbose_name=_("module"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The Finnish page of the module that it belongs to. Empty: the whole course."),
    )
    opens = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Empty: open from the start."))
    due = models.DateTimeField(_("due"), null=True, blank=True, help_text=_("Empty: until the run ends."))
    late = models.CharField(_("after the due date"), max_length=8, choices=Late, default=Late.MARKED)
    is_required = models.BooleanField(_("has to be accepted"), default=True)
    # How much it counts in the proposal of the final grade.
    weight = models.PositiveSmallIntegerField(_("weight in the grade"), default=1)
    is_marked_anonymously = models.BooleanField(_("marked without seeing who wrote it"), default=False)
    needs_second_marker = models.BooleanField(_("a second teacher marks it too"), default=False)
    hints_at_likeness = models.BooleanField(_("tell teachers of passages that are alike"), default=True)
    peers = models.CharField(_("peer review"), max_length=9, choices=Peers, default=Peers.NONE)
    reviews_each = models.PositiveSmallIntegerField(_("reviews that each learner writes"), default=2)
    reviews_due = models.DateTimeField(
        _("reviews are due"), null=True, blank=True, help_text=_("Empty: a week after the due date.")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("assignment of a run")
        verbose_name_plural = _("assignments of a run")
        constraints = [
            models.UniqueConstraint(fields=["run", "assignment"], name="each_assignment_once_on_a_run"),
            models.CheckConstraint(
                condition=Q(opens=None) | Q(due=None) | Q(due__gt=F("opens")),
                name="run_assignment_is_due_after_it_opens",
                violation_error_message=_("The assignment is due before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(reviews_due=None) | Q(due=None) | Q(reviews_due__gt=F("due")),
                name="reviews_are_due_after_the_work",
                violation_error_message=_("The reviews are due before the work that they are about."),
            ),
            models.CheckConstraint(
                condition=Q(reviews_each__gte=1, reviews_each__lte=5),
                name="one_to_five_reviews_each",
                violation_error_message=_("Each learner writes from one to five reviews."),
            ),
        ]

    @property
    def has_peers(self) -> bool:
        return self.peers != self.Peers.NONE

    @property
    def is_anonymous_among_peers(self) -> bool:
        return self.peers == self.Peers.ANONYMOUS


class SubmissionStatus(models.TextChoices):
    HANDED_IN = "handed_in", _("Waits for marking")
    SECOND = "second", _("Waits for a second marker")
    DIFFERING = "differing", _("Markers differ")
    AGAIN = "again", _("To be completed")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", pgettext_lazy("mark", "Rejected")
    TAKEN_BACK = "taken_back", _("Taken back")


# Something of the teachers' is still to come of it.
WAITING_FOR_TEACHERS = {SubmissionStatus.HANDED_IN, SubmissionStatus.SECOND, SubmissionStatus.DIFFERING}
MARKED = {SubmissionStatus.AGAIN, SubmissionStatus.ACCEPTED, SubmissionStatus.REJECTED}


class Submission(models.Model):
    """What one learner hands in for one assignment (palautus): one row, a version for each time that it was sent."""

    Status = SubmissionStatus

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="submissions")
    run_assignment = models.ForeignKey(RunAssignment, on_delete=models.PROTECT, related_name="submissions")
    status = models.CharField(_("state"), max_length=10, choices=SubmissionStatus)
    created_at = models.DateTimeField(_("first handed in"), auto_now_add=True)
    # When the newest version came. The order of the marking queue.
    handed_in_at = models.DateTimeField(_("handed in"))
    # By when it has to be completed; only while it is to be.
    again_due = models.DateTimeField(_("to be completed by"), null=True, blank=True)
    # The assessment that the learner sees; NULL until one is released.
    mark = models.ForeignKey("study.Mark", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Who has it open for marking, so that another teacher is told. A hint; what is given decides.
    marker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    marker_since = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "run_assignment"], name="one_submission_of_an_assignment"),
            models.CheckConstraint(
                condition=~Q(status="again") | Q(again_due__isnull=False), name="to_be_completed_has_its_day"
            ),
        ]
        indexes = [models.Index(fields=["run_assignment", "status", "handed_in_at"], name="submissions_in_the_queue")]

    def __str__(self) -> str:
        return str(self.public_id)


class SubmissionVersion(models.Model):
    """A submission as it was handed in at one time: never changed."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("number"))
    # The text as `texts.Flat` has it; {} where there are files alone.
    body = models.JSONField(default=dict)
    words = models.PositiveIntegerField(default=0)
    # What the learner says to the teacher beside the work.
    message = models.TextField(_("message to the teacher"), max_length=2_000, blank=True)
    handed_in_at = models.DateTimeField()
    # After the due date as it was for this person then.
    is_late = models.BooleanField(_("late"), default=False)
    # When its passages were looked for in the other works of the run; NULL: not yet.
    compared_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("version of a submission")
        verbose_name_plural = _("versions of submissions")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="each_version_has_its_number")]

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.number}"


class SubmissionFile(models.Model):
    """A file of a version, in the private storage under a name that tells nothing."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(SubmissionVersion, on_delete=models.CASCADE, related_name="files")
    file = models.FileField(max_length=200)
    name = models.CharField(_("name"), max_length=150)
    size = models.PositiveIntegerField(_("size, bytes"))
    sha256 = models.CharField(max_length=64)
    # The words in it, read by a child process for comparing; "" while it has not been read or has none.
    text = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file of a submission")
        verbose_name_plural = _("files of submissions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class JournalEntry(models.Model):
    """An entry of a learning journal: the learner's own until the journal is handed in."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="journal_entries")
    run_assignment = models.ForeignKey(RunAssignment, on_delete=models.PROTECT, related_name="journal_entries")
    title = models.CharField(_("title"), max_length=150, blank=True)
    body = models.JSONField(default=dict)
    words = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(_("written"))
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    # Set: deleted by the learner, who may still take that back for some days.
    deleted_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("entry of a journal")
        verbose_name_plural = _("entries of journals")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.title or str(self.public_id)
