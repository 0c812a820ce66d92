"""Pages for what goes wrong: they help, and the worst of them leans on nothing."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from home import errors
from home.models import HomePage, StandardPage


@pytest.mark.django_db
def test_not_found_offers_search_and_sections(client: Client) -> None:
    response = client.get("/ei-ole-olemassa/")
    html = response.content.decode()
    assert response.status_code == 404
    assert 'action="/haku/"' in html
    assert 'href="/teemat/"' in html.split("<main")[1]
    assert "noindex" in html


@pytest.mark.django_db
def test_not_found_speaks_the_language_of_the_address(client: Client) -> None:
    assert '<html lang="sv">' in client.get("/sv/finns-inte/").content.decode()


@pytest.mark.django_db
def test_not_found_guesses_by_the_last_part_of_the_address(client: Client) -> None:
    home = HomePage.objects.get(locale__language_code="fi")
    home.add_child(instance=StandardPage(title="Tietoa meistä"))
    home.add_child(instance=StandardPage(title="Tietoa salaa", live=False))
    html = client.get("/vanha/polku/tietoa/").content.decode()
    assert 'href="/tietoa-meista/"' in html
    assert "Tietoa salaa" not in html


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/a/", "/%3Cscript%3E/", "/ä/ö/", "/" + "x" * 500 + "/"])
def test_odd_addresses_do_not_break_the_page(client: Client, path: str) -> None:
    assert client.get(path).status_code in {200, 404}


@pytest.mark.parametrize(("path", "language"), [("/x/", "fi"), ("/sv/x/", "sv"), ("/en/x/", "en")])
def test_server_error_needs_no_database_or_session(path: str, language: str) -> None:
    # Without the django_db mark a query would fail the test; the request has no session and no user.
    response = errors.server_error(RequestFactory().get(path))
    assert response.status_code == 500
    assert f'<html lang="{language}">' in response.content.decode()
    assert "site.css" in response.content.decode()


def test_server_error_survives_missing_static_files(settings: Settings) -> None:
    manifest = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": manifest}}
    settings.DEBUG = False
    assert errors.server_error(RequestFactory().get("/")).status_code == 500


def test_bad_request_is_plain() -> None:
    assert errors.bad_request(RequestFactory().get("/")).status_code == 400


@pytest.mark.parametrize(
    ("address", "language", "heading"),
    [
        ("/haku/?q=%00", "fi", "Pyyntöä ei voitu lukea"),
        ("/verkosto/?nimi=a%00b", "fi", "Pyyntöä ei voitu lukea"),
        ("/sv/haku/?q=%00", "sv", "Begäran kunde inte läsas"),
        ("/en/%00/", "en", "The request could not be read"),
        ("/blogi/%00/", "fi", "Pyyntöä ei voitu lukea"),
    ],
)
def test_an_address_that_cannot_be_read_is_told_so_in_its_language(
    client: Client, address: str, language: str, heading: str
) -> None:
    # Without the django_db mark a query would fail the test.
    response = client.get(address)
    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/html")
    assert response["Content-Language"] == language
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    html = response.content.decode()
    assert f'<html lang="{language}">' in html
    assert f"<h1>{heading}</h1>" in html


@pytest.mark.django_db
def test_forbidden_offers_signing_in(rf: RequestFactory) -> None:
    response = errors.permission_denied(rf.get("/x/"), PermissionDenied())
    assert response.status_code == 403
    assert "/tili/login/" in response.content.decode()


@pytest.mark.django_db
def test_an_expired_form_says_so() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/tili/login/", {"login": "a@example.org", "password": "x"})
    assert response.status_code == 403
    assert "Osaamisverkosto" in response.content.decode()


@pytest.mark.django_db
def test_not_found_stays_cheap(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client.get("/ei-ole/")
    with django_assert_max_num_queries(10):
        client.get("/ei-ole/")
