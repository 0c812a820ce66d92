"""An event in the words of schema.org."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from common import schema
from common.schema import Context, Thing

if TYPE_CHECKING:
    from network.events.models import Event, EventPage, Session

ONLINE, OFFLINE, MIXED = (f"https://schema.org/{name}EventAttendanceMode" for name in ("Online", "Offline", "Mixed"))
ATTENDANCE = {"remote": ONLINE, "onsite": OFFLINE, "hybrid": MIXED}
KINDS = {"workshop": "EducationEvent", "lecture": "EducationEvent", "coaching": "EducationEvent"}
KINDS |= {"training_day": "EducationEvent"}


def event(page: "EventPage", context: Context) -> Thing:
    """The whole event; sessions are its parts where there are several. Days are as exact as they are known."""
    told = page.event
    sessions = page.sessions
    several = len(sessions) > 1 and told.date_precision == told.DatePrecision.DAY
    return schema.of_page(
        KINDS.get(told.type, "Event"),
        page,
        context,
        startDate=_moment(told, sessions[0].starts) if sessions else None,
        endDate=_moment(told, max(session.ends for session in sessions)) if sessions else None,
        eventStatus=f"https://schema.org/{'EventCancelled' if told.is_cancelled else 'EventScheduled'}",
        eventAttendanceMode=ATTENDANCE[told.format],
        location=_location(told, told.place, schema.address(page, context)),
        organizer=[_organiser(organisation, shown, context) for organisation, shown in context["organisers"]],
        audience={"@type": "Audience", "audienceType": page.audience} if page.audience else None,
        subEvent=[_session(page, session, context) for session in sessions] if several else [],
        superEvent={"@type": "EventSeries", "name": told.series.name} if told.series else None,
    )


def _session(page: "EventPage", session: "Session", context: Context) -> Thing:
    told = page.event
    return {
        "@type": "Event",
        "name": page.title,
        "description": session.note,
        "startDate": _moment(told, session.starts),
        "endDate": _moment(told, session.ends),
        "eventAttendanceMode": ATTENDANCE[told.format],
        "location": _location(told, session.place or told.place, schema.address(page, context)),
    }


def _moment(told: "Event", moment: Any) -> str:
    local = timezone.localtime(moment)
    if told.date_precision == told.DatePrecision.DAY:
        return str(local.isoformat(timespec="minutes"))
    return f"{local:%Y-%m}" if told.date_precision == told.DatePrecision.MONTH else f"{local:%Y}"


def _location(told: "Event", place: str, url: str) -> list[Thing]:
    online = {"@type": "VirtualLocation", "url": url}
    there = {"@type": "Place", "name": place, "address": {"@type": "PostalAddress", "addressCountry": "FI"}}
    if told.format == told.Format.REMOTE:
        return [online]
    return [there] if told.format == told.Format.ONSITE else [there, online]


def _organiser(organisation: Any, page: Any, context: Context) -> Thing:
    url = schema.address(page, context) if page else ""
    return {"@type": "Organization", "@id": url, "name": organisation.name, "url": url}
