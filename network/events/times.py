"""When an event is held, said as exactly as it is known and no more."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import dates

if TYPE_CHECKING:
    from network.events.models import Event, Session

SEASONS = [
    gettext_lazy("Winter %(year)s"),
    gettext_lazy("Spring %(year)s"),
    gettext_lazy("Summer %(year)s"),
    gettext_lazy("Autumn %(year)s"),
]
MONTHS_IN_SEASON = 3


@dataclass(frozen=True)
class When:
    """A time as a card shows it: the day (or month, or season), the times of day, and for machines the day."""

    day: str
    hours: str
    iso: str


def season(moment: datetime.datetime) -> str:
    """Winter is December, January and February, and named by the year of January."""
    local = timezone.localtime(moment)
    year = local.year + (local.month == 12)
    return str(SEASONS[local.month % 12 // MONTHS_IN_SEASON] % {"year": year})


def when(event: "Event", session: "Session") -> When:
    """The time of one session, as exactly as the event's date is known."""
    local = timezone.localtime(session.starts)
    if event.date_precision == event.DatePrecision.MONTH:
        return When(dates.month_and_year(local).capitalize(), "", f"{local:%Y-%m}")
    if event.date_precision == event.DatePrecision.SEASON:
        return When(season(local), "", f"{local:%Y}")
    if timezone.localtime(session.ends).date() == local.date():
        hours = dates.clock(session.starts, session.ends, word=False)
        return When(f"{dates.weekday(local)} {dates.day(local)}", hours, f"{local:%Y-%m-%d}")
    return When(dates.day_range(session.starts, session.ends), "", f"{local:%Y-%m-%d}")


def others_in_words(event: "Event", sessions: Sequence["Session"], shown: "Session") -> str:
    """What a card says of the other sessions; empty where there are none or where days are not known."""
    others = [session for session in sessions if session.pk != shown.pk]
    if not others or event.date_precision != event.DatePrecision.DAY:
        return ""
    days = ", ".join(dates.day(session.starts, year=False) for session in others)
    if event.sessions_are_alternatives:
        return _("same content also %(days)s") % {"days": days}
    return _("also %(days)s") % {"days": days}
