"""Whose session ends while they fill in a form comes back to the page of the form after signing in."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.learning.study.factories import make_run

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


def next_after(client: Client, path: str, referer: str = "") -> str:
    response = client.post(path, headers={"referer": referer} if referer else {})
    assert response.status_code == 302
    place = urlsplit(response["Location"])
    assert place.path.endswith("/tili/login/")
    return parse_qs(place.query)["next"][0]


@pytest.mark.parametrize("part", ["anna/", "vie/"])
def test_one_comes_back_to_the_page_whose_form_was_sent(part: str, client: Client) -> None:
    book = f"/hallinta/toteutukset/{make_run().code}/suoritukset/"
    assert client.get(f"{book}{part}").status_code == 302
    assert (
        next_after(client, book + part, f"{HERE}{book}?tila=ilman&jarjestys=nimi")
        == f"{book}?tila=ilman&jarjestys=nimi"
    )


@pytest.mark.parametrize(
    "referer",
    [
        "",
        "https://elsewhere.example/",
        "//elsewhere.example/",
        f"{HERE}//elsewhere.example/",
        "javascript:x",
        "http:///",
    ],
)
def test_the_way_back_is_never_to_another_site(referer: str, client: Client) -> None:
    asked = f"/hallinta/toteutukset/{make_run().code}/suoritukset/anna/"
    assert next_after(client, asked, referer) == asked


@pytest.mark.parametrize("prefix", ["", "/sv", "/en"])
def test_a_form_of_the_learner_s_pages_leads_back_in_its_language(prefix: str, client: Client) -> None:
    page = f"{prefix}/oma/asetukset/?x=1"
    assert next_after(client, f"{prefix}/oma/asetukset/", f"{HERE}{page}") == page


def test_a_sign_in_that_goes_elsewhere_is_left_alone(client: Client) -> None:
    response = client.post("/hallinta/login/?next=/hallinta/", headers={"referer": f"{HERE}/blogi/"})
    assert "blogi" not in response["Location"]
