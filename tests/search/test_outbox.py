import sqlite3
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Locale, Page, PageViewRestriction

from home.models import HomePage, StandardPage
from search import indexing
from search.current import engine, indices
from search.engines import Results
from search.models import Outbox
from search.query import parse
from search.signals import connect
from vocabulary.models import GlossaryPage, GlossaryTerm, Phenomenon

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index(tmp_path: Path, settings: object) -> None:
    """An empty index of this test's own, and nothing waiting."""
    settings.SEARCH_INDEX = tmp_path / "search.sqlite3"  # type: ignore[attr-defined]
    settings.RUN_DIR = tmp_path  # type: ignore[attr-defined]
    connect()
    Page.objects.filter(depth__gt=2).delete()
    GlossaryTerm.objects.all().delete()
    indexing.rebuild()
    Outbox.objects.all().delete()


@pytest.fixture
def front() -> HomePage:
    front: HomePage | None = HomePage.objects.filter(locale=Locale.get_default()).first()
    if front is None:
        front = HomePage(title="Etusivu", slug="etusivu-2", hero="Etusivu", locale=Locale.get_default())
        Page.get_first_root_node().add_child(instance=front)
    return front


def add(front: HomePage, title: str, **rest: object) -> StandardPage:
    page = StandardPage(title=title, locale=front.locale, **rest)
    front.add_child(instance=page)
    return page


def found(typed: str, *access: str) -> Results:
    while indexing.apply():
        pass
    return engine().search(parse(typed), access=access or ("public",))


def test_a_published_page_is_found_once_its_row_is_applied(front: HomePage) -> None:
    page = add(front, "Ilmiötyöpajat", lead="Mitä pajoissa tehdään.")
    assert found("työpaja").hits[0].document.key == f"page:{page.pk}"
    assert not Outbox.objects.exists()


def test_a_draft_is_not_found_and_an_unpublished_page_no_more(front: HomePage) -> None:
    page = add(front, "Ilmiötyöpajat")
    add(front, "Työpajaluonnos", live=False)
    assert found("työpaja").total == 1
    page.unpublish()
    assert found("työpaja").total == 0


def test_a_saved_draft_of_a_published_page_indexes_nothing_until_it_is_published(front: HomePage) -> None:
    page = add(front, "Ilmiötyöpajat")
    assert found("työpaja").total == 1
    page.title = "Ilmiöraportit"
    for _ in range(3):
        draft = page.save_revision()
    assert not Outbox.objects.exists()
    draft.publish()
    assert [row.object_id for row in Outbox.objects.all()] == [page.pk]
    assert (found("työpaja").total, found("raportti").total) == (0, 1)


def test_a_deleted_page_is_gone(front: HomePage) -> None:
    page = add(front, "Ilmiötyöpajat")
    assert found("työpaja").total == 1
    Page.objects.get(pk=page.pk).delete()
    assert found("työpaja").total == 0


def test_a_change_that_is_rolled_back_leaves_no_row(front: HomePage) -> None:
    with transaction.atomic():
        add(front, "Ilmiötyöpajat")
        assert Outbox.objects.exists()
        transaction.set_rollback(True)
    assert not Outbox.objects.exists()


def test_a_moved_page_takes_the_addresses_below_along(front: HomePage) -> None:
    first, second = add(front, "Ensimmäinen"), add(front, "Toinen")
    below = StandardPage(title="Työpaja", locale=front.locale)
    first.add_child(instance=below)
    assert found("työpaja").hits[0].document.url.endswith("/ensimmainen/tyopaja/")
    Page.objects.get(pk=first.pk).move(Page.objects.get(pk=second.pk), pos="last-child")
    assert found("työpaja").hits[0].document.url.endswith("/toinen/ensimmainen/tyopaja/")


def noted() -> set[int]:
    return set(Outbox.objects.filter(kind=Outbox.Kind.PAGE).values_list("object_id", flat=True))


def test_a_new_address_notes_the_pages_below_in_the_same_transaction(front: HomePage) -> None:
    above = add(front, "Yläsivu")
    below = StandardPage(title="Työpaja", locale=front.locale)
    above.add_child(instance=below)
    assert found("työpaja").total == 1
    with transaction.atomic():
        above.slug = "uusi-osoite"
        above.save()
        assert {above.pk, below.pk} <= noted()
        transaction.set_rollback(True)
    assert not noted()
    above.slug = "uusi-osoite"
    above.save_revision().publish()
    assert found("työpaja").hits[0].document.url.endswith("/uusi-osoite/tyopaja/")


def test_a_page_that_stays_in_its_place_notes_itself_alone(front: HomePage) -> None:
    above = add(front, "Yläsivu")
    above.add_child(instance=StandardPage(title="Työpaja", locale=front.locale))
    assert found("työpaja").total == 1
    above.lead = "Muuttui."
    above.save()
    assert noted() == {above.pk}


def test_a_restricted_page_is_found_by_those_who_may_open_it(front: HomePage) -> None:
    page = add(front, "Ilmiötyöpajat")
    assert found("työpaja").total == 1
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert found("työpaja").total == 0
    assert found("työpaja", "public", "members").total == 1
    restriction.delete()
    assert found("työpaja").total == 1


def test_an_alias_is_found_by_those_who_may_open_its_source(front: HomePage) -> None:
    page = add(front, "Ilmiötyöpajat")
    page.create_alias(update_slug="toisaalla")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert found("työpaja").total == 0
    assert found("työpaja", "public", "members").total > 0
    restriction.delete()
    assert found("työpaja").total > 0


def test_a_glossary_term_is_found_by_its_words_in_each_language() -> None:
    term = GlossaryTerm.objects.create(
        code="hyte",
        name_fi="Hyte-työ",
        definition_fi="Hyvinvoinnin edistäminen.",
        name_en="Welfare work",
        definition_en="Promoting welfare.",
    )
    assert found("hyvinvoinnit").hits[0].document.key == f"term:{term.pk}-fi"
    assert found("promoting").hits[0].document.key == f"term:{term.pk}-en"
    term.delete()
    assert found("hyvinvoinnit").total == 0


@pytest.mark.parametrize(
    ("language", "definition"), [("fi", "Hyvinvoinnin edistäminen."), ("en", "Promoting welfare.")]
)
@pytest.mark.parametrize("typed", ["hyte-työ", "welfare work", "xylitoli"])
def test_a_glossary_term_shows_its_definition_in_the_language_of_the_reader(
    typed: str, language: str, definition: str
) -> None:
    GlossaryTerm.objects.create(
        code="hyte",
        name_fi="Hyte-työ",
        definition_fi="Hyvinvoinnin edistäminen.",
        name_en="Welfare work",
        definition_en="Promoting welfare.",
        aliases="xylitoli",
    )
    found(typed)
    hits = engine().search(parse(typed), language=language).hits
    assert [strip_tags(hit.excerpt) for hit in hits] == [definition]


def test_a_glossary_term_leads_to_its_place_in_the_glossary_also_when_that_moves(front: HomePage) -> None:
    GlossaryTerm.objects.create(code="hyte", name_fi="Xylitoli", definition_fi="Sana.")
    assert found("xylitoli").hits[0].document.url == ""
    page = GlossaryPage(title="Sanasto", slug="sanasto", locale=front.locale)
    front.add_child(instance=page)
    assert found("xylitoli").hits[0].document.url == "/sanasto/#hyte"
    page.slug = "sanakirja"
    page.save_revision().publish()
    assert found("xylitoli").hits[0].document.url == "/sanakirja/#hyte"
    page.unpublish()
    assert found("xylitoli").hits[0].document.url == ""


def test_a_renamed_vocabulary_term_has_everything_indexed_anew() -> None:
    phenomenon = Phenomenon.objects.create(code="uusi", name_fi="Uusi")
    phenomenon.name_fi = "Uudempi"
    phenomenon.save()
    assert Outbox.objects.filter(kind=Outbox.Kind.ALL).count() == 1
    assert found("mitä tahansa").total == 0
    assert not Outbox.objects.exists()


def test_a_term_renamed_while_the_index_is_built_is_indexed_after_it() -> None:
    phenomenon = Phenomenon.objects.create(code="uusi", name_fi="Uusi")
    phenomenon.save()
    found_by_rebuild = list(Outbox.objects.values_list("pk", flat=True))
    phenomenon.save()
    Outbox.objects.filter(pk__in=found_by_rebuild).delete()
    assert Outbox.objects.filter(kind=Outbox.Kind.ALL).exists()


def test_a_row_that_cannot_be_applied_waits_and_is_kept(
    front: HomePage, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    with sqlite3.connect(settings.SEARCH_INDEX) as connection:  # type: ignore[attr-defined]
        (number,) = connection.execute("SELECT generation FROM meta").fetchone()
        connection.execute(f"DROP TABLE titles_{number}")
    page = add(front, "Ilmiötyöpajat")
    Outbox.objects.exclude(object_id=page.pk).delete()
    indexing.apply()
    row = Outbox.objects.first()
    assert row is not None
    assert (row.attempts, "titles" in row.error) == (1, True)
    assert row.due_at > timezone.now()
    indexing.rebuild()
    Outbox.objects.update(due_at=timezone.now())
    assert found("työpaja").total == 1
    assert not Outbox.objects.exists()


def test_a_lost_document_is_noticed_and_mended(front: HomePage) -> None:
    page = add(front, "Ilmiötyöpajat")
    assert found("työpaja").total == 1
    indices()[0].engine.delete([f"page:{page.pk}"])
    indexing.mend()
    assert found("työpaja").total == 1


def test_a_document_that_tells_what_is_no_longer_so_is_noticed_and_mended(front: HomePage) -> None:
    page = add(front, "Ilmiötyöpajat", lead="Vanha ingressi.")
    assert found("ingressi").total == 1
    assert not any(indexing.difference())
    StandardPage.objects.filter(pk=page.pk).update(lead="Uusi johdanto.")
    assert indexing.difference() == (set(), set(), {f"page:{page.pk}"})
    indexing.mend()
    assert found("johdanto").total == 1
    assert found("ingressi").total == 0


def test_a_missing_index_is_built_by_the_next_round(front: HomePage, settings: object) -> None:
    add(front, "Ilmiötyöpajat")
    settings.SEARCH_INDEX.unlink()  # type: ignore[attr-defined]
    assert found("työpaja").total == 1
