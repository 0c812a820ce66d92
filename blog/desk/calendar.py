"""The editorial calendar: a month of what comes out, what came out and what is due."""

import calendar
import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blog.desk.opening import crumbs, for_editors
from blog.models import Submission
from blog.models.submissions import State
from blog.submitting import querysets

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass
class Day:
    """A day of the calendar with its texts: (what happens, the text)."""

    date: datetime.date
    is_of_month: bool
    entries: list[tuple[str, Submission]] = field(default_factory=list)


@require_safe
@for_editors
def month(request: HttpRequest) -> HttpResponse:
    """The month that `kk` names (2026-11), or this one."""
    first = _asked(request.GET.get("kk", "")) or timezone.localdate().replace(day=1)
    weeks = weeks_of(first)
    shown = {day.date: day for week in weeks for day in week}
    for date, entries in _by_day(querysets.calendar(first)).items():
        if date in shown:
            shown[date].entries = entries
    context = {
        "breadcrumbs_items": crumbs((_("Calendar"), "")),
        "header_title": _("Editorial calendar"),
        "header_icon": "calendar-alt",
        "first": first,
        "earlier": first - datetime.timedelta(days=1),
        "later": first + datetime.timedelta(days=31),
        "weeks": weeks,
        "today": timezone.localdate(),
        "busy": [day for day in shown.values() if day.entries],
    }
    return render(request, "blog/desk/calendar.html", context)


def weeks_of(first: datetime.date) -> list[list[Day]]:
    """Whole weeks from Monday to Sunday that the month is in."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return [[Day(date, date.month == first.month) for date in week] for week in weeks]


def _asked(text: str) -> datetime.date | None:
    try:
        year, month = (int(part) for part in text.split("-"))
        date = datetime.date(year, month, 1)
    except ValueError:
        return None
    return date if FIRST_YEAR <= date.year <= LAST_YEAR else None


def _by_day(rows: Any) -> dict[datetime.date, list[tuple[str, Submission]]]:
    days: dict[datetime.date, list[tuple[str, Submission]]] = defaultdict(list)
    for row in rows:
        if row.state == State.SCHEDULED and row.publish_at:
            days[timezone.localdate(row.publish_at)].append((_("Comes out"), row))
        elif row.state == State.PUBLISHED and row.published_at:
            days[timezone.localdate(row.published_at)].append((_("Came out"), row))
        if row.due and row.turn != Submission.Turn.NOBODY:
            days[row.due].append((_("Due"), row))
    return days
