"""Lists of pages: the language being read, and no page of a private section."""

import pytest
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from learning.themes.models import ThemeIndexPage, ThemePage

pytestmark = pytest.mark.django_db


def theme(slug: str) -> ThemePage:
    index = ThemeIndexPage.objects.get(locale__language_code="fi")
    page: ThemePage = index.add_child(instance=ThemePage(title=slug, slug=slug))
    return page


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_private_pages_are_left_out_with_no_query_of_their_own(
    language: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    theme("julkinen")
    PageViewRestriction.objects.create(page=theme("salainen"), restriction_type=PageViewRestriction.LOGIN)
    with django_assert_num_queries(1):
        assert [page.slug for page in ThemePage.objects.in_language(language)] == ["julkinen"]
    assert [page.slug for page in ThemePage.objects.not_public()] == ["salainen"]


def test_everything_below_a_private_page_is_private() -> None:
    page = theme("teema")
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert not ThemePage.objects.in_language("fi").exists()


def test_an_alias_is_as_private_as_its_source() -> None:
    page = theme("teema")
    alias = page.create_alias(update_slug="teema-2")
    alias.create_alias(update_slug="teema-3")
    assert ThemePage.objects.in_language("fi").count() == 3
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert not ThemePage.objects.in_language("fi").exists()
    assert ThemePage.objects.not_public().count() == 3
