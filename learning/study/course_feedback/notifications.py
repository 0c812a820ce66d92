"""What people are told of feedback on courses. Nothing here knows what anybody answered."""

import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common import dates
from common.dates import HELSINKI
from learning.study.notifications import about_run, course_named
from notifications.kinds import Facts, Kind, Notice, register
from notifications.models import Notification
from notifications.services import notify

if TYPE_CHECKING:
    from accounts.models import User
    from learning.courses.models import CourseRun
    from learning.study.models import Enrolment, FeedbackRelease

ASKED, SHOWN = "study.course_feedback", "study.course_feedback_shown"


def was_told(person: Any, run_id: Any) -> Exists:
    """Of rows of a query: whether the person has been reminded of the run."""
    return Exists(Notification.objects.filter(kind=ASKED, person=person, key=Cast(run_id, CharField())))


def remind(enrolment: "Enrolment", closes: datetime.date | None) -> None:
    useful_until = datetime.datetime.combine(closes, datetime.time(23, 59), HELSINKI) if closes else None
    context = about_run(enrolment.run) | {"closes": closes.isoformat() if closes else ""}
    notify(person=enrolment.learner, kind=ASKED, context=context, key=str(enrolment.run_id), useful_until=useful_until)


def tell_of_results(teacher: "User", run: "CourseRun", shown: "FeedbackRelease") -> None:
    notify(person=teacher, kind=SHOWN, context=about_run(run) | {"answers": shown.answers}, key=str(shown.pk))


def _asked(facts: Facts) -> Notice:
    closes = datetime.date.fromisoformat(facts["closes"]) if facts["closes"] else None
    paragraphs = [_("It takes about three minutes. Teachers see the answers only together, and not whose they are.")]
    if closes:
        paragraphs.append(_("You can answer until %(day)s.") % {"day": dates.day(closes)})
    return Notice(
        _("What was the course like? %(course)s") % {"course": course_named(facts)},
        paragraphs,
        _("Give feedback on the course"),
        reverse("study:course_feedback", args=[facts["run"]]),
    )


def _shown(facts: Facts) -> Notice:
    number = facts["answers"]
    return Notice(
        _("Feedback on the course has come: %(course)s") % {"course": course_named(facts)},
        [
            ngettext("%(number)d new answer can be looked at.", "%(number)d new answers can be looked at.", number)
            % {"number": number},
            _("When you know what you will change, write it there: the learners of the next run are told."),
        ],
        _("To the feedback"),
        reverse("run_feedback", args=[facts["run"]]),
    )


def register_kinds() -> None:
    asked = gettext_lazy("You get this because you have been on a course here.")
    register(Kind(ASKED, _asked, asked, is_optional=True))
    register(Kind(SHOWN, _shown, gettext_lazy("You get this because you teach the run.")))
