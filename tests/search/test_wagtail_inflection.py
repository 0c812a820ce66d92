"""The administration's own search finds inflected words, on SQLite and PostgreSQL; see search/wagtail_inflection.py."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from accounts.models import User
from common.models import SiteDocument
from home.models import HomePage, StandardPage
from search import answering, wagtail_inflection
from tests.admin.conftest import SignIn, editor, partner, sign_in  # noqa: F401  fixtures
from tests.factories import pages

# Wagtail indexes what is saved in the background.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("background")]
LISTS = ["/hallinta/pages/search/", "/hallinta/choose-page/search/"]


@pytest.fixture(autouse=True)
def worker(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process that knows the dictionary, this one; on a busy machine it may take its time."""
    monkeypatch.setattr(answering, "PATIENCE", 10)
    settings.SEARCH_SOCKET = tmp_path / "analysis.sock"
    settings.RUN_DIR = tmp_path
    answering._ask.cache_clear()
    wagtail_inflection._by_dictionary.cache_clear()
    answering.answer_words()
    yield
    answering.stop()
    answering._ask.cache_clear()
    wagtail_inflection._by_dictionary.cache_clear()


def add(title: str, language: str = "fi", **fields: Any) -> StandardPage:
    parent = HomePage.objects.get(locale__language_code=language)
    page = StandardPage(title=title, locale=parent.locale, **fields)
    parent.add_child(instance=page)
    return page


def found(typed: str) -> set[str]:
    return {page.title for page in Page.objects.autocomplete(typed)}


@pytest.mark.parametrize(
    "typed",
    [
        "hyvinvointialue",
        "hyvinvointialueilla",
        "HYVINVOINTIALUETTA",
        "alue",
        "hyvinv",
        "asunnottomuus",
        "asunnottomuutta",
        "hyvinvointialue asunnottomuus",
        "hyvinvointialueet asunnot",
    ],
)
def test_a_page_is_found_by_any_form_and_by_parts_of_compounds(typed: str) -> None:
    add("Hyvinvointialueiden keinot asunnottomuuden vähentämiseen")
    add("Jotain muuta")
    assert found(typed) == {"Hyvinvointialueiden keinot asunnottomuuden vähentämiseen"}


@pytest.mark.parametrize("typed", ["keino muu", "rakenteinen", "hyvinvointi raportti"])
def test_every_word_is_asked_for_and_look_alikes_stay_apart(typed: str) -> None:
    add("Rakenteellinen keino hyvinvointialueilla")
    assert found(typed) == set()


def test_a_draft_is_found_and_so_is_the_new_title_of_a_page() -> None:
    add("Ilmiötyöpajojen ohje", live=False)
    page = add("Vanha nimi")
    page.title = "Osallisuuden tiellä"
    page.save_revision()
    assert found("työpaja") == {"Ilmiötyöpajojen ohje"}
    assert found("osallisuus") == found("vanhat nimet") == {"Vanha nimi"}


def test_swedish_and_english_are_found_by_their_stems() -> None:
    add("Rapporterna om fenomen", "sv")
    add("Planning services", "en")
    assert found("rapporter") == {"Rapporterna om fenomen"}
    assert found("service plans") == {"Planning services"}


def test_without_the_worker_the_stem_serves() -> None:
    add("Raporttien kirjoittaminen")
    answering.stop()
    answering.socket_path().unlink(missing_ok=True)
    answering._ask.cache_clear()
    assert found("raporteista") == {"Raporttien kirjoittaminen"}


def test_documents_are_found_as_pages_are() -> None:
    document = SiteDocument.objects.create(title="Toteutussuunnitelman pohja", file="documents/pohja.pdf")
    assert list(get_search_backend().autocomplete("suunnitelmat", SiteDocument)) == [document]


@pytest.mark.parametrize("path", LISTS)
def test_the_lists_of_the_administration_find_them(path: str, editor: User, sign_in: SignIn) -> None:  # noqa: F811
    add("Hyvinvointialueiden keinot")
    page = sign_in(editor).get(path, {"q": "hyvinvointialueella"}).content.decode()
    assert "Hyvinvointialueiden keinot" in page


def test_the_explorer_shows_what_a_person_may_see(partner: User, sign_in: SignIn) -> None:  # noqa: F811
    add("Hyvinvointialueiden keinot")
    pages.organisation_page(title="Hyvinvointialueen yhdistys", owner=partner)
    page = sign_in(partner).get("/hallinta/pages/search/", {"q": "hyvinvointialueella"}).content.decode()
    assert "Hyvinvointialueen yhdistys" in page
    assert "Hyvinvointialueiden keinot" not in page


@pytest.mark.parametrize(
    "typed", ['"', "a" * 5_000, "AND OR NOT", "työ " * 300, "%s %d", "\\", "'", "työ-paja", "*", "zzfi"]
)
def test_odd_texts_are_answered(typed: str) -> None:
    add("Työ-pajan muistio 50 %")
    assert found(typed) is not None
    assert found("työ-paja") == found("muistiot") == {"Työ-pajan muistio 50 %"}


def test_an_index_of_before_is_made_anew_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    monkeypatch.setattr(wagtail_inflection, "call_command", lambda name, **options: calls.append(name))
    wagtail_inflection.index_anew()
    wagtail_inflection.index_anew()
    assert calls == ["update_index"]
    monkeypatch.setattr(wagtail_inflection, "VERSION", "another")
    wagtail_inflection.index_anew()
    assert len(calls) == 2
    answering.stop()
    monkeypatch.setattr(wagtail_inflection, "VERSION", "a third")
    wagtail_inflection.index_anew()
    assert len(calls) == 2


def test_what_was_asked_before_the_worker_answered_is_asked_again() -> None:
    answering.stop()
    assert "hyvinvointialue" not in wagtail_inflection.forms_of_text("hyvinvointialueilla").split()
    answering.answer_words()
    assert "hyvinvointialue" in wagtail_inflection.forms_of_text("hyvinvointialueilla").split()
