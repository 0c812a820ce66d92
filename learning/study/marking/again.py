"""By when a work is to be completed: the last second of a day in Finland."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from common import dates
from common.dates import HELSINKI
from learning.courses.models import Assignment
from learning.study.due import LAST_MINUTE
from learning.study.marking import errors

SOONEST, LATEST = 1, 180


def end_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, LAST_MINUTE, HELSINKI)


def usual_day(assignment: Assignment) -> datetime.datetime:
    """As many days from today as the assignment says."""
    return end_of(today() + datetime.timedelta(days=assignment.resubmission_days))


def days_possible() -> tuple[datetime.date, datetime.date]:
    return today() + datetime.timedelta(days=SOONEST), today() + datetime.timedelta(days=LATEST)


def within_reason(moment: datetime.datetime) -> datetime.datetime:
    """The moment, where its day leaves time to work and is not forgotten; else raises."""
    first, last = days_possible()
    if not first <= moment.astimezone(HELSINKI).date() <= last:
        told = _("Choose a day from %(first)s to %(last)s.") % {"first": dates.day(first), "last": dates.day(last)}
        raise errors.DayNotPossible(told)
    return moment


def today() -> datetime.date:
    return timezone.now().astimezone(HELSINKI).date()
