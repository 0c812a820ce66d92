"""A quiz as a learner would meet it, for those who author quizzes and teach runs: nothing is kept."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from common.permissions import may_read_as_staff
from learning.courses.models import Quiz
from learning.courses.services import current_version
from learning.study.attempts.answers import posted
from learning.study.attempts.asking import Asked, answer_in
from learning.study.attempts.marking import points_of
from learning.study.models import RunTeacher
from learning.study.views.opening import private, sign_in_first

MAY_SEE = "courses.view_quiz"


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, code: str) -> HttpResponseBase:
    """The questions as they are now; POST shows the review of what was answered."""
    if not request.user.is_authenticated:
        return sign_in_first(request, request.path)
    quiz = get_object_or_404(Quiz.objects.select_related("course"), code=code)
    if not _may_preview(request, quiz):
        raise Http404
    fields = posted(request)[0] if request.method == "POST" else {}
    asked = _asked(quiz, fields)
    is_walking = "jatka" in request.POST
    points = sum((points_of(each.outcome.share, each.points_possible) for each in asked), start=0)
    context = {
        "quiz": quiz,
        "asked": asked,
        "is_review": request.method == "POST" and not is_walking,
        "points": points,
        "points_possible": sum(each.points_possible for each in asked),
    }
    return private(render(request, "learning/study/quiz_preview.html", context))


def _may_preview(request: HttpRequest, quiz: Quiz) -> bool:
    if may_read_as_staff(request.user) and request.user.has_perm(MAY_SEE):
        return True
    return RunTeacher.objects.filter(user_id=request.user.pk, run__run_quizzes__quiz=quiz).exists()


def _asked(quiz: Quiz, fields: dict[str, list[str]]) -> list[Asked]:
    found = []
    rows = quiz.questions.select_related("question").order_by("sort_order", "pk")
    for number, row in enumerate(rows, start=1):
        version = current_version(row.question)
        if version is not None:
            answer = answer_in(fields, version, number)
            found.append(Asked(number, version, row.points, answer, f"esikatselu-{quiz.pk}", {}))
    return found
