"""The sample of the editor of texts: for those who build the pages around it, and for nobody else."""

import pytest
from django.test import Client

from accounts.models import User
from tests.journeys.wellformed import faults

pytestmark = pytest.mark.django_db
WORDS = ("kirjoita", "ehdota", "lue", "monta")


@pytest.fixture
def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("toimittaja@kunta.example", "x"))
    return client


def test_nobody_else_finds_it(client: Client) -> None:
    assert client.get("/tyylit/editori/kirjoita/").status_code == 404
    client.force_login(User.objects.create_user("aino@kunta.example", "x"))
    assert client.get("/tyylit/editori/kirjoita/").status_code == 404


def test_other_words_are_no_modes(staff: Client) -> None:
    assert staff.get("/tyylit/editori/muu/").status_code == 404
    assert staff.post("/tyylit/editori/kirjoita/").status_code == 405


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("language", ["", "/sv", "/en"])
def test_it_is_well_formed_and_kept_by_nobody(staff: Client, language: str, word: str) -> None:
    answer = staff.get(f"{language}/tyylit/editori/{word}/")
    assert not faults(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]


def test_without_a_script_the_text_is_a_plain_text_box(staff: Client) -> None:
    html = staff.get("/tyylit/editori/kirjoita/").content.decode()
    assert "## Odotusaika on rakenne\n\nKun kysyn asiakkaalta" in html
    assert 'name="body_format" value="notation"' in html
