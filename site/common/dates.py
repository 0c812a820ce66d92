"""Days and times as Finnish, Swedish (of Finland) and English readers write them.

Finnish: 13.–20.3.2024, klo 13.00–15.30. Swedish: 13–20.3.2024, kl. 13.00–15.30. English: 13–20 March 2024, 13:00–15:30.
"""

import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from common import languages

HELSINKI = ZoneInfo("Europe/Helsinki")
Moment = datetime.date | datetime.datetime

MONTHS = {
    "fi": "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "en": "January February March April May June July August September October November December",
}
WEEKDAYS = {"fi": "ma ti ke to pe la su", "sv": "mån tis ons tors fre lör sön", "en": "Mon Tue Wed Thu Fri Sat Sun"}
DASH = "\N{EN DASH}"
SPACE = "\N{NO-BREAK SPACE}"


def _local(moment: Moment) -> Moment:
    """The moment in Finnish time; days stay as they are."""
    if isinstance(moment, datetime.datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def _date(moment: Moment) -> datetime.date:
    local = _local(moment)
    return local.date() if isinstance(local, datetime.datetime) else local


def month_name(moment: Moment) -> str:
    return MONTHS[languages.current()].split()[_date(moment).month - 1]


def month_of(moment: Moment) -> str:
    """The month as an attribute before a noun: “elokuun teema”, “augusti”, “August”."""
    name = month_name(moment)
    return f"{name}n" if languages.current() == "fi" else name


def month_and_year(moment: Moment) -> str:
    return f"{month_name(moment)} {_date(moment).year}"


def weekday(moment: Moment) -> str:
    return WEEKDAYS[languages.current()].split()[_date(moment).weekday()]


def day(moment: Moment, year: bool = True) -> str:
    date = _date(moment)
    if languages.current() == "en":
        return f"{date.day} {month_name(date)}" + (f" {date.year}" if year else "")
    return f"{date.day}.{date.month}." + (str(date.year) if year else "")


def near_day(moment: Moment) -> str:
    """The day, with its year only where that is not this year."""
    return day(moment, year=_date(moment).year != timezone.localdate().year)


def day_range(start: Moment, end: Moment | None) -> str:
    """First and last day; what they share is said once."""
    first, last = _date(start), _date(end) if end else None
    if last is None or last == first:
        return day(first)
    if first.year != last.year:
        return f"{day(first)}{DASH}{day(last)}"
    if first.month != last.month:
        return f"{day(first, year=False)}{DASH}{day(last)}"
    stop = "." if languages.current() == "fi" else ""
    return f"{first.day}{stop}{DASH}{day(last)}"


def _clock(moment: datetime.datetime) -> str:
    local = _local(moment)
    assert isinstance(local, datetime.datetime)
    return f"{local:%H:%M}" if languages.current() == "en" else f"{local.hour}.{local:%M}"


def clock(start: datetime.datetime, end: datetime.datetime | None = None, word: bool = True) -> str:
    """The time of day, or from when to when."""
    prefix = {"fi": f"klo{SPACE}", "sv": f"kl.{SPACE}"}.get(languages.current(), "") if word else ""
    return prefix + _clock(start) + (f"{DASH}{_clock(end)}" if end else "")


def when(start: datetime.datetime, end: datetime.datetime) -> str:
    """Weekday, day and times of something that lasts hours or days."""
    if _date(start) == _date(end):
        return f"{weekday(start)} {day(start)} {clock(start, end)}"
    return f"{weekday(start)} {day(start)} {clock(start)}{SPACE}{DASH} {weekday(end)} {day(end)} {clock(end)}"
