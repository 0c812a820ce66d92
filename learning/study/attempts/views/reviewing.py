"""After handing in: each question with the answer, the right one and why; for teachers, giving more points."""

import uuid
from collections.abc import Sequence
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.errors import Refused
from learning.courses.kinds.base import Answer
from learning.courses.kinds.number import read_number
from learning.study.attempts import permissions
from learning.study.attempts.answers import open_for
from learning.study.attempts.asking import Asked, rows_of
from learning.study.attempts.services import raise_points
from learning.study.due import due_of
from learning.study.models import Attempt
from learning.study.views.opening import private, sign_in_first
from learning.study.views.runs import certificate_of


def result(request: HttpRequest, attempt: Attempt, *, is_teacher: bool = False) -> HttpResponse:
    """The points, whether it passed, what next; the review where the quiz lets it be seen by now."""
    attempts = list(Attempt.objects.filter(enrolment=attempt.enrolment, run_quiz=attempt.run_quiz))
    refusal = permissions.why_not_begin(attempt.run_quiz, attempt.enrolment, attempts)
    sees_feedback = is_teacher or permissions.sees_feedback(attempt)
    context = {
        "attempt": attempt,
        "run": attempt.run_quiz.run,
        "quiz": attempt.run_quiz.quiz,
        "is_teacher": is_teacher,
        "draft": None if is_teacher else open_for(request, attempt),
        "asked": rows_of(attempt) if sees_feedback else [],
        "sees_feedback": sees_feedback,
        "due": due_of(attempt.run_quiz, attempt.enrolment),
        "has_passed": any(each.is_passed and not each.is_practice for each in attempts),
        "attempts_left": permissions.attempts_left(attempt.run_quiz.quiz, attempts),
        "may_try_again": refusal is None,
        "is_completed": attempt.enrolment.status == attempt.enrolment.Status.COMPLETED,
        "certificate": None if is_teacher else certificate_of(attempt.enrolment),
    }
    return private(render(request, "learning/study/result.html", context))


def late(request: HttpRequest, attempt: Attempt, unsaved: Sequence[tuple[Asked, Answer]]) -> HttpResponse:
    """What was sent after the end, to copy: it was not handed in."""
    context = {
        "attempt": attempt,
        "run": attempt.run_quiz.run,
        "quiz": attempt.run_quiz.quiz,
        "late": [(row, row.kind.review(row.version.content, sent).given) for row, sent in unsaved],
    }
    return private(render(request, "learning/study/late.html", context, status=409))


def result_for_teacher(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A learner's attempt for those who teach the run, once it is handed in; not there for anybody else."""
    return result(request, _taught(request, key), is_teacher=True)


def _taught(request: HttpRequest, key: uuid.UUID) -> Attempt:
    rows = Attempt.objects.select_related("enrolment__learner", "run_quiz__quiz", "run_quiz__run")
    attempt = get_object_or_404(rows, public_id=key)
    if attempt.is_open or not permissions.may_mark(request.user, attempt):
        raise Http404
    return attempt


@require_POST
def raise_points_of(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """A teacher gives more points to an answer that the marking did not recognise."""
    if not request.user.is_authenticated:
        return sign_in_first(request, reverse("study:attempt", args=[key]))
    attempt = _taught(request, key)
    position = request.POST.get("kysymys", "")
    is_number = position.isascii() and position.isdigit() and len(position) < 4
    found = attempt.answers.filter(position=position if is_number else 0).first()
    if found is None:
        raise Http404
    points = read_number(request.POST.get("pisteet", "")[:20])
    try:
        raise_points(
            answer=found,
            points=points if points is not None else Decimal(-1),
            by=request.user,
            reason=request.POST.get("perustelu", ""),
        )
        messages.success(request, _("The points have been raised. The learner sees the reason."))
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    return redirect(f"{attempt.url}#k{found.position}")
