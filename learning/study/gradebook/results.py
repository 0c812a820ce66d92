"""Recording results that were done elsewhere, and taking a whole file of them back."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from common.dates import HELSINKI
from learning.courses.models import CourseRun
from learning.study import permissions
from learning.study.errors import NotTheTeacher
from learning.study.gradebook import errors
from learning.study.gradebook.grades import final_of
from learning.study.gradebook.importing import Act, Line, Result, plan
from learning.study.gradebook.notifications import tell_of_result
from learning.study.gradebook.reading import Record
from learning.study.gradebook.services import write
from learning.study.models import (
    Enrolment,
    FinalGrade,
    ImportedResult,
    Mark,
    ResultImport,
    Submission,
    SubmissionVersion,
)
from learning.study.models.enrolments import Status
from learning.study.services.completing import complete_if_done

if TYPE_CHECKING:
    from accounts.models import User

Outcome = Mark.Outcome
NOON = datetime.time(12)


@transaction.atomic
def import_results(
    *, run: CourseRun, by: "User", records: Sequence[Record], name: str
) -> tuple[ResultImport | None, list[Line]]:
    """Record the rows that are in order, and tell of each what became of it. The same file again records nothing."""
    if not permissions.may_mark(by, run):
        raise NotTheTeacher
    emails = {record.email.casefold() for record in records if record.email}
    numbers = {record.number for record in records if record.number}
    # Two files at once, or a teacher who marks meanwhile: the later sees what the earlier wrote.
    rows = Enrolment.objects.select_for_update(no_key=True, of=("self",)).select_related("learner").filter(run=run)
    people = {
        row.pk: row
        for row in rows.order_by("pk")
        if row.learner.email.casefold() in emails or row.student_number in numbers
    }
    lines = plan(run, by, records)
    wanted = [line.result for line in lines if line.result and line.act in {Act.RECORD, Act.CHANGE}]
    if not wanted:
        return None, lines
    source = ResultImport.objects.create(run=run, by=by, name=name[-150:])
    for result in wanted:
        enrolment = people[result.enrolment_id]
        enrolment.run = run
        _record(source, enrolment, result, by)
    for pk in dict.fromkeys(result.enrolment_id for result in wanted if result.task):
        complete_if_done(enrolment=people[pk])
    return source, lines


def _record(source: ResultImport, enrolment: Enrolment, result: Result, by: "User") -> None:
    if result.task is None:
        before = final_of(enrolment)
        final = write(
            enrolment,
            by,
            result.grade,
            is_passed=result.is_passed,
            day=result.day,
            reason=result.note,
            is_imported=True,
        )
        kept: dict[str, object] = {"final": before.pk} if before else {}
        ImportedResult.objects.create(source=source, enrolment=enrolment, final_grade=final, before=kept)
        return
    submission, was = _submission(enrolment, result)
    mark = _mark(submission, result, by)
    outcome = str(mark.outcome)
    submission.mark, submission.again_due = mark, None
    submission.status = Submission.Status.ACCEPTED if result.is_passed else Submission.Status.REJECTED
    submission.save()
    ImportedResult.objects.create(source=source, enrolment=enrolment, mark=mark, before=was)
    tell_of_result(enrolment, result.task.title, outcome, result.grade, is_taken_back=False)


def _submission(enrolment: Enrolment, result: Result) -> tuple[Submission, dict[str, object]]:
    """The submission, and how it was; {} where there was none."""
    assert result.task is not None
    locked = Submission.objects.select_for_update(no_key=True, of=("self",))
    submission = locked.filter(enrolment=enrolment, run_assignment=result.task.pk).first()
    if submission is not None:
        return submission, {"status": submission.status, "mark": submission.mark_id}
    made = Submission.objects.create(
        enrolment=enrolment,
        run_assignment_id=result.task.pk,
        status=Submission.Status.TAKEN_BACK,
        handed_in_at=_moment(result.day),
    )
    return made, {}


def _mark(submission: Submission, result: Result, by: "User") -> Mark:
    """A mark is of a version: one with nothing in it stands for what was done elsewhere."""
    newest = submission.versions.aggregate(newest=Max("number"))["newest"] or 0
    version = SubmissionVersion.objects.create(
        submission=submission, number=newest + 1, handed_in_at=_moment(result.day)
    )
    return Mark.objects.create(
        submission=submission,
        version=version,
        part=Mark.Part.ELSEWHERE,
        by=by,
        outcome=Outcome.ACCEPTED if result.is_passed else Outcome.REJECTED,
        grade=result.grade,
        note=result.note,
        replaces_id=submission.mark_id,
        released_at=timezone.now(),
    )


def _moment(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, NOON, HELSINKI)


@transaction.atomic
def undo_import(*, source: ResultImport, by: "User") -> tuple[int, int]:
    """Take back what the file brought; return how many results were taken back and how many stand.

    What a teacher has changed since stands, and so do the marks by which somebody has completed the run.
    """
    if not permissions.may_mark(by, source.run):
        raise NotTheTeacher
    source = (
        ResultImport.objects.select_for_update(no_key=True, of=("self",))
        .select_related("run__course")
        .get(pk=source.pk)
    )
    if source.undone_at is not None:
        raise errors.ImportUndone
    results = source.results.select_related("enrolment__learner", "mark", "final_grade").order_by("pk")
    undone = [_undo(result, source.run, by) for result in results]
    source.undone_at, source.undone_by = timezone.now(), by
    source.save()
    return sum(undone), len(undone) - sum(undone)


def _undo(result: ImportedResult, run: CourseRun, by: "User") -> bool:
    enrolment = result.enrolment
    enrolment.run = run
    if enrolment.learner_id == by.pk:
        return False
    if result.final_grade is not None:
        return _undo_final(result, enrolment, by)
    mark = result.mark
    assert mark is not None
    locked = Submission.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "run_assignment__assignment"
    )
    submission = locked.get(pk=mark.submission_id)
    if submission.mark_id != mark.pk or enrolment.status == Status.COMPLETED:
        return False
    submission.status = Submission.Status(result.before.get("status", Submission.Status.TAKEN_BACK))
    submission.mark_id = result.before.get("mark")
    submission.save()
    title = submission.run_assignment.assignment.title
    tell_of_result(enrolment, title, mark.outcome, mark.grade, is_taken_back=True)
    return True


def _undo_final(result: ImportedResult, enrolment: Enrolment, by: "User") -> bool:
    final, holds = result.final_grade, final_of(enrolment)
    if final is None or holds is None or holds.pk != final.pk:
        return False
    before = FinalGrade.objects.filter(pk=result.before.get("final", 0)).first()
    if before is None:
        write(enrolment, by, None, is_passed=False, day=final.day, is_taken_back=True)
    else:
        write(enrolment, by, before.grade, is_passed=before.is_passed, day=before.day, is_imported=before.is_imported)
    return True
