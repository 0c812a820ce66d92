"""How the pages of teachers write what happened among them."""

from django import template

from learning.study.models import RunTeacher

register = template.Library()


@register.filter
def teacher_role(code: str) -> str:
    """What a role is called; a code that is no longer used as it is."""
    return str(RunTeacher.Role(code).label) if code in RunTeacher.Role.values else code
