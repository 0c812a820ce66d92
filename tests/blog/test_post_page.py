"""One post as a reader sees it."""

import datetime

import pytest
from django.test import Client

from blog.models import BlogIndexPage, Channel, Correction, PostAuthor, PostPage
from blog.views import post_surroundings
from tests.factories.pages import list_page, organisation, organisation_page, post, term, theme, translated
from vocabulary.models import Phenomenon, TaskArea

pytestmark = pytest.mark.django_db


def test_the_byline_tells_role_organisation_date_and_reading_time(client: Client) -> None:
    body = f"<p>{'Sana ' * 450}</p>"
    about = organisation(name_fi="Kylätalo ry")
    page = post(author_title="Sosiaaliohjaaja", organisation=about, date=datetime.date(2026, 8, 12), body=body)
    organisation_page(about, slug="kylatalo")
    html = client.get(page.url).content.decode()
    assert "<b>Sosiaaliohjaaja</b>" in html
    assert '<a href="/verkosto/kylatalo/">Kylätalo ry</a>' in html
    assert '<time datetime="2026-08-12">12.8.2026</time>' in html
    assert page.minutes == 3


def test_an_organisation_without_a_page_is_named_without_a_link(client: Client) -> None:
    html = client.get(post(organisation=organisation(name_fi="Sivuton ry")).url).content.decode()
    assert "<span>Sivuton ry</span>" in html


def test_the_author_may_be_named(client: Client) -> None:
    html = client.get(post(author_name="Nimi Keksitty", author_title="Opettaja").url).content.decode()
    assert "<b>Nimi Keksitty</b>, Opettaja" in html


def test_topics_lead_to_the_filtered_list(client: Client) -> None:
    html = client.get(post(phenomena=[term(Phenomenon, "yksinaisyys")]).url).content.decode()
    assert 'href="/blogi/?aihe=yksinaisyys"' in html


def test_themes_are_linked_in_the_readers_language(client: Client) -> None:
    study = theme(title="Mittarit")
    translated(study, "sv", title="Mätare", slug="matare")
    page = post(themes=[study], task_area=term(TaskArea, "knowledge"))
    swedish = translated(page, "sv", title="På svenska", slug="pa-svenska")
    assert "Mittarit" in client.get(page.url).content.decode()
    html = client.get(swedish.url).content.decode()
    assert "Mätare" in html
    assert "Mittarit" not in html


def test_neighbours_by_date_are_linked(client: Client) -> None:
    older = post(title="Vanhempi", date=datetime.date(2026, 1, 1))
    page = post(date=datetime.date(2026, 1, 2))
    newer = post(title="Uudempi", date=datetime.date(2026, 1, 2))
    context = client.get(page.url).context
    assert context["older"] == older
    assert context["newer"] == newer


def test_an_invented_post_says_so(client: Client) -> None:
    assert "badge--example" in client.get(post(is_example=True).url).content.decode()
    assert "badge--example" not in client.get(post(is_example=False).url).content.decode()


def test_the_description_is_the_posts_own(client: Client) -> None:
    html = client.get(post(lead="Oma kuvaus.").url).content.decode()
    assert '<meta name="description" content="Oma kuvaus.">' in html


def test_a_new_post_can_be_previewed_before_it_is_saved() -> None:
    post(title="Toinen")
    new = PostPage(title="Uusi", author_title="Opettaja", body="<p>Teksti.</p>")
    new.locale = list_page(BlogIndexPage).locale
    new.phenomena = [term(Phenomenon, "yksinaisyys")]
    assert post_surroundings(new)["related"] == []


def test_joint_authors_stand_in_the_byline_and_in_what_machines_read(client: Client) -> None:
    page = post(author_title="Opiskelija")
    page.other_authors.add(PostAuthor(title="Lehtori", name="Nimi Keksitty", other_organisation="Jokin koulu"))
    page.save_revision().publish()
    html = client.get(page.url).content.decode()
    assert "<b>Nimi Keksitty</b>, Lehtori" in html
    assert "Jokin koulu" in html
    assert html.count('"@type": "Person"') + html.count('"@type":"Person"') == 2


def test_corrections_are_dated_on_the_page(client: Client) -> None:
    page = post()
    page.corrections.add(Correction(day=datetime.date(2026, 3, 2), text="Luku korjattiin."))
    page.save_revision().publish()
    html = client.get(page.url).content.decode()
    assert '<time datetime="2026-03-02">2.3.2026</time>' in html
    assert "Luku korjattiin." in html


def test_a_summary_leads_to_the_post_elsewhere(client: Client) -> None:
    page = post(external_url="https://blogi.example/alkuperainen", external_publisher="Toinen blogi")
    html = client.get(page.url).content.decode()
    assert 'href="https://blogi.example/alkuperainen"' in html
    assert "Lue koko teksti: Toinen blogi" in html
    assert "Toinen blogi" in client.get("/blogi/").content.decode()


def test_a_channel_is_told_and_narrows_the_list(client: Client) -> None:
    channel = Channel.objects.create(code="yhteis", name_fi="Yhteisblogi")
    there = post(channel=channel, title="Yhteinen")
    post(title="Oma")
    assert 'href="/blogi/?kanava=yhteis"' in client.get(there.url).content.decode()
    html = client.get("/blogi/?kanava=yhteis").content.decode()
    assert "Yhteinen" in html
    assert ">Oma<" not in html
