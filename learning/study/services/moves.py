"""The one way in which an enrolment changes its state."""

from typing import TYPE_CHECKING

from learning.courses.models import CourseRun
from learning.study.models import Enrolment, EnrolmentEvent
from learning.study.models.enrolments import Status

if TYPE_CHECKING:
    from accounts.models import User

MOST_OF_A_REASON = 500


def lock_run(run: CourseRun) -> CourseRun:
    """Read the run anew and keep others from changing who is on it until the transaction ends."""
    # "No key": rows that refer to the run may still be written, for example progress in it.
    return CourseRun.objects.select_for_update(no_key=True).get(pk=run.pk)


def lock_enrolment(*, run: CourseRun, learner_id: int) -> Enrolment | None:
    """Read the learner's row anew and lock it; always after its run, so that two never wait for each other."""
    enrolment = Enrolment.objects.select_for_update(no_key=True).filter(run=run, learner_id=learner_id).first()
    if enrolment is not None:
        enrolment.run = run
    return enrolment


def move(enrolment: Enrolment, after: Status, *, by: "User | None", reason: str = "") -> Enrolment:
    """Save the enrolment in its new state and write the event. The caller has locked it and checked the rule."""
    before = enrolment.status
    enrolment.status = after
    enrolment.save()
    EnrolmentEvent.objects.create(
        enrolment=enrolment, before=before, after=after, by=by, reason=reason[:MOST_OF_A_REASON]
    )
    return enrolment
