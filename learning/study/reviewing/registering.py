"""What peer review says of itself and listens to when the app is ready."""

from typing import Any

from common import jobs
from learning.study import signals
from learning.study.models import Submission
from learning.study.reviewing import arranging, drafting, notifications, permissions, rescuing

# Often enough that who comes back, and works that come no more, are seen the same hour.
EVERY = 5 * 60


def register() -> None:
    notifications.register_kinds()
    drafting.register()
    permissions.register()
    jobs.register("peer reviews", EVERY, rescuing.look_after_reviews)
    signals.handed_in.connect(_came, dispatch_uid="reviewing")
    signals.taken_back.connect(_went, dispatch_uid="reviewing")


def _came(submission: Submission, **_more: Any) -> None:
    arranging.work_came(submission)


def _went(submission: Submission, **_more: Any) -> None:
    arranging.work_went(submission)
