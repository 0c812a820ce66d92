"""What has happened on a run week by week, and in which states its tasks are: the figures that charts are drawn of."""

import datetime
from collections import Counter
from itertools import accumulate
from typing import Any, NamedTuple

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from common.dates import HELSINKI
from learning.courses.models import CourseRun
from learning.study.models import Attempt, LessonProgress, Submission, SubmissionVersion
from learning.study.models.assignments import SubmissionStatus
from learning.study.models.enrolments import STUDYING
from learning.study.overview.asked import QUIZ, Asked
from learning.study.overview.standings import DONE

MOST_WEEKS = 20
WEEK = datetime.timedelta(days=7)
OF_RUN = {"enrolment__status__in": STUDYING}
ACCEPTED, WAITING, BEGUN, REJECTED, NOTHING = "accepted", "waiting", "begun", "rejected", "nothing"
STATES = (ACCEPTED, WAITING, BEGUN, REJECTED, NOTHING)
# How many learners are in each of the states of a task.
States = dict[str, int]


class Week(NamedTuple):
    """`percent`: of all that the run asks of all learners, what was done by its end; `works`: handed in during it."""

    monday: datetime.date
    percent: int
    works: int

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week


def weeks_of(run: CourseRun, asked: Asked, learners: int) -> list[Week]:
    """The weeks of the run up to now, at most the last twenty; none where it has not begun, or nobody studies."""
    mondays = _mondays(run)
    whole = asked.size * learners
    if not mondays or not whole:
        return []
    lessons = LessonProgress.objects.filter(enrolment__run=run, lesson__in=asked.lessons, **OF_RUN)
    passed = Attempt.objects.filter(enrolment__run=run, is_passed=True, is_practice=False, **OF_RUN)
    works = Submission.objects.filter(enrolment__run=run, status__in=DONE, **OF_RUN)
    by_end = [
        sum(numbers)
        for numbers in zip(
            _before(lessons, "done_at", mondays),
            _before(passed, "handed_in_at", mondays),
            _before(works, "created_at", mondays),
            strict=True,
        )
    ]
    versions = SubmissionVersion.objects.filter(submission__enrolment__run=run)
    handed_in = _before(versions, "handed_in_at", [mondays[0] - WEEK, *mondays])
    return [
        Week(monday, round(100 * done / whole), after - before)
        for monday, done, before, after in zip(mondays, by_end, handed_in, handed_in[1:], strict=False)
    ]


def _mondays(run: CourseRun) -> list[datetime.date]:
    today = timezone.localdate()
    last = min(today, run.ends) if run.ends else today
    first = run.starts - datetime.timedelta(days=run.starts.weekday())
    weeks = (last - first).days // 7 + 1 if last >= run.starts else 0
    return [first + WEEK * number for number in range(weeks)][-MOST_WEEKS:]


def _before(rows: "QuerySet[Any]", field: str, mondays: list[datetime.date]) -> list[int]:
    """How many had happened by the end of each week; one query."""
    ends = [datetime.datetime.combine(monday + WEEK, datetime.time(), HELSINKI) for monday in mondays]
    weeks = [When(**{f"{field}__lt": end}, then=Value(at)) for at, end in enumerate(ends)]
    week = Case(*weeks, output_field=IntegerField())
    counted = dict(rows.order_by().annotate(week=week).values_list("week").annotate(Count("pk")))
    return list(accumulate(counted.get(at, 0) for at in range(len(ends))))


def states_of(run: CourseRun, asked: Asked, learners: int) -> list[States]:
    """The states of every task, in the order of the run, for so many learners; two queries."""
    if not learners or not asked.tasks:
        return []
    quizzes, works = _of_quizzes(run), _of_works(run)
    found = []
    for task in asked.tasks:
        numbers = (quizzes if task.kind == QUIZ else works).get(task.pk, Counter())
        rest = learners - sum(numbers.values())
        found.append({state: numbers[state] for state in STATES[:-1]} | {NOTHING: max(0, rest)})
    return found


def _of_quizzes(run: CourseRun) -> dict[int, Counter[str]]:
    rows = Attempt.objects.filter(enrolment__run=run, is_practice=False, **OF_RUN).order_by()
    counted = rows.values_list("run_quiz").annotate(
        tried=Count("enrolment", distinct=True),
        passed=Count("enrolment", filter=Q(is_passed=True), distinct=True),
    )
    return {quiz: Counter({ACCEPTED: passed, BEGUN: tried - passed}) for quiz, tried, passed in counted}


_STATE_OF = {
    SubmissionStatus.HANDED_IN: WAITING,
    SubmissionStatus.SECOND: WAITING,
    SubmissionStatus.DIFFERING: WAITING,
    SubmissionStatus.AGAIN: BEGUN,
    SubmissionStatus.ACCEPTED: ACCEPTED,
    SubmissionStatus.REJECTED: REJECTED,
    SubmissionStatus.TAKEN_BACK: BEGUN,
}


def _of_works(run: CourseRun) -> dict[int, Counter[str]]:
    rows = Submission.objects.filter(enrolment__run=run, **OF_RUN).order_by()
    found: dict[int, Counter[str]] = {}
    for pk, status, number in rows.values_list("run_assignment", "status").annotate(Count("pk")):
        found.setdefault(pk, Counter())[_STATE_OF[SubmissionStatus(status)]] += number
    return found
