"""What the room makes known when the service starts."""

from common import jobs
from learning.study.co_teaching import notifications
from learning.study.co_teaching.room import forms, services


def register() -> None:
    notifications.register_kinds()
    forms.register_drafts()
    jobs.register("deleted notes of teachers' rooms", 60 * 60, services.erase_deleted)
