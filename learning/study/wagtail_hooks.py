"""Registered with Wagtail's admin by being imported."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from learning.courses.copying import copy_course_page, may_copy
from learning.courses.models import Course, CourseRun
from learning.study.co_teaching.desk import desk_urls as co_teaching
from learning.study.co_teaching.room.views import desk_urls as teachers_room
from learning.study.course_feedback.desk import desk_urls as course_feedback
from learning.study.desk import copying, learners, letters
from learning.study.feedback.urls import desk_urls as feedback
from learning.study.gradebook.urls import desk_urls as gradebook
from learning.study.marking.desk import desk_urls as marking
from learning.study.overview.desk_urls import urls as overview
from learning.study.policies import RunPolicy
from learning.study.questions.urls import desk_urls as questions
from learning.study.reviewing.urls import desk_urls as reviewing
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
        path("kurssit/<int:course_id>/kopioi/", copy_course_page, name="copy_course"),
        *gradebook(),
        *co_teaching(),
        *teachers_room(),
        *course_feedback(),
        *marking(),
        *overview(),
        *feedback(),
        *questions(),
        *reviewing(),
    ]


@hooks.register("register_snippet_listing_buttons")
def copy_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """Wagtail's own copying would keep the code and leave out the quizzes and the pages."""
    if isinstance(snippet, Course) and may_copy(user):
        yield Button(_("Copy the course"), url=reverse("copy_course", args=[snippet.pk]), icon_name="copy", priority=20)
