"""How the learner's pages write what they count."""

import datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.courses.models import CourseRun
from learning.study.outline import Contents, Lesson, Module
from learning.study.querysets import Teacher, teachers_of

register = template.Library()
SOON = datetime.timedelta(days=7)


@register.filter
def duration(minutes: int) -> str:
    """Minutes as people say them: 40 min, 2 h, 2 h 10 min."""
    hours, rest = divmod(minutes, 60)
    numbers = {"hours": hours, "minutes": rest}
    if not hours:
        return _("%(minutes)d min") % numbers
    return (_("%(hours)d h %(minutes)d min") if rest else _("%(hours)d h")) % numbers


@register.filter
def due_state(due: datetime.datetime) -> str:
    """late, soon (within a week) or "" for later."""
    left = due - timezone.now()
    return "late" if left < datetime.timedelta(0) else "soon" if left < SOON else ""


@register.filter
def module_of(contents: Contents, lesson: Lesson) -> Module:
    return contents.module_of(lesson)


@register.filter
def teachers_by_role(run: CourseRun) -> tuple[tuple[str, tuple[Teacher, ...]], ...]:
    """(role, people) in the order of the roles."""
    return teachers_of(run.pk)
