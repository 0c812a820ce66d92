"""Days and times as each language writes them."""

import datetime

import pytest
from django.utils import translation

from common import dates

DAY = datetime.date
UTC = datetime.UTC


def at(hour: int, minute: int = 0, day: int = 13) -> datetime.datetime:
    """A moment of March 2024, when Finland is two hours ahead of UTC."""
    return datetime.datetime(2024, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fi", "13.–20.3.2024"), ("sv", "13–20.3.2024"), ("en", "13–20 March 2024")],
)
def test_range_within_a_month_says_the_month_once(language: str, expected: str) -> None:
    with translation.override(language):
        assert dates.day_range(DAY(2024, 3, 13), DAY(2024, 3, 20)) == expected


@pytest.mark.parametrize(
    ("language", "end", "expected"),
    [
        ("fi", DAY(2024, 4, 2), "13.3.–2.4.2024"),
        ("en", DAY(2024, 4, 2), "13 March–2 April 2024"),
        ("fi", DAY(2025, 1, 2), "13.3.2024–2.1.2025"),
        ("fi", DAY(2024, 3, 13), "13.3.2024"),
        ("fi", None, "13.3.2024"),
    ],
)
def test_range_over_months_and_years(language: str, end: datetime.date | None, expected: str) -> None:
    with translation.override(language):
        assert dates.day_range(DAY(2024, 3, 13), end) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fi", "klo 13.00–15.30"), ("sv", "kl. 13.00–15.30"), ("en", "13:00–15:30")],
)
def test_times_are_finnish_local_time(language: str, expected: str) -> None:
    with translation.override(language):
        assert dates.clock(at(11), at(13, 30)).replace(dates.SPACE, " ") == expected


def test_when_tells_weekday_day_and_times() -> None:
    with translation.override("fi"):
        assert dates.when(at(11), at(13, 30)).replace(dates.SPACE, " ") == "ke 13.3.2024 klo 13.00–15.30"
        over_days = dates.when(at(7), at(13, day=14)).replace(dates.SPACE, " ")
    assert over_days == "ke 13.3.2024 klo 9.00 – to 14.3.2024 klo 15.00"


def test_late_evening_in_utc_is_the_next_day_in_finland() -> None:
    with translation.override("fi"):
        assert dates.day(at(22, 30)) == "14.3.2024"


def test_month_before_a_noun_is_in_the_genitive_in_finnish() -> None:
    with translation.override("fi"):
        assert dates.month_of(DAY(2024, 8, 1)) == "elokuun"
    with translation.override("en"):
        assert dates.month_of(DAY(2024, 8, 1)) == "August"


def test_a_near_day_leaves_out_this_year() -> None:
    today = datetime.datetime.now(tz=UTC).date()
    with translation.override("fi"):
        assert dates.near_day(today.replace(month=6, day=6)) == "6.6."
        assert dates.near_day(DAY(1999, 6, 6)) == "6.6.1999"
