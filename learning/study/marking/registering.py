"""What the room makes known when the service starts."""

from common import jobs
from learning.study.marking import alike, drafting, telling


def register() -> None:
    telling.register_kinds()
    drafting.register()
    jobs.register("works alike", 60, alike.compare_works)
