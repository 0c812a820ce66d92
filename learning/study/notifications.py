"""What learners are told of their places on runs."""

import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import dates, languages
from notifications.kinds import Facts, Kind, Notice, register
from notifications.services import notify

if TYPE_CHECKING:
    from accounts.models import User
    from learning.courses.models import CourseRun
    from learning.study.due import TaskDue
    from learning.study.models import Enrolment

ENROLLED, QUEUED, OFFERED, LAPSED = "study.enrolled", "study.queued", "study.offered", "study.lapsed"
REFUSED, DUE_SOON, MESSAGE = "study.refused", "study.due_soon", "study.message"
APPLICATIONS = "study.applications"
MUST_ACT = {OFFERED}


def tell(
    enrolment: "Enrolment",
    kind: str,
    *,
    must_act: bool = False,
    key: str = "",
    useful_until: datetime.datetime | None = None,
    **facts: Any,
) -> bool:
    """Tell the learner in the transaction of what happened; False where the key was told before.

    `facts` are what the sentences need besides the run.
    """
    told = notify(
        person=enrolment.learner,
        kind=kind,
        context=_about(enrolment) | facts,
        must_act=must_act or kind in MUST_ACT,
        key=key,
        useful_until=useful_until,
    )
    return told is not None


def remind(enrolment: "Enrolment", task: "TaskDue", days: int) -> bool:
    """Remind of a task that is due, once for each number of days before; True when it was not told before."""
    told = notify(
        person=enrolment.learner,
        kind=DUE_SOON,
        context=_about(enrolment) | {"title": task.title, "task": task.kind, "due": task.due.isoformat()},
        key=f"{task.key}:{days}",
        useful_until=task.due,
    )
    return told is not None


def tell_of_applications(teacher: "User", run: "CourseRun", number: int, key: str) -> bool:
    """Tell a teacher of the run how many applications wait for an answer; True when the key was not told before."""
    context = about_run(run) | {"number": number}
    return notify(person=teacher, kind=APPLICATIONS, context=context, key=key) is not None


def _about(enrolment: "Enrolment") -> Facts:
    return about_run(enrolment.run)


def about_run(run: "CourseRun") -> Facts:
    """What every sentence of a run needs: its code and the names of its course."""
    course = run.course
    names = {code: getattr(course, f"name_{code}", "") or course.name_fi for code in languages.codes()}
    return {"run": run.code, "course": names}


def course_named(facts: Facts) -> str:
    """The name of the course in the reader's language, with the code that tells its runs apart."""
    names = facts["course"]
    return f"{names.get(languages.current()) or names[settings.LANGUAGE_CODE]} ({facts['run']})"


def _moment(text: str) -> str:
    moment = datetime.datetime.fromisoformat(text)
    return f"{dates.day(moment)} {dates.clock(moment)}"


def _run_path(facts: Facts) -> str:
    return reverse("study:run", args=[facts["run"]])


def _enrol_path(facts: Facts) -> str:
    return reverse("study:enrol", args=[facts["run"]])


def _enrolled(facts: Facts) -> Notice:
    name = course_named(facts)
    return Notice(
        _("You are enrolled: %(course)s") % {"course": name},
        [_("You have a seat on the course. Start when it suits you; the page of the run shows what is required.")],
        _("To the run"),
        _run_path(facts),
    )


def _queued(facts: Facts) -> Notice:
    place = facts["place"]
    return Notice(
        _("You are on the waiting list: %(course)s") % {"course": course_named(facts)},
        [
            ngettext(
                "The group was full. When you enrolled, you were number %(place)d on the waiting list.",
                "The group was full. When you enrolled, you were number %(place)d on the waiting list.",
                place,
            )
            % {"place": place},
            _("When a seat is free, it is offered to you by e-mail."),
        ],
        _("Your place on the waiting list"),
        _enrol_path(facts),
    )


def _offered(facts: Facts) -> Notice:
    return Notice(
        _("A seat is offered to you: %(course)s") % {"course": course_named(facts)},
        [
            _("A seat has become free. It is kept for you until %(until)s.") % {"until": _moment(facts["until"])},
            _("If you do not answer by then, it is offered to the next person on the waiting list."),
        ],
        _("Accept or decline the seat"),
        reverse("study:answer", args=[facts["run"]]),
    )


def _lapsed(facts: Facts) -> Notice:
    return Notice(
        _("The offered seat went to the next person: %(course)s") % {"course": course_named(facts)},
        [_("There was no answer in time. You can enrol again; you then join the end of the waiting list.")],
        _("Enrol again"),
        _enrol_path(facts),
    )


def _refused(facts: Facts) -> Notice:
    reason = facts.get("reason") or ""
    return Notice(
        _("Your application was not approved: %(course)s") % {"course": course_named(facts)},
        [_("The teacher's reason: %(reason)s") % {"reason": reason}] if reason else [_("No reason was given.")],
        _("About the run"),
        _enrol_path(facts),
    )


def _due_soon(facts: Facts) -> Notice:
    due = {"title": facts["title"], "due": _moment(facts["due"]), "course": course_named(facts)}
    return Notice(
        _("Due %(due)s: %(title)s") % due,
        [_sentence_of_due(facts.get("task", "quiz")) % due],
        _("To the run"),
        _run_path(facts),
    )


def _sentence_of_due(task: str) -> str:
    if task == "assignment":
        return _("The assignment “%(title)s” of the course %(course)s is due on %(due)s.")
    if task == "again":
        return _("Your work “%(title)s” of the course %(course)s is to be completed by %(due)s.")
    return _("The quiz “%(title)s” of the course %(course)s is due on %(due)s.")


def _message(facts: Facts) -> Notice:
    about = {"teacher": facts["teacher"], "course": course_named(facts)}
    answers_to = facts["answers_to"]
    return Notice(
        facts["subject"],
        [
            _("%(teacher)s writes to the learners of %(course)s:") % about,
            facts["message"],
            _("Answers to the teacher: %(address)s") % {"address": answers_to}
            if answers_to
            else _("Answers to this letter are not read."),
        ],
        _("To the run"),
        _run_path(facts),
        answers_to,
    )


def _applications(facts: Facts) -> Notice:
    number = facts["number"]
    return Notice(
        _("Applications wait for you: %(course)s") % {"course": course_named(facts)},
        [
            ngettext(
                "%(number)d application waits for an answer from the teachers of the run.",
                "%(number)d applications wait for an answer from the teachers of the run.",
                number,
            )
            % {"number": number}
        ],
        _("To the learners of the run"),
        reverse("run_learners", args=[facts["run"]]),
    )


ENROLMENT = gettext_lazy("You get this because you have enrolled on a course here.")


def register_kinds() -> None:
    register(Kind(ENROLLED, _enrolled, ENROLMENT))
    register(Kind(QUEUED, _queued, ENROLMENT))
    register(Kind(OFFERED, _offered, ENROLMENT))
    register(Kind(LAPSED, _lapsed, ENROLMENT))
    register(Kind(REFUSED, _refused, ENROLMENT))
    register(Kind(MESSAGE, _message, gettext_lazy("You get this because you are on a run that the teacher leads.")))
    register(Kind(APPLICATIONS, _applications, gettext_lazy("You get this because you teach the run.")))
    reminders = gettext_lazy("You get reminders because you study on a run that has due dates.")
    register(Kind(DUE_SOON, _due_soon, reminders, is_optional=True))
