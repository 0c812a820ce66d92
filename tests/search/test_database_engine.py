"""What is found without any index."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.models import StandardPage
from search.engines import Filters
from search.engines.database import DatabaseEngine
from search.query import parse
from tests.factories.pages import standing_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_else() -> None:
    Page.objects.filter(depth__gt=2).delete()


def titles(typed: str, **options: Any) -> list[str]:
    return [hit.document.title for hit in DatabaseEngine().search(parse(typed), **options).hits]


def test_titles_go_before_leads_and_most_endings_are_found() -> None:
    standing_page("Muuta", lead="Lopuksi työpajoista.")
    standing_page("Ilmiötyöpajat")
    standing_page("Jotain muuta")
    assert titles("työpaja") == ["Ilmiötyöpajat", "Muuta"]
    assert titles("työpajassa muuta") == ["Muuta"]


def test_capitals_are_no_hindrance_in_words_with_umlauts_either() -> None:
    standing_page("Äitien ryhmä")
    standing_page("ÖLJY", lead="Mitä Åbo tekee.")
    assert titles("äitien") == ["Äitien ryhmä"]
    assert titles("öljy åbo") == ["ÖLJY"]
    assert titles("ryhmä -äitien") == []
    assert [each.text for each in DatabaseEngine().suggest("äit")] == ["Äitien ryhmä"]


def test_the_answer_says_that_it_is_less_than_usual() -> None:
    standing_page("Ilmiötyöpajat")
    results = DatabaseEngine().search(parse("työpaja"))
    assert results.degraded
    assert results.facets["kind"] == {"page": 1}


def test_phrases_and_excluded_words_count() -> None:
    standing_page("Uusi suunta alkaa")
    standing_page("Suunta on uusi")
    assert titles('"uusi suunta"') == ["Uusi suunta alkaa"]
    assert titles("suunta -alkaa") == ["Suunta on uusi"]


def test_drafts_and_what_one_may_not_open_are_not_found() -> None:
    secret = standing_page("Salainen työpaja")
    standing_page("Työpajaluonnos", live=False)
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    assert titles("työpaja") == []
    assert titles("työpaja", access=("public", "members")) == ["Salainen työpaja"]
    engine = DatabaseEngine()
    assert engine.suggest("sal") == ()
    assert [suggestion.text for suggestion in engine.suggest("sal", access=("members",))] == ["Salainen työpaja"]
    assert engine.fetch([f"page:{secret.pk}"]) == {}
    assert set(engine.fetch([f"page:{secret.pk}", "post:1", "x"], access=("members",))) == {f"page:{secret.pk}"}


def test_closed_pages_take_no_open_ones_place() -> None:
    standing_page("Julkinen työpaja", last_published_at=timezone.now() - datetime.timedelta(days=1))
    closed = standing_page("Suljettu työpaja", last_published_at=timezone.now())
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    for number in range(50):
        closed.add_child(
            instance=StandardPage(title=f"Työpaja {number}", locale=closed.locale, last_published_at=timezone.now())
        )
    assert titles("työpaja") == ["Julkinen työpaja"]
    assert len(titles("työpaja", access=("public", "members"), per_page=100)) == 40


def test_a_group_opens_what_members_may_open_too() -> None:
    above = standing_page("Jäsenten työpaja")
    group = Group.objects.create(name="Työpajan vetäjät")
    below = above.add_child(instance=StandardPage(title="Vetäjien työpaja", locale=above.locale))
    PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)
    PageViewRestriction.objects.create(page=below, restriction_type=PageViewRestriction.GROUPS).groups.add(group)
    assert titles("työpaja", access=("public", "members")) == ["Jäsenten työpaja"]
    assert titles("työpaja", access=("public", f"group:{group.pk}")) == ["Vetäjien työpaja"]


def test_of_a_page_only_what_a_result_shows_is_read_and_however_many_in_as_many_queries() -> None:
    counts = []
    for number in (1, 2, 3):
        standing_page(f"Työpaja {number}", lead="Lyhyesti.")
        with CaptureQueriesContext(connection) as queries:
            assert len(titles("työpaja")) == number
        counts.append(len(queries))
        assert not any("body" in query["sql"].partition("FROM")[0] for query in queries)
    assert counts[1] == counts[2]


def test_kinds_and_pages_of_results_are_kept_to() -> None:
    for number in range(12):
        standing_page(f"Työpaja {number}")
    assert titles("työpaja", filters=Filters(kinds=frozenset({"event"}))) == []
    pages = [titles("työpaja", page=page, per_page=10) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [10, 2, 0]


@pytest.mark.parametrize("typed", ["", '"', "-", "%", "_", "a' OR 1=1", "\x00", "työ* (", "a" * 10_000])
def test_odd_typing_is_harmless(typed: str) -> None:
    DatabaseEngine().search(parse(typed))
    DatabaseEngine().suggest(typed)
