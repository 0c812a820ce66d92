"""What the app makes known when it is ready."""

from common import jobs
from learning.study.course_feedback import daily, notifications


def register() -> None:
    notifications.register_kinds()
    jobs.register("reminders of course feedback", 3600, daily.remind)
    jobs.register("course feedback to be shown", 3600, daily.show)
