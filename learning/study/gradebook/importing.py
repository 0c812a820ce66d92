"""What a file of results would do, row by row: nothing is written here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from common.errors import Refused
from common.personal_data import find
from learning.courses.models import CourseRun
from learning.study.errors import OwnStudies
from learning.study.gradebook import errors
from learning.study.gradebook.grades import Final, finals_of, has_grades
from learning.study.gradebook.notifications import grade_words
from learning.study.gradebook.reading import Record, day_of, outcome_of
from learning.study.gradebook.services import refuse_wrong_grade
from learning.study.gradebook.tasks import Kind, Task, tasks_of
from learning.study.models import Enrolment, Mark, Submission
from learning.study.models.assignments import WAITING_FOR_TEACHERS, SubmissionStatus
from learning.study.models.enrolments import STUDYING

if TYPE_CHECKING:
    from accounts.models import User

WHOLE_COURSE = {"", "kurssi", "koko kurssi", "course", "kurs"}
GRADES = {"0", "1", "2", "3", "4", "5"}


class Act(TextChoices):
    RECORD = "record", pgettext_lazy("result in a file", "Is recorded")
    CHANGE = "change", pgettext_lazy("result in a file", "Replaces what an earlier file brought")
    SAME = "same", pgettext_lazy("result in a file", "Is there already")
    REFUSE = "refuse", pgettext_lazy("result in a file", "Cannot be recorded")


WHEN_DONE = {
    Act.RECORD: pgettext_lazy("results of a file", "recorded"),
    Act.CHANGE: pgettext_lazy("results of a file", "replaced what an earlier file had brought"),
    Act.SAME: pgettext_lazy("results of a file", "there already"),
    Act.REFUSE: pgettext_lazy("results of a file", "could not be recorded"),
}


@dataclass(frozen=True)
class Result:
    """One result to write. `task` is None for the whole course."""

    enrolment_id: int
    task: Task | None
    is_passed: bool
    grade: int | None
    day: date
    note: str

    @property
    def words(self) -> str:
        return grade_words(self.grade, is_passed=self.is_passed)


@dataclass(frozen=True)
class Line:
    """What becomes of one row, and why."""

    where: int
    person: str
    task: str
    act: Act
    told: str = ""
    result: Result | None = None


@dataclass
class Known:
    """What the rows are looked at against, read once for the whole file."""

    run: CourseRun
    by: "User"
    assignments: dict[str, Task]
    others: set[str]
    by_email: dict[str, list[tuple[int, int, str]]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[str, list[tuple[int, int, str]]] = field(default_factory=lambda: defaultdict(list))
    # (enrolment, assignment on the run): status, outcome, grade, whether a file brought it.
    work: dict[tuple[int, int], tuple[str, str | None, int | None, bool]] = field(default_factory=dict)
    finals: dict[int, Final] = field(default_factory=dict)


def known_of(run: CourseRun, by: "User") -> Known:
    tasks = tasks_of(run)
    assignments = {task.code.casefold(): task for task in tasks if task.kind is Kind.ASSIGNMENT}
    known = Known(run, by, assignments, {task.code.casefold() for task in tasks if task.kind is Kind.QUIZ})
    people = Enrolment.objects.filter(run=run, status__in=STUDYING).order_by()
    names = ("pk", "learner_id", "learner__first_name", "learner__last_name", "learner__email", "student_number")
    for pk, learner, first, last, email, number in people.values_list(*names):
        person = (pk, learner, f"{first} {last}".strip() or email)
        known.by_email[email.casefold()].append(person)
        if number:
            known.by_number[number.casefold()].append(person)
    works = Submission.objects.filter(run_assignment__run=run).order_by()
    fields = ("enrolment_id", "run_assignment_id", "status", "mark__outcome", "mark__grade", "mark__part")
    for enrolment, assigned, status, outcome, grade, part in works.values_list(*fields):
        known.work[enrolment, assigned] = (status, outcome, grade, part == Mark.Part.ELSEWHERE)
    known.finals = finals_of([person[0] for people in known.by_email.values() for person in people])
    return known


def plan(run: CourseRun, by: "User", records: Sequence[Record]) -> list[Line]:
    """A line for each row of the file, in its order."""
    known = known_of(run, by)
    seen: set[tuple[int, str]] = set()
    lines = []
    for record in records:
        person = record.person
        title = record.task or _("The whole course")
        try:
            enrolment_id, learner_id, person = _person(known, record)
            if learner_id == by.pk:
                raise OwnStudies
            task = _task(known, record.task)
            title = task.title if task else title
            result = _result(known, record, enrolment_id, task)
            key = (enrolment_id, task.key if task else "")
            if key in seen:
                raise Refused(_("An earlier row of the file has a result for the same person and task."))
            seen.add(key)
            lines.append(Line(record.where, person, title, _act(known, result), result.words, result))
        except Refused as refusal:
            lines.append(Line(record.where, person, title, Act.REFUSE, str(refusal)))
    return lines


def _person(known: Known, record: Record) -> tuple[int, int, str]:
    if record.fault:
        raise Refused(record.fault)
    found = known.by_email.get(record.email.casefold(), []) if record.email else []
    if not record.email and record.number:
        found = known.by_number.get(record.number.casefold(), [])
    if not record.person:
        raise Refused(_("The row names nobody. Give an e-mail address or a student number."))
    if not found:
        raise Refused(_("Nobody who studies on the run has this e-mail address or student number."))
    if len(found) > 1:
        raise Refused(_("Several learners have this student number. Give the e-mail address."))
    return found[0]


def _task(known: Known, code: str) -> Task | None:
    said = code.casefold()
    if said in WHOLE_COURSE:
        return None
    if said in known.others:
        raise Refused(_("Quizzes are taken here, and their results are not brought from elsewhere."))
    task = known.assignments.get(said)
    if task is None:
        names = ", ".join(each.code for each in known.assignments.values()) or "–"
        raise Refused(
            _("The run has no assignment with the code “%(code)s”. It has: %(names)s.")
            % {"code": code[:40], "names": names}
        )
    return task


def _result(known: Known, record: Record, enrolment_id: int, task: Task | None) -> Result:
    if record.grade and record.grade not in GRADES:
        raise Refused(_("The grade “%(grade)s” is not a whole number from 0 to 5.") % {"grade": record.grade[:20]})
    grade = int(record.grade) if record.grade else None
    is_passed = outcome_of(record.outcome, grade)
    if is_passed is None:
        raise Refused(_("Tell the outcome as hyväksytty or hylätty, in agreement with the grade."))
    is_graded = task.is_graded if task else has_grades(known.run.course)
    if is_graded and grade is None and not is_passed:
        grade = 0
    _refuse_wrong(known.run, task, grade, is_passed=is_passed)
    day = day_of(record.day)
    if day is None:
        raise Refused(_("The day is not one that has been. Write it as 22.11.2026 or 2026-11-22."))
    if record.note and find(record.note):
        raise Refused(_("There may be a client's personal data in the note. Take it out."))
    return Result(enrolment_id, task, is_passed, grade, day, record.note)


def _refuse_wrong(run: CourseRun, task: Task | None, grade: int | None, *, is_passed: bool) -> None:
    if task is None:
        refuse_wrong_grade(run, grade, is_passed=is_passed)
    elif task.is_graded and grade is None:
        raise errors.WrongGrade
    elif not task.is_graded and grade is not None:
        raise Refused(_("This assignment has no grades: leave the grade empty."))


def _act(known: Known, result: Result) -> Act:
    if result.task is None:
        final = known.finals.get(result.enrolment_id)
        if final is None:
            return Act.RECORD
        is_same, is_imported = (final.grade, final.is_passed) == (result.grade, result.is_passed), final.is_imported
    else:
        work = known.work.get((result.enrolment_id, result.task.pk))
        if work is None or work[0] == SubmissionStatus.TAKEN_BACK:
            return Act.RECORD
        status, _outcome, grade, is_imported = work
        if status in WAITING_FOR_TEACHERS:
            raise errors.WorkWaits
        wanted = SubmissionStatus.ACCEPTED if result.is_passed else SubmissionStatus.REJECTED
        is_same = (status, grade) == (wanted, result.grade)
    if is_same:
        return Act.SAME
    if not is_imported:
        raise errors.OtherResult
    return Act.CHANGE


def counted(lines: Iterable[Line]) -> list[tuple[str, int]]:
    """How many of each, in the order of the acts."""
    return [(str(act.label), number) for act, number in _numbers(lines)]


def done(lines: Iterable[Line]) -> str:
    """The same once it has been done, in words."""
    return ", ".join(f"{WHEN_DONE[act]}: {number}" for act, number in _numbers(lines))


def _numbers(lines: Iterable[Line]) -> list[tuple[Act, int]]:
    acts = [line.act for line in lines]
    return [(act, acts.count(act)) for act in Act if act in acts]
