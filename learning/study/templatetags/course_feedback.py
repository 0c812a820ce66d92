"""What the pages of a run tell of its feedback, each with one line in their template."""

from typing import Any

from django import template

from learning.courses.models import CourseRun
from learning.study.course_feedback.asking import asked_of, changes_before
from learning.study.models import Enrolment

register = template.Library()


@register.inclusion_tag("learning/study/course_feedback/_asked.html")
def ask_for_feedback(run: CourseRun, enrolment: Enrolment | None) -> dict[str, Any]:
    """That the learner is asked for feedback on the course; nothing where they are not, or have given it."""
    return {"run": run, "asked": asked_of(run, enrolment)}


@register.inclusion_tag("learning/study/course_feedback/_changes.html")
def changed_by_feedback(run: CourseRun) -> dict[str, Any]:
    """What the feedback on the last run changed."""
    return {"changes": changes_before(run)}
