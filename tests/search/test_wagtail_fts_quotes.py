"""Wagtail's own search takes any typed text; see search/wagtail_fts_quotes.py."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page
from wagtail.search.query import Phrase

pytestmark = pytest.mark.django_db
ODD = ['"', 'a"b', '""', "'\"'", '" OR "', "\\", "a " * 2_000]


@pytest.mark.parametrize("typed", ODD)
def test_a_quotation_mark_is_searched_for(typed: str) -> None:
    assert list(Page.objects.search(typed)) == []
    assert list(Page.objects.search(Phrase(typed))) == []
    assert list(Page.objects.autocomplete(typed)) == []


@pytest.mark.parametrize("path", ["/hallinta/pages/search/", "/hallinta/images/", "/hallinta/documents/"])
def test_the_administration_survives_a_quotation_mark(admin_client: Client, path: str, settings: Any) -> None:
    settings.REQUIRE_STAFF_MFA = False
    for typed in ODD:
        assert admin_client.get(path, {"q": typed}).status_code == 200
