from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from search.current import indices
from search.engines import IndexUnavailable
from tests.search.conftest import make

pytestmark = pytest.mark.django_db
Visit = Callable[..., Any]


@pytest.fixture(autouse=True)
def nobody_has_searched_yet() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def index(tmp_path: Path, settings: Any) -> None:
    settings.SEARCH_INDEX = tmp_path / "search.sqlite3"
    indices()[0].engine.rebuild(
        [
            make("post:1", "Ilmiötyöpajoissa opittua", "Kirjoitus työpajasta.", organisation="Kainuun alue"),
            make("event:1", "Työpaja lokakuussa", kind="event", fictional=True),
            make("event:2", "Jäsenten työpaja", kind="event", access=("members",)),
            make("post:2", "Workshop", "A työpaja in Finland", language="en", url="/en/workshop/"),
            *(make(f"lesson:{number}", f"Oppitunti {number}", kind="lesson") for number in range(25)),
        ]
    )


@pytest.fixture
def visit(client: Client) -> Visit:
    def get(typed: str = "", path: str = "/haku/", **more: Any) -> Any:
        return client.get(path, {"q": typed, **more})

    return get


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_an_empty_search_shows_the_form_and_hints(visit: Visit) -> None:
    page = visit()
    assert page.status_code == 200
    assert 'type="search"' in text(page)
    assert 'class="item item--date"' not in text(page)


def test_the_search_is_a_page_and_what_it_finds_belongs_to_it(visit: Visit, settings: Any) -> None:
    own = f'<link rel="canonical" href="{settings.SITE_URL}/sv/haku/">'
    for page in (text(visit(path="/sv/haku/")), text(visit("workshop", path="/sv/haku/"))):
        assert own in page
        assert "noindex" not in page
        assert '<meta name="description" content="S' in page
    assert 'hreflang="en"' in text(visit()).split("</head>")[0]
    assert 'hreflang="en"' not in text(visit("workshop")).split("</head>")[0]
    # Whatever somebody links to with words of their own.
    assert "noindex" in text(visit("xyzzyplugh"))


def test_results_are_highlighted_and_counted_by_kind(visit: Visit) -> None:
    page = text(visit("työpaja"))
    assert "Ilmiö<mark>työpajoissa</mark> opittua" in page
    assert "Kainuun alue" in page
    assert "badge--example" in page
    assert 'value="event"' in page
    assert "Jäsenten" not in page


def test_a_chosen_kind_narrows_the_list(visit: Visit) -> None:
    page = text(visit("työpaja", laji="event"))
    assert "lokakuussa" in page
    assert "opittua" not in page
    assert 'value="event" checked' in page


def test_a_chosen_kind_without_results_says_so_and_keeps_the_others_at_hand(visit: Visit) -> None:
    page = text(visit("workshop", laji="event"))
    assert 'class="item item--date"' not in page
    assert 'value="post"' in page


def test_a_chosen_language_narrows_the_list(visit: Visit) -> None:
    page = text(visit("työpaja", kieli="en"))
    assert "Workshop" in page
    assert "lokakuussa" not in page


def test_another_language_is_marked_as_such(visit: Visit) -> None:
    assert '<li class="item item--date" lang="en">' in text(visit("workshop"))
    assert '<li class="item item--date">' in text(visit("workshop", path="/en/haku/"))


def test_a_member_finds_what_members_may_open(visit: Visit, client: Client, django_user_model: Any) -> None:
    client.force_login(django_user_model.objects.create_user(email="jasen@example.org", password="a long password"))
    assert "Jäsenten" in text(visit("työpaja"))


def test_a_mistyped_word_is_corrected_and_the_reader_told(visit: Visit) -> None:
    page = text(visit("tyopaja"))
    assert "<mark>" in page
    assert "tyopaja" in page
    assert "<b>työpaja</b>" in page


def test_nothing_found_gives_hints(visit: Visit) -> None:
    page = visit("xyzzyplugh")
    assert page.status_code == 200
    assert 'class="item item--date"' not in text(page)


def test_pages_of_results(visit: Visit) -> None:
    assert 'rel="next nofollow"' in text(visit("oppitunti"))
    assert text(visit("oppitunti", page="3")).count('class="item item--date"') == 5


@pytest.mark.parametrize(
    ("typed", "more"),
    [
        ("oppitunti", {"page": "0"}),
        ("oppitunti", {"page": "9999"}),
        ("oppitunti", {"page": "x"}),
        ("oppitunti", {"page": "-1"}),
        ("oppitunti", {"page": "9" * 400}),
        ("oppitunti", {"laji": "no such kind"}),
        ("oppitunti", {"kieli": "xx", "jarjestys": "xx"}),
        ("oppitunti", {"laji": ["event", "lesson", "'"]}),
    ],
)
def test_odd_parameters_still_give_results(visit: Visit, typed: str, more: dict[str, Any]) -> None:
    page = visit(typed, **more)
    assert page.status_code == 200
    assert 'class="item item--date"' in text(page)


@pytest.mark.parametrize("typed", ['"', "'", "a" * 10_000, "työ " * 3_000, "NOT", "-", "^*", "<script>", "%"])
def test_odd_words_give_a_page(visit: Visit, typed: str) -> None:
    page = visit(typed)
    assert page.status_code == 200
    assert "<script>" not in text(page)


@pytest.mark.parametrize("query", ["q=%00", "q=%ff%fe", "q=%ed%a0%80", "q=a&q=b&page=1&page=2", "%", "q"])
def test_broken_addresses_are_no_server_error(client: Client, query: str) -> None:
    assert client.get(f"/haku/?{query}").status_code in {200, 400}


def test_while_nothing_answers_the_page_says_so(visit: Visit) -> None:
    with patch("search.found.engine") as silent:
        silent.return_value.search.side_effect = IndexUnavailable
        page = visit("työpaja")
    assert page.status_code == 503
    assert 'type="search"' in text(page)


@pytest.mark.parametrize("path", ["/haku/", "/sv/haku/ehdotukset/", "/haku/kerro/kiitos/"])
def test_posting_is_refused_as_such(path: str) -> None:
    assert Client(enforce_csrf_checks=True).post(path).status_code == 405


def test_words_beyond_the_bounds_are_told_of(visit: Visit) -> None:
    told = "Osa tekstistä jäi pois hausta"
    assert told in text(visit("työpaja " + " ".join(f"sana{number}" for number in range(20))))
    assert told in text(visit("a" * 10_000))
    assert told not in text(visit("työpaja"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("-", "Haussa ”-” ei ole yhtään sanaa."),
        ("!!!", "Haussa ”!!!” ei ole yhtään sanaa."),
        ("🙂", "Haussa ”🙂” ei ole yhtään sanaa."),
        ("-työpaja", "Kirjoita myös, mitä haet."),
    ],
)
def test_what_holds_no_word_to_search_for_is_told_so(visit: Visit, typed: str, told: str) -> None:
    page = text(visit(typed))
    assert told in page
    assert "ei löytynyt" not in page


def test_nobody_searches_too_often_and_the_empty_form_counts_for_nothing(visit: Visit, settings: Any) -> None:
    settings.SEARCH_PER_MINUTE = 2
    answers = [visit(typed, path="/sv/haku/") for typed in ("", "", "työpaja", "", "työpaja", "workshop")]
    refused = answers[-1]
    # The minute may turn in between.
    assert [answer.status_code for answer in answers] in ([200] * 5 + [429], [200] * 6)
    if refused.status_code == 429:
        assert 1 <= int(refused["Retry-After"]) <= 60
        assert "Sök igen om" in text(refused)
        assert 'value="workshop"' in text(refused)
    assert visit("", path="/sv/haku/").status_code == 200


def test_nobody_is_suggested_too_often(client: Client, settings: Any) -> None:
    settings.SUGGESTIONS_PER_MINUTE = 1
    answers = [client.get("/haku/ehdotukset/", {"q": "työ"}) for _time in range(2)]
    assert [answer.status_code for answer in answers] in ([200, 429], [200, 200])
    if answers[-1].status_code == 429:
        assert 1 <= int(answers[-1]["Retry-After"]) <= 60
        assert "no-store" in answers[-1]["Cache-Control"]
        assert answers[-1].json() == {"suggestions": []}


def test_a_page_of_results_costs_few_queries(visit: Visit, django_assert_max_num_queries: Any) -> None:
    visit("työpaja")  # A process reads the editors' words once, for a minute.
    with django_assert_max_num_queries(15):
        visit("oppitunti")
