"""When feedback on a run is asked, and of whom. Days are Finnish."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from common import dates
from common.dates import HELSINKI
from common.errors import Refused
from learning.courses.models import CourseRun
from learning.study.course_feedback import errors
from learning.study.models import Enrolment, FeedbackTicket, RunTeacher
from learning.study.models.enrolments import Status

BEFORE_THE_END = datetime.timedelta(days=14)
AFTER_THE_END = datetime.timedelta(days=21)


def today() -> datetime.date:
    return timezone.localdate(timezone=HELSINKI)


def opens_on(run: CourseRun) -> datetime.date | None:
    """From when everybody on the run is asked; None where there is no end: then those who complete it are."""
    return max(run.starts, run.ends - BEFORE_THE_END) if run.ends else None


def closes_on(run: CourseRun) -> datetime.date | None:
    """The last day for answering; None where there is none."""
    return run.ends + AFTER_THE_END if run.ends else None


def is_closed(run: CourseRun) -> bool:
    last = closes_on(run)
    return last is not None and today() > last


def why_not_answer(run: CourseRun, enrolment: Enrolment) -> Refused | None:
    """Why the learner is not asked now, or None. The page tells it, and the service refuses by it."""
    refusal = _not_in_time(run, enrolment)
    if refusal is not None:
        return refusal
    if FeedbackTicket.objects.filter(enrolment=enrolment).exists():
        return errors.FeedbackGiven()
    if RunTeacher.objects.filter(run=run, user_id=enrolment.learner_id).exists():
        return errors.TeachersDoNotAnswer()
    return None


def _not_in_time(run: CourseRun, enrolment: Enrolment) -> Refused | None:
    if is_closed(run):
        return errors.FeedbackClosed()
    if enrolment.status == Status.COMPLETED:
        return None
    first = opens_on(run)
    if enrolment.status != Status.ACTIVE or first is None:
        return errors.FeedbackNotOpen()
    if today() < first:
        told = _("Feedback is asked from %(day)s on, or as soon as you have completed the course.")
        return errors.FeedbackNotOpen(told % {"day": dates.day(first)})
    return None
