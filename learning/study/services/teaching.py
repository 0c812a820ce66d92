"""What the teachers of a run do about its learners."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from learning.courses.models import CourseRun
from learning.study import errors, notifications, permissions
from learning.study.attempts.closing import follow_the_dates
from learning.study.models import Attempt, Enrolment
from learning.study.models.enrolments import Status
from learning.study.services.enrolling import take_or_queue
from learning.study.services.moves import lock_enrolment, lock_run, move

if TYPE_CHECKING:
    from accounts.models import User

MOST_DAYS = 365
MOST_PERCENT = 300


@transaction.atomic
def approve(*, enrolment: Enrolment, by: "User") -> Enrolment:
    """Let the applicant in: to a seat, or to the end of the waiting list where there is none. One who was refused, too.

    Approving twice changes nothing more.
    """
    enrolment = _locked(enrolment, by)
    if enrolment.status in {Status.ACTIVE, Status.WAITING, Status.OFFERED, Status.COMPLETED}:
        return enrolment
    if enrolment.status not in {Status.APPLIED, Status.REFUSED}:
        raise errors.NotApplying
    return take_or_queue(enrolment, by=by)


@transaction.atomic
def refuse(*, enrolment: Enrolment, by: "User", reason: str = "") -> Enrolment:
    """Turn the applicant down; the reason is told to them. Refusing twice changes nothing more."""
    enrolment = _locked(enrolment, by)
    if enrolment.status == Status.REFUSED:
        return enrolment
    if enrolment.status != Status.APPLIED:
        raise errors.NotApplying
    reason = reason.strip()
    move(enrolment, Status.REFUSED, by=by, reason=reason)
    notifications.tell(enrolment, notifications.REFUSED, reason=reason)
    return enrolment


@transaction.atomic
def extend(*, enrolment: Enrolment, by: "User", days: int, percent: int) -> Enrolment:
    """Give the learner longer: each due date so many days later, each timer so many per cent longer. Zero ends it."""
    enrolment = _locked(enrolment, by)
    if not (0 <= days <= MOST_DAYS and 0 <= percent <= MOST_PERCENT):
        raise ValidationError(
            _("Give at most %(days)d days and %(percent)d per cent.") % {"days": MOST_DAYS, "percent": MOST_PERCENT}
        )
    if (enrolment.extra_days, enrolment.extra_percent) == (days, percent):
        return enrolment
    enrolment.extra_days, enrolment.extra_percent = days, percent
    move(enrolment, Status(enrolment.status), by=by, reason=f"+{days} d, +{percent} %")
    follow_the_dates(Attempt.objects.filter(enrolment=enrolment))
    return enrolment


@transaction.atomic
def send_message(
    *,
    run: CourseRun,
    to: Iterable[Enrolment],
    by: "User",
    subject: str,
    text: str,
    answers_to: str = "",
    must_act: bool = False,
    key: str = "",
) -> int:
    """Tell learners of the run something; return how many were told now.

    `answers_to`: an address, or "" where answers are not read. With a key the same letter goes to nobody twice.
    """
    if not permissions.may_teach(by, run):
        raise errors.NotTheTeacher
    letter: dict[str, Any] = {
        "subject": subject.strip(),
        "message": text.strip(),
        "teacher": str(by),
        "answers_to": answers_to,
    }
    told = 0
    for enrolment in to:
        if enrolment.run_id == run.pk:
            enrolment.run = run
            told += notifications.tell(enrolment, notifications.MESSAGE, must_act=must_act, key=key, **letter)
    return told


def _locked(enrolment: Enrolment, by: "User") -> Enrolment:
    """The enrolment as it is now, locked; raises for all but the teachers of its run, and where it is their own."""
    run = lock_run(enrolment.run)
    if not permissions.may_mark(by, run):
        raise errors.NotTheTeacher
    if enrolment.learner_id == by.pk:
        raise errors.OwnStudies
    return lock_enrolment(run=run, learner_id=enrolment.learner_id) or enrolment
