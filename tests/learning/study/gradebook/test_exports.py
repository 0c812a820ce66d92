"""Files out of the gradebook: what is in them, for whom, and that taking one is noted."""

import csv
import io
import tracemalloc
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from accounts.models import User
from accounts.roles import Role
from learning.courses.models import Course, CourseRun
from learning.study.gradebook.exporting import AT_A_TIME, Export
from learning.study.gradebook.services import give_final
from learning.study.models import Enrolment, GradebookExport, RunTeacher
from tests.factories import pages
from tests.learning.study.factories import enrolled, make_person, make_run, make_teacher
from tests.learning.study.gradebook.marking import completed, marked
from tests.learning.study.handing_in import assigned, handed_in
from tests.learning.study.quizzes import page_of, words
from tests.learning.study.visiting import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> CourseRun:
    course = Course.objects.create(
        code="rakenne", name_fi="Rakenteellinen", hours=135, credits=5, assessment=Course.Assessment.GRADE
    )
    return make_run(course=course, requires_lessons=False, code="rakenne-1")


@pytest.fixture
def teacher(run: CourseRun) -> User:
    return make_teacher(run)


@pytest.fixture
def client(teacher: User) -> Client:
    return signed_in(teacher)


@pytest.fixture
def institution() -> Any:
    return pages.organisation(type="uas", name_fi="Satakunnan ammattikorkeakoulu")


def graded(run: CourseRun, teacher: User, grade: int = 4, name: str = "aatos", **details: Any) -> Enrolment:
    essay = run.run_assignments.first() or assigned(run, scale="grade", title="Tehtävä")
    learner = enrolled(run, name)
    marked(handed_in(learner, essay), "accepted", grade)
    completed(learner)
    Enrolment.objects.filter(pk=learner.pk).update(**details)
    give_final(enrolment=learner, by=teacher, grade=grade, is_passed=True)
    return learner


def take(client: Client, run: CourseRun, form: str, content: str = "credits", institution: str = "") -> Any:
    told = {"muoto": form, "sisalto": content, "laitos": institution}
    return client.post(reverse("run_export", args=[run.code]), told)


def csv_of(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def sheet_of(response: Any) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return [[cell.value for cell in row] for row in book.active]


def test_a_register_gets_name_number_course_credits_grade_and_day(
    run: CourseRun, teacher: User, client: Client, institution: Any
) -> None:
    learner = graded(run, teacher, home_institution=institution, student_number="2012345")
    response = take(client, run, "csv", institution=str(institution.pk))
    header, row = csv_of(response)
    day = timezone.localdate(learner.completed_at)
    assert header[0] == "sukunimi"
    assert row == [
        "Testi", "Aatos", "2012345", "Satakunnan ammattikorkeakoulu", "rakenne", "Rakenteellinen", "5", "4",
        day.isoformat(),
    ]  # fmt: skip
    today = f"{timezone.localdate():%Y-%m-%d}"
    expected = f'filename="rakenne-1-satakunnan-ammattikorkeakoulu-suoritukset-{today}.csv"'
    assert expected in response.headers["Content-Disposition"]
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
    sheet = sheet_of(take(client, run, "xlsx", institution=str(institution.pk)))
    assert sheet[1][:3] == ["Testi", "Aatos", "2012345"]
    assert sheet[1][6:8] == [5, 4]
    assert sheet[1][8].date() == day


def test_an_institution_gets_its_own_learners_alone(
    run: CourseRun, teacher: User, client: Client, institution: Any
) -> None:
    other = pages.organisation(type="university")
    graded(run, teacher, name="aatos", home_institution=institution)
    graded(run, teacher, name="bertta", home_institution=other)
    graded(run, teacher, name="cecilia")
    enrolled(run, "daavid")
    for key, found in ((str(institution.pk), ["Aatos"]), ("ei", ["Cecilia"]), ("", ["Aatos", "Bertta", "Cecilia"])):
        assert [row[1] for row in csv_of(take(client, run, "csv", institution=key))[1:]] == found


def test_a_course_without_grades_says_passed_and_not_passed() -> None:
    run = make_run(requires_lessons=False)
    teacher = make_teacher(run)
    assigned(run)
    passed, failed = enrolled(run, "aatos"), enrolled(run, "bertta")
    marked(handed_in(passed, run.run_assignments.get()), "accepted")
    give_final(enrolment=completed(passed), by=teacher, grade=None, is_passed=True)
    give_final(enrolment=failed, by=teacher, grade=None, is_passed=False)
    rows = csv_of(take(signed_in(teacher), run, "csv"))
    assert [row[7] for row in rows[1:]] == ["hyv.", "hyl."]


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+358", "-1", "＝1+1"])
def test_a_name_is_never_a_formula(run: CourseRun, teacher: User, client: Client, name: str) -> None:
    learner = graded(run, teacher)
    User.objects.filter(pk=learner.learner_id).update(last_name=name)
    assert csv_of(take(client, run, "csv"))[1][0] == f"'{name}"
    response = take(client, run, "xlsx", "whole")
    cell = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active["A2"]
    assert (cell.value, cell.data_type) == (name, "s")


def test_the_whole_gradebook_tells_every_task_of_everybody(run: CourseRun, teacher: User, client: Client) -> None:
    graded(run, teacher)
    enrolled(run, "bertta")
    header, first, second = csv_of(take(client, run, "csv", "whole"))
    assert header[-1].startswith("Tehtävä (tehtävä,")
    assert "4" in first[-1]
    assert second[1] == "Bertta"


def test_the_completion_list_is_a_page_to_print_and_a_file(run: CourseRun, teacher: User, client: Client) -> None:
    essay = assigned(run, scale="grade")
    learner = enrolled(run, "aatos")
    marked(handed_in(learner, essay), "accepted", 3)
    completed(learner)
    enrolled(run, "bertta")
    page = page_of(client, reverse("run_completions", args=[run.code]))
    assert [words(head) for head in page.select("tbody th")] == ["Aatos Testi"]
    assert [row[1] for row in csv_of(take(client, run, "csv", "completions"))[1:]] == ["Aatos"]


def test_each_file_is_noted_where_the_teachers_see_it(
    run: CourseRun, teacher: User, client: Client, institution: Any
) -> None:
    graded(run, teacher, home_institution=institution)
    take(client, run, "xlsx", institution=str(institution.pk))
    noted = GradebookExport.objects.get()
    assert (noted.by, noted.content, noted.format, noted.learners) == (teacher, "credits", "xlsx", 1)
    page = page_of(client, reverse("run_exports", args=[run.code]))
    assert "Satakunnan ammattikorkeakoulu" in words(page.select_one("[aria-labelledby=log]"))


def test_institutions_are_named_in_the_language_of_the_teacher(run: CourseRun, teacher: User, client: Client) -> None:
    swedish = pages.organisation(type="university", name_fi="Taideyliopisto", name_sv="Konstuniversitetet")
    graded(run, teacher, name="aatos", home_institution=swedish)
    graded(run, teacher, name="bertta")
    for key in (str(swedish.pk), "ei"):
        take(client, run, "csv", institution=key)
    UserProfile.objects.create(user=teacher, preferred_language="sv")
    page = page_of(client, reverse("run_exports", args=[run.code]))
    assert words(page.select_one("tbody th")) == "Konstuniversitetet"
    log = words(page.select_one("[aria-labelledby=log]"))
    assert "Konstuniversitetet" in log and "Taideyliopisto" not in log and "ei kotikorkeakoulua" not in log


@pytest.mark.parametrize("way", ["run_exports", "run_export", "run_completions", "run_import", "run_import_template"])
def test_only_the_teachers_of_the_run_take_anything_out(run: CourseRun, way: str) -> None:
    assistant = make_person("avustaja", Role.TEACHER)
    RunTeacher.objects.create(run=run, user=assistant, role=RunTeacher.Role.ASSISTANT)
    people = [assistant, make_teacher(make_run()), enrolled(run).learner]
    for person in people:
        client = signed_in(person)
        ask = client.post if way == "run_export" else client.get
        assert ask(reverse(way, args=[run.code]), {"muoto": "csv", "sisalto": "credits"}).status_code in {403, 404}
    assert Client().get(reverse(way, args=[run.code])).status_code in {302, 405}
    assert not GradebookExport.objects.exists()


def test_a_file_is_not_taken_by_a_link(run: CourseRun, client: Client) -> None:
    assert client.get(reverse("run_export", args=[run.code])).status_code == 405


@pytest.mark.parametrize("told", [("pdf", "credits", ""), ("csv", "all", ""), ("csv", "credits", "1 or 1")])
def test_what_is_not_offered_is_not_taken(run: CourseRun, client: Client, told: Sequence[str]) -> None:
    assert take(client, run, *told).status_code == 302
    assert not GradebookExport.objects.exists()


def many(run: CourseRun, number: int) -> None:
    people = [
        User(email=f"opiskelija{at}@example.org", first_name="Oppija", last_name=f"{at:05}") for at in range(number)
    ]
    User.objects.bulk_create(people)
    Enrolment.objects.bulk_create(Enrolment(run=run, learner=person, status="active") for person in people)


def test_queries_and_memory_follow_the_parts_and_not_the_learners(run: CourseRun) -> None:
    assigned(run)
    many(run, 5 * AT_A_TIME)
    export = Export(run, "whole")
    ids = export.ids()
    for _row in export.rows(ids[:AT_A_TIME]):
        pass

    def cost(some: Sequence[int]) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            tracemalloc.start()
            for _row in export.rows(some):
                pass
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return len(queries), most

    few, one_part = cost(ids[:AT_A_TIME])
    more, five_parts = cost(ids)
    assert more - few <= 4 * 7
    assert five_parts < 1.5 * one_part + 200_000
