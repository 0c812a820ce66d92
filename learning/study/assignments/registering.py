"""What the app says of its works when it is ready."""

from common import jobs
from learning.study.assignments import drafting, journal, notifications, unsent

HOUR, DAY = 60 * 60, 24 * 60 * 60


def register() -> None:
    drafting.register()
    notifications.register_kinds()
    jobs.register("files of works that were not handed in", DAY, unsent.forget)
    jobs.register("deleted entries of journals", HOUR, journal.erase_deleted_entries)
