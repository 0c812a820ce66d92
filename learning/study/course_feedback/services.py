"""Giving feedback, showing it in batches, and telling what it changed."""

import random
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from common import languages
from learning.courses.models import CourseRun
from learning.study import errors as study_errors
from learning.study import permissions
from learning.study.course_feedback import errors, notifications
from learning.study.course_feedback.suppression import GROUP, LEAST, batch_of
from learning.study.course_feedback.times import is_closed, why_not_answer
from learning.study.models import (
    Enrolment,
    FeedbackAnswer,
    FeedbackChange,
    FeedbackRelease,
    FeedbackTicket,
    RunTeacher,
)
from learning.study.services.moves import lock_enrolment, lock_run

if TYPE_CHECKING:
    from accounts.models import User

# The learners of the next runs read them all.
MOST_CHANGES = 20
_lots = random.SystemRandom()


@transaction.atomic
def give(*, enrolment: Enrolment, values: Mapping[str, int], group: str, texts: Mapping[str, str]) -> None:
    """Put the answers in the pot of the run. That they were given is known of the learner, and nothing else.

    Raises FeedbackGiven the second time.
    """
    run = lock_run(enrolment.run)
    enrolment = lock_enrolment(run=run, learner_id=enrolment.learner_id) or enrolment
    refusal = why_not_answer(run, enrolment)
    if refusal is not None:
        raise refusal
    FeedbackTicket.objects.create(enrolment=enrolment)
    pot = list(FeedbackAnswer.objects.filter(run=run).values_list("values", "texts"))
    pot.append((dict(values) | {GROUP: group}, {code: text for code, text in texts.items() if text}))
    _mix(run, pot)


def _mix(run: CourseRun, pot: list[Any]) -> None:
    """Write the whole pot anew in an order drawn by lot.

    Rows that are written one by one stand in the order of writing, and a database may tell which transaction wrote
    each: beside the tickets that would tell whose answer is whose.
    """
    _lots.shuffle(pot)
    FeedbackAnswer.objects.filter(run=run).delete()
    # Changes no page that is cached.
    FeedbackAnswer.objects.bulk_create(FeedbackAnswer(run=run, values=values, texts=texts) for values, texts in pot)


@transaction.atomic
def release(*, run: CourseRun) -> FeedbackRelease | None:
    """Show the teachers what has gathered, if it may be shown, and erase the single answers.

    A run that ends is shown once, after the last day for answering: all answers at once. One without an end is shown
    by five new answers or more.
    """
    run = lock_run(run)
    if run.ends and not is_closed(run):
        return None
    pot = list(FeedbackAnswer.objects.filter(run=run).values_list("values", "texts"))
    if len(pot) < LEAST:
        return None
    shown = FeedbackRelease.objects.create(run=run, shown=batch_of(pot), answers=len(pot))
    FeedbackAnswer.objects.filter(run=run).delete()
    for each in RunTeacher.objects.filter(run=run).select_related("user"):
        notifications.tell_of_results(each.user, run, shown)
    return shown


@transaction.atomic
def tell_change(*, run: CourseRun, by: "User", text: str) -> FeedbackChange:
    """Tell the learners of the runs that follow what the feedback changed; the same sentence twice is told once."""
    run = lock_run(run)
    if not permissions.may_mark(by, run):
        raise study_errors.NotTheTeacher
    if not FeedbackRelease.objects.filter(run=run).exists():
        raise errors.NothingToChangeYet
    told = FeedbackChange.objects.filter(run=run, text=text).first()
    if told is None and FeedbackChange.objects.filter(run=run).count() >= MOST_CHANGES:
        raise errors.TooManyChanges
    return told or FeedbackChange.objects.create(run=run, text=text, by=by, language=languages.current())


@transaction.atomic
def take_change_away(*, change: FeedbackChange, by: "User") -> None:
    if not permissions.may_mark(by, change.run):
        raise study_errors.NotTheTeacher
    change.delete()
