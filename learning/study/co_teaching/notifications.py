"""What teachers are told when the teachers of a run change."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from learning.study.models import RunTeacher
from learning.study.notifications import about_run, course_named
from notifications.kinds import Facts, Kind, Notice, register
from notifications.services import notify

if TYPE_CHECKING:
    from accounts.models import User
    from learning.courses.models import CourseRun

ADDED, CHANGED, REMOVED, LEFT = (
    "study.teacher_added",
    "study.teacher_role",
    "study.teacher_removed",
    "study.teacher_left",
)
HANDED_OVER, RESPONSIBLE = "study.run_handed_over", "study.run_responsible"


def tell(kind: str, person: "User", run: "CourseRun", *, other: "User | None", role: str = "") -> None:
    """Tell the person; `other` is who did it, or whom it was about."""
    notify(person=person, kind=kind, context=about_run(run) | {"other": str(other or ""), "role": role})


def _role(facts: Facts) -> str:
    return str(RunTeacher.Role(facts["role"]).label) if facts["role"] else ""


def _added(facts: Facts) -> Notice:
    return _notice(
        facts,
        _("You teach a run: %(course)s"),
        _("%(other)s added you to the teachers of the run. Your role: %(role)s."),
        _("If this is a mistake, you can leave the run on the page of its teachers."),
    )


def _changed(facts: Facts) -> Notice:
    return _notice(facts, _("Your role changed: %(course)s"), _("%(other)s changed your role. It is now: %(role)s."))


def _removed(facts: Facts) -> Notice:
    told = _notice(
        facts,
        _("You no longer teach the run: %(course)s"),
        _("%(other)s took you off the teachers of the run. Works that you had open for marking are free for others."),
    )
    return Notice(told.subject, told.paragraphs, _("To my page"), reverse("home:mine"))


def _left(facts: Facts) -> Notice:
    return _notice(facts, _("A teacher left: %(course)s"), _("%(other)s no longer teaches the run."))


def _handed_over(facts: Facts) -> Notice:
    return _notice(facts, _("You handed over a run: %(course)s"), _("%(other)s is now responsible for the run."))


def _responsible(facts: Facts) -> Notice:
    return _notice(
        facts,
        _("You are responsible for a run: %(course)s"),
        _("%(other)s handed the responsibility for the run over to you. You decide who teaches it."),
    )


def _notice(facts: Facts, subject: str, *sentences: str) -> Notice:
    words = {
        "course": course_named(facts),
        "other": facts["other"] or pgettext("teacher", "An administrator"),
        "role": _role(facts),
    }
    paragraphs = [sentence % words for sentence in sentences]
    return Notice(subject % words, paragraphs, _("Teachers of the run"), reverse("run_teachers", args=[facts["run"]]))


COMPOSING: dict[str, Callable[[Facts], Notice]] = {
    ADDED: _added,
    CHANGED: _changed,
    REMOVED: _removed,
    LEFT: _left,
    HANDED_OVER: _handed_over,
    RESPONSIBLE: _responsible,
}


def register_kinds() -> None:
    why = gettext_lazy("You get this because the teachers of a run of yours changed.")
    for code, compose in COMPOSING.items():
        register(Kind(code, compose, why))
