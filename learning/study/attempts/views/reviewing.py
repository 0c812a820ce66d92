"""After handing in: each question with the answer, the right one and why; for teachers, giving more points."""

import dataclasses
import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.errors import Refused
from learning.courses.kinds.base import Answer
from learning.study.attempts import permissions
from learning.study.attempts.answers import open_for
from learning.study.attempts.asking import Asked, rows_of
from learning.study.attempts.forms import PointsForm
from learning.study.attempts.services import raise_points
from learning.study.due import due_of
from learning.study.models import Attempt
from learning.study.querysets import certificate_of
from learning.study.views.opening import private, sign_in_first


def result(
    request: HttpRequest, attempt: Attempt, *, is_teacher: bool = False, refused: PointsForm | None = None
) -> HttpResponse:
    """The points, whether it passed, what next; the review where the quiz lets it be seen by now.

    `refused`: the form of a teacher that was not in order, which stands in its place again.
    """
    attempts = list(Attempt.objects.filter(enrolment=attempt.enrolment, run_quiz=attempt.run_quiz))
    refusal = permissions.why_not_begin(attempt.run_quiz, attempt.enrolment, attempts)
    sees_feedback = is_teacher or permissions.sees_feedback(attempt)
    context = {
        "attempt": attempt,
        "run": attempt.run_quiz.run,
        "quiz": attempt.run_quiz.quiz,
        "is_teacher": is_teacher,
        "draft": None if is_teacher else open_for(request, attempt),
        "asked": _asked(attempt, is_teacher and permissions.may_mark(request.user, attempt), refused)
        if sees_feedback
        else [],
        "refused": refused,
        "sees_feedback": sees_feedback,
        "due": due_of(attempt.run_quiz, attempt.enrolment),
        "has_passed": any(each.is_passed and not each.is_practice for each in attempts),
        "attempts_left": permissions.attempts_left(attempt.run_quiz.quiz, attempts),
        "may_try_again": refusal is None,
        "is_completed": attempt.enrolment.status == attempt.enrolment.Status.COMPLETED,
        "certificate": None if is_teacher else certificate_of(attempt.enrolment),
    }
    return private(render(request, "learning/study/result.html", context, status=422 if refused else 200))


def _asked(attempt: Attempt, may_raise: bool, refused: PointsForm | None) -> list[Asked]:
    rows = rows_of(attempt)
    if not may_raise:
        return rows

    def form(row: Asked) -> PointsForm:
        if refused is not None and refused.anchor == row.anchor:
            return refused
        return PointsForm(anchor=row.anchor, initial={"pisteet": row.points_possible})

    return [dataclasses.replace(row, raising=form(row)) for row in rows]


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
    if attempt.is_open or not permissions.may_look_at(request.user, attempt):
        raise Http404
    return attempt


@require_POST
def raise_points_of(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """A teacher gives more points to an answer that the marking did not recognise."""
    if not request.user.is_authenticated:
        return sign_in_first(request, reverse("study:attempt", args=[key]))
    attempt = _taught(request, key)
    if not permissions.may_mark(request.user, attempt):
        raise Http404
    position = request.POST.get("kysymys", "")
    is_number = position.isascii() and position.isdigit() and len(position) < 4
    found = attempt.answers.filter(position=position if is_number else 0).first()
    if found is None:
        raise Http404
    form = PointsForm(request.POST, anchor=f"k{found.position}")
    if not form.is_valid():
        return result(request, attempt, is_teacher=True, refused=form)
    points, reason = form.cleaned_data["pisteet"], form.cleaned_data["perustelu"]
    try:
        raise_points(answer=found, points=points, by=request.user, reason=reason)
    except Refused as refusal:
        form.add_error("pisteet", str(refusal.message))
        return result(request, attempt, is_teacher=True, refused=form)
    messages.success(request, _("The points have been raised. The learner sees the reason."))
    return redirect(f"{attempt.url}#k{found.position}")
