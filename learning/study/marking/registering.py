"""What the room makes known when the service starts."""

from common import jobs
from learning.study.marking import alike, drafting, telling, words_of_files


def register() -> None:
    telling.register_kinds()
    drafting.register()
    jobs.register("words of handed-in files", 20, words_of_files.read_files)
    jobs.register("works alike", 60, alike.compare_works)
