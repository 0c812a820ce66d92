"""A learner in the middle of a course, and the addresses of what they open."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.test import Client
from django.urls import reverse

from accounts.models import User
from learning.courses.models import CoursePage, CourseRun, LessonPage
from learning.study.models import Enrolment
from tests.learning.factories import make_course
from tests.learning.study.factories import enrolled, make_run

TEXT = "<p>Alku.</p><h2>Lähteet</h2><p>Arvioinnit ja palautteet.</p><h2>Rinnakkain</h2><p>Kaksi lukijaa.</p>"


@dataclass
class Study:
    """A learner on a run of a course with lessons, with a browser that has signed in."""

    run: CourseRun
    page: CoursePage
    lessons: Sequence[LessonPage]
    enrolment: Enrolment
    client: Client

    @property
    def learner(self) -> User:
        return self.enrolment.learner

    @property
    def home(self) -> str:
        return reverse("study:run", args=[self.run.code])

    def address(self, name: str, at: int = 0) -> str:
        return reverse(f"study:{name}", args=[self.run.code, self.lessons[at].pk])

    def html(self, path: str) -> str:
        response = self.client.get(path)
        assert response.status_code == 200, response.headers
        return " ".join(response.content.decode().replace("\N{SOFT HYPHEN}", "").split())


def begin(modules: int = 2, lessons: int = 2, **run_fields: object) -> Study:
    page = make_course(modules, lessons)
    rows = list(LessonPage.objects.order_by("path"))
    for row in rows:
        row.body = [("text", TEXT)]
        row.save()
    run = make_run(course=page.course, **run_fields)
    enrolment = enrolled(run)
    client = Client()
    client.force_login(enrolment.learner)
    return Study(run, page, rows, enrolment, client)
