"""The pages of statistics: the tasks of a run, one quiz with its questions, one assignment with its criteria."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from common.spreadsheets import CSV, Row, csv_lines
from learning.courses.models import Assignment, CourseRun, Quiz
from learning.study.desk.frame import desk_page
from learning.study.desk.opening import of_own_run
from learning.study.overview import assignment_figures, quiz_figures
from learning.study.overview.charts import Mark, difficulty_marks
from learning.study.overview.measures import FEWEST
from learning.study.overview.scope import EVERY_RUN, Scope, scope_of
from learning.study.permissions import runs_taught_by

SCOPE = "toteutukset"


@require_safe
@of_own_run
def statistics(request: HttpRequest, run: CourseRun) -> HttpResponse:
    """A row for each quiz and assignment."""
    scope = scope_of(request.user, run, request.GET.get(SCOPE, ""))
    context = {
        **_shared(request, run, scope),
        "quizzes": quiz_figures.quizzes_figured(scope),
        "assignments": assignment_figures.assignments_figured(scope),
        "csv_url": _with(reverse("run_statistics_file", args=[run.code]), scope),
    }
    title = pgettext("desk of a run", "Statistics")
    return desk_page(request, "learning/study/overview/statistics.html", run, "run_statistics", title, context)


@require_safe
@of_own_run
def quiz_statistics(request: HttpRequest, run: CourseRun, task: str) -> HttpResponse:
    """A quiz, question by question."""
    scope = scope_of(request.user, run, request.GET.get(SCOPE, ""))
    quiz = get_object_or_404(Quiz.objects.filter(in_runs__run__in=scope.ids).distinct(), code=task)
    rows = quiz_figures.questions_figured(scope, quiz)
    context = {
        **_shared(request, run, scope),
        "quiz": quiz,
        "rows": rows,
        "marks": _marks(rows),
        "figures": quiz_figures.quiz_figured(quiz, quiz_figures.firsts_of(scope, quiz.pk)),
    }
    return _detail(request, run, scope, "quiz_statistics.html", quiz.title, context)


@require_safe
@of_own_run
def assignment_statistics(request: HttpRequest, run: CourseRun, task: str) -> HttpResponse:
    """An assignment, criterion by criterion."""
    scope = scope_of(request.user, run, request.GET.get(SCOPE, ""))
    assignment = get_object_or_404(Assignment.objects.filter(in_runs__run__in=scope.ids).distinct(), code=task)
    works = assignment_figures.works_of(scope, assignment.pk)
    context = {
        **_shared(request, run, scope),
        "assignment": assignment,
        "figures": assignment_figures.assignment_figured(assignment, works),
        "rows": assignment_figures.criteria_figured(scope, assignment),
    }
    return _detail(request, run, scope, "assignment_statistics.html", assignment.title, context)


@require_safe
@of_own_run
def statistics_file(request: HttpRequest, run: CourseRun) -> HttpResponseBase:
    """All figures of the pages as a table: of the same source, so what the pages do not tell is not here either."""
    scope = scope_of(request.user, run, request.GET.get(SCOPE, ""))
    if not scope.runs:
        raise Http404
    response = StreamingHttpResponse(csv_lines(list(_rows(scope))), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="tilastot-{run.code}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _shared(request: HttpRequest, run: CourseRun, scope: Scope) -> dict[str, Any]:
    others = runs_taught_by(request.user).filter(course_id=run.course_id).exclude(pk=run.pk).exists()
    ways = [
        (_("This run"), request.path, not scope.is_all),
        (_("All runs of the course that you teach"), f"{request.path}?{SCOPE}={EVERY_RUN}", scope.is_all),
    ]
    return {"scope": scope, "fewest": FEWEST, "ways": ways if others else [], "query": _with("", scope)}


def _with(path: str, scope: Scope) -> str:
    return f"{path}?{SCOPE}={EVERY_RUN}" if scope.is_all else path


def _detail(
    request: HttpRequest, run: CourseRun, scope: Scope, template: str, title: str, context: dict[str, Any]
) -> HttpResponse:
    steps = [
        (run.code, reverse("run_dashboard", args=[run.code])),
        (pgettext("desk of a run", "Statistics"), _with(reverse("run_statistics", args=[run.code]), scope)),
    ]
    path = f"learning/study/overview/{template}"
    return desk_page(request, path, run, "run_statistics", title, context, steps=steps)


def _marks(rows: Iterable[quiz_figures.QuestionFigures]) -> list[Mark]:
    return difficulty_marks([(row.code, row.difficulty) for row in rows])


def _rows(scope: Scope) -> Iterator[Row]:
    yield [_("Task"), _("Part"), _("Answers"), _("Figure"), _("Value")]
    for quiz in quiz_figures.quizzes_figured(scope):
        values = [(_("Passed at the first attempt, %"), quiz.passed), (_("Points, %"), quiz.score)]
        yield from _lines(quiz.quiz.title, "", quiz.number, [*values, (_("Time, minutes"), quiz.minutes)])
        for row in quiz_figures.questions_figured(scope, quiz.quiz) if quiz.number else ():
            figures = [(_("Difficulty, %"), row.difficulty), (_("Discrimination"), row.discrimination)]
            figures += [(_("Chose “%(option)s”, %%") % {"option": each.text}, each.percent) for each in row.options]
            yield from _lines(quiz.quiz.title, f"{row.code}: {row.prompt}", row.number, figures)
    for work in assignment_figures.assignments_figured(scope):
        yield from _lines(work.assignment.title, "", work.number, _of_work(work))
        for part in assignment_figures.criteria_figured(scope, work.assignment) if work.number else ():
            levels = [(_("Level %(level)d, %%") % {"level": level}, share) for level, _number, share in part.levels]
            figures = [(_("Level, mean"), part.level), (_("Discrimination"), part.discrimination), *levels]
            yield from _lines(work.assignment.title, part.title, part.number, figures)


def _of_work(work: assignment_figures.AssignmentFigures) -> list[tuple[str, float | None]]:
    return [
        (_("Accepted, %"), work.accepted),
        (_("Accepted as first handed in, %"), work.first),
        (_("Grade, mean"), work.grade),
        (_("Late, %"), work.late),
        (_("Days to the mark"), work.days),
    ]


def _lines(task: str, part: str, number: int | None, figures: Iterable[tuple[str, float | None]]) -> Iterator[Row]:
    if number is None:
        yield [task, part, _("under %(fewest)d") % {"fewest": FEWEST}, "", ""]
        return
    for name, value in figures:
        if value is not None:
            yield [task, part, str(number), name, Decimal(str(round(value, 2)))]
