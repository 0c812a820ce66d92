"""Registered with Wagtail's admin by being imported."""

from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from learning.courses.models import CourseRun
from learning.study.desk import copying, learners, letters
from learning.study.policies import RunPolicy
from learning.study.viewsets import LearningGroup

register_permission_policy(CourseRun, RunPolicy(CourseRun))
register_snippet(LearningGroup)


@hooks.register("register_admin_urls")
def desk() -> list[Any]:
    """The teacher's pages of a run: /hallinta/toteutukset/<code>/"""
    run, one = "toteutukset/<slug:code>/", "toteutukset/<slug:code>/opiskelijat/<uuid:public_id>/"
    return [
        path(f"{run}opiskelijat/", learners.learners, name="run_learners"),
        path(one, learners.learner, name="run_learner"),
        path(f"{one}hyvaksy/", learners.approve, name="run_approve"),
        path(f"{one}hylkaa/", learners.refuse, name="run_refuse"),
        path(f"{one}lisaaika/", learners.extend, name="run_extend"),
        path(f"{run}viesti/", letters.message, name="run_message"),
        path(f"{run}kopioi/", copying.copy_run, name="copy_run"),
    ]
