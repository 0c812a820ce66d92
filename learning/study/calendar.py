"""A learner's due dates as iCalendar (RFC 5545), in UTC: the same moment wherever and however the clocks are set."""

import datetime
from typing import TYPE_CHECKING

import icalendar
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learning.study.due import run_ends
from learning.study.models import Enrolment
from learning.study.models.enrolments import Status
from learning.study.querysets import enrolments_of, standings_of
from learning.study.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User

UID_DOMAIN = "osaamisverkosto"
REFRESH = datetime.timedelta(hours=6)
TITLES = {
    "quiz": gettext_lazy("Due: %(title)s"),
    "assignment": gettext_lazy("Due: %(title)s"),
    "reviews": gettext_lazy("Reviews due: %(title)s"),
}


def calendar_of(learner: "User") -> bytes:
    """What is still due on the runs that the learner is on, and until when an offered seat is kept."""
    calendar = icalendar.Calendar()
    name = _("%(site)s: my due dates") % {"site": settings.SITE_NAME}
    calendar.add("prodid", f"-//{settings.SITE_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    # Readers older than RFC 7986 look for these.
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", "PT6H")
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    enrolments = enrolments_of(learner)
    for standing in standings_of([each for each in enrolments if each.status == Status.ACTIVE]):
        for entry in _entries(standing):
            calendar.add_component(entry)
    for enrolment in enrolments:
        if enrolment.status == Status.OFFERED and enrolment.offer_ends:
            calendar.add_component(_offer(enrolment, enrolment.offer_ends))
    return calendar.to_ical()


def _entries(standing: Standing) -> "Iterator[icalendar.Event]":
    run, enrolment = standing.run, standing.enrolment
    assert enrolment is not None
    course = standing.contents.title or run.course.name
    for row in standing.tasks:
        if row.due is None or not row.is_awaited:
            continue
        title = TITLES[row.kind] % {"title": row.title}
        path = reverse(f"study:{row.kind}", args=[run.code, row.code])
        yield _entry(f"{enrolment.public_id}-{row.kind}-{row.pk}", title, course, row.due, path)
    ends = run_ends(run, enrolment)
    if ends is not None:
        path = reverse("study:run", args=[run.code])
        yield _entry(f"{enrolment.public_id}-ends", _("The run ends: %(course)s") % {"course": course}, "", ends, path)


def _offer(enrolment: Enrolment, until: datetime.datetime) -> icalendar.Event:
    title = _("Answer the offered seat: %(course)s") % {"course": enrolment.run.course.name}
    return _entry(f"{enrolment.public_id}-offer", title, "", until, reverse("study:answer", args=[enrolment.run.code]))


def _entry(uid: str, title: str, description: str, at: datetime.datetime, path: str) -> icalendar.Event:
    """A moment: it begins and ends when the thing is due, and keeps its id when the due date is moved."""
    entry = icalendar.Event()
    entry.add("uid", f"{uid}@{UID_DOMAIN}")
    entry.add("dtstamp", timezone.now().astimezone(datetime.UTC))
    entry.add("dtstart", at.astimezone(datetime.UTC))
    entry.add("dtend", at.astimezone(datetime.UTC))
    entry.add("summary", title)
    entry.add("transp", "TRANSPARENT")
    entry.add("url", settings.SITE_URL + path)
    if description:
        entry.add("description", description)
    return entry
