"""Giving an assessment, deciding between two, changing what was given and undoing that.

The enrolment is locked first and then the submission, so that two who give at the same moment come one after another.
"""

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from learning.study import permissions
from learning.study.marking import errors, telling
from learning.study.marking.again import usual_day, within_reason
from learning.study.marking.rounds import Part, Round, round_of
from learning.study.models import Enrolment, Mark, Submission
from learning.study.models.assignments import MARKED, WAITING_FOR_TEACHERS, SubmissionStatus
from learning.study.services.completing import complete_if_done

if TYPE_CHECKING:
    from accounts.models import User

Outcome = Mark.Outcome
# After so long somebody who has a work open is no longer told of.
CLAIMED = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Given:
    """What a teacher gives: checked by `_checked`."""

    outcome: str
    grade: int | None = None
    criteria: Any = ()
    words: str = ""
    note: str = ""
    again_until: datetime.datetime | None = None

    @property
    def columns(self) -> dict[str, Any]:
        return {**vars(self), "criteria": list(self.criteria)}


def claimed_by_another(submission: Submission, by: "User") -> bool:
    """Whether another teacher has had the work open within the hour."""
    since = submission.marker_since
    if since is None or submission.marker_id in {None, by.pk}:
        return False
    return since > timezone.now() - CLAIMED


def claim(*, submission: Submission, by: "User") -> bool:
    """Note that the teacher has the work open, for others to be told; False where another has it."""
    if claimed_by_another(submission, by):
        return False
    if submission.status in WAITING_FOR_TEACHERS:
        submission.marker, submission.marker_since = by, timezone.now()
        submission.save(update_fields=["marker", "marker_since"])
    return True


@transaction.atomic
def give(
    *,
    submission: Submission,
    by: "User",
    version: int,
    seen: int,
    outcome: str,
    grade: int | None = None,
    criteria: Any = (),
    words: str = "",
    note: str = "",
    again_until: datetime.datetime | None = None,
) -> Mark:
    """Give the first or second assessment, or decide where the two differ: whichever the work waits for.

    `version` and `seen` (how many assessments the page knew of) are what the teacher looked at.
    """
    standing = _begun(submission, by)
    if seen != standing.seen:
        visible = standing.visible(by)
        raise errors.StaleMark(visible[-1] if visible and visible[-1] == standing.marks[-1] else None)
    if version != standing.version.number:
        raise errors.StaleVersion
    part = part_for(standing, by)
    given = _checked(standing, Given(outcome, grade, criteria, words, note, again_until))
    mark = Mark.objects.create(
        submission=standing.submission, version=standing.version, part=part, by=by, **given.columns
    )
    standing.marks.append(mark)
    _go_on(round_of(standing.submission), mark)
    return mark


@transaction.atomic
def change(
    *,
    submission: Submission,
    by: "User",
    seen: int,
    outcome: str,
    reason: str,
    grade: int | None = None,
    criteria: Any = (),
    words: str = "",
    note: str = "",
    again_until: datetime.datetime | None = None,
) -> Mark:
    """Give something else in place of what the learner has been given. Both stay on record, and the learner is told."""
    standing = _begun(submission, by)
    before = _released(standing, seen)
    if not reason.strip():
        raise errors.ReasonMissing
    given = _checked(standing, Given(outcome, grade, criteria, words, note, again_until))
    return _replaced(standing, before, Part.CHANGE, by, given, reason.strip()[:500])


@transaction.atomic
def undo(*, submission: Submission, by: "User", seen: int) -> Mark:
    """Give again what was given before the last change; the learner is told."""
    standing = _begun(submission, by)
    mark = _released(standing, seen)
    if not may_undo(standing):
        raise errors.NothingToUndo
    assert mark.replaces is not None, "a change replaces something"
    before = mark.replaces
    until = before.again_until
    if before.outcome == Outcome.AGAIN and (until is None or until < timezone.now()):
        until = usual_day(standing.submission.run_assignment.assignment)
    given = Given(before.outcome, before.grade, before.criteria, before.words, before.note, until)
    return _replaced(standing, mark, Part.UNDO, by, given, "")


def may_undo(standing: Round) -> bool:
    """Whether the newest assessment is a change that holds."""
    mark = standing.submission.mark
    is_change = mark is not None and mark.part == Part.CHANGE and mark.replaces_id is not None
    return is_change and mark == standing.marks[-1] and standing.submission.status in MARKED


def part_for(standing: Round, by: "User") -> str:
    """What the person would give now; raises the reason where it is nothing."""
    status = standing.submission.status
    if status == SubmissionStatus.HANDED_IN:
        return Part.FIRST
    if status == SubmissionStatus.SECOND:
        if standing.first is not None and standing.first.by_id == by.pk:
            raise errors.SameMarker
        return Part.SECOND
    if status == SubmissionStatus.DIFFERING:
        if not permissions.may_lead(by, standing.submission.run_assignment.run):
            raise errors.NotTheLeader
        return Part.FINAL
    raise errors.NotWaiting


def check_may_mark(submission: Submission, by: Any) -> None:
    """Raise the reason why the person gives nothing for the work, whatever state it is in."""
    if submission.enrolment.learner_id == by.pk:
        raise errors.OwnWork
    if not permissions.may_mark(by, submission.run_assignment.run):
        raise errors.NotAMarker


def _begun(submission: Submission, by: "User") -> Round:
    """The work as it is now, locked until the transaction ends."""
    check_may_mark(submission, by)
    Enrolment.objects.select_for_update(no_key=True, of=("self",)).get(pk=submission.enrolment_id)
    rows = Submission.objects.select_for_update(no_key=True, of=("self",))
    related = ("run_assignment__assignment", "run_assignment__run__course", "enrolment__learner", "mark__replaces")
    return round_of(rows.select_related(*related).get(pk=submission.pk))


def _released(standing: Round, seen: int) -> Mark:
    """The assessment that the learner sees, where it may be replaced."""
    mark = standing.submission.mark
    if seen != standing.seen:
        raise errors.StaleMark(standing.marks[-1] if standing.marks else None)
    if mark is None:
        raise errors.NothingReleased
    if standing.submission.status not in MARKED:
        raise errors.StaleVersion
    return mark


def _checked(standing: Round, given: Given) -> Given:
    """The same in order: a grade where there has to be one and nowhere else, a day, and words for what is missing."""
    assignment = standing.submission.run_assignment.assignment
    grade, until = None, None
    if assignment.is_graded and given.outcome == Outcome.ACCEPTED:
        if given.grade is None:
            raise errors.GradeMissing
        if not 1 <= given.grade <= 5:
            raise errors.GradeAndOutcomeDiffer
        grade = given.grade
    elif assignment.is_graded and given.outcome == Outcome.REJECTED:
        grade = 0
    if given.outcome == Outcome.AGAIN:
        if not standing.may_ask_again:
            raise errors.NoRoundsLeft
        until = within_reason(given.again_until) if given.again_until else usual_day(assignment)
    if given.outcome != Outcome.ACCEPTED and not _says_something(standing, given):
        raise errors.WordsMissing
    return Given(given.outcome, grade, given.criteria, given.words.strip(), given.note.strip(), until)


def _says_something(standing: Round, given: Given) -> bool:
    said = given.words.strip() or any(each.get("words", "").strip() for each in given.criteria)
    return bool(said) or standing.version.comments.exists()


def _go_on(standing: Round, mark: Mark) -> None:
    """What follows from what was just given."""
    submission = standing.submission
    if mark.part == Part.FIRST and submission.run_assignment.needs_second_marker:
        return _move(submission, SubmissionStatus.SECOND)
    first = standing.first
    if mark.part != Part.SECOND or first is None:
        return _release(submission, mark)
    if (first.outcome, first.grade) == (mark.outcome, mark.grade):
        first.again_until = mark.again_until = max(filter(None, (first.again_until, mark.again_until)), default=None)
        return _release(submission, first, mark)
    _move(submission, SubmissionStatus.DIFFERING)
    telling.tell_leaders(submission)
    return None


def _replaced(standing: Round, before: Mark, part: str, by: "User", given: Given, reason: str) -> Mark:
    mark = Mark.objects.create(
        submission=standing.submission,
        version=before.version,
        part=part,
        by=by,
        reason=reason,
        replaces=before,
        **given.columns,
    )
    _release(standing.submission, mark, is_change=True)
    return mark


def _release(submission: Submission, mark: Mark, *others: Mark, is_change: bool = False) -> None:
    """Let the learner see it: the assessment, the comments on its version, and what follows for the work."""
    now = timezone.now()
    for each in (mark, *others):
        each.released_at = now
        each.save(update_fields=["released_at", "again_until"])
    for comment in mark.version.comments.filter(released_at=None):
        comment.released_at = now
        comment.save(update_fields=["released_at"])
    submission.mark = mark
    submission.again_due = mark.again_until
    _move(submission, SubmissionStatus(mark.outcome))
    telling.tell_learner(submission, mark, is_change=is_change)
    complete_if_done(enrolment=submission.enrolment)


def _move(submission: Submission, status: SubmissionStatus) -> None:
    submission.status = status
    submission.marker = submission.marker_since = None
    submission.save(update_fields=["status", "marker", "marker_since", "mark", "again_due"])
