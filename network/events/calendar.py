"""Events as iCalendar (RFC 5545): one VEVENT for each session, in Finnish time."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

import icalendar
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from common.dates import HELSINKI

if TYPE_CHECKING:
    from network.events.models import EventPage, Session

STATUS = {"planned": "TENTATIVE", "confirmed": "CONFIRMED", "cancelled": "CANCELLED"}
UID_DOMAIN = "osaamisverkosto"
# The rule of the European Union since 1997. Written by hand: icalendar's own table begins summer an hour late.
HELSINKI_RULES = """\
BEGIN:VTIMEZONE
TZID:Europe/Helsinki
BEGIN:DAYLIGHT
TZNAME:EEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
DTSTART:19970330T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:EET
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
DTSTART:19971026T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def calendar_of(page: "EventPage", request: HttpRequest) -> bytes:
    """The sessions of one event."""
    return _calendar([page], page.title, request)


def calendar_of_many(pages: Sequence["EventPage"], request: HttpRequest) -> bytes:
    """The sessions of many events, under the site's name."""
    return _calendar(pages, _("%(site)s: events") % {"site": settings.SITE_NAME}, request)


def _calendar(pages: Sequence["EventPage"], name: str, request: HttpRequest) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    # Readers older than RFC 7986 look for this one.
    calendar.add("x-wr-calname", name)
    calendar.add_component(icalendar.Timezone.from_ical(HELSINKI_RULES))
    for page in pages:
        for session in page.sessions:
            calendar.add_component(_vevent(page, session, request))
    return calendar.to_ical()


def _vevent(page: "EventPage", session: "Session", request: HttpRequest) -> icalendar.Event:
    event = page.event
    changed = max(filter(None, [event.changed_at, page.last_published_at]))
    entry = icalendar.Event()
    entry.add("uid", f"{session.public_id}@{UID_DOMAIN}")
    entry.add("sequence", event.changes)
    # Without METHOD the stamp says when the entry was last changed.
    entry.add("dtstamp", changed.astimezone(datetime.UTC))
    entry.add("last-modified", changed.astimezone(datetime.UTC))
    entry.add("dtstart", session.starts.astimezone(HELSINKI))
    entry.add("dtend", session.ends.astimezone(HELSINKI))
    entry.add("summary", page.title)
    entry.add("status", STATUS[event.status])
    entry.add("url", request.build_absolute_uri(page.get_url(request)))
    if place := session.place or event.place:
        entry.add("location", place)
    if description := _description(page, session):
        entry.add("description", description)
    return entry


def _description(page: "EventPage", session: "Session") -> str:
    event = page.event
    lines = [page.lead]
    if event.sessions_are_alternatives and len(page.sessions) > 1:
        lines.append(_("Same content on every date: choose one."))
    if session.note:
        lines.append(session.note)
    if event.programme_status == event.ProgrammeStatus.PROVISIONAL and not event.is_cancelled:
        lines.append(_("The programme may still change."))
    return "\n".join(line for line in lines if line)
