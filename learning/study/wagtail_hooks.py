"""Registered with Wagtail's admin by being imported."""

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from learning.courses.models import CourseRun
from learning.study.policies import RunPolicy
from learning.study.viewsets import LearningGroup

register_permission_policy(CourseRun, RunPolicy(CourseRun))
register_snippet(LearningGroup)
