"""A text that has not been sent: kept without a script, with its picture, whatever is wrong with it."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from blog.writing import pictures
from blog.writing.views import writing
from common.limits import Limit
from drafts.models import Draft
from tests.blog.writing.conftest import CHECK, KEY, WRITE, client_of, fields_of, filled, picture, seen, words
from tests.factories.pages import organisation, theme
from vocabulary.models import Phenomenon

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private_folder(settings: Any, tmp_path: Any) -> None:
    storages = dict(settings.STORAGES)
    storages["default"] = {**storages["default"], "OPTIONS": {"location": str(tmp_path), "base_url": None}}
    settings.STORAGES = storages


def test_the_button_saves_what_was_written_however_little_it_is(visitor: Client) -> None:
    answer = visitor.post(
        WRITE, {"title": "Alku", "body": "Ensimmäinen virke.", "body_format": "notation", "save": "1"}
    )
    assert answer["Location"] == WRITE
    told = fields_of(visitor.get(WRITE))
    assert (told["title"], told["body"]) == (["Alku"], ["Ensimmäinen virke."])


def test_the_meter_counts_the_words_and_not_the_notation(visitor: Client) -> None:
    visitor.post(
        WRITE, {"body": "## Otsikko\n\n**Lihava** [linkki](https://www.example.org/)", "body_format": "notation"}
    )
    meter = seen(visitor.get(WRITE)).select_one("[data-meter-count]")
    assert meter is not None
    assert meter.get_text() == f"{len('Otsikko') + len('Lihava linkki')} merkkiä"


def test_what_the_browsers_editor_saved_stands_in_the_plain_box_as_notation(visitor: Client) -> None:
    flat = '{"text": "Väliotsikko\\nTeksti.\\n", "blocks": ["h2", "p"], "marks": [], "changes": []}'
    visitor.post(WRITE, {"body": flat, "body_format": "flat"})
    told = fields_of(visitor.get(WRITE))
    assert (told["body"], told["body_format"]) == (["## Väliotsikko\n\nTeksti."], ["notation"])


def test_a_picture_is_kept_while_other_fields_lack_something(visitor: Client) -> None:
    answer = visitor.post(WRITE, {"title": "", "add_picture": "1", "picture": picture()})
    assert answer["Location"] == f"{WRITE}#kuva"
    shown = seen(visitor.get(WRITE)).select_one("main figure img")
    assert shown is not None
    served = visitor.get(str(shown["src"]))
    assert (served.status_code, served["Content-Type"], served["Cache-Control"]) == (
        200,
        "image/png",
        "private, no-store",
    )


def test_the_picture_is_the_writers_alone_and_a_made_up_name_leads_nowhere(visitor: Client) -> None:
    visitor.post(WRITE, {"picture": picture()})
    other = Client()
    assert other.get(f"{WRITE}kuva/").status_code == 404
    other.post(WRITE, {"picture_stored": "../../db.sqlite3"})
    assert other.get(f"{WRITE}kuva/").status_code == 404


def test_another_picture_takes_the_place_of_the_first_and_both_can_be_taken_away(visitor: Client) -> None:
    for _each in range(2):
        visitor.post(WRITE, fields_of(visitor.get(WRITE)) | {"add_picture": "1", "picture": picture()})
    assert len(default_storage.listdir(f"unsent/{KEY}")[1]) == 1
    visitor.post(WRITE, fields_of(visitor.get(WRITE)) | {"remove_picture": "1"})
    assert not default_storage.listdir(f"unsent/{KEY}")[1]
    assert seen(visitor.get(WRITE)).select_one("main figure") is None


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("kuva.png", b"Tama ei ole kuva"),
        picture("kuva.gif", "GIF"),
        picture("kuva.php.png"),
    ],
    ids=["no picture", "another kind", "two endings"],
)
def test_a_file_that_is_no_picture_is_told_beside_its_field_and_the_text_is_kept(visitor: Client, file: Any) -> None:
    answer = visitor.post(WRITE, filled(picture=file))
    assert answer.status_code == 422
    assert seen(answer).select_one("#id_picture_error") is not None
    assert fields_of(visitor.get(WRITE))["title"] == ["Odotusaika on rakenne"]


def test_what_was_kept_first_beside_a_refused_picture_is_gone_on_with(visitor: Client) -> None:
    answer = visitor.post(WRITE, filled(picture=SimpleUploadedFile("kuva.png", b"<svg/>")))
    assert answer.status_code == 422
    told = fields_of(answer) | {"title": "Toinen otsikko", "save": "1"}
    # The form knows the draft that was made with it: nobody else has written anything.
    assert visitor.post(WRITE, told)["Location"].startswith(WRITE)
    assert fields_of(visitor.get(WRITE))["title"] == ["Toinen otsikko"]


def test_pictures_of_drafts_that_are_gone_are_erased(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor.post(WRITE, {"picture": picture()})
    monkeypatch.setattr(pictures, "GRACE", -pictures.GRACE)
    pictures.forget()
    assert default_storage.exists(f"unsent/{KEY}")
    Draft.objects.all().delete()
    pictures.forget()
    assert not default_storage.exists(f"unsent/{KEY}")


def test_pictures_that_a_draft_does_not_name_are_erased_and_its_own_stays(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _each in range(3):
        visitor.post(WRITE, {"picture": picture()})
    assert len(default_storage.listdir(f"unsent/{KEY}")[1]) == 3
    monkeypatch.setattr(pictures, "GRACE", -pictures.GRACE)
    pictures.forget()
    assert len(default_storage.listdir(f"unsent/{KEY}")[1]) == 1
    assert visitor.get(f"{WRITE}kuva/").status_code == 200


def test_one_network_may_add_only_so_many_pictures(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PICTURES", Limit("blog-pictures", 1, 3600))
    assert visitor.post(WRITE, {"picture": picture()}).status_code == 302
    assert visitor.post(WRITE, {"picture": picture()}).status_code == 422


def test_who_lost_to_another_tab_is_led_to_both_texts(visitor: Client) -> None:
    visitor.post(WRITE, filled())
    old = fields_of(visitor.get(WRITE))
    visitor.post(WRITE, old | {"title": ["Ensimmäinen"]})
    answer = visitor.post(WRITE, old | {"title": ["Toinen"]})
    assert answer["Location"].endswith(f"/luonnokset/blog.text/{KEY}/vertaa/")
    compared = words(visitor.get(answer["Location"]))
    assert "Ensimmäinen" in compared
    assert "Toinen" in compared


def test_two_texts_are_compared_in_words_and_not_in_what_the_form_keeps_to_itself(visitor: Client) -> None:
    about = organisation(name_fi="Kuntayhtymä Kaisla")
    visitor.post(WRITE, filled())
    old = fields_of(visitor.get(WRITE))
    visitor.post(WRITE, old | {"title": ["Ensimmäinen"]})
    flat = '{"text": "Selaimen sana.\\n", "blocks": ["p"], "marks": [], "changes": []}'
    mine = {"author-0-organisation": [str(about.pk)], "body": [flat], "body_format": ["flat"]}
    compared = words(visitor.get(visitor.post(WRITE, old | mine)["Location"]))
    assert "Kuntayhtymä Kaisla" in compared
    assert "Selaimen" in compared
    assert "blocks" not in compared
    assert "body_format" not in compared


def test_a_visitor_who_signs_in_goes_on_with_the_same_text(visitor: Client, writer: User) -> None:
    visitor.post(WRITE, filled())
    writer.set_password("salasana-salasana")
    writer.save()
    EmailAddress.objects.create(user=writer, email=writer.email, verified=True, primary=True)
    visitor.post("/tili/login/", {"login": writer.email, "password": "salasana-salasana"})
    told = fields_of(visitor.get(WRITE))
    assert told["title"] == ["Odotusaika on rakenne"]
    assert fields_of(client_of(writer).get(WRITE))["title"] == ["Odotusaika on rakenne"]


def test_the_account_fills_in_who_writes(writer: User) -> None:
    writer.organisation = organisation()
    writer.save()
    told = fields_of(client_of(writer).get(WRITE))
    assert told["author-0-name"] == [writer.get_full_name()]
    assert told["author-0-organisation"] == [str(writer.organisation.pk)]


def test_choices_and_other_writers_come_back_from_the_draft(visitor: Client) -> None:
    topic, about = Phenomenon.objects.create(code="odotus", name_fi="Odotus"), theme()
    chosen: dict[str, Any] = {"phenomena": [str(topic.pk)], "themes": [str(about.pk)], "author-1-title": "Lehtori"}
    visitor.post(WRITE, filled(**chosen))
    told = fields_of(visitor.get(WRITE))
    assert told["phenomena"] == chosen["phenomena"]
    assert told["themes"] == chosen["themes"]
    assert told["author-1-title"] == ["Lehtori"]


def test_what_is_asked_when_sending_goes_along_while_the_text_is_written_on(visitor: Client) -> None:
    visitor.post(WRITE, filled(message="Kiire", email="kirjoittaja@example.org"))
    page = visitor.get(WRITE)
    visitor.post(WRITE, fields_of(page) | {"title": ["Toinen"]})
    told = fields_of(visitor.get(CHECK))
    assert (told["message"], told["email"], told["title"]) == (["Kiire"], ["kirjoittaja@example.org"], ["Toinen"])
    described = [str(each["aria-describedby"]).split() for each in seen(page).select("[aria-describedby]")]
    assert all(seen(page).find(id=name) for names in described for name in names)


def test_the_button_of_checking_saves_and_leads_on(visitor: Client) -> None:
    assert visitor.post(WRITE, filled(check="1"))["Location"] == CHECK


def test_a_page_of_writing_takes_the_same_queries_whatever_there_is_to_choose(
    visitor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor.post(WRITE, filled())
    visitor.get(WRITE)
    for _each in range(2):
        for _more in range(6):
            organisation()
            theme()
        visitor.get(WRITE)
        with django_assert_num_queries(10):
            visitor.get(WRITE)
