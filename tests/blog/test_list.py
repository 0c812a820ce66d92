"""The list of posts."""

import datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from blog.models import BlogIndexPage, PostPage
from tests.factories.pages import list_page, post, term, theme, translated
from vocabulary.models import ActorGroup, Phenomenon, TaskArea

pytestmark = pytest.mark.django_db
URL = "/blogi/"
QUERIES = 15


def titles(client: Client, query: str = "", url: str = URL) -> list[str]:
    response = client.get(f"{url}{query}")
    assert response.status_code == 200
    return [each.title for each in response.context["listing"].page]


def make_many(number: int) -> None:
    area, other = term(TaskArea, "knowledge"), term(TaskArea, "justice")
    topics = [term(Phenomenon, code) for code in ("yksinaisyys", "toimeentulo", "vertaistuki")]
    group = term(ActorGroup, "opiskelijat")
    for each in range(number):
        post(
            date=datetime.date(2020 + each % 6, 1, 1),
            task_area=area if each % 2 else other,
            phenomena=topics[: 1 + each % 3],
            author_group=group,
            is_example=True,
        )


def test_the_newest_post_comes_first(client: Client) -> None:
    post(title="Vanha", date=datetime.date(2024, 1, 1))
    post(title="Uusi", date=datetime.date(2026, 1, 1))
    post(title="Sama päivä, myöhemmin", date=datetime.date(2026, 1, 1))
    assert titles(client) == ["Sama päivä, myöhemmin", "Uusi", "Vanha"]


def test_a_draft_is_not_shown(client: Client) -> None:
    post(title="Luonnos", live=False)
    assert titles(client) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?aihe=yksinaisyys", ["Molemmat", "Yksi"]),
        ("?aihe=yksinaisyys&aihe=toimeentulo", ["Molemmat", "Yksi"]),
        ("?aihe=toimeentulo", ["Molemmat"]),
        ("?tehtavaalue=justice", ["Yksi"]),
        ("?rooli=opiskelijat", ["Molemmat"]),
        ("?vuosi=2025", ["Molemmat"]),
        ("?vuosi=2025&tehtavaalue=justice", []),
        ("?aihe=tuntematon", ["Molemmat", "Yksi", "Muu"]),
    ],
)
def test_filters_narrow_the_list(client: Client, query: str, found: list[str]) -> None:
    alone, living = term(Phenomenon, "yksinaisyys"), term(Phenomenon, "toimeentulo")
    post(title="Muu", date=datetime.date(2023, 1, 1))
    post(title="Yksi", date=datetime.date(2024, 1, 1), phenomena=[alone], task_area=term(TaskArea, "justice"))
    post(
        title="Molemmat",
        date=datetime.date(2025, 1, 1),
        phenomena=[alone, living],
        author_group=term(ActorGroup, "opiskelijat"),
    )
    assert titles(client, query) == found


def test_only_what_posts_have_is_offered(client: Client) -> None:
    term(Phenomenon, "vertaistuki")
    post(phenomena=[term(Phenomenon, "yksinaisyys")])
    page = client.get(URL).content.decode()
    assert 'value="yksinaisyys"' in page
    assert "vertaistuki" not in page


def test_pages_hold_ten_posts_and_links_keep_the_filters(client: Client) -> None:
    topic = term(Phenomenon, "yksinaisyys")
    for _each in range(11):
        post(phenomena=[topic])
    assert len(titles(client, "?aihe=yksinaisyys")) == 10
    assert "?aihe=yksinaisyys&amp;page=2" in client.get(f"{URL}?aihe=yksinaisyys").content.decode()
    assert len(titles(client, "?aihe=yksinaisyys&page=2")) == 1


@pytest.mark.parametrize(
    "query",
    [
        *("?page=0", "?page=-1", "?page=9999", "?page=x", "?page=", "?page=1&page=2", "?page=٣"),
        *("?aihe=%F0%9F%92%A9", "?aihe=%FF", f"?aihe={'a' * 10_000}", "?" + "aihe=x&" * 500),
        *("?vuosi=x", "?%5B%5D=1", "?tehtavaalue=' OR 1=1 --"),
    ],
)
def test_any_query_gives_a_page(client: Client, query: str) -> None:
    post()
    assert len(titles(client, query)) == 1


@pytest.mark.parametrize("query", ["?aihe=%00", "?page=1%00"])
def test_broken_characters_are_refused(client: Client, query: str) -> None:
    assert client.get(f"{URL}{query}").status_code == 400


def test_an_empty_list_leads_out(client: Client) -> None:
    post(phenomena=[term(Phenomenon, "yksinaisyys")], date=datetime.date(2025, 1, 1))
    post(date=datetime.date(2024, 1, 1))
    response = client.get(f"{URL}?aihe=yksinaisyys&vuosi=2024")
    assert [url for url, _label in response.context["listing"].ways_out] == [URL]
    assert 'class="empty' in response.content.decode()


def test_every_address_has_its_own_title(client: Client) -> None:
    for _each in range(11):
        post(phenomena=[term(Phenomenon, "yksinaisyys")])
    pages = [client.get(f"{URL}{query}").content.decode() for query in ("", "?page=2", "?aihe=yksinaisyys")]
    found = {page.partition("<title>")[2].partition("</title>")[0] for page in pages}
    assert len(found) == 3


def test_finnish_posts_are_marked_among_swedish_ones(client: Client) -> None:
    post(title="Vain suomeksi")
    source = post(title="Molemmat")
    translated(source, "sv", title="På svenska", slug="pa-svenska")
    page = client.get(list_page(BlogIndexPage, "sv").url).content.decode()
    assert "Molemmat" not in page
    assert "På svenska" in page
    start = page.index("Vain suomeksi")
    assert 'lang="fi"' in page[start - 200 : start]


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("number", [10, 100])
def test_queries_do_not_grow_with_posts(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, number: int, language: str
) -> None:
    make_many(number)
    url = list_page(BlogIndexPage, language).url
    client.get(url)
    with django_assert_max_num_queries(QUERIES):
        assert client.get(url).status_code == 200


def related_titles(client: Client, page: PostPage) -> list[Any]:
    return [each.title for each in client.get(page.url).context["related"]]


def test_related_posts_share_a_topic_or_a_theme_and_are_at_most_three(client: Client) -> None:
    topic, study = term(Phenomenon, "yksinaisyys"), theme()
    page = post(phenomena=[topic], themes=[study])
    post(title="Ei mitään yhteistä")
    for number in range(3):
        post(title=f"Aihe {number}", phenomena=[topic], date=datetime.date(2025, 1, 1 + number))
    post(title="Aihe ja teema", phenomena=[topic], themes=[study], date=datetime.date(2020, 1, 1))
    assert related_titles(client, page) == ["Aihe ja teema", "Aihe 2", "Aihe 1"]


def test_a_post_without_topics_has_nothing_related(client: Client) -> None:
    page = post()
    post()
    assert related_titles(client, page) == []


def test_a_finnish_post_among_english_ones_is_quoted_as_finnish_is(client: Client) -> None:
    post(lead='Hän sanoi "ei" heti.')
    assert "Hän sanoi ”ei” heti." in client.get("/en/blog/").content.decode()
