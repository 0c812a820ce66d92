"""The waiting list: freed seats are offered in order, each for a time."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from learning.courses.models import CourseRun
from learning.study import notifications
from learning.study.models import Enrolment
from learning.study.models.enrolments import HOLDING_A_SEAT, Status
from learning.study.services.moves import lock_run, move


def free_seats(run: CourseRun) -> int | None:
    """How many seats nobody holds; None where there is no limit. Fewer seats than learners leaves none."""
    if run.seats is None:
        return None
    return max(0, run.seats - Enrolment.objects.filter(run=run, status__in=HOLDING_A_SEAT).count())


@transaction.atomic
def offer_freed_seats(*, run: CourseRun) -> list[Enrolment]:
    """Offer each free seat to the one who has waited longest; return those who were offered one."""
    run = lock_run(run)
    if run.state == "past":
        return []
    waiting = Enrolment.objects.waiting_for(run).select_for_update(no_key=True, of=("self",))
    free = free_seats(run)
    offered = list(waiting if free is None else waiting[:free])
    ends = timezone.now() + datetime.timedelta(hours=run.offer_hours)
    for enrolment in offered:
        enrolment.run = run
        enrolment.offer_ends = ends
        move(enrolment, Status.OFFERED, by=None)
        notifications.tell(enrolment, notifications.OFFERED, until=ends.isoformat())
    return offered


def lapse_offers() -> bool:
    """Take back seats whose offer was not answered in time, and offer what is free. For the worker.

    It also finds seats that were added to a run with a waiting list.
    """
    lapsed = Q(status=Status.OFFERED, offer_ends__lte=timezone.now())
    queued = Q(status=Status.WAITING) & ~Q(run__ends__lt=timezone.localdate())
    runs = CourseRun.objects.filter(pk__in=Enrolment.objects.filter(lapsed | queued).values("run_id"))
    moved = [_lapse_on(run) for run in runs]
    return any(moved)


@transaction.atomic
def _lapse_on(run: CourseRun) -> bool:
    run = lock_run(run)
    late = Enrolment.objects.filter(run=run, status=Status.OFFERED, offer_ends__lte=timezone.now())
    lapsed = list(late.select_for_update(no_key=True, of=("self",)).select_related("learner"))
    for enrolment in lapsed:
        enrolment.run = run
        move(enrolment, Status.LAPSED, by=None)
        notifications.tell(enrolment, notifications.LAPSED)
    return bool(lapsed) | bool(offer_freed_seats(run=run))
