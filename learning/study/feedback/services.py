"""What is said about a work between its writer and the teachers of the run."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from common.errors import Refused
from common.limits import Limit
from learning.study import permissions
from learning.study.feedback import errors, notifications
from learning.study.models import Submission, SubmissionRemark
from learning.study.models.assignments import SubmissionStatus

REMARKS = Limit("submission-remark", 40, 60 * 60)
# The same words from the same person within so long are one message that was sent twice.
TWICE = datetime.timedelta(minutes=10)


@transaction.atomic
def remark(*, submission: Submission, by: Any, text: str) -> SubmissionRemark:
    """Say something about the work. The other side is told in the morning letter."""
    rows = Submission.objects.select_for_update(no_key=True, of=("self",))
    related = ("enrolment__learner", "run_assignment__assignment", "run_assignment__run__course")
    submission = rows.select_related(*related).get(pk=submission.pk)
    refusal = why_not_remark(by, submission)
    if refusal is not None:
        raise refusal
    is_teacher = submission.enrolment.learner_id != by.pk
    since = timezone.now() - TWICE
    sent = submission.remarks.filter(author=by, text=text, at__gte=since).first()
    if sent is not None:
        return sent
    if not is_teacher and REMARKS.spend_as(f"{by.pk}"):
        raise errors.TooMany
    said = SubmissionRemark.objects.create(submission=submission, author=by, is_teacher=is_teacher, text=text)
    notifications.tell_of_remark(submission, said)
    return said


def why_not_remark(person: Any, submission: Submission) -> Refused | None:
    """Why the person says nothing about the work, or None. The pages ask it too."""
    if submission.enrolment.learner_id == person.pk:
        is_open = submission.mark_id is not None or submission.remarks.exists()
        return None if is_open and submission.enrolment.is_studying else errors.NotYet()
    is_there = submission.status != SubmissionStatus.TAKEN_BACK
    return None if is_there and permissions.may_teach(person, submission.run_assignment.run) else errors.NotOfTheWork()
