"""What a quiz is, the learner's attempts at it, and beginning one."""

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from common.errors import Refused
from learning.study.attempts import permissions, timing
from learning.study.attempts.services import begin
from learning.study.attempts.views.finding import in_time
from learning.study.due import due_of
from learning.study.models import Attempt, RunQuiz
from learning.study.views.opening import Opened, open_run, private, sign_in_first


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: HttpRequest, code: str, quiz: str) -> HttpResponseBase:
    """Before beginning: everything that beginning means. POST begins, or goes on with what is under way."""
    if not request.user.is_authenticated:
        return sign_in_first(request, request.path)
    opened = open_run(request, code)
    if not isinstance(opened, Opened):
        return opened
    run_quiz = next((each for each in opened.run.run_quizzes.all() if each.quiz.code == quiz), None)
    if run_quiz is None:
        raise Http404
    run_quiz.run = opened.run
    if request.method == "POST":
        return _begin(request, opened, run_quiz)
    return private(render(request, "learning/study/quiz.html", _context(opened, run_quiz)))


def _begin(request: HttpRequest, opened: Opened, run_quiz: RunQuiz) -> HttpResponseBase:
    if opened.enrolment is None:
        return redirect("study:quiz_preview", run_quiz.quiz.code)
    try:
        attempt = begin(enrolment=opened.enrolment, run_quiz=run_quiz)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(request.path)
    return redirect(attempt.url)


def _context(opened: Opened, run_quiz: RunQuiz) -> dict[str, object]:
    enrolment, quiz = opened.enrolment, run_quiz.quiz
    attempts: list[Attempt] = []
    if enrolment is not None:
        rows = Attempt.objects.filter(enrolment=enrolment, run_quiz=run_quiz).order_by("number")
        attempts = [in_time(_known(attempt, opened, run_quiz)) for attempt in rows]
    return {
        "run": opened.run,
        "contents": opened.contents,
        "is_preview": opened.is_preview,
        "run_quiz": run_quiz,
        "quiz": quiz,
        "size": quiz.questions.aggregate(number=Count("pk"), points=Sum("points")),
        "minutes": timing.minutes_for(quiz.minutes, enrolment),
        "has_extra_time": bool(quiz.minutes and enrolment and enrolment.extra_percent),
        "due": due_of(run_quiz, enrolment),
        "attempts": attempts,
        "under_way": next((attempt for attempt in attempts if attempt.is_open), None),
        "has_passed": any(attempt.is_passed and not attempt.is_practice for attempt in attempts),
        "attempts_left": permissions.attempts_left(quiz, attempts),
        "refusal": permissions.why_not_begin(run_quiz, enrolment, attempts) if enrolment else None,
    }


def _known(attempt: Attempt, opened: Opened, run_quiz: RunQuiz) -> Attempt:
    """The attempt with its relations, which were read already."""
    assert opened.enrolment is not None
    attempt.run_quiz, attempt.enrolment = run_quiz, opened.enrolment
    return attempt
