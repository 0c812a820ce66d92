"""Ten runs for the demonstration's learner, each of a course of its own: `python -m tests.benchmarks.runs`."""

import datetime
import os

RUNS = 10
MODULES, LESSONS = 4, 4


def make() -> None:
    from django.utils import timezone

    from accounts.models import User
    from learning.courses.models import Quiz
    from learning.study.models import Enrolment, LessonProgress, RunQuiz
    from learning.study.outline import contents_of
    from learning.study.services.enrolling import enrol
    from tests.learning.factories import make_course
    from tests.learning.study.factories import make_run

    learner = User.objects.get(email="opiskelija@demo.example")
    now = timezone.now()
    for number in range(RUNS - Enrolment.objects.filter(learner=learner).count()):
        course = make_course(MODULES, LESSONS, code=f"penkki-{number}").course
        run = make_run(course=course)
        quiz = Quiz.objects.create(course=course, code=f"penkki-{number}", title=f"Visa {number}")
        RunQuiz.objects.create(run=run, quiz=quiz, due=now + datetime.timedelta(days=number + 1))
        enrolment = enrol(learner=learner, run=run)
        lessons = contents_of(course.pk).lessons[: 2 * number]
        LessonProgress.objects.bulk_create(
            LessonProgress(enrolment=enrolment, lesson_id=lesson.pk, seen_at=now, done_at=now) for lesson in lessons
        )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    import django

    django.setup()
    make()
