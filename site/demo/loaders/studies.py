"""Quizzes, and invented people who study: enrolled, at different points, some done, some waiting for a seat."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import DEMO_DOMAIN, User
from accounts.roles import Role
from common.headings import of_stream
from demo.loaders import sitting
from demo.loaders.accounts import ACCOUNTS, account_of
from demo.reading import Record
from demo.writing import Writer, give, key_of
from learning.courses.models import Course, CourseRun, LessonPage, ModulePage, Question, Quiz, QuizQuestion
from learning.study.models import Enrolment, LessonProgress, Note, RunQuiz, RunTeacher
from learning.study.outline import contents_of
from learning.study.services.completing import complete_if_done
from learning.study.services.enrolling import enrol, withdraw
from learning.study.services.notes import write_note
from learning.study.services.teaching import extend
from network.organisations.models import Organisation

NAMES = {account.name for account in ACCOUNTS}
STATES = {"", "completed", "withdrawn"}
# How long after the run began the first lesson was read, in days.
BEGAN = 2


def load_quizzes(writer: Writer) -> None:
    questions = {str(record.data.get("code")) for record in writer.content.questions}
    courses = {str(course.records[0].data.get("code")) for course in writer.content.courses}
    for record in writer.content.quizzes:
        code = record.text("code", 40, required=True)
        course = record.code("course", courses)
        asked = record.codes("questions", questions)
        points = _points(record)
        values = {
            "title": record.text("title", 200, required=True),
            "introduction": record.text("introduction", 2000),
            "language": record.choice("language", {"fi", "sv", "en"}, default="fi"),
            "pass_percent": record.whole("pass_percent") or 75,
            "minutes": record.whole("minutes"),
            "attempts": record.whole("attempts"),
            "shuffles_questions": record.flag("shuffles_questions"),
        }
        if record.problems or not writer.is_new(record):
            continue
        course_id = key_of(Course, code=course.lower())
        if course_id is None:
            # The faults of the course itself are told where it is read.
            continue
        quiz = Quiz.objects.filter(code=code).first() or Quiz(code=code)
        quiz.course_id = course_id
        for name, value in values.items():
            setattr(quiz, name, value)
        rows = [
            QuizQuestion(sort_order=at, question_id=key_of(Question, code=code), points=given)
            for at, (code, given) in enumerate(zip(asked, points, strict=True))
        ]
        give(quiz, "questions", rows)
        quiz.save()
        writer.done(record)


def _points(record: Record) -> list[int]:
    """What each question gives, one where nothing is said."""
    asked, given = record.lines("questions"), record.lines("points")
    if not given:
        return [1] * len(asked)
    if len(given) != len(asked) or not all(each.isdecimal() and int(each) for each in given):
        record.problem("points", "must be as many whole numbers as there are questions")
    return [int(each) for each in given if each.isdecimal()]


@dataclass(frozen=True)
class Learner:
    """A row of the list. `seen`: days since the last visit; `pace`: minutes taken for each minute told."""

    account: str
    number: int
    organisation: str
    lessons: int
    begun: int
    passed: int
    seen: int
    pace: float
    state: str
    extra_days: int
    extra_percent: int

    @classmethod
    def of(cls, row: Record, organisations: set[str]) -> "Learner":
        return cls(
            account=row.code("account", NAMES),
            number=row.whole("number") or 0,
            organisation=row.code("organisation", organisations),
            lessons=row.whole("lessons") or 0,
            begun=row.whole("begun") or 0,
            passed=row.whole("passed") or 0,
            seen=row.whole("seen") or 0,
            pace=float(row.number("pace") or 1),
            state=row.choice("state", STATES) if row.has("state") else "",
            extra_days=row.whole("extra_days") or 0,
            extra_percent=row.whole("extra_percent") or 0,
        )

    def user(self) -> User:
        if self.account:
            return account_of(self.account)
        email = f"opiskelija-{self.number:02}@{DEMO_DOMAIN}"
        found = User.objects.filter(email=email).first()
        # Nobody signs in as these: they have no password, which also spares making one.
        return found or User.objects.create_user(
            email,
            first_name="Opiskelija",
            last_name=f"{self.number:02}",
            organisation_id=key_of(Organisation, code=self.organisation),
        )


def load(writer: Writer) -> None:
    organisations = writer.content.slugs(writer.content.organisations)
    quizzes = {str(record.data.get("code")) for record in writer.content.quizzes}
    for record in writer.content.studies:
        code = record.text("code", 30, required=True).lower()
        teachers = [
            (row.code("account", NAMES), row.whole("number") or 0, row.choice("role", set(RunTeacher.Role.values)))
            for row in record.rows("teachers")
        ]
        taken = [_quiz_row(row, quizzes, writer.today) for row in record.rows("quizzes")]
        learners = [Learner.of(row, organisations) for row in record.rows("learners")]
        run = CourseRun.objects.filter(code=code).first()
        if run is None:
            record.problem("code", f"is {code!r}, which is a run of no course")
        if record.problems or run is None or not writer.is_new(record):
            continue
        for place, (account, number, role) in enumerate(teachers):
            teacher = account_of(account) if account else _teacher(number)
            RunTeacher.objects.update_or_create(run=run, user=teacher, defaults={"role": role, "sort_order": place})
        lessons = _lessons(run)
        _Studies(run, learners, taken, lessons).write()
        _write_notes(record, lessons)
        writer.done(record)


def _teacher(number: int) -> User:
    """An invented teacher, as whom nobody signs in."""
    email = f"opettaja-{number:02}@{DEMO_DOMAIN}"
    found = User.objects.filter(email=email).first()
    if found is None:
        found = User.objects.create_user(email, first_name="Opettaja", last_name=f"{number:02}")
        found.groups.add(Group.objects.get(name=Role.TEACHER.value))
    return found


QuizRow = tuple[str, str, bool, datetime.datetime | None]


def _quiz_row(row: Record, known: set[str], today: datetime.date) -> QuizRow:
    due = row.moment("due", today) if row.has("due") else None
    return row.code("quiz", known), row.text("module", 10), not row.flag("optional"), due


class _Studies:
    """One run with its people. While it is written it takes anybody; in the end it is as the course says."""

    def __init__(
        self, run: CourseRun, learners: list[Learner], taken: list[QuizRow], lessons: list[LessonPage]
    ) -> None:
        self.run, self.learners, self.taken, self.lessons = run, learners, taken, lessons
        self.teacher: Any = run.run_teachers.first().user
        self.now = timezone.now()

    def write(self) -> None:
        run = self.run
        run_quizzes = [
            self._run_quiz(place, code, module, is_required)
            for place, (code, module, is_required, _due) in enumerate(self.taken)
        ]
        period = {"enrolment_opens": run.enrolment_opens, "enrolment_closes": run.enrolment_closes, "ends": run.ends}
        starts, admission = run.starts, run.admission
        rows = CourseRun.objects.filter(pk=run.pk)
        rows.update(enrolment_opens=None, enrolment_closes=None, admission="open", ends=None)
        run.refresh_from_db()
        for learner in self.learners:
            person = learner.user()
            if not Enrolment.objects.filter(run=run, learner=person).exists():
                self._study(learner, person, run_quizzes)
        CourseRun.objects.filter(pk=run.pk).update(**period, starts=starts, admission=admission)
        for run_quiz, (*_told, due) in zip(run_quizzes, self.taken, strict=True):
            RunQuiz.objects.filter(pk=run_quiz.pk).update(due=due)
        run.refresh_from_db()

    def _run_quiz(self, place: int, code: str, module: str, is_required: bool) -> RunQuiz:
        ends = ModulePage.objects.filter(code=module, locale__language_code="fi").first() if module else None
        told = {"module": ends, "due": None, "sort_order": place, "is_required": is_required}
        row, _made = RunQuiz.objects.update_or_create(run=self.run, quiz=Quiz.objects.get(code=code), defaults=told)
        return row

    def _study(self, learner: Learner, person: User, run_quizzes: list[RunQuiz]) -> None:
        enrolment = enrol(learner=person, run=self.run)
        if not enrolment.is_studying or self.run.state == "coming":
            self._tell_nobody(person, learner)
            return
        if learner.extra_days or learner.extra_percent:
            extend(enrolment=enrolment, by=self.teacher, days=learner.extra_days, percent=learner.extra_percent)
            enrolment.refresh_from_db()
        seen = self.now - datetime.timedelta(days=learner.seen, hours=learner.number % 7)
        for at, run_quiz in enumerate(run_quizzes[: learner.passed]):
            taken = seen - datetime.timedelta(days=5 * (learner.passed - at))
            due = self.taken[at][-1]
            # Those who came late to the run have taken it all the same on the last evening.
            sitting.pass_quiz(enrolment, run_quiz, min(taken, due - datetime.timedelta(hours=3)) if due else taken)
        self._read(enrolment, learner, seen)
        if learner.state == "withdrawn":
            withdraw(enrolment=enrolment, by=person)
        complete_if_done(enrolment=enrolment)
        self._tell_nobody(person, learner)
        self._date(enrolment, seen)

    def _read(self, enrolment: Enrolment, learner: Learner, seen: datetime.datetime) -> None:
        """The lessons from the first on, evenly from the beginning of the run to the last visit."""
        began = datetime.datetime.combine(self.run.starts, datetime.time(9), datetime.UTC)
        began = min(began + datetime.timedelta(days=BEGAN), seen)
        rows = []
        for at, lesson in enumerate(self.lessons[: learner.lessons]):
            done = began + (seen - began) * ((at + 1) / learner.lessons)
            rows.append(LessonProgress(enrolment=enrolment, lesson=lesson, seen_at=done, done_at=done))
        if learner.lessons < len(self.lessons) and learner.state == "":
            lesson = self.lessons[learner.lessons]
            place = _heading(lesson, learner.begun)[0] if learner.begun else ""
            rows.append(LessonProgress(enrolment=enrolment, lesson=lesson, seen_at=seen, place=place))
        LessonProgress.objects.bulk_create(rows)
        for row in rows:
            taken = datetime.timedelta(minutes=(row.lesson.minutes or 10) * learner.pace)
            row.opened_at = (row.done_at or seen) - taken
        LessonProgress.objects.bulk_update(rows, ["opened_at"])

    def _date(self, enrolment: Enrolment, seen: datetime.datetime) -> None:
        """What the services wrote as of now happened in the course of the run."""
        joined = datetime.datetime.combine(self.run.starts, datetime.time(9), datetime.UTC) - datetime.timedelta(days=9)
        Enrolment.objects.filter(pk=enrolment.pk).update(created_at=joined, seen_at=seen)
        Enrolment.objects.filter(pk=enrolment.pk, completed_at__isnull=False).update(completed_at=seen)
        first = enrolment.events.order_by("pk").first()
        enrolment.events.update(at=seen)
        if first is not None:
            enrolment.events.filter(pk=first.pk).update(at=joined)

    def _tell_nobody(self, person: User, learner: Learner) -> None:
        """Nobody reads the mail of invented people; the account that can be tried out keeps what it was told."""
        if not learner.account:
            person.notifications.all().delete()
        else:
            joined = datetime.datetime.combine(self.run.starts, datetime.time(9), datetime.UTC)
            person.notifications.filter(mailed_at=None).update(mailed_at=self.now, created_at=joined)


def _lessons(run: CourseRun) -> list[LessonPage]:
    wanted = [lesson.pk for lesson in contents_of(run.course_id).lessons]
    return list(LessonPage.objects.filter(pk__in=wanted).order_by("path"))


def _heading(lesson: LessonPage, number: int) -> tuple[str, str]:
    """Id and words of the second-level heading of this number, from one."""
    headings = [each for each in of_stream(lesson.body) if each.level == 2]
    return (headings[number - 1].id, headings[number - 1].text) if 0 < number <= len(headings) else ("", "")


def _write_notes(record: Record, lessons: list[LessonPage]) -> None:
    by_code = {lesson.code: lesson for lesson in lessons}
    person = account_of("opiskelija")
    for row in record.rows("notes"):
        lesson = by_code.get(row.text("lesson"))
        text = row.text("text", 4000, required=True)
        if lesson is None:
            row.problem("lesson", "is no lesson of the course")
            continue
        place, heading = _heading(lesson, row.whole("heading") or 0)
        if not Note.objects.filter(learner=person, lesson=lesson, text=text).exists():
            write_note(learner=person, lesson_id=lesson.pk, place=place, heading=heading, text=text)
