"""Events as iCalendar (RFC 5545): one VEVENT for each session, in Finnish time."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from network.events.models import EventPage, Session

HELSINKI = ZoneInfo("Europe/Helsinki")
STATUS = {"planned": "TENTATIVE", "confirmed": "CONFIRMED", "cancelled": "CANCELLED"}
UID_DOMAIN = "osaamisverkosto"
# The zone's rules are written out for this long after the last session.
ZONE_MARGIN = datetime.timedelta(days=366)


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
    sessions = [(page, session) for page in pages for session in page.sessions]
    for page, session in sessions:
        calendar.add_component(_vevent(page, session, request))
    if sessions:
        starts = [session.starts.date() for _page, session in sessions]
        calendar.add_missing_timezones(min(starts) - ZONE_MARGIN, max(starts) + ZONE_MARGIN)
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
