"""What a teacher has given, for tests of the gradebook."""

import datetime

from django.utils import timezone

from learning.study.models import Mark, Submission


def marked(submission: Submission, outcome: str, grade: int | None = None) -> Submission:
    version = submission.versions.get()
    submission.mark = Mark.objects.create(
        submission=submission, version=version, outcome=outcome, grade=grade, released_at=timezone.now()
    )
    submission.status = Submission.Status(outcome)
    submission.again_due = timezone.now() + datetime.timedelta(days=1) if outcome == "again" else None
    submission.save()
    return submission
