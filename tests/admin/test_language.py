"""The language of the administration is its reader's choice, and its switcher leads to where it is made."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import User
from tests.admin.conftest import SignIn
from tests.learning.study.factories import make_run, make_teacher

pytestmark = pytest.mark.django_db
NAMES = {"fi": "Hallinta suomeksi", "sv": "Administrationen på svenska", "en": "Administration in English"}


def page_of(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def link(page: BeautifulSoup, language: str) -> str:
    found = page.select_one(f".languages a[hreflang={language}]")
    assert found
    return str(found["href"])


@pytest.mark.parametrize("room", ["", "arviointi/", "suoritukset/", "opettajat/"])
def test_the_switcher_of_the_desk_leads_by_a_question_to_the_same_page_in_the_language(
    room: str, sign_in: SignIn
) -> None:
    run = make_run()
    client, here = sign_in(make_teacher(run)), f"/hallinta/toteutukset/{run.code}/{room}"
    for language, name in NAMES.items():
        asks = link(page_of(client, here), language)
        question = page_of(client, asks)
        assert question.html and question.html["lang"] == language
        assert question.h1 and question.h1.get_text() == name
        response = client.post(asks)
        assert (response.status_code, response["Location"]) == (302, here)
        page = page_of(client, here)
        assert page.html and page.html["lang"] == language
        current = page.select_one(".languages [aria-current]")
        assert current and current["hreflang"] == language


def test_looking_at_the_question_changes_nothing(teacher: User, sign_in: SignIn) -> None:
    client = sign_in(teacher)
    page_of(client, "/hallinta/kieli/sv/")
    assert 'lang="fi"' in client.get("/hallinta/account/").content.decode()


@pytest.mark.parametrize(
    "back", ["", "//elsewhere.example/", "https://elsewhere.example/hallinta/", "/hallinta\\@x", "/oma/"]
)
def test_the_way_back_stays_in_the_administration(back: str, teacher: User, sign_in: SignIn) -> None:
    response = sign_in(teacher).post(f"/hallinta/kieli/sv/?sivu={back}")
    assert response["Location"] == "/hallinta/"


def test_a_language_that_is_not_ours_is_not_there(teacher: User, sign_in: SignIn) -> None:
    assert sign_in(teacher).get("/hallinta/kieli/de/").status_code == 404


def test_it_is_for_those_who_have_the_administration(learner: User, sign_in: SignIn) -> None:
    assert Client().post("/hallinta/kieli/sv/").status_code == 302
    assert sign_in(learner).post("/hallinta/kieli/sv/").status_code == 403


def test_the_button_of_a_chooser_is_in_the_language_of_each_reader(
    teacher: User, editor: User, sign_in: SignIn
) -> None:
    """The form is made once, for whoever opens it first."""
    buttons = {"fi": "Valitse kurssi", "sv": "Välj kurs", "en": "Choose course"}
    for client, language in [(sign_in(teacher), "sv"), (sign_in(editor), "fi"), (sign_in(teacher), "en")]:
        client.post(f"/hallinta/kieli/{language}/")
        page = page_of(client, "/hallinta/snippets/courses/assignment/add/")
        said = [each.get_text(strip=True) for each in page.select("[data-chooser-action-choose]")]
        assert buttons[language] in said
