"""The list of resources and one resource."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from common.models import SiteDocument
from network.resources.models import ResourceIndexPage, ResourcePage
from tests.factories.pages import list_page, organisation, organisation_page, resource, term, theme, translated
from vocabulary.models import TaskArea

pytestmark = pytest.mark.django_db
URL = "/aineistot/"
QUERIES = 15


def document(size: int = 340_000, **fields: str) -> SiteDocument:
    file = ContentFile(b"%PDF-1.4" + b" " * (size - 8), name="opas.pdf")
    made = SiteDocument(title="Opas", file=file, **fields)
    made.file_size = size
    made.save()
    return made


def titles(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{URL}{query}")
    assert response.status_code == 200
    return [each.title for each in response.context["listing"].page]


def in_english(client: Client, page: ResourcePage) -> str:
    """The page with the interface in English, so that its sentences can be named here."""
    return client.get(translated(page, "en", slug=f"{page.slug}-en").url).content.decode()


def test_the_latest_come_first_and_then_by_title(client: Client) -> None:
    resource(title="Vanha", year=2020)
    resource(title="Beta", year=2026)
    resource(title="Alfa", year=2026)
    assert titles(client) == ["Alfa", "Beta", "Vanha"]


def test_filters_narrow_the_list(client: Client) -> None:
    study, publisher = theme(slug="mittarit"), organisation(code="laitos")
    resource(title="Opas", themes=[study], year=2025)
    resource(title="Kuva", type=ResourcePage.Type.SURVEY, publisher=publisher, year=2024)
    assert titles(client, "?tyyppi=survey") == ["Kuva"]
    assert titles(client, "?julkaisija=laitos") == ["Kuva"]
    assert titles(client, "?teema=mittarit") == ["Opas"]
    assert titles(client, "?vuosi=2024&vuosi=2025") == ["Opas", "Kuva"]
    assert titles(client, "?vuosi=2024&teema=mittarit") == []


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=9999", f"?tyyppi={'a' * 10_000}", "?vuosi=20x4", "?julkaisija=%22"]
)
def test_any_query_gives_a_page(client: Client, query: str) -> None:
    resource()
    assert len(titles(client, query)) == 1


def test_nul_is_refused(client: Client) -> None:
    assert client.get(f"{URL}?teema=%00").status_code == 400


def test_an_empty_list_leads_out(client: Client) -> None:
    resource(year=2025, type=ResourcePage.Type.GUIDE)
    resource(year=2024, type=ResourcePage.Type.SURVEY)
    response = client.get(f"{URL}?vuosi=2025&tyyppi=survey")
    assert [url for url, _label in response.context["listing"].ways_out] == [URL]


def test_a_file_is_told_by_kind_and_size(client: Client) -> None:
    page = resource(document=document())
    assert "PDF, 340\N{NO-BREAK SPACE}kt" in client.get(page.url).content.decode()
    assert "PDF, 340\N{NO-BREAK SPACE}kt" in client.get(URL).content.decode()
    assert "Open the file (PDF, 340\N{NO-BREAK SPACE}kB)" in in_english(client, page)


def test_a_file_for_members_says_so(client: Client) -> None:
    page = resource(document=document(access=SiteDocument.Access.MEMBERS))
    assert "Available to those who have signed in." in in_english(client, page)


def test_an_outside_link_tells_where_it_opens(client: Client) -> None:
    assert "Opens on example.org." in in_english(client, resource())
    assert "Opens on Julkari." in in_english(client, resource(opens_on="Julkari"))


def test_the_text_alternative_is_open_on_the_page(client: Client) -> None:
    page = resource(type=ResourcePage.Type.INFOGRAPHIC, text_alternative=[("text", "<p>Sama tekstinä.</p>")])
    html = client.get(page.url).content.decode()
    section = html[html.index('id="as-text"') :]
    assert "Sama tekstinä." in section
    assert "<details" not in section[: section.index("Sama tekstinä.")]


DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 80" width="36" height="80.5" role="img"></svg>'


def drawing(content: bytes = DRAWING, **fields: str) -> SiteDocument:
    return SiteDocument.objects.create(title="Kuva", file=ContentFile(content, name="kuva.svg"), **fields)


def test_an_infographic_is_shown_with_its_size_and_offered_for_download(client: Client) -> None:
    file = drawing()
    page = resource(title="Matka", document=file, text_alternative=[("text", "<p>Sama.</p>")])
    html = in_english(client, page)
    described = "Matka. The same content is on this page as text."
    assert f'<img src="{file.url}" width="36" height="80" alt="{described}"' in html
    assert "Download the picture (SVG, " in html


def test_an_infographic_without_a_size_has_that_of_its_room(client: Client) -> None:
    file = drawing(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -2.5 360.5 800"></svg>')
    html = client.get(resource(document=file).url).content.decode()
    assert f'<img src="{file.url}" width="360" height="800"' in html


def test_the_picture_of_an_infographic_is_fetched_at_once_where_no_text_comes_before_it(client: Client) -> None:
    file = drawing()
    assert 'fetchpriority="high" decoding="async">' in client.get(resource(document=file).url).content.decode()
    below = resource(document=file, body=[("text", "<p>Ensin tekstiä.</p>")])
    assert 'loading="lazy" decoding="async">' in client.get(below.url).content.decode()


def test_an_infographic_of_an_unknown_size_is_shown_without_it(client: Client) -> None:
    file = drawing(b'<svg width="100%"></svg>')
    assert f'<img src="{file.url}" alt="' in client.get(resource(document=file).url).content.decode()


@pytest.mark.parametrize("access", [SiteDocument.Access.MEMBERS, SiteDocument.Access.STAFF])
def test_an_infographic_that_not_everyone_may_open_is_not_shown(client: Client, access: str) -> None:
    page = resource(document=drawing(access=access))
    assert "<img src" not in client.get(page.url).content.decode()
    assert "Open the file (SVG, " in in_english(client, page)


def test_an_infographic_whose_file_is_gone_leaves_its_page(client: Client) -> None:
    file = drawing()
    file.file.storage.delete(file.file.name)
    assert client.get(resource(document=file).url).status_code == 200


def test_a_video_is_told_by_the_text_alternative_of_its_page(client: Client) -> None:
    video = SiteDocument.objects.create(title="V", file=ContentFile(b"0000ftyp", name="v.mp4"))
    captions = SiteDocument.objects.create(title="C", file=ContentFile(b"WEBVTT", name="v.vtt"))
    value = {"title": "Portaat", "video": video, "captions": captions, "poster": None, "duration": ""}
    page = resource(body=[("video", value)], text_alternative=[("text", "<p>Portaat nousevat.</p>")])
    page.clean()
    html = client.get(page.url).content.decode()
    assert f'<source src="{video.url}" type="video/mp4">' in html
    assert "<details" not in html.split('class="video"')[1].split("</figure>")[0]

    page.text_alternative = []
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert "text_alternative" in refused.value.message_dict


def test_facts_lead_to_the_publisher_and_the_theme(client: Client) -> None:
    publisher = organisation(name_fi="Laitos")
    organisation_page(publisher, slug="laitos")
    study = theme(title="Mittarit", slug="mittarit")
    page = resource(publisher=publisher, themes=[study], licence="CC BY 4.0", page_count=2)
    html = client.get(page.url).content.decode()
    assert '<a href="/verkosto/laitos/">Laitos</a>' in html
    assert '<a href="/teemat/mittarit/">Mittarit</a>' in html
    assert "CC BY 4.0" in html


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("number", [10, 100])
def test_queries_do_not_grow_with_resources(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, number: int, language: str
) -> None:
    study, area, file = theme(), term(TaskArea, "knowledge"), document(100)
    for each in range(number):
        resource(publisher=organisation(), themes=[study], task_areas=[area], year=2020 + each % 5, document=file)
    url = list_page(ResourceIndexPage, language).url
    client.get(url)
    with django_assert_max_num_queries(QUERIES):
        assert client.get(url).status_code == 200
