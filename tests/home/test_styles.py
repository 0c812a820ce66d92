"""The style page shows every component to those who work on the site, and to nobody else."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from home.styles import tokens
from home.styles.views import NOT_SHOWN
from tests.factories import pages
from tests.learning.factories import make_course

COMPONENTS = Path(settings.ROOT) / "templates" / "components"


@pytest.fixture
def staff(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("yllapito@example.org", "x"))
    return client


@pytest.mark.django_db
def test_nobody_else_finds_it(client: Client) -> None:
    for address in ("/tyylit/", "/sv/tyylit/", "/tyylit/dark.css"):
        assert client.get(address).status_code == 404
    client.force_login(User.objects.create_user("aino@example.org", "x"))
    assert client.get("/tyylit/").status_code == 404
    assert client.get("/tyylit/dark.css").status_code == 404


def test_every_component_is_on_it(staff: Client) -> None:
    pages.post(title="In Finnish alone")
    make_course()
    response = staff.get("/en/tyylit/")
    assert response.status_code == 200
    shown = {Path(str(template.name)).name for template in response.templates if "components/" in str(template.name)}
    assert {path.name for path in COMPONENTS.glob("*.html")} - shown == set(NOT_SHOWN)


def test_it_works_before_there_is_any_content(staff: Client) -> None:
    for address in ("/tyylit/", "/sv/tyylit/", "/en/tyylit/?vari=dark", "/tyylit/?vari=xyz"):
        assert staff.get(address).status_code == 200


def test_every_kind_of_personal_data_is_shown_as_its_writer_is_asked_about_it(staff: Client) -> None:
    html = staff.get("/en/tyylit/").content.decode()
    for words in ("010594Y9032", "Koulukatu 5 B", "040 123 4567", "aino.k@perhe.example", "Aino Korhonen"):
        assert f"<mark>{words}</mark>" in html
    assert "error-summary--note" in html
    assert "Send anyway" in html


def test_ids_are_unique_and_labels_lead_to_them(staff: Client) -> None:
    html = staff.get("/tyylit/").content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', html)) <= set(ids)


def test_a_scheme_may_be_kept_to(staff: Client) -> None:
    assert '/tyylit/dark.css"' in staff.get("/tyylit/?vari=dark").content.decode()
    sheet = staff.get("/tyylit/dark.css")
    assert sheet["Content-Type"] == "text/css"
    assert f"--ground:{tokens.colours('dark')['ground']};" in sheet.content.decode()


@pytest.mark.parametrize("scheme", tokens.SCHEMES)
def test_colours_that_meet_differ_enough(scheme: str) -> None:
    weak = [(each.text, each.ground, round(each.ratio, 2)) for each in tokens.contrasts(scheme) if not each.is_enough]
    assert weak == []


def test_contrast_is_counted_as_wcag_does() -> None:
    assert tokens.ratio("#000000", "#ffffff") == pytest.approx(21)
    assert tokens.ratio("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert tokens.ratio("#ffffff", "#777777") == tokens.ratio("#777777", "#ffffff")
