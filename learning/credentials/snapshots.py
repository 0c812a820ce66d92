"""Writing down what a certificate says: the eleven mandatory parts of a European micro-credential.

Council Recommendation 2022/C 243/02, annex I: the learner, the title, the country of the issuer, the awarding body, the
date, the learning outcomes, the workload, the level, the assessment, the form of participation, the quality assurance.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Choices
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from common import languages
from learning.courses import certifying
from learning.courses.models import Course, CourseRun
from learning.study.gradebook.grades import final_of
from learning.study.models import Enrolment

Texts = dict[str, str]


def snapshot(enrolment: Enrolment) -> dict[str, Any]:
    """What the certificate of the completed enrolment says from now on, in every language in which it is known."""
    run: CourseRun = enrolment.run
    course: Course = run.course
    assert enrolment.completed_at is not None, "only completed studies are certified"
    return {
        "learner": enrolment.learner.get_full_name().strip(),
        "title": names_of(course),
        "country": {"code": "FI", "name": _in_every_language(lambda: _("Finland"))},
        "awarding": [
            {"code": each.organisation.code, "name": names_of(each.organisation)}
            for each in certifying.awarding(course)
        ],
        "completed_on": timezone.localtime(enrolment.completed_at).date().isoformat(),
        "outcomes": _outcomes(course),
        "hours": _number(course.hours),
        "credits": _number(course.credits) if certifying.awards_credits(course) else None,
        "level": course.level.strip(),
        "assessment": _chosen(Course.Assessment, course.assessment)
        | {"quizzes": _quizzes(run), "assignments": _assignments(run)},
        "grade": grade_of(enrolment),
        "participation": _chosen(Course.Participation, course.participation),
        "pace": _chosen(CourseRun.Pace, run.pace),
        "quality": _chosen(Course.Quality, course.quality),
        "course": course.code,
        "run": run.code,
    }


def _in_every_language(text: Callable[[], str]) -> Texts:
    texts = {}
    for code in languages.codes():
        with translation.override(code):
            texts[code] = text()
    return texts


def names_of(row: Any) -> Texts:
    return {code: name for code in languages.codes() if (name := getattr(row, f"name_{code}"))}


def _chosen(choices: type[Choices], value: str) -> dict[str, Any]:
    return {"code": value, "name": _in_every_language(lambda: str(choices(value).label))}


def _outcomes(course: Course) -> dict[str, list[str]]:
    pages = course.pages.filter(live=True).select_related("locale")
    return {page.locale.language_code: [str(line.value) for line in page.outcomes] for page in pages if page.outcomes}


def _quizzes(run: CourseRun) -> list[dict[str, Any]]:
    required = run.run_quizzes.filter(is_required=True).select_related("quiz")
    return [
        {"title": each.quiz.title, "language": each.quiz.language, "pass_percent": each.quiz.pass_percent}
        for each in required
    ]


def _assignments(run: CourseRun) -> list[dict[str, str]]:
    """Works that had to be accepted."""
    required = run.run_assignments.filter(is_required=True).select_related("assignment")
    return [{"title": each.assignment.title, "language": each.assignment.language} for each in required]


def grade_of(enrolment: Enrolment) -> int | None:
    """The final grade that holds now, from 1 to 5; None where there is none, or the course is only passed."""
    final = final_of(enrolment)
    return final.grade if final is not None and final.is_passed else None


def _number(value: Decimal | None) -> str | None:
    """Without needless decimals: 5 and not 5.0, which a form or a database may have made of it."""
    return None if value is None else f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
