"""The sample of a form that is kept: for those who build the next one, and for nobody else."""

import pytest
from django.test import Client

from accounts.models import User
from drafts import services
from drafts.models import Draft
from drafts.texts import Text
from drafts.writers import Writer
from tests.journeys.wellformed import faults

pytestmark = pytest.mark.django_db
PAGE = "/tyylit/luonnos/tavallinen/"
KEPT = {"form": "styles.tavallinen", "object_key": "malli"}
GOOD = {"name": "Aino", "address": "aino@kunta.example", "place": "1", "text": "Havainto", "one": "1", "agreed": "on"}


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("toimittaja@kunta.example", "x")


@pytest.fixture
def staff(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def writer(editor: User) -> Writer:
    services.save(writer=Writer.person(editor), text=Text({"text": ["Kesken"], "several": ["2"]}), **KEPT)
    return Writer.person(editor)


def test_nobody_else_finds_it_or_saves_in_it(client: Client) -> None:
    client.force_login(User.objects.create_user("aino@kunta.example", "x"))
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, GOOD).status_code == 404
    answer = client.put("/luonnokset/styles.tavallinen/malli/", {"fields": {}}, content_type="application/json")
    assert answer.status_code == 403


def test_other_words_are_no_forms(staff: Client) -> None:
    assert staff.get("/tyylit/luonnos/muu/").status_code == 404
    assert staff.get("/luonnokset/styles.tavallinen/toinen/").json()["version"] == 0


@pytest.mark.parametrize("address", [PAGE, f"/sv{PAGE}", f"/en{PAGE}", "/tyylit/luonnos/arkaluonteinen/"])
def test_it_is_well_formed_and_kept_by_nobody(staff: Client, address: str) -> None:
    answer = staff.get(address)
    assert not faults(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]


def test_it_goes_on_from_the_draft(staff: Client, writer: Writer) -> None:
    html = staff.get(PAGE).content.decode()
    assert "Kesken</textarea>" in html
    assert "Jatkat luonnoksesta" in html
    assert not faults(html)


def test_comparing_is_well_formed(staff: Client, writer: Writer) -> None:
    services.save(writer=writer, text=Text({"text": ["Muu"], "place": ["2"]}, 0, "toinen", 1), **KEPT)
    for page in ("vertaa", "hylkaa"):
        html = staff.get(f"/luonnokset/styles.tavallinen/malli/{page}/").content.decode()
        assert not faults(html), page


def test_what_is_wrong_ends_no_draft_and_what_is_right_does(staff: Client, writer: Writer) -> None:
    html = staff.post(PAGE, GOOD | {"name": ""}).content.decode()
    assert "data-draft-unsaved" in html
    assert Draft.objects.get().is_open
    answer = staff.post(PAGE, GOOD, follow=True)
    assert 'data-draft-finished="styles.tavallinen/malli"' in answer.content.decode()
    assert Draft.objects.get().fields == {}
