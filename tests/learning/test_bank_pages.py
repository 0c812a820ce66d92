"""The bank of questions and quizzes in the administration: who may, preview before anything is written, versions."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from learning.courses.bank import files
from learning.courses.bank.records import record_of
from learning.courses.models import Course, Question, Quiz
from learning.study.attempts.services import hand_in
from tests.learning.factories import make_question
from tests.learning.study.factories import make_person
from tests.learning.study.quizzes import begun, client_of, make_quiz
from tests.learning.study.visiting import signed_in

pytestmark = pytest.mark.django_db
LIST = "wagtailsnippets_courses_question"


@pytest.fixture
def teacher() -> Client:
    return signed_in(make_person("opettaja", Role.TEACHER))


def upload(client: Client, content: bytes, name: str = "kysymykset.csv") -> Any:
    return client.post(reverse(f"{LIST}:import"), {"file": SimpleUploadedFile(name, content)})


def changed_file(**own: str) -> bytes:
    record = record_of(Question.objects.get(code="single"))
    record.own |= own
    return files.write_csv([record])


def test_a_teacher_sees_what_a_file_would_do_and_then_does_it(teacher: Client) -> None:
    make_question("single")
    page = upload(teacher, changed_file(prompt="Uusi?"))
    assert page.status_code == 200
    assert "Muuttuu" in page.content.decode()
    assert Question.objects.get().prompt != "Uusi?", "looking changes nothing"
    done = teacher.post(reverse(f"{LIST}:import"), {"vahvista": "1"})
    assert done["Location"] == reverse(f"{LIST}:list")
    assert Question.objects.get().prompt == "Uusi?"
    # The button again.
    assert teacher.post(reverse(f"{LIST}:import"), {"vahvista": "1"})["Location"] == reverse(f"{LIST}:import")


def test_a_file_with_a_fault_is_told_by_row_and_has_no_button(teacher: Client) -> None:
    make_question("single")
    text = upload(teacher, changed_file(kind="outo")).content.decode()
    assert "outo" in text
    assert 'name="vahvista"' not in text
    teacher.post(reverse(f"{LIST}:import"), {"vahvista": "1"})
    assert Question.objects.get().kind == "single"


def test_a_file_that_changes_nothing_says_so(teacher: Client) -> None:
    make_question("single")
    text = upload(teacher, changed_file()).content.decode()
    assert 'name="vahvista"' not in text


@pytest.mark.parametrize("content", [b"", b"rikki", b"\x00\xff"])
def test_a_file_that_cannot_be_read_gets_a_sentence(teacher: Client, content: bytes) -> None:
    assert upload(teacher, content).status_code == 422


def test_scripts_in_a_file_are_shown_as_text(teacher: Client) -> None:
    make_question("single")
    text = upload(teacher, changed_file(kind="<script>alert(1)</script>")).content.decode()
    assert "<script>alert(1)" not in text


@pytest.mark.parametrize("form", files.WRITERS)
def test_the_bank_goes_out_and_comes_in_again(teacher: Client, form: str) -> None:
    make_question("single")
    answer = teacher.get(reverse(f"{LIST}:export"), {"muoto": form})
    assert "attachment" in answer["Content-Disposition"]
    text = upload(teacher, answer.content, f"x.{form}").content.decode()
    assert "Pysyy ennallaan" in text


def test_the_bank_is_for_those_who_keep_it(client: Client) -> None:
    paths = [reverse(f"{LIST}:import"), reverse(f"{LIST}:export")]
    for path in paths:
        assert client.get(path).status_code == 302
        for stranger in (make_person(), make_person("kumppani", Role.PARTNER_COORDINATOR)):
            assert signed_in(stranger).get(path).status_code in {302, 403}
    teacher = signed_in(make_person("opettaja", Role.TEACHER))
    assert all(teacher.get(path).status_code == 200 for path in paths)
    assert teacher.get(paths[1], {"muoto": "exe"}).status_code == 404


def test_the_list_leads_to_importing_and_exporting(teacher: Client) -> None:
    text = teacher.get(reverse(f"{LIST}:list")).content.decode()
    assert reverse(f"{LIST}:import") in text
    assert f"{reverse(f'{LIST}:export')}?muoto=md" in text


def quiz_form(course: Course, questions: list[Question], **changes: str) -> dict[str, str]:
    data = {
        "course": str(course.pk), "title": "Uusi visa", "code": "uusi-visa", "language": "fi", "introduction": "",
        "pass_percent": "75", "attempts": "3", "minutes": "", "feedback": "at_once",
        "questions-TOTAL_FORMS": str(len(questions)), "questions-INITIAL_FORMS": "0",
        "questions-MIN_NUM_FORMS": "0", "questions-MAX_NUM_FORMS": "1000",
    }  # fmt: skip
    for at, question in enumerate(questions):
        row = {"question": str(question.pk), "points": "2", "ORDER": str(at + 1), "id": "", "DELETE": ""}
        data |= {f"questions-{at}-{name}": value for name, value in row.items()}
    return data | changes


def test_a_teacher_makes_a_quiz_of_questions_of_the_bank(teacher: Client) -> None:
    course = Course.objects.create(code="k", name_fi="Kurssi", hours=27)
    questions = [make_question(kind).question for kind in ("single", "fill")]
    add = reverse("wagtailsnippets_courses_quiz:add")
    answer = teacher.post(add, quiz_form(course, questions))
    assert answer.status_code == 302, answer.context["form"].errors
    quiz = Quiz.objects.get()
    assert [(row.question.code, row.points) for row in quiz.questions.order_by("sort_order")] == [
        ("single", 2),
        ("fill", 2),
    ]
    # The same questions in another course.
    other = Course.objects.create(code="k2", name_fi="Toinen", hours=27)
    teacher.post(add, quiz_form(other, questions, code="toinen-visa"))
    assert Quiz.objects.count() == 2
    edit = teacher.get(reverse("wagtailsnippets_courses_quiz:edit", args=[quiz.pk])).content.decode()
    assert reverse("study:quiz_preview", args=[quiz.code]) in edit


@pytest.mark.parametrize("changes", [{"questions-0-points": "0"}, {"pass_percent": "101"}, {"minutes": "0"}])
def test_a_quiz_that_nobody_could_take_is_refused(teacher: Client, changes: dict[str, str]) -> None:
    course = Course.objects.create(code="k", name_fi="Kurssi", hours=27)
    data = quiz_form(course, [make_question("single").question], **changes)
    assert teacher.post(reverse("wagtailsnippets_courses_quiz:add"), data).status_code == 200
    assert not Quiz.objects.exists()


def test_changes_of_a_teacher_do_not_reach_attempts_under_way(teacher: Client) -> None:
    attempt = begun(make_quiz(("single",)))
    learner = client_of(attempt)
    learner.post(attempt.url, {"k1-a": "1"})
    upload(teacher, changed_file(prompt="Aivan toinen?"))
    teacher.post(reverse(f"{LIST}:import"), {"vahvista": "1"})
    assert "Kysymys: single?" in learner.get(attempt.url).content.decode()
    ended = hand_in(attempt=attempt)
    assert ended.is_passed
    again = begun(make_quiz(("single",)))
    assert "Aivan toinen?" in client_of(again).get(again.url).content.decode()
