"""What services wrote as of now happened in the course of weeks."""

import datetime
from typing import Any

from django.utils import timezone

from blog.models import Submission
from blog.models.submissions import State, Turn
from blog.submitting.moving import USUAL_DAYS
from blog.submitting.states import Act


def backdate(submission: Submission, sent: Any) -> None:
    """Let everything that was done with the text have happened evenly from the day of sending on."""
    began = datetime.datetime.combine(sent, datetime.time(9, 12), datetime.UTC)
    now = timezone.now()
    began = min(began, now - datetime.timedelta(hours=2))
    steps = list(submission.steps.order_by("pk"))
    pause = (now - began) / (len(steps) + 1)
    moments: dict[Any, datetime.datetime] = {}
    for place, step in enumerate(steps):
        step.at = began + pause * place
        moments.setdefault(step.version, step.at)
        step.save(update_fields=["at"])
    last = {step.act: step.at for step in steps}
    turned = max((step.at for step in steps if step.act not in {Act.COMMENT, Act.SUGGEST, Act.NOTE}), default=began)
    for version in submission.versions.all():
        type(version).objects.filter(pk=version.pk).update(made_at=moments.get(version.number, began))
    worked = last.get(Act.COMMENT) or last.get(Act.SUGGEST) or turned
    submission.suggestions.update(made_at=last.get(Act.SUGGEST, worked))
    submission.suggestions.exclude(decided_at=None).update(decided_at=last.get(Act.SEND_BACK, turned))
    for thread in submission.threads.all():
        thread.remarks.update(at=worked)
    submission.threads.update(made_at=worked)
    days = USUAL_DAYS.get(Turn(submission.turn))
    rows = Submission.objects.filter(pk=submission.pk)
    rows.update(
        created_at=began,
        turn_since=turned,
        due=timezone.localdate(turned) + datetime.timedelta(days) if days else None,
    )
    if Act.APPROVE in last:
        rows.exclude(approved_at=None).update(approved_at=last[Act.APPROVE])
    if Act.PUBLISH in last:
        rows.exclude(published_at=None).update(published_at=last[Act.PUBLISH])
        if submission.page is not None:
            submission.page.date = timezone.localdate(last[Act.PUBLISH])
            revision = submission.page.save_revision()
            # What was taken off the site stays off it.
            if submission.state == State.PUBLISHED:
                revision.publish()
