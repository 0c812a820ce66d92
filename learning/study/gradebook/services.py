"""Giving final grades and taking them back. What was given stays in the history: a new row replaces it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from common.errors import Refused
from learning.courses.models import CourseRun
from learning.courses.models.assignments import MOST_GRADE
from learning.study import permissions
from learning.study.errors import NotTheTeacher, OwnStudies
from learning.study.gradebook import errors, notifications
from learning.study.gradebook.grades import LEAST_PASSED, Final, final_of, has_grades, propose
from learning.study.models import Enrolment, FinalGrade
from learning.study.models.enrolments import STUDYING, Status

if TYPE_CHECKING:
    from accounts.models import User


@dataclass
class Given:
    """What became of giving many: how many got a grade, and who did not, with the reason."""

    number: int = 0
    refused: list[tuple[Enrolment, Refused]] = field(default_factory=list)


@transaction.atomic
def give_final(
    *, enrolment: Enrolment, by: "User", grade: int | None, is_passed: bool, reason: str = "", seen: str | None = None
) -> FinalGrade:
    """Give the learner the grade of the course, or change it, which takes a reason. The same again changes nothing.

    `seen`: the proposal that the teacher saw (Proposal.value); refused where it is another one by now.
    """
    enrolment = locked(enrolment, by)
    refuse_wrong_grade(enrolment.run, grade, is_passed=is_passed)
    before = final_of(enrolment)
    if before is not None and (before.grade, before.is_passed) == (grade, is_passed):
        return FinalGrade.objects.get(pk=before.pk)
    _refuse_against_the_marks(enrolment, before, seen, is_passed=is_passed)
    reason = reason.strip()
    if before is not None and not reason:
        raise errors.ReasonNeeded
    day = _day_of(enrolment, before if is_passed else None)
    return write(enrolment, by, grade, is_passed=is_passed, day=day, reason=reason)


@transaction.atomic
def take_back(*, enrolment: Enrolment, by: "User", reason: str) -> FinalGrade:
    """From now on the learner has no final grade; the reason is told to them."""
    enrolment = locked(enrolment, by)
    before = final_of(enrolment)
    if before is None:
        raise errors.NothingGiven
    if not reason.strip():
        raise errors.ReasonNeeded
    return write(enrolment, by, None, is_passed=False, day=before.day, reason=reason.strip(), is_taken_back=True)


def give_proposed(*, run: CourseRun, chosen: Iterable[tuple[Enrolment, str]], by: "User") -> Given:
    """Give each of the chosen the grade that is proposed: (enrolment, the proposal that the teacher saw).

    One who has a final grade already keeps it. Each is given by itself: what is refused to one stops no other.
    """
    given = Given()
    for enrolment, seen in chosen:
        enrolment.run = run
        try:
            given.number += _give_proposed(enrolment, by, seen)
        except Refused as refusal:
            given.refused.append((enrolment, refusal))
    return given


def _give_proposed(enrolment: Enrolment, by: "User", seen: str) -> bool:
    if final_of(enrolment) is not None:
        return False
    if not seen:
        raise errors.NotCompletedYet
    grade = int(seen) if seen.isascii() and seen.isdigit() else None
    give_final(enrolment=enrolment, by=by, grade=grade, is_passed=True, seen=seen)
    return True


def locked(enrolment: Enrolment, by: "User") -> Enrolment:
    """The enrolment as it is now, with its run and course; raises where the person may not give it marks."""
    rows = Enrolment.objects.select_for_update(no_key=True, of=("self",)).select_related("run__course", "learner")
    enrolment = rows.get(pk=enrolment.pk)
    if not permissions.may_mark(by, enrolment.run):
        raise NotTheTeacher
    if enrolment.learner_id == by.pk:
        raise OwnStudies
    if enrolment.status not in STUDYING:
        raise errors.NotStudying
    return enrolment


def refuse_wrong_grade(run: CourseRun, grade: int | None, *, is_passed: bool) -> None:
    """Raise where the grade is not on the scale of the course, or says another thing than `is_passed`."""
    if not has_grades(run.course):
        if grade is not None:
            raise errors.NoGrades
    elif grade is None or not (LEAST_PASSED <= grade <= MOST_GRADE if is_passed else grade == 0):
        raise errors.WrongGrade


def _refuse_against_the_marks(enrolment: Enrolment, before: Final | None, seen: str | None, *, is_passed: bool) -> None:
    """Who passes has everything accepted, and who has everything accepted passes; what was done elsewhere stands."""
    proposal = propose(enrolment)
    if seen is not None and seen != proposal.value:
        raise errors.ProposalChanged
    # Before the run is completed only what came from elsewhere passes, also where a teacher has changed it since.
    is_elsewhere = before is not None and (before.is_imported or enrolment.status != Status.COMPLETED)
    passed_elsewhere = before is not None and before.is_passed and is_elsewhere
    if is_passed and not proposal.is_passed and not passed_elsewhere:
        raise errors.NotCompletedYet
    if not is_passed and proposal.is_passed:
        raise errors.HasCompleted


def _day_of(enrolment: Enrolment, before: Final | None) -> datetime.date:
    """The day on which all was done, here or as the earlier grade has it from elsewhere; today where it was not."""
    if enrolment.status == Status.COMPLETED and enrolment.completed_at:
        return timezone.localdate(enrolment.completed_at)
    return before.day if before is not None and before.is_passed else timezone.localdate()


def write(
    enrolment: Enrolment,
    by: "User",
    grade: int | None,
    *,
    is_passed: bool,
    day: datetime.date,
    reason: str = "",
    is_imported: bool = False,
    is_taken_back: bool = False,
) -> FinalGrade:
    """Write the row and tell the learner. The caller has locked the enrolment and checked the rule."""
    final = FinalGrade.objects.create(
        enrolment=enrolment,
        by=by,
        grade=grade,
        is_passed=is_passed,
        day=day,
        reason=reason,
        is_imported=is_imported,
        is_taken_back=is_taken_back,
    )
    notifications.tell_of_final(final)
    return final
