"""The gradebook at the teachers' desk: who opens it, what it shows, narrowing, giving final grades."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from learning.courses.models import Course, CourseRun
from learning.study.gradebook.grades import final_of
from learning.study.gradebook.services import give_final
from learning.study.models import Enrolment, RunTeacher
from learning.study.models.enrolments import Status
from learning.study.services.moves import move
from tests.learning.study.factories import enrolled, make_person, make_run, make_teacher
from tests.learning.study.gradebook.marking import completed, marked
from tests.learning.study.handing_in import assigned, handed_in
from tests.learning.study.quizzes import page_of, words
from tests.learning.study.visiting import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls("config.urls")]


@pytest.fixture
def run() -> CourseRun:
    course = Course.objects.create(
        code="rakenne", name_fi="Rakenne", hours=135, credits=5, assessment=Course.Assessment.GRADE
    )
    return make_run(course=course, requires_lessons=False)


@pytest.fixture
def teacher(run: CourseRun) -> User:
    return make_teacher(run)


@pytest.fixture
def client(teacher: User) -> Client:
    return signed_in(teacher)


def address(run: CourseRun, query: str = "") -> str:
    return reverse("run_gradebook", args=[run.code]) + query


def with_grade(run: CourseRun, grade: int, name: str = "oppija") -> Enrolment:
    essay = run.run_assignments.first() or assigned(run, scale="grade", title="Oppimistehtävä")
    learner = enrolled(run, name)
    marked(handed_in(learner, essay), "accepted", grade)
    return completed(learner)


def names(page: BeautifulSoup) -> list[str]:
    return [words(link) for link in page.select("tbody th a")]


def test_each_learner_has_a_row_with_states_in_words(run: CourseRun, client: Client) -> None:
    essay = assigned(run, scale="grade", title="Oppimistehtävä")
    handed_in(enrolled(run, "bertta"), essay)
    with_grade(run, 4, "aatos")
    page = page_of(client, address(run))
    assert names(page) == ["Aatos Testi", "Bertta Testi"]
    first, second = page.select("tbody tr")
    assert "4" in words(first)
    assert "Hyväksytty" in words(first) or "Accepted" in words(first)
    assert second.select_one("td.g-waiting") is not None
    assert words(second.select("td")[0]) == "0/1"


@pytest.mark.parametrize("who", ["stranger", "other", "learner"])
def test_to_others_the_gradebook_does_not_exist(run: CourseRun, who: str) -> None:
    learner = enrolled(run)
    person = {"stranger": make_person("vieras"), "other": make_teacher(make_run()), "learner": learner.learner}[who]
    for path in (address(run), reverse("run_results", args=[run.code, learner.public_id])):
        assert signed_in(person).get(path).status_code in {403, 404}


def test_an_assistant_reads_and_gives_nothing(run: CourseRun) -> None:
    learner = with_grade(run, 4)
    assistant = make_person("avustaja", Role.TEACHER)
    RunTeacher.objects.create(run=run, user=assistant, role=RunTeacher.Role.ASSISTANT)
    client = signed_in(assistant)
    assert not page_of(client, address(run)).select("input[name=chosen], button[name=act]")
    chosen = {"chosen": f"{learner.public_id}:4", "act": "give"}
    assert client.post(reverse("run_give_final", args=[run.code]), chosen).status_code == 404
    client.post(reverse("run_results", args=[run.code, learner.public_id]), {"grade": "4"})
    assert final_of(learner) is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Aatos", "Bertta", "Cecilia"]),
        ("?haku=bert", ["Bertta"]),
        ("?haku=20123", ["Aatos"]),
        ("?tila=kesken", ["Bertta", "Cecilia"]),
        ("?tila=suoritettu", ["Aatos"]),
        ("?tila=ilman", ["Aatos"]),
        ("?tila=annettu", []),
        ("?puuttuu=1", ["Bertta", "Cecilia"]),
        ("?jarjestys=edistyminen", ["Bertta", "Cecilia", "Aatos"]),
        ("?laitos=ei", ["Aatos", "Bertta", "Cecilia"]),
        ("?laitos=999999", []),
        ("?tila=x&laitos=-1&tehtava=y&jarjestys=z", ["Aatos", "Bertta", "Cecilia"]),
    ],
)
def test_it_can_be_narrowed_and_ordered(run: CourseRun, client: Client, query: str, found: list[str]) -> None:
    first = with_grade(run, 3, "aatos")
    Enrolment.objects.filter(pk=first.pk).update(student_number="2012345")
    enrolled(run, "bertta"), enrolled(run, "cecilia")
    move(enrolled(run, "daavid"), Status.WITHDRAWN, by=None)
    assert names(page_of(client, address(run, query))) == [f"{name} Testi" for name in found]


def test_one_task_can_be_looked_at_alone(run: CourseRun, client: Client) -> None:
    first, second = assigned(run), assigned(run)
    learner, other = enrolled(run, "aatos"), enrolled(run, "bertta")
    marked(handed_in(learner, first), "accepted")
    page = page_of(client, address(run, f"?tehtava=assignment-{first.pk}&puuttuu=1"))
    assert names(page) == ["Bertta Testi"]
    assert len(page.select("thead th")) == 4
    assert other.pk and second.pk


def test_the_proposals_are_shown_once_more_before_they_are_given(run: CourseRun, client: Client) -> None:
    learners = [with_grade(run, 3, "aatos"), with_grade(run, 5, "bertta")]
    page = page_of(client, address(run))
    values = [str(field["value"]) for field in page.select("input[name=chosen]")]
    assert values == [f"{learners[0].public_id}:3", f"{learners[1].public_id}:5"]
    way = reverse("run_give_final", args=[run.code])
    asked = client.post(way, {"on_page": values, "act": "all"})
    assert asked.status_code == 200
    assert [final_of(learner) for learner in learners] == [None, None]
    assert client.post(way, {"chosen": values, "act": "give"}).status_code == 302
    assert [final.grade if (final := final_of(learner)) else None for learner in learners] == [3, 5]


def test_a_teacher_gives_and_changes_a_grade_with_a_reason(run: CourseRun, client: Client) -> None:
    learner = with_grade(run, 3)
    way = reverse("run_results", args=[run.code, learner.public_id])
    chosen = page_of(client, way).select_one("input[name=grade][checked]")
    assert chosen is not None
    assert chosen["value"] == "3"
    client.post(way, {"grade": "3"})
    client.post(way, {"grade": "4"})
    final = final_of(learner)
    assert final is not None
    assert final.grade == 3
    client.post(way, {"grade": "4", "reason": "Lisätyö laskettiin mukaan."})
    assert "Lisätyö laskettiin mukaan." in words(page_of(client, way))
    client.post(way, {"act": "back", "back-reason": "Virhe."})
    assert final_of(learner) is None


def test_the_tasks_of_a_learner_lead_to_the_works(run: CourseRun, client: Client) -> None:
    learner, essay, nameless = enrolled(run, "aatos"), assigned(run), assigned(run, is_marked_anonymously=True)
    work, hidden = handed_in(learner, essay), handed_in(learner, nameless)
    page = client.get(reverse("run_results", args=[run.code, learner.public_id])).content.decode()
    assert reverse("run_mark", args=[run.code, work.public_id]) in page
    assert str(hidden.public_id) not in page


def test_a_grade_that_is_not_on_the_scale_comes_back_with_its_error(run: CourseRun, client: Client) -> None:
    learner = with_grade(run, 3)
    way = reverse("run_results", args=[run.code, learner.public_id])
    answer = client.post(way, {"grade": "6"})
    assert answer.status_code == 422
    assert b"error-summary" in answer.content


def test_the_number_of_queries_does_not_grow(run: CourseRun, client: Client) -> None:
    def asked() -> int:
        client.get(address(run))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(run)).status_code == 200
        return len(queries)

    essay = assigned(run, peers="anonymous")
    handed_in(enrolled(run), essay)
    few = asked()
    for _ in range(6):
        handed_in(enrolled(run), essay)
        assigned(run)
    assert asked() == few
    assert few <= 30


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_a_teacher_does_shows_at_once_on_a_page_that_is_kept(
    run: CourseRun, client: Client, settings: Any, teacher: User
) -> None:
    settings.KEPT_SECONDS = 60
    essay = assigned(run, scale="grade")
    learner = enrolled(run)
    work = handed_in(learner, essay)
    assert page_of(client, address(run)).select("td.g-waiting")
    marked(work, "accepted", 4)
    assert page_of(client, address(run)).select("td.g-accepted")
    give_final(enrolment=completed(learner), by=teacher, grade=4, is_passed=True)
    assert page_of(client, address(run)).select_one("tbody td b") is not None


class TestDetails:
    @pytest.fixture
    def institution(self) -> Any:
        from tests.factories import pages

        return pages.organisation(type="uas")

    @pytest.fixture
    def learner(self, run: CourseRun) -> Enrolment:
        return enrolled(run)

    def save(self, learner: Enrolment, **told: Any) -> Any:
        return signed_in(learner.learner).post(reverse("study:credit_details", args=[learner.run.code]), told)

    def test_a_learner_tells_them_and_erases_them(self, learner: Enrolment, institution: Any) -> None:
        assert self.save(learner, home_institution=institution.pk, student_number=" 2012 345").status_code == 302
        learner.refresh_from_db()
        assert (learner.home_institution, learner.student_number) == (institution, "2012345")
        self.save(learner, home_institution="", student_number="")
        learner.refresh_from_db()
        assert (learner.home_institution, learner.student_number) == (None, "")

    @pytest.mark.parametrize("number", ["010190-123A", "131052-308T", "=1+1", "a", "+358401234567", "x" * 21, "1--2"])
    def test_what_is_no_student_number_is_refused(self, learner: Enrolment, institution: Any, number: str) -> None:
        assert self.save(learner, home_institution=institution.pk, student_number=number).status_code == 422

    @pytest.mark.parametrize("number", ["2012345", "H1234", "a1801234", "TAMK-123/4"])
    def test_numbers_of_many_forms_are_taken(self, learner: Enrolment, institution: Any, number: str) -> None:
        assert self.save(learner, home_institution=institution.pk, student_number=number).status_code == 302

    def test_a_number_comes_with_its_institution(self, learner: Enrolment) -> None:
        assert self.save(learner, student_number="2012345").status_code == 422

    def test_only_institutions_that_register_credits_are_offered(self, learner: Enrolment, institution: Any) -> None:
        from tests.factories import pages

        pages.organisation(type="ngo")
        page = page_of(signed_in(learner.learner), reverse("study:credit_details", args=[learner.run.code]))
        options = [str(option["value"]) for option in page.select("#id_home_institution option")]
        assert options == ["", str(institution.pk)]

    def test_a_course_without_credits_does_not_ask(self) -> None:
        learner = enrolled(make_run())
        way = reverse("study:credit_details", args=[learner.run.code])
        assert signed_in(learner.learner).get(way).status_code == 404

    def test_the_page_is_nobody_elses(self, learner: Enrolment, teacher: User) -> None:
        way = reverse("study:credit_details", args=[learner.run.code])
        assert signed_in(teacher).get(way).status_code == 404
        assert signed_in(make_person("vieras")).get(way).status_code == 302
        assert re.search("tunnukset|tili", Client().get(way).headers["location"])
