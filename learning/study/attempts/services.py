"""What learners do with attempts, and the one thing that teachers do."""

import datetime
import random
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from learning.courses.models import QuizQuestion
from learning.courses.services import current_version
from learning.study.attempts import answers, errors, timing
from learning.study.attempts.asking import rows_of
from learning.study.attempts.marking import is_enough, points_of
from learning.study.attempts.permissions import may_mark, why_not_begin
from learning.study.errors import NotTheTeacher
from learning.study.models import Attempt, AttemptAnswer, Enrolment, PointChange, RunQuiz
from learning.study.services.completing import complete_if_done

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_REASON = 500


@transaction.atomic
def begin(*, enrolment: Enrolment, run_quiz: RunQuiz) -> Attempt:
    """Begin an attempt with the questions as they are now; the one under way is returned instead where there is one.

    Raises Refused with the sentence to show. After passing an attempt is practice.
    """
    # Lock the enrolment: of two requests for the last attempt, the second must see what the first made.
    enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment.pk)
    attempts = list(Attempt.objects.filter(enrolment=enrolment, run_quiz=run_quiz).order_by("number"))
    under_way = next((each for each in attempts if each.is_open), None)
    if under_way is not None:
        return under_way
    refusal = why_not_begin(run_quiz, enrolment, attempts)
    if refusal is not None:
        raise refusal
    questions = list(run_quiz.quiz.questions.select_related("question").order_by("sort_order", "pk"))
    if not questions:
        raise errors.NoQuestions
    attempt = _make(enrolment, run_quiz, attempts, questions)
    _freeze(attempt, questions, shuffles=run_quiz.quiz.shuffles_questions)
    return attempt


def _make(enrolment: Enrolment, run_quiz: RunQuiz, attempts: list[Attempt], questions: list[QuizQuestion]) -> Attempt:
    quiz = run_quiz.quiz
    attempt = Attempt(
        enrolment=enrolment,
        run_quiz=run_quiz,
        number=len(attempts) + 1,
        is_practice=any(each.is_passed and not each.is_practice for each in attempts),
        rules={
            "title": quiz.title,
            "language": quiz.language,
            "pass_percent": quiz.pass_percent,
            "minutes": quiz.minutes,
            "feedback": quiz.feedback,
        },
        points_possible=sum(question.points for question in questions),
    )
    attempt.deadline = timing.deadline_of(attempt)
    attempt.save()
    return attempt


def _freeze(attempt: Attempt, questions: list[QuizQuestion], *, shuffles: bool) -> None:
    if shuffles:
        random.SystemRandom().shuffle(questions)
    rows = []
    for position, question in enumerate(questions, start=1):
        version = current_version(question.question)
        assert version is not None, "a question is saved with its version"
        rows.append(AttemptAnswer(attempt=attempt, position=position, version=version, points_possible=question.points))
    AttemptAnswer.objects.bulk_create(rows)


@transaction.atomic
def hand_in(*, attempt: Attempt, timed_out: bool = False) -> Attempt:
    """Mark what was saved. Handing in again changes nothing and returns the attempt as it is."""
    locked = Attempt.objects.select_for_update(of=("self",)).select_related("enrolment", "run_quiz__run")
    attempt = locked.get(pk=attempt.pk)
    if not attempt.is_open:
        return attempt
    deadline = timing.deadline_of(attempt)
    if timed_out and (deadline is None or timezone.now() < deadline):
        # Somebody has given more time since.
        Attempt.objects.filter(pk=attempt.pk).update(deadline=deadline)
        attempt.deadline = deadline
        return attempt
    is_late = timed_out or timing.is_over(deadline)
    attempt.status = Attempt.Status.TIMED_OUT if is_late else Attempt.Status.HANDED_IN
    attempt.handed_in_at = _moment(deadline)
    attempt.points = _mark(attempt)
    attempt.is_passed = is_enough(attempt.points, attempt)
    attempt.save()
    if attempt.is_passed and not attempt.is_practice:
        complete_if_done(enrolment=attempt.enrolment)
    return attempt


def _moment(deadline: datetime.datetime | None) -> datetime.datetime:
    now = timezone.now()
    return min(now, deadline) if deadline else now


def _mark(attempt: Attempt) -> Decimal:
    held = answers.finish(attempt)
    total = Decimal(0)
    rows: list[AttemptAnswer] = []
    for asked in rows_of(attempt, held):
        row = asked.row
        assert row is not None
        row.answer = dict(asked.answer)
        row.verdict = asked.outcome.verdict
        row.points = points_of(asked.outcome.share, asked.points_possible)
        total += row.points
        rows.append(row)
    AttemptAnswer.objects.bulk_update(rows, ["answer", "verdict", "points"])
    return total


@transaction.atomic
def go_on(*, attempt: Attempt, position: int) -> int:
    """Commit the choices of a case that have been saved; return which step is to be shown now, 0 where none is."""
    rows = attempt.answers.select_for_update(of=("self",)).select_related("version")
    row = rows.filter(position=position).first()
    if row is None:
        return 0
    asked = next(each for each in rows_of(attempt, answers.read(attempt)) if each.number == position)
    if not asked.kind.walks:
        return 0
    # Only choices of the path: anything else in the form would be committed unseen.
    taken = len(asked.outcome.parts)
    path = {f"a{at}": list(asked.answer[f"a{at}"]) for at in range(taken)}
    AttemptAnswer.objects.filter(pk=row.pk).update(answer=path)
    is_at_an_end = not asked.kind.complaint(row.version.content, path)
    return taken if is_at_an_end else taken + 1


@transaction.atomic
def raise_points(*, answer: AttemptAnswer, points: Decimal, by: "User", reason: str) -> Attempt:
    """Give more points than the marking did; the change, its maker and its reason are kept."""
    attempts = Attempt.objects.select_for_update(of=("self",)).select_related("enrolment", "run_quiz__run")
    attempt = attempts.get(pk=answer.attempt_id)
    if not may_mark(by, attempt):
        raise NotTheTeacher
    answer = AttemptAnswer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
    before = answer.points
    if before is None or attempt.points is None or not before < points <= answer.points_possible:
        raise errors.PointsRefused
    # PostgreSQL takes no NUL.
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise errors.ReasonMissing
    PointChange.objects.create(answer=answer, by=by, before=before, after=points, reason=reason[:LONGEST_REASON])
    AttemptAnswer.objects.filter(pk=answer.pk).update(points=points)
    attempt.points += points - before
    attempt.is_passed = is_enough(attempt.points, attempt)
    attempt.save()
    if attempt.is_passed and not attempt.is_practice:
        complete_if_done(enrolment=attempt.enrolment)
    return attempt
