"""Who may begin an attempt, and who sees what of it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from common import dates
from common.errors import Refused
from learning.courses.models import Quiz
from learning.study import permissions as runs
from learning.study.attempts import errors
from learning.study.due import due_of
from learning.study.models import Attempt, Enrolment, RunQuiz
from learning.study.models.enrolments import STUDYING

if TYPE_CHECKING:
    from learning.study.permissions import Person


def why_not_begin(run_quiz: RunQuiz, enrolment: Enrolment, attempts: Iterable[Attempt]) -> Refused | None:
    """Why the learner cannot begin another attempt now, or None. The page tells it, and the service refuses by it."""
    now = timezone.now()
    if enrolment.status not in STUDYING:
        return errors.NotStudying()
    opens, due = run_quiz.opens, due_of(run_quiz, enrolment)
    if opens is not None and now < opens:
        told = _("The quiz opens on %(day)s %(time)s.")
        return errors.NotOpenYet(told % {"day": dates.day(opens), "time": dates.clock(opens)})
    if due is not None and now >= due:
        return errors.QuizClosed()
    left = attempts_left(run_quiz.quiz, attempts)
    return errors.NoAttemptsLeft() if left == 0 else None


def attempts_left(quiz: Quiz, attempts: Iterable[Attempt]) -> int | None:
    """How many attempts are left; None: without limit, as practice is after passing."""
    counted = [attempt for attempt in attempts if not attempt.is_practice]
    if quiz.attempts is None or any(attempt.is_passed for attempt in counted):
        return None
    return max(0, quiz.attempts - len(counted))


def sees_feedback(attempt: Attempt) -> bool:
    """Whether the answers may be reviewed: at once, or when nobody can answer with their help any more."""
    if attempt.rules["feedback"] == Quiz.Feedback.AT_ONCE:
        return True
    due = due_of(attempt.run_quiz, attempt.enrolment)
    return due is None or timezone.now() > due


def may_look_at(user: "Person", attempt: Attempt) -> bool:
    """Whether the person sees the learner's attempt as a teacher of the run."""
    return attempt.enrolment.learner_id != user.pk and runs.may_teach(user, attempt.run_quiz.run)


def may_mark(user: "Person", attempt: Attempt) -> bool:
    """Whether the person may raise the points of the attempt: assistants do not, and nobody raises their own."""
    return attempt.enrolment.learner_id != user.pk and runs.may_mark(user, attempt.run_quiz.run)
