"""The front page: what it chooses, how it does without, and what it costs."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Locale, Page

from blog.models import BlogIndexPage, PostPage
from home.front import front_page
from home.models import HomePage
from learning.themes.models import ThemeIndexPage, ThemePage
from network.events.models import Event, EventIndexPage, EventPage, Session

pytestmark = pytest.mark.django_db


def finnish(model: type[Page]) -> Any:
    return model.objects.get(locale=Locale.get_default())


def month(offset: int) -> datetime.date:
    first = timezone.localdate().replace(day=1)
    number = first.month - 1 + offset
    return first.replace(year=first.year + number // 12, month=number % 12 + 1)


def theme(title: str, offset: int | None) -> ThemePage:
    page = ThemePage(title=title, month=None if offset is None else month(offset))
    finnish(ThemeIndexPage).add_child(instance=page)
    return page


def post(title: str, days_ago: int) -> PostPage:
    date = timezone.localdate() - datetime.timedelta(days_ago)
    page = PostPage(title=title, date=date, author_title="Sosiaalityöntekijä", body="<p>x</p>")
    finnish(BlogIndexPage).add_child(instance=page)
    return page


def event(title: str, days: int) -> EventPage:
    starts = timezone.now() + datetime.timedelta(days)
    held = Event.objects.create(name_fi=title, code=title.lower(), type=Event.Type.FORUM, format=Event.Format.REMOTE)
    Session.objects.create(event=held, starts=starts, ends=starts + datetime.timedelta(hours=2))
    page = EventPage(title=title, event=held)
    finnish(EventIndexPage).add_child(instance=page)
    return page


def test_an_empty_site_still_has_a_front_page(client: Client) -> None:
    html = client.get("/").content.decode()
    assert finnish(HomePage).hero.split()[0] in html
    assert "appear here as they are published" in html or "sitä mukaa" in html


def test_this_month_comes_before_the_next_and_the_last() -> None:
    theme("Mennyt", -1)
    theme("Tuleva", 1)
    theme("Nyt", 0)
    shown = front_page("fi")
    assert shown["theme"].title == "Nyt"
    assert [each.title for each in shown["other_themes"]] == ["Tuleva", "Mennyt"]


def test_without_this_month_the_next_theme_is_shown() -> None:
    theme("Mennyt", -1)
    theme("Tuleva", 1)
    theme("Myöhempi", 2)
    assert front_page("fi")["theme"].title == "Tuleva"


def test_without_coming_themes_the_latest_is_shown() -> None:
    theme("Vanha", -3)
    theme("Mennyt", -1)
    shown = front_page("fi")
    assert shown["theme"].title == "Mennyt"
    assert [each.title for each in shown["other_themes"]] == ["Vanha"]


def test_a_theme_without_a_month_is_never_the_theme_of_the_month() -> None:
    theme("Aina auki", None)
    shown = front_page("fi")
    assert shown["theme"] is None
    assert [each.title for each in shown["other_themes"]] == ["Aina auki"]


def test_three_newest_posts_newest_first() -> None:
    for days_ago in (3, 1, 4, 2):
        post(f"P{days_ago}", days_ago)
    assert [each.title for each in front_page("fi")["posts"]] == ["P1", "P2", "P3"]


def test_three_next_events_without_past_ones() -> None:
    for days in (-1, 4, 2, 3, 1):
        event(f"E{days}", days)
    assert [each.title for each in front_page("fi")["events"]] == ["E1", "E2", "E3"]


def test_finnish_content_is_offered_in_swedish_and_marked(client: Client) -> None:
    post("Vain suomeksi", 1)
    html = client.get("/sv/").content.decode()
    assert '<h3 class="item__title" lang="fi"><a href="/blogi/vain-suomeksi/">Vain suomeksi</a></h3>' in html


def test_drafts_are_not_shown() -> None:
    post("Luonnos", 1).unpublish()
    assert not front_page("fi")["posts"]


@pytest.mark.parametrize("amount", [1, 6])
def test_the_cost_does_not_grow_with_the_content(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, amount: int
) -> None:
    for number in range(amount):
        theme(f"T{number}", number)
        post(f"P{number}", number)
        event(f"E{number}", number + 1)
    client.get("/")
    with django_assert_max_num_queries(10):
        shown = front_page("fi")
        assert [list(shown[name]) for name in ("posts", "events", "other_themes")]
    with django_assert_max_num_queries(10):
        client.get("/")
