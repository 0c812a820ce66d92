"""{% load assignments %}: versions of works and the criteria that they are assessed by, in templates."""

from typing import Any

from django import template

from learning.courses.models import Assignment
from learning.study.assignments import telling, versions
from learning.study.criteria import meaning_of
from learning.study.models import SubmissionFile, SubmissionVersion

register = template.Library()


@register.filter
def version_html(version: SubmissionVersion) -> str:
    return versions.html_of(version)


@register.filter
def version_files(version: SubmissionVersion) -> list[SubmissionFile]:
    return versions.files_of(version)


@register.filter
def neutral_name(file: SubmissionFile, place: int) -> str:
    return versions.neutral_name(file, place)


@register.simple_tag
def files_told(assignment: Assignment) -> str:
    """Which files are taken, how many and how large."""
    return telling.files_told(assignment)


@register.filter
def meaning(criterion: dict[str, Any], is_graded: bool) -> list[str]:
    """What the chosen level of a criterion means, line by line."""
    return meaning_of(criterion, is_graded=bool(is_graded))
