"""When things are due, in Finnish time: a person's own longer time counted in."""

import datetime
from zoneinfo import ZoneInfo

from learning.courses.models import CourseRun
from learning.study.models import Enrolment, RunQuiz

HELSINKI = ZoneInfo("Europe/Helsinki")
LAST_MINUTE = datetime.time(23, 59, 59)


def run_ends(run: CourseRun, enrolment: Enrolment | None = None) -> datetime.datetime | None:
    """The last second of the run's last day in Finland, moved by the person's extra days; None: it never ends."""
    if run.ends is None:
        return None
    return _later(datetime.datetime.combine(run.ends, LAST_MINUTE, HELSINKI), enrolment)


def due_of(run_quiz: RunQuiz, enrolment: Enrolment | None = None) -> datetime.datetime | None:
    """When the quiz has to be handed in at the latest: its own due date or else the end of the run.

    Extra days keep the time of the clock: two days after 23.59 on Saturday is 23.59 on Monday, whatever the clocks
    of the land were set to in between.
    """
    if run_quiz.due is None:
        return run_ends(run_quiz.run, enrolment)
    return _later(run_quiz.due.astimezone(HELSINKI), enrolment)


def _later(moment: datetime.datetime, enrolment: Enrolment | None) -> datetime.datetime:
    # Adding to a moment of a zone adds to what its wall clock shows.
    return moment + datetime.timedelta(days=enrolment.extra_days if enrolment else 0)
