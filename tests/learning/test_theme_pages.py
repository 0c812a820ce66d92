"""Themes by month, and what belongs to one."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from blog.models import BlogIndexPage, PostPage
from learning.courses.models import ModulePage
from learning.themes.models import ThemeCourseLink, ThemeIndexPage, ThemePage
from network.events.models import Event, EventIndexPage, EventPage, Session
from network.resources.models import ResourceIndexPage, ResourcePage
from tests.learning.factories import make_course, make_theme, translate

pytestmark = pytest.mark.django_db
MOST = 15


def month(ahead: int) -> datetime.date:
    """The first day of the month so many months from now."""
    today = timezone.localdate()
    index = today.year * 12 + today.month - 1 + ahead
    return datetime.date(index // 12, index % 12 + 1, 1)


def finnish(model: type[Any]) -> Any:
    return model.objects.get(locale__language_code="fi")


def give(theme: ThemePage, number: int) -> None:
    """A post, a resource and a coming event of the theme."""
    post = finnish(BlogIndexPage).add_child(
        instance=PostPage(title=f"Teksti {number}", author_title="Ohjaaja", body="<p>Teksti</p>")
    )
    post.themes = [theme]
    post.save()
    resource = finnish(ResourceIndexPage).add_child(
        instance=ResourcePage(title=f"Opas {number}", type="guide", external_url="https://opas.example/")
    )
    resource.themes = [theme]
    resource.save()
    event = Event.objects.create(code=f"t{number}", name_fi="Foorumi", type="forum", format="remote")
    event.themes = [theme]
    event.save()
    starts = timezone.now() + datetime.timedelta(days=number + 1)
    Session.objects.create(event=event, starts=starts, ends=starts + datetime.timedelta(hours=2))
    finnish(EventIndexPage).add_child(instance=EventPage(title=f"Foorumi {number}", event=event))


def test_themes_are_grouped_by_month(client: Client) -> None:
    for title, ahead in (("nyt", 0), ("ensi", 1), ("sitten", 2), ("viime", -1), ("vanha", -9)):
        make_theme(title, month=month(ahead).replace(day=17))
    make_theme("aina")
    context = client.get("/teemat/").context
    groups = {name: [theme.title for theme in context[name]] for name in ("current", "coming", "open")}
    assert groups == {"current": ["nyt"], "coming": ["ensi", "sitten"], "open": ["aina"]}
    assert [theme.title for theme in context["listing"].page] == ["viime", "vanha"]


@pytest.mark.parametrize("query", ["?page=2", "?page=x", "?page=" + "9" * 99, "?page=²", "?a[]=1", "?page=0"])
def test_any_query_gives_a_list(client: Client, query: str) -> None:
    for number in range(14):
        make_theme(f"Teema {number}", month=month(-1 - number))
    assert client.get(f"/teemat/{query}").status_code == 200


def test_an_empty_list_says_so(client: Client) -> None:
    assert 'class="empty' in client.get("/teemat/").content.decode()


def test_relations_are_to_the_finnish_theme_and_show_on_its_translation(client: Client) -> None:
    theme = make_theme("Vaikuttavuus")
    give(theme, 0)
    swedish = translate(theme, "sv", "Verkningsfullhet", ThemeIndexPage.objects.get(locale__language_code="sv"))
    context = client.get(swedish.url).context
    assert [post.title for post in context["posts"]] == ["Teksti 0"]
    assert [resource.title for resource in context["resources"]] == ["Opas 0"]
    assert [event.title for event in context["events"]] == ["Foorumi 0"]
    assert ' lang="fi"' in client.get(swedish.url).content.decode()


def test_modules_and_courses_keep_the_order_of_the_editor_and_know_their_course(client: Client) -> None:
    course = make_course(modules=3)
    theme = make_theme("Teema")
    third = ModulePage.objects.get(code="M3")
    for at, page in enumerate((third, course)):
        ThemeCourseLink.objects.create(theme=theme, page=page, sort_order=at)
    studies = client.get(theme.url).context["studies"]
    assert [study.title for study in studies] == [third.title, course.title]
    assert studies[0].title_above == course.title


def test_a_draft_module_is_left_out(client: Client) -> None:
    make_course()
    theme, module = make_theme("Teema"), ModulePage.objects.get()
    ThemeCourseLink.objects.create(theme=theme, page=module)
    ModulePage.objects.update(live=False)
    assert client.get(theme.url).context["studies"] == []


def test_past_events_show_where_none_is_coming(client: Client) -> None:
    theme = make_theme("Teema")
    give(theme, 0)
    Session.objects.update(starts=timezone.now() - datetime.timedelta(9), ends=timezone.now() - datetime.timedelta(8))
    assert [event.title for event in client.get(theme.url).context["events"]] == ["Foorumi 0"]


def count(client: Client, url: str, most: DjangoAssertNumQueries, limit: int = MOST) -> int:
    client.get(url)
    with most(limit) as queries:
        client.get(url)
    return len(queries)


def test_the_list_reads_as_little_with_many_themes(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for ahead in (0, 1, -1):
        make_theme(f"Teema {ahead}", month=month(ahead))
    few = count(client, "/teemat/", django_assert_max_num_queries)
    for ahead in (*range(2, 50), *range(-50, -1)):
        make_theme(f"Teema {ahead}", month=month(ahead))
    assert count(client, "/teemat/", django_assert_max_num_queries) == few


def test_a_theme_reads_as_little_with_much_in_it(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_course(modules=6)
    theme = make_theme("Teema", month=month(0))
    modules = list(ModulePage.objects.all())
    ThemeCourseLink.objects.create(theme=theme, page=modules[0])
    give(theme, 0)
    few = count(client, theme.url, django_assert_max_num_queries)
    for at, module in enumerate(modules[1:]):
        ThemeCourseLink.objects.create(theme=theme, page=module, sort_order=at + 1)
        give(theme, at + 1)
    assert count(client, theme.url, django_assert_max_num_queries) == few
