"""A run for the desk of its teachers, of 500 learners and 20 tasks: `python -m tests.benchmarks.desks [learners]`.

Rows go straight into the tables. What is made looks like a run half way: who came late has done little, one in seven
has stopped, some works wait and some were sent back.
"""

import datetime
import os
import random
import sys
from typing import Any

CODE = "tyopoyta"
LEARNERS, MODULES, LESSONS, TASKS = 500, 8, 4, 20
CHUNK = 500
# The password of nobody: these people never sign in.
NO_PASSWORD = "!"


def make(number: int = LEARNERS, code: str = CODE) -> None:
    """Make the run on top of what there is; the demonstration's teacher teaches it."""
    from django.db import transaction
    from django.utils import timezone

    from accounts.models import User
    from learning.courses.models import ModulePage
    from learning.study.models import RunTeacher
    from tests.learning.factories import make_course
    from tests.learning.study.factories import make_run

    dice = random.Random(1)
    with transaction.atomic():
        page = make_course(MODULES, LESSONS, code=code)
        starts = timezone.localdate() - datetime.timedelta(days=56)
        run = make_run(course=page.course, code=code, starts=starts)
        RunTeacher.objects.create(
            run=run, user=User.objects.get(email="opettaja@demo.example"), role=RunTeacher.Role.RESPONSIBLE
        )
        modules = list(ModulePage.objects.descendant_of(page).order_by("path"))
        quizzes, assignments = _tasks(run, modules)
        enrolments = _enrolments(run, number)
        _progress(dice, page, enrolments)
        _attempts(dice, enrolments, quizzes)
        _works(dice, enrolments, assignments)


def _now() -> datetime.datetime:
    from django.utils import timezone

    return timezone.now()


def _tasks(run: Any, modules: list[Any]) -> tuple[list[Any], list[Any]]:
    from tests.learning.study.factories import make_quiz
    from tests.learning.study.handing_in import assigned

    half = TASKS // 2
    quizzes, assignments = [], []
    for at in range(half):
        due = _now() + datetime.timedelta(days=7 * at - 35)
        module = modules[at % len(modules)]
        quizzes.append(make_quiz(run, module=module, due=due))
        assignments.append(assigned(run, module=module, due=due, title=f"Oppimistehtävä {at + 1}"))
    return quizzes, assignments


def _enrolments(run: Any, number: int) -> list[Any]:
    from accounts.models import User
    from learning.study.models import Enrolment

    before = User.objects.count()
    people = User.objects.bulk_create(
        [
            User(
                email=f"{run.code}-{at + before}@example.org",
                first_name=f"Oppija {at}",
                last_name=f"Esimerkki {at % 97:02}",
                password=NO_PASSWORD,
            )
            for at in range(number)
        ],
        CHUNK,
    )
    now = _now()
    made = Enrolment.objects.bulk_create(
        [
            Enrolment(
                learner=person,
                run=run,
                status="completed" if at % 11 == 0 else "active",
                completed_at=now if at % 11 == 0 else None,
                extra_days=7 if at % 25 == 0 else 0,
                seen_at=now - datetime.timedelta(days=20 if at % 7 == 0 else at % 7),
            )
            for at, person in enumerate(people)
        ],
        CHUNK,
    )
    Enrolment.objects.filter(run=run).update(created_at=now - datetime.timedelta(days=60))
    return made


def _progress(dice: random.Random, page: Any, enrolments: list[Any]) -> None:
    from learning.courses.models import LessonPage
    from learning.study.models import LessonProgress

    lessons = list(LessonPage.objects.descendant_of(page).order_by("path"))
    now = _now()
    rows = []
    for enrolment in enrolments:
        for at, lesson in enumerate(lessons[: dice.randint(0, len(lessons))]):
            moment = now - datetime.timedelta(days=50 - at)
            rows.append(LessonProgress(enrolment=enrolment, lesson=lesson, seen_at=moment, done_at=moment))
    LessonProgress.objects.bulk_create(rows, CHUNK)


def _attempts(dice: random.Random, enrolments: list[Any], quizzes: list[Any]) -> None:
    from learning.study.models import Attempt

    rows = []
    for enrolment in enrolments:
        for at, quiz in enumerate(quizzes[: dice.randint(2, len(quizzes))]):
            moment = _now() - datetime.timedelta(days=45 - 4 * at)
            points = dice.randint(3, 10)
            rows.append(
                Attempt(
                    enrolment=enrolment,
                    run_quiz=quiz,
                    number=1,
                    status="handed_in",
                    rules={"title": "Visa", "pass_percent": 50, "minutes": None},
                    started_at=moment,
                    handed_in_at=moment + datetime.timedelta(minutes=dice.randint(5, 40)),
                    points=points,
                    points_possible=10,
                    is_passed=points >= 5,
                )
            )
    Attempt.objects.bulk_create(rows, CHUNK)


def _works(dice: random.Random, enrolments: list[Any], assignments: list[Any]) -> None:
    from learning.study.models import Mark, Submission, SubmissionVersion

    states = ["accepted", "accepted", "accepted", "handed_in", "handed_in", "again"]
    works = []
    for enrolment in enrolments:
        for at, assignment in enumerate(assignments[: dice.randint(2, len(assignments))]):
            moment, state = _now() - datetime.timedelta(days=45 - 4 * at), dice.choice(states)
            again = _now() + datetime.timedelta(days=dice.randint(-5, 9)) if state == "again" else None
            works.append(
                Submission(
                    enrolment=enrolment,
                    run_assignment=assignment,
                    status=state,
                    handed_in_at=moment,
                    again_due=again,
                )
            )
    works = Submission.objects.bulk_create(works, CHUNK)
    versions = SubmissionVersion.objects.bulk_create(
        [
            SubmissionVersion(
                submission=each, number=1, words=300, handed_in_at=each.handed_in_at, is_late=each.pk % 9 == 0
            )
            for each in works
        ],
        CHUNK,
    )
    marks = Mark.objects.bulk_create(
        [
            Mark(submission=work, version=version, outcome=work.status, released_at=_now())
            for work, version in zip(works, versions, strict=True)
            if work.status in {"accepted", "again"}
        ],
        CHUNK,
    )
    for mark in marks:
        mark.submission.mark = mark
    Submission.objects.bulk_update([mark.submission for mark in marks], ["mark"], CHUNK)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django

    django.setup()
    make(int(sys.argv[1]) if len(sys.argv) > 1 else LEARNERS)
