"""What holds for a learner and an assignment now: the page tells it, and the services refuse by it."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from common import dates
from common.errors import Refused
from learning.study.assignments import errors
from learning.study.due import again_due_of, due_of_assignment, run_ends
from learning.study.models import Enrolment, Mark, RunAssignment, Submission
from learning.study.models.assignments import SubmissionStatus


@dataclass(frozen=True)
class Rules:
    """`due` is the one that holds now: of completing where the work is to be completed. Extra days are in it."""

    opens: datetime.datetime | None
    due: datetime.datetime | None
    # The last moment at which a late work is taken; None: no such end.
    ends: datetime.datetime | None
    is_late: bool
    # Why nothing can be handed in now; None: it can.
    why_not: Refused | None
    takes_late: bool
    extra_days: int
    # How many more times the teachers may ask to complete it.
    rounds_left: int
    again_due: datetime.datetime | None
    is_again: bool
    # Why what was handed in cannot be taken back; None: it can.
    why_not_back: Refused | None

    @property
    def may_write(self) -> bool:
        return self.why_not is None

    @property
    def may_take_back(self) -> bool:
        return self.why_not_back is None


def rules_of(
    run_assignment: RunAssignment,
    enrolment: Enrolment | None,
    submission: Submission | None,
    now: datetime.datetime | None = None,
) -> Rules:
    """Without an enrolment, what would hold for somebody who has just begun. Two queries where a work was handed in."""
    now = now or timezone.now()
    is_again = submission is not None and submission.status == SubmissionStatus.AGAIN
    again_due = again_due_of(submission, enrolment) if is_again and submission and enrolment else None
    due = again_due or due_of_assignment(run_assignment, enrolment)
    takes_late = run_assignment.late == RunAssignment.Late.MARKED
    ends = _end(run_assignment, enrolment, due, again_due) if takes_late else due
    is_late = due is not None and now > due
    has_begun = submission is not None and not is_again and is_marking_begun(submission)
    standing = _of_submission(submission, has_begun=has_begun, is_late=is_late)
    return Rules(
        opens=run_assignment.opens,
        due=due,
        ends=ends,
        is_late=is_late,
        why_not=_why_not(run_assignment, enrolment, ends, now) or standing,
        takes_late=takes_late,
        extra_days=enrolment.extra_days if enrolment else 0,
        rounds_left=_rounds_left(run_assignment, submission),
        again_due=again_due,
        is_again=is_again,
        why_not_back=_why_not_back(enrolment, submission, has_begun=has_begun, is_late=is_late),
    )


def is_marking_begun(submission: Submission) -> bool:
    """Whether somebody has given an assessment of the newest version, also one that nobody sees yet."""
    newest = submission.versions.order_by("-number").values("pk")[:1]
    return Mark.objects.filter(submission=submission, version__in=newest).exists()


def _end(
    run_assignment: RunAssignment,
    enrolment: Enrolment | None,
    due: datetime.datetime | None,
    again_due: datetime.datetime | None,
) -> datetime.datetime | None:
    """A late work is taken until the run ends; one that is due after that, until it is due."""
    end = run_ends(run_assignment.run, enrolment)
    if end is None or again_due is not None:
        # Completing was asked for by a teacher, perhaps after the run had ended.
        return None
    return max(end, due) if due else end


def _why_not(
    run_assignment: RunAssignment,
    enrolment: Enrolment | None,
    ends: datetime.datetime | None,
    now: datetime.datetime,
) -> Refused | None:
    if enrolment is not None and not enrolment.is_studying:
        return errors.NotStudying()
    if run_assignment.opens is not None and now < run_assignment.opens:
        return errors.NotOpenYet(_opens(run_assignment.opens))
    if ends is not None and now > ends:
        return errors.RunIsOver() if run_assignment.late == RunAssignment.Late.MARKED else errors.TooLate()
    return None


def _opens(moment: datetime.datetime) -> str:
    told = {"day": dates.near_day(moment), "clock": dates.clock(moment)}
    return _("The assignment opens on %(day)s %(clock)s.") % told


def _of_submission(submission: Submission | None, *, has_begun: bool, is_late: bool) -> Refused | None:
    """Until it is due, what was handed in may be replaced by a new version as long as nobody has marked it."""
    status = submission.status if submission else ""
    if not status or status in {SubmissionStatus.AGAIN, SubmissionStatus.TAKEN_BACK}:
        return None
    if status in {SubmissionStatus.ACCEPTED, SubmissionStatus.REJECTED}:
        return errors.MarkedAlready()
    if has_begun or status != SubmissionStatus.HANDED_IN or is_late:
        return errors.WithTheTeachers()
    return None


def _why_not_back(
    enrolment: Enrolment | None, submission: Submission | None, *, has_begun: bool, is_late: bool
) -> Refused | None:
    if submission is None or submission.status in {SubmissionStatus.TAKEN_BACK, SubmissionStatus.AGAIN}:
        return errors.NothingToTakeBack()
    if enrolment is None or not enrolment.is_studying:
        return errors.NotStudying()
    if submission.status in {SubmissionStatus.ACCEPTED, SubmissionStatus.REJECTED}:
        return errors.MarkedAlready()
    if has_begun or submission.status != SubmissionStatus.HANDED_IN:
        return errors.MarkingHasBegun()
    # A version that completes an earlier one is not taken back: its own due date is no more.
    if submission.mark_id is not None:
        return errors.NothingToTakeBack()
    return errors.TooLateToTakeBack() if is_late else None


def _rounds_left(run_assignment: RunAssignment, submission: Submission | None) -> int:
    most = run_assignment.assignment.resubmissions
    if submission is None:
        return most
    asked = Mark.objects.filter(submission=submission, outcome=Mark.Outcome.AGAIN, released_at__isnull=False)
    return max(0, most - asked.values("version").distinct().count())
