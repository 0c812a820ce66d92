"""What people are told of assessments."""

import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import dates
from learning.study import notifications
from learning.study.models import Mark, RunTeacher, Submission
from notifications.kinds import Facts, Kind, Notice, register
from notifications.services import notify

if TYPE_CHECKING:
    from learning.courses.models import CourseRun

FEEDBACK, DIFFERING = "study.feedback", "study.differing"


def tell_learner(submission: Submission, mark: Mark, *, is_change: bool) -> None:
    """That there is an assessment to read; what was given is told on the page alone."""
    assignment = submission.run_assignment.assignment
    until = mark.again_until
    notifications.tell(
        submission.enrolment,
        FEEDBACK,
        title=assignment.title,
        assignment=assignment.code,
        is_again=mark.outcome == Mark.Outcome.AGAIN,
        until=until.isoformat() if until else "",
        is_change=is_change,
    )


def tell_leaders(submission: Submission) -> None:
    """That two markers differ and one of the responsible teachers has to decide."""
    run: CourseRun = submission.run_assignment.run
    leaders = RunTeacher.objects.filter(run=run, role=RunTeacher.Role.RESPONSIBLE).select_related("user")
    facts = notifications.about_run(run) | {
        "title": submission.run_assignment.assignment.title,
        "submission": str(submission.public_id),
    }
    version = submission.versions.count()
    for row in leaders:
        if row.user_id != submission.enrolment.learner_id:
            notify(person=row.user, kind=DIFFERING, context=facts, key=f"{submission.public_id}:{version}")


def _feedback(facts: Facts) -> Notice:
    about = {"title": facts["title"], "course": notifications.course_named(facts)}
    if facts["is_change"]:
        subject = _("Your assessment was changed: %(title)s") % about
        first = _("A teacher changed the assessment of your work “%(title)s” on the course %(course)s.") % about
    else:
        subject = _("Your work has been assessed: %(title)s") % about
        first = _("A teacher has assessed your work “%(title)s” on the course %(course)s.") % about
    paragraphs = [first]
    if facts["is_again"] and facts["until"]:
        until = datetime.datetime.fromisoformat(facts["until"])
        told = _("It is to be completed. You have time until %(day)s %(clock)s.")
        paragraphs.append(told % {"day": dates.day(until), "clock": dates.clock(until)})
    path = reverse("study:feedback", args=[facts["run"], facts["assignment"]])
    return Notice(subject, paragraphs, _("To the feedback"), path)


def _differing(facts: Facts) -> Notice:
    about = {"title": facts["title"], "course": notifications.course_named(facts)}
    return Notice(
        _("Two markers differ: %(title)s") % about,
        [
            _("Two teachers assessed a work of the assignment “%(title)s” differently on the course %(course)s.")
            % about,
            _("Both assessments are before you on the page of the work. The learner sees what you decide."),
        ],
        _("To the work"),
        reverse("run_mark", args=[facts["run"], facts["submission"]]),
    )


def register_kinds() -> None:
    why = gettext_lazy("You get this because you are on a course where your work is assessed.")
    register(Kind(FEEDBACK, _feedback, why))
    register(Kind(DIFFERING, _differing, gettext_lazy("You get this because you are responsible for the run.")))
