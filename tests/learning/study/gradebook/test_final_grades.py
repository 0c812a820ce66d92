"""Final grades: what is proposed, who gives them, how they change."""

import datetime
import random

import pytest
from django.utils import timezone

from accounts.models import User
from learning.courses.models import Course, CourseRun
from learning.study.errors import NotTheTeacher, OwnStudies
from learning.study.gradebook import errors
from learning.study.gradebook.grades import final_of, finals_of, mean_of, propose
from learning.study.gradebook.services import give_final, give_proposed, take_back
from learning.study.gradebook.tasks import Kind, Task
from learning.study.models import Enrolment, FinalGrade, RunTeacher
from learning.study.models.enrolments import Status
from learning.study.querysets import passed_elsewhere
from learning.study.services.moves import move
from notifications.models import Notification
from tests.learning.study.factories import enrolled, make_person, make_run, make_teacher
from tests.learning.study.gradebook.marking import completed, marked
from tests.learning.study.handing_in import assigned, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> CourseRun:
    course = Course.objects.create(code="rakenne", name_fi="Rakenne", hours=27, assessment=Course.Assessment.GRADE)
    return make_run(course=course, requires_lessons=False)


@pytest.fixture
def teacher(run: CourseRun) -> User:
    return make_teacher(run)


def with_grade(run: CourseRun, grade: int = 4) -> Enrolment:
    """A learner who has done the only assignment of the run, and with it the run."""
    essay = run.run_assignments.first() or assigned(run, scale="grade")
    learner = enrolled(run)
    marked(handed_in(learner, essay), "accepted", grade)
    return completed(learner)


def part(grade: int, weight: int = 1) -> tuple[Task, int]:
    return Task(Kind.ASSIGNMENT, 1, "a", "A", "fi", True, None, weight=weight), grade


@pytest.mark.parametrize(
    ("parts", "mean"),
    [
        ([], None),
        ([part(5, 0)], None),
        ([part(3), part(4)], 4),
        ([part(2), part(3)], 3),
        ([part(3), part(3), part(4)], 3),
        ([part(5, 1), part(2, 3)], 3),
        ([part(5), part(5)], 5),
        ([part(0), part(0)], 1),
    ],
)
def test_the_proposal_is_the_weighted_mean_half_up(parts: list[tuple[Task, int]], mean: int | None) -> None:
    assert mean_of(parts) == mean


def test_nobody_passes_while_something_required_is_missing(run: CourseRun, teacher: User) -> None:
    first, second = assigned(run, scale="grade"), assigned(run)
    learner = enrolled(run)
    marked(handed_in(learner, first), "accepted", 5)
    proposal = propose(learner)
    assert (proposal.is_passed, proposal.grade, [task.pk for task in proposal.missing]) == (False, 5, [second.pk])
    with pytest.raises(errors.NotCompletedYet):
        give_final(enrolment=learner, by=teacher, grade=5, is_passed=True)
    assert give_final(enrolment=learner, by=teacher, grade=0, is_passed=False).day == timezone.localdate()


def test_a_mark_that_was_lowered_after_completing_stops_the_pass(run: CourseRun, teacher: User) -> None:
    learner = with_grade(run)
    marked(learner.submissions.get(), "rejected", 0)
    with pytest.raises(errors.NotCompletedYet):
        give_final(enrolment=learner, by=teacher, grade=4, is_passed=True)


def test_who_has_done_everything_does_not_fail(run: CourseRun, teacher: User) -> None:
    with pytest.raises(errors.HasCompleted):
        give_final(enrolment=with_grade(run), by=teacher, grade=0, is_passed=False)


@pytest.mark.parametrize(("grade", "is_passed"), [(None, True), (0, True), (6, True), (3, False), (None, False)])
def test_a_grade_is_on_the_scale_of_the_course(
    run: CourseRun, teacher: User, grade: int | None, is_passed: bool
) -> None:
    with pytest.raises(errors.WrongGrade):
        give_final(enrolment=with_grade(run), by=teacher, grade=grade, is_passed=is_passed)


def test_a_course_without_grades_is_only_passed() -> None:
    run = make_run(requires_lessons=False)
    teacher, learner = make_teacher(run), with_grade(run)
    assert propose(learner).value == "p"
    with pytest.raises(errors.NoGrades):
        give_final(enrolment=learner, by=teacher, grade=4, is_passed=True)
    assert give_final(enrolment=learner, by=teacher, grade=None, is_passed=True).grade is None


def test_it_bears_the_day_on_which_all_was_done(run: CourseRun, teacher: User) -> None:
    learner = with_grade(run)
    final = give_final(enrolment=learner, by=teacher, grade=4, is_passed=True)
    assert final.day == timezone.localdate() - datetime.timedelta(days=3)


def test_the_same_again_changes_nothing_and_another_takes_a_reason(run: CourseRun, teacher: User) -> None:
    learner = with_grade(run)
    first = give_final(enrolment=learner, by=teacher, grade=4, is_passed=True)
    assert give_final(enrolment=learner, by=teacher, grade=4, is_passed=True).pk == first.pk
    with pytest.raises(errors.ReasonNeeded):
        give_final(enrolment=learner, by=teacher, grade=5, is_passed=True, reason="  ")
    give_final(enrolment=learner, by=teacher, grade=5, is_passed=True, reason="Laskuvirhe.")
    history = FinalGrade.objects.filter(enrolment=learner).values_list("grade", "reason")
    assert list(history) == [(4, ""), (5, "Laskuvirhe.")]
    final = final_of(learner)
    assert final is not None
    assert final.grade == 5


def test_a_grade_that_was_taken_back_no_longer_holds(run: CourseRun, teacher: User) -> None:
    learner = with_grade(run)
    give_final(enrolment=learner, by=teacher, grade=4, is_passed=True)
    take_back(enrolment=learner, by=teacher, reason="Väärä henkilö.")
    assert final_of(learner) is None
    assert FinalGrade.objects.count() == 2
    with pytest.raises(errors.NothingGiven):
        take_back(enrolment=learner, by=teacher, reason="Uudelleen.")


def test_the_learner_is_told(run: CourseRun, teacher: User) -> None:
    learner = with_grade(run)
    give_final(enrolment=learner, by=teacher, grade=4, is_passed=True)
    told = Notification.objects.get(person=learner.learner, kind="study.final_grade")
    assert told.facts["grade"] == 4


def test_the_chosen_get_what_is_proposed_and_nobody_what_has_changed(run: CourseRun, teacher: User) -> None:
    learners = [with_grade(run, 3), with_grade(run, 5), with_grade(run, 4)]
    unfinished = enrolled(run)
    give_final(enrolment=learners[2], by=teacher, grade=4, is_passed=True)
    chosen = list(zip([*learners, unfinished], ["3", "4", "1", ""], strict=True))
    given = give_proposed(run=run, chosen=chosen, by=teacher)
    assert given.number == 1
    assert [(each.pk, type(why)) for each, why in given.refused] == [
        (learners[1].pk, errors.ProposalChanged),
        (unfinished.pk, errors.NotCompletedYet),
    ]
    grades = [final.grade if (final := final_of(learner)) else None for learner in learners]
    assert grades == [3, None, 4]


def test_assistants_strangers_and_learners_themselves_give_no_grades(run: CourseRun, teacher: User) -> None:
    learner = with_grade(run)
    assistant = make_person("avustaja")
    RunTeacher.objects.create(run=run, user=assistant, role=RunTeacher.Role.ASSISTANT)
    for person in (assistant, make_teacher(make_run())):
        with pytest.raises(NotTheTeacher):
            give_final(enrolment=learner, by=person, grade=4, is_passed=True)
    RunTeacher.objects.create(run=run, user=learner.learner)
    with pytest.raises(OwnStudies):
        give_final(enrolment=learner, by=learner.learner, grade=4, is_passed=True)


def test_who_has_withdrawn_gets_no_grade(run: CourseRun, teacher: User) -> None:
    learner = enrolled(run)
    move(learner, Status.WITHDRAWN, by=None)
    with pytest.raises(errors.NotStudying):
        give_final(enrolment=learner, by=teacher, grade=0, is_passed=False)


def test_of_any_history_the_newest_row_holds_unless_it_takes_the_grade_back(run: CourseRun) -> None:
    chance, expected = random.Random(8), {}
    moments = [timezone.now() - datetime.timedelta(days=days) for days in range(4)]
    for learner in [enrolled(run) for _number in range(30)]:
        rows = []
        for _row in range(chance.randrange(5)):
            is_passed, is_taken_back = chance.random() < 0.7, chance.random() < 0.3
            row = FinalGrade.objects.create(
                enrolment=learner, is_passed=is_passed, is_taken_back=is_taken_back, day=timezone.localdate()
            )
            # Several may be written at the same moment, and then in the order of their keys.
            FinalGrade.objects.filter(pk=row.pk).update(at=chance.choice(moments))
            row.refresh_from_db()
            rows.append(row)
        newest = max(rows, key=lambda row: (row.at, row.pk), default=None)
        if newest is not None and not newest.is_taken_back:
            expected[learner.pk] = newest
    found = finals_of(Enrolment.objects.values_list("pk", flat=True))
    assert {pk: final.pk for pk, final in found.items()} == {pk: row.pk for pk, row in expected.items()}
    passed = set(Enrolment.objects.filter(passed_elsewhere()).values_list("pk", flat=True))
    assert passed == {pk for pk, row in expected.items() if row.is_passed}
    assert passed and len(passed) < len(found) < 30
