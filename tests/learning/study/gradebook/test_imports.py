"""Results done elsewhere: each row is told of before anything is recorded; a file can come twice and be taken back."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from common.spreadsheets import FileRefused, csv_lines, xlsx_file
from learning.courses.models import Course, CourseRun
from learning.study.errors import NotTheTeacher
from learning.study.gradebook import errors, reading
from learning.study.gradebook.cells import State, cells_of
from learning.study.gradebook.grades import final_of
from learning.study.gradebook.importing import Act, plan
from learning.study.gradebook.results import import_results, undo_import
from learning.study.gradebook.services import give_final, take_back
from learning.study.models import Enrolment, FinalGrade, Mark, ResultImport, RunAssignment, RunTeacher
from learning.study.models.enrolments import Status
from notifications.models import Notification
from tests.learning.study.factories import enrolled, make_person, make_quiz, make_run, make_teacher
from tests.learning.study.gradebook.marking import marked
from tests.learning.study.handing_in import assigned, handed_in
from tests.learning.study.quizzes import page_of, words
from tests.learning.study.visiting import signed_in

pytestmark = pytest.mark.django_db
HEADER = ["sähköposti", "opiskelijanumero", "tehtävä", "tulos", "arvosana", "päivä", "huomautus"]


@pytest.fixture
def run() -> CourseRun:
    course = Course.objects.create(code="rakenne", name_fi="Rakenne", hours=27, assessment=Course.Assessment.GRADE)
    return make_run(course=course, requires_lessons=False)


@pytest.fixture
def teacher(run: CourseRun) -> User:
    return make_teacher(run)


@pytest.fixture
def essay(run: CourseRun) -> RunAssignment:
    return assigned(run, scale="grade", title="Tehtävä")


@pytest.fixture
def learner(run: CourseRun, essay: RunAssignment) -> Enrolment:
    # Something else is required too, so that one result does not complete the run.
    assigned(run)
    return enrolled(run, "aatos")


def file_of(*rows: list[str]) -> bytes:
    return b"".join(csv_lines([HEADER, *rows]))


def records(*rows: list[str]) -> list[reading.Record]:
    return reading.read("tulokset.csv", file_of(*rows))


def row(learner: Enrolment, task: str, outcome: str = "", grade: str = "", day: str = "", note: str = "") -> list[str]:
    return [learner.learner.email, "", task, outcome, grade, day, note]


def bring(run: CourseRun, teacher: User, *rows: list[str]) -> ResultImport | None:
    return import_results(run=run, by=teacher, records=records(*rows), name="tulokset.csv")[0]


def cell(learner: Enrolment, essay: RunAssignment) -> Any:
    return cells_of(learner.run, [learner.pk])[learner.pk, f"assignment-{essay.pk}"]


def test_a_result_of_an_assignment_is_a_mark_done_elsewhere(
    run: CourseRun, teacher: User, learner: Enrolment, essay: RunAssignment
) -> None:
    bring(run, teacher, row(learner, essay.assignment.code, "hyväksytty", "4", "1.11.2026", "Toisesta korkeakoulusta."))
    mark = Mark.objects.get()
    assert (mark.part, mark.outcome, mark.grade, mark.by) == (Mark.Part.ELSEWHERE, "accepted", 4, teacher)
    assert (cell(learner, essay).state, cell(learner, essay).grade) == (State.ACCEPTED, 4)
    assert f"{cell(learner, essay).at:%d.%m.%Y}" == "01.11.2026"
    assert Notification.objects.filter(person=learner.learner, kind="study.result_elsewhere").count() == 1


def test_the_same_file_again_records_nothing(
    run: CourseRun, teacher: User, learner: Enrolment, essay: RunAssignment
) -> None:
    rows = [row(learner, essay.assignment.code, "", "4"), row(learner, "", "", "3")]
    assert bring(run, teacher, *rows) is not None
    assert bring(run, teacher, *rows) is None
    assert (Mark.objects.count(), FinalGrade.objects.count(), ResultImport.objects.count()) == (1, 1, 1)


def test_the_whole_course_is_a_final_grade_that_takes_no_completing(
    run: CourseRun, teacher: User, learner: Enrolment
) -> None:
    bring(run, teacher, row(learner, "koko kurssi", "hyväksytty", "5", "2026-10-30"))
    final = final_of(learner)
    assert final is not None
    assert (final.grade, final.is_imported, final.day.isoformat()) == (5, True, "2026-10-30")
    learner.refresh_from_db()
    assert learner.status == Status.ACTIVE


def test_a_grade_from_elsewhere_may_be_changed_more_than_once_and_keeps_its_day(
    run: CourseRun, teacher: User, learner: Enrolment
) -> None:
    bring(run, teacher, row(learner, "koko kurssi", "hyväksytty", "5", "2026-10-30"))
    for grade in (3, 4):
        final = give_final(enrolment=learner, by=teacher, grade=grade, is_passed=True, reason="Näppäilyvirhe.")
        assert (final.grade, final.day.isoformat()) == (grade, "2026-10-30")
    # What was taken back is from nowhere any more.
    take_back(enrolment=learner, by=teacher, reason="Väärä henkilö.")
    with pytest.raises(errors.NotCompletedYet):
        give_final(enrolment=learner, by=teacher, grade=4, is_passed=True)


def test_the_last_result_completes_the_run(run: CourseRun, teacher: User, essay: RunAssignment) -> None:
    learner = enrolled(run)
    bring(run, teacher, row(learner, essay.assignment.code, "", "3"))
    learner.refresh_from_db()
    assert learner.status in {Status.COMPLETED, Status.ACTIVE}


def test_a_person_is_known_by_the_student_number_too(
    run: CourseRun, teacher: User, learner: Enrolment, essay: RunAssignment
) -> None:
    Enrolment.objects.filter(pk=learner.pk).update(student_number="A12")
    told = records(["", "a12", essay.assignment.code, "", "3", "", ""])
    assert [line.act for line in plan(run, teacher, told)] == [Act.RECORD]
    Enrolment.objects.filter(pk=enrolled(run).pk).update(student_number="A12")
    assert [line.act for line in plan(run, teacher, told)] == [Act.REFUSE]


@pytest.mark.parametrize(
    ("task", "outcome", "grade", "day", "note"),
    [
        ("olematon", "hyväksytty", "3", "", ""),
        ("VISA", "hyväksytty", "", "", ""),
        ("", "kenties", "3", "", ""),
        ("", "", "", "", ""),
        ("", "", "6", "", ""),
        ("", "", "3,5", "", ""),
        ("", "", "٣", "", ""),
        ("", "hyväksytty", "0", "", ""),
        ("", "hylätty", "3", "", ""),
        ("", "hyväksytty", "", "", ""),
        ("", "", "3", "31.2.2026", ""),
        ("", "", "3", "1.1.2199", ""),
        ("", "", "3", "eilen", ""),
        ("", "", "3", "", "Asiakas 131052-308T"),
    ],
)
def test_a_row_that_cannot_be_recorded_says_why(
    run: CourseRun, teacher: User, learner: Enrolment, task: str, outcome: str, grade: str, day: str, note: str
) -> None:
    task = make_quiz(run).quiz.code if task == "VISA" else task
    [line] = plan(run, teacher, records(row(learner, task, outcome, grade, day, note)))
    assert line.act == Act.REFUSE
    assert line.told


def test_rows_in_order_are_recorded_beside_those_that_are_not(
    run: CourseRun, teacher: User, learner: Enrolment, essay: RunAssignment
) -> None:
    code = essay.assignment.code
    stranger = ["vieras@example.org", "", code, "", "4", "", ""]
    _source, lines = import_results(
        run=run,
        by=teacher,
        records=records(stranger, row(learner, code, "", "4"), row(learner, code, "", "2")),
        name="x",
    )
    assert [(line.where, line.act) for line in lines] == [(2, Act.REFUSE), (3, Act.RECORD), (4, Act.REFUSE)]
    assert Mark.objects.get().grade == 4


def test_what_a_teacher_gave_or_has_yet_to_mark_is_not_overwritten(
    run: CourseRun, teacher: User, learner: Enrolment, essay: RunAssignment
) -> None:
    told = records(row(learner, essay.assignment.code, "", "4"))
    work = handed_in(learner, essay)
    assert plan(run, teacher, told)[0].told == str(errors.WorkWaits.message)
    marked(work, "accepted", 2)
    assert plan(run, teacher, told)[0].told == str(errors.OtherResult.message)
    marked(work, "accepted", 4)
    assert plan(run, teacher, told)[0].act == Act.SAME


def test_a_later_file_replaces_what_an_earlier_brought_and_is_taken_back(
    run: CourseRun, teacher: User, learner: Enrolment, essay: RunAssignment
) -> None:
    code = essay.assignment.code
    first = bring(run, teacher, row(learner, code, "", "3"), row(learner, "", "", "3"))
    second = bring(run, teacher, row(learner, code, "", "5"), row(learner, "", "", "5"))
    assert first is not None
    assert second is not None
    assert cell(learner, essay).grade == 5
    assert undo_import(source=second, by=teacher) == (2, 0)
    final = final_of(learner)
    assert final is not None
    assert (cell(learner, essay).grade, final.grade) == (3, 3)
    with pytest.raises(errors.ImportUndone):
        undo_import(source=second, by=teacher)


def test_taking_back_leaves_nothing_but_the_history(
    run: CourseRun, teacher: User, learner: Enrolment, essay: RunAssignment
) -> None:
    source = bring(run, teacher, row(learner, essay.assignment.code, "", "3"), row(learner, "", "", "3"))
    assert source is not None
    undo_import(source=source, by=teacher)
    assert cell(learner, essay).state == State.NONE
    assert final_of(learner) is None
    assert (Mark.objects.count(), FinalGrade.objects.count()) == (1, 2)


def test_marks_by_which_somebody_has_completed_stand(
    run: CourseRun, teacher: User, learner: Enrolment, essay: RunAssignment
) -> None:
    source = bring(run, teacher, row(learner, essay.assignment.code, "", "3"))
    assert source is not None
    Enrolment.objects.filter(pk=learner.pk).update(status="completed", completed_at=source.at)
    assert undo_import(source=source, by=teacher) == (0, 1)
    assert cell(learner, essay).state == State.ACCEPTED


def test_assistants_bring_nothing_and_nobody_brings_their_own(
    run: CourseRun, teacher: User, learner: Enrolment
) -> None:
    assistant = make_person("avustaja")
    RunTeacher.objects.create(run=run, user=assistant, role=RunTeacher.Role.ASSISTANT)
    with pytest.raises(NotTheTeacher):
        bring(run, assistant, row(learner, "", "", "3"))
    RunTeacher.objects.create(run=run, user=learner.learner)
    assert bring(run, learner.learner, row(learner, "", "", "3")) is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tulokset.pdf", b"x"),
        ("tulokset.csv", b"nimi;muu\r\na;b\r\n"),
        ("tulokset.csv", b"email;email;grade\r\na;b;3\r\n"),
        ("tulokset.csv", file_of()),
        ("tulokset.xlsx", b"PK\x03\x04"),
        ("tulokset.csv", b"email;grade\r\n" + b"a@b.fi;3\r\n" * 2_002),
        ("tulokset.csv", b"x" * (reading.MOST_BYTES + 1)),
    ],
)
def test_a_file_that_is_no_table_of_results_is_refused_as_a_whole(name: str, content: bytes) -> None:
    with pytest.raises(FileRefused):
        reading.read(name, content)


def test_a_spreadsheet_is_read_with_its_days_and_not_with_its_formulas() -> None:
    import datetime

    from openpyxl import Workbook

    with xlsx_file([HEADER, ["a@b.fi", "", "t", "hyv.", 4, datetime.date(2026, 11, 1), ""]], title="x") as file:
        [record] = reading.read("tulokset.xlsx", file.read())
    assert (record.grade, reading.day_of(record.day)) == ("4", datetime.date(2026, 11, 1))
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["email", "grade"])
    sheet.append(["a@b.fi", "=1+2"])
    out = io.BytesIO()
    book.save(out)
    [record] = reading.read("x.xlsx", out.getvalue())
    assert record.fault


class TestPage:
    @pytest.fixture
    def client(self, teacher: User) -> Client:
        return signed_in(teacher)

    def send(self, client: Client, run: CourseRun, content: bytes, name: str = "tulokset.csv") -> Any:
        return client.post(reverse("run_import", args=[run.code]), {"file": SimpleUploadedFile(name, content)})

    def test_a_file_is_looked_at_and_then_recorded_once(
        self, client: Client, run: CourseRun, learner: Enrolment, essay: RunAssignment
    ) -> None:
        way = reverse("run_import", args=[run.code])
        content = file_of(row(learner, essay.assignment.code, "", "4"), ["x@example.org", "", "", "", "3", "", ""])
        report = self.send(client, run, content)
        assert report.status_code == 200
        assert not Mark.objects.exists()
        done = client.post(way, {"vahvista": "1"}, follow=True).content.decode()
        assert "kirjattu: 1, ei voitu kirjata: 1" in done
        client.post(way, {"vahvista": "1"})
        assert Mark.objects.count() == 1
        [source] = ResultImport.objects.all()
        client.post(reverse("run_import_undo", args=[run.code, source.public_id]))
        assert cell(learner, essay).state == State.NONE

    def test_a_file_for_one_run_is_not_recorded_on_another(
        self, client: Client, run: CourseRun, teacher: User, learner: Enrolment, essay: RunAssignment
    ) -> None:
        other = make_run()
        RunTeacher.objects.create(run=other, user=teacher)
        self.send(client, run, file_of(row(learner, essay.assignment.code, "", "4")))
        client.post(reverse("run_import", args=[other.code]), {"vahvista": "1"})
        assert not Mark.objects.exists()

    def test_a_broken_file_says_so_beside_the_field(self, client: Client, run: CourseRun) -> None:
        answer = self.send(client, run, b"nimi;muu\r\n")
        assert answer.status_code == 422
        assert b"error-summary" in answer.content

    def test_the_empty_table_is_one_that_can_be_read(
        self, client: Client, run: CourseRun, essay: RunAssignment
    ) -> None:
        response = client.get(reverse("run_import_template", args=[run.code]))
        content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
        with pytest.raises(FileRefused, match=r"tuloksia|results"):
            reading.read("pohja.xlsx", content)
        assert essay.assignment.code in words(
            page_of(client, reverse("run_import", args=[run.code])).select_one("code")
        )
