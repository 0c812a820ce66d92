"""What the worker does, so that nobody is ever blocked by somebody who left or does not write.

Works go to who has time when more were expected and did not come, and when a writer is late. Where no work is left,
fewer reviews are waited for. What nobody can solve is told to the teachers.
"""

import datetime
import logging

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from common.dates import HELSINKI
from learning.study.models import Enrolment, PeerReview, RunAssignment
from learning.study.models.enrolments import Status
from learning.study.reviewing import notifications
from learning.study.reviewing.arranging import arrange
from learning.study.reviewing.exchange import Exchange
from learning.study.reviewing.stepping_in import lower
from learning.study.services.completing import complete_if_done

logger = logging.getLogger(__name__)
# Whole days in Finland before a review is due.
DAYS_BEFORE = (1, 3)
# So long after the end of a run its reviews are looked at.
AFTER_THE_END = datetime.timedelta(days=60)


def look_after_reviews() -> bool:
    """Rescue, remind and tell, in every peer review under way. For the worker."""
    today = timezone.localdate(timezone=HELSINKI)
    under_way = Q(run__ends=None) | Q(run__ends__gte=today - AFTER_THE_END)
    rows = RunAssignment.objects.filter(under_way, submissions__isnull=False)
    rows = rows.exclude(peers=RunAssignment.Peers.NONE).order_by("pk").distinct()
    for run_assignment in rows:
        try:
            rescue(run_assignment=run_assignment)
        except Exception:
            # One that cannot be looked after keeps no other group waiting; it is tried again in a while.
            logger.exception("The peer review of assignment %s of a run could not be looked after", run_assignment.pk)
    return False


def rescue(*, run_assignment: RunAssignment, now: datetime.datetime | None = None) -> Exchange:
    """Give what can be given, let off those for whom nothing is left, and tell what remains."""
    with transaction.atomic():
        exchange = arrange(run_assignment.pk, now)
        for person, work in exchange.works.items():
            number = exchange.owed(person)
            if number > 0 and exchange.is_over_for(work.enrolment):
                lower(work.enrolment, exchange.run_assignment, number)
        _remind(exchange)
        _tell_teachers(exchange)
    # By themselves, because an enrolment is locked before the assignment of the run.
    let_off = Enrolment.objects.filter(status=Status.ACTIVE, pk__in=_let_off(run_assignment))
    for enrolment in let_off:
        complete_if_done(enrolment=enrolment)
    return exchange


def _let_off(run_assignment: RunAssignment) -> list[int]:
    return list(run_assignment.let_off.filter(by=None).values_list("enrolment_id", flat=True))


def late_reviews(exchange: Exchange) -> list[PeerReview]:
    """Reviews whose time is over and that are not written."""
    return [row for row in exchange.to_be_written() if row.due is not None and row.due < exchange.now]


def works_without(exchange: Exchange) -> dict[int, int]:
    """How many reviews works lack that nobody is to write, once no more works are expected."""
    return {} if exchange.is_open else exchange.lacking()


def _remind(exchange: Exchange) -> None:
    today = timezone.localtime(exchange.now, HELSINKI).date()
    for row in exchange.to_be_written():
        if row.due is None or row.due < exchange.now or row.reviewer is None:
            continue
        last = timezone.localtime(row.due, HELSINKI).date()
        days = next((days for days in DAYS_BEFORE if (last - today).days <= days), None)
        # Who got the work as late as that was told then by when to write.
        if days is None or (last - timezone.localtime(row.given_at, HELSINKI).date()).days <= days:
            continue
        key, due = f"{exchange.run_assignment.pk}:{last}:{days}", row.due
        notifications.tell_of_due_date(exchange.run_assignment, row.reviewer, due, key=key)


def _tell_teachers(exchange: Exchange) -> None:
    """Each new thing once, and again after a week while it lasts."""
    late, without = late_reviews(exchange), works_without(exchange)
    if not late and not without:
        return
    newest = max((row.pk for row in late), default=0)
    since = min((row.due for row in late if row.due), default=exchange.now)
    weeks = (exchange.now - since).days // 7
    key = f"{exchange.run_assignment.pk}:{newest}:{max(without, default=0)}:{weeks}"
    run_assignment = exchange.run_assignment
    notifications.tell_teachers(notifications.STALLED, run_assignment, key=key, late=len(late), lacking=len(without))
