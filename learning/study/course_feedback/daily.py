"""What the worker does of itself: reminds once, shows what has gathered, erases what is never shown."""

import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from learning.courses.models import CourseRun
from learning.study.course_feedback import notifications, services
from learning.study.course_feedback.times import AFTER_THE_END, closes_on, today
from learning.study.models import Enrolment, FeedbackAnswer, FeedbackTicket, RunTeacher
from learning.study.models.enrolments import Status

REMINDED_BEFORE = datetime.timedelta(days=3)
# A run whose end is moved takes answers again; what waits after that is erased.
KEPT_AFTER_CLOSING = datetime.timedelta(days=30)


def remind() -> bool:
    """Remind once those who have completed a run, or are on one that ends within days, and have not answered."""
    day = today()
    going = Q(run__ends=None) | Q(run__ends__gte=day - AFTER_THE_END)
    # Of runs without an end nobody is reminded of what was long ago.
    lately = Q(run__ends__isnull=False) | Q(completed_at__gte=timezone.now() - KEPT_AFTER_CLOSING)
    completed = lately & Q(status=Status.COMPLETED)
    near = completed | Q(status=Status.ACTIVE, run__ends__lte=day + REMINDED_BEFORE)
    asked = Enrolment.objects.filter(
        going,
        near,
        ~Exists(FeedbackTicket.objects.filter(enrolment=OuterRef("pk"))),
        ~Exists(RunTeacher.objects.filter(run=OuterRef("run"), user=OuterRef("learner"))),
        ~notifications.was_told(OuterRef("learner"), OuterRef("run_id")),
    )
    for enrolment in asked.select_related("learner", "run__course"):
        notifications.remind(enrolment, closes_on(enrolment.run))
    return False


def show() -> bool:
    """Release what may be shown, run by run, and erase what is left of runs that closed long ago."""
    FeedbackAnswer.objects.filter(run__ends__lt=today() - AFTER_THE_END - KEPT_AFTER_CLOSING).delete()
    closed = Q(ends=None) | Q(ends__lt=today() - AFTER_THE_END)
    for run in CourseRun.objects.filter(closed, Exists(FeedbackAnswer.objects.filter(run=OuterRef("pk")))):
        services.release(run=run)
    return False
