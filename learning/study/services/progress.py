"""How far a learner has come: noticed when a lesson is opened, told by the learner when it is done."""

import datetime
import re

from django.db import transaction
from django.utils import timezone

from learning.study.models import Enrolment, LessonProgress
from learning.study.models.enrolments import STUDYING
from learning.study.services.completing import complete_if_done

# What is opened again sooner is the same reading.
SITTING = datetime.timedelta(minutes=1)
PLACE = re.compile(r"[\w-]{0,100}")


def open_lesson(*, enrolment: Enrolment, lesson_id: int, seen_at: datetime.datetime | None) -> None:
    """Notice that the learner opens the lesson; `seen_at` is when they last did. Seldom writes."""
    now = timezone.now()
    if seen_at is not None and now - seen_at < SITTING:
        return
    LessonProgress.objects.update_or_create(enrolment=enrolment, lesson_id=lesson_id, defaults={"seen_at": now})
    Enrolment.objects.filter(pk=enrolment.pk).update(seen_at=now)


@transaction.atomic
def mark_done(*, enrolment: Enrolment, lesson_id: int, at: datetime.datetime | None = None) -> LessonProgress:
    """Mark the lesson done; doing so twice keeps the first time. `at`: when it was done without a connection."""
    now = timezone.now()
    row, _made = LessonProgress.objects.select_for_update().get_or_create(
        enrolment=enrolment, lesson_id=lesson_id, defaults={"seen_at": now}
    )
    if row.done_at is None:
        # The clock of a device may be wrong: not before the lesson was opened, not in the future.
        row.done_at = min(now, max(at or now, row.opened_at))
        row.save(update_fields=["done_at"])
    if enrolment.status in STUDYING:
        complete_if_done(enrolment=enrolment)
    return row


def mark_not_done(*, enrolment: Enrolment, lesson_id: int) -> None:
    """Take the mark back. What was completed by it stays completed."""
    LessonProgress.objects.filter(enrolment=enrolment, lesson_id=lesson_id).update(done_at=None)


def remember_place(*, enrolment: Enrolment, lesson_id: int, place: str) -> None:
    """Remember the heading that the reader came to; what is no id of a heading is not remembered."""
    if PLACE.fullmatch(place):
        now = timezone.now()
        LessonProgress.objects.filter(enrolment=enrolment, lesson_id=lesson_id).update(place=place, seen_at=now)
