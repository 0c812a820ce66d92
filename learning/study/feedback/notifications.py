"""That something was said about a work: told to the other side in the morning letter, once for each work."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.study.marking.names import name_for
from learning.study.models import RunTeacher, Submission, SubmissionRemark
from learning.study.notifications import about_run, course_named
from learning.study.questions.notifications import letter_of
from notifications.kinds import Facts, Kind, Notice, register
from notifications.services import notify

TO_LEARNER, TO_TEACHERS = "study.remark", "study.remark_to_teachers"


def tell_of_remark(submission: Submission, said: SubmissionRemark) -> None:
    """The writer hears of what teachers say. Of what the writer says: those who have talked or marked, else all."""
    assignment, run = submission.run_assignment.assignment, submission.run_assignment.run
    facts = about_run(run) | {
        "title": assignment.title,
        "assignment": assignment.code,
        "submission": str(submission.public_id),
    }
    key = f"{submission.pk}:{letter_of(timezone.now()).isoformat()}"
    if said.is_teacher:
        notify(person=submission.enrolment.learner, kind=TO_LEARNER, context=facts, key=key)
        return
    facts["who"] = name_for(None, submission)
    for person in _teachers_of(submission):
        notify(person=person, kind=TO_TEACHERS, context=facts, key=key)


def _teachers_of(submission: Submission) -> list[Any]:
    rows = RunTeacher.objects.filter(run=submission.run_assignment.run_id).select_related("user")
    teachers = {row.user_id: row.user for row in rows if row.user.is_active}
    talked = set(submission.remarks.filter(is_teacher=True).values_list("author_id", flat=True))
    marked = set(submission.marks.filter(released_at__isnull=False).values_list("by_id", flat=True))
    return [teachers[pk] for pk in teachers if pk in talked | marked] or list(teachers.values())


def _to_learner(facts: Facts) -> Notice:
    about = {"title": facts["title"], "course": course_named(facts)}
    return Notice(
        _("A message about your work: %(title)s") % about,
        [_("A teacher wrote to you about your work “%(title)s” on the course %(course)s.") % about],
        _("Read and answer"),
        f"{reverse('study:feedback', args=[facts['run'], facts['assignment']])}#keskustelu",
    )


def _to_teachers(facts: Facts) -> Notice:
    about = {"who": facts["who"], "title": facts["title"], "course": course_named(facts)}
    return Notice(
        _("A message about a work: %(who)s, %(title)s") % about,
        [_("%(who)s wrote to you about the work “%(title)s” on the course %(course)s.") % about],
        _("Read and answer"),
        reverse("run_remarks", args=[facts["run"], facts["submission"]]),
    )


def register_kinds() -> None:
    register(Kind(TO_LEARNER, _to_learner, gettext_lazy("You get this because it is about what you handed in.")))
    register(Kind(TO_TEACHERS, _to_teachers, gettext_lazy("You get this because you teach the run.")))
