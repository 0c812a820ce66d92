"""Notes in the margin: the learner's alone, never lost, found in any form of a word."""

import datetime
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.study import finding
from learning.study.models import Enrolment, Note
from learning.study.models.enrolments import Status
from learning.study.services.notes import erase_deleted_notes
from tests.learning.study.factories import make_person, make_teacher
from tests.learning.study.studying import Study, begin
from vocabulary import inflection

pytestmark = pytest.mark.django_db
SCRIPT = {"accept": "application/json"}


@pytest.fixture
def study() -> Study:
    return begin()


@pytest.fixture
def forms() -> Iterator[None]:
    """A Finnish dictionary of two words in place of the search's."""
    before = list(inflection._lent)
    known = {"raportin": {"raportti"}, "raportteja": {"raportti"}, "käsissä": {"käsi"}, "kädestä": {"käsi"}}
    inflection.lend(lambda word, language: known.get(word, set()) if language == "fi" else set())
    yield
    inflection._lent[:] = before


def write(study: Study, text: str = "Kysy tiimissä.", place: str = "lahteet", **more: str) -> Any:
    return study.client.post(study.address("note_add"), {"text": text, "place": place, **more})


def change(study: Study, note: Note, script: bool = False, **fields: Any) -> Any:
    address = reverse("study:note", args=[study.run.code, note.public_id])
    return study.client.post(address, fields, headers=SCRIPT if script else None)


def test_a_note_stands_under_its_heading(study: Study) -> None:
    response = write(study)
    assert response["Location"] == f"{study.address('lesson')}#muistiinpanot-lahteet"
    html = study.html(study.address("lesson"))
    margin = html.split('id="muistiinpanot-lahteet"')[1].split('id="muistiinpanot-rinnakkain"')[0]
    assert "Kysy tiimissä." in margin
    assert Note.objects.get().heading == "Lähteet"


def test_a_note_whose_heading_is_gone_stands_at_the_beginning(study: Study) -> None:
    write(study, place="lahteet")
    Note.objects.update(place="poistettu")
    html = study.html(study.address("lesson"))
    assert "Kysy tiimissä." in html.split('id="muistiinpanot-lahteet"')[0]


def test_a_note_is_changed_deleted_and_taken_back(study: Study) -> None:
    write(study)
    note = Note.objects.get()
    change(study, note, act="change", text="Kysy johtajalta.", base="1")
    note.refresh_from_db()
    assert (note.text, note.version) == ("Kysy johtajalta.", 2)
    response = change(study, note, act="delete")
    html = study.html(response["Location"].partition("#")[0])
    assert 'value="restore"' in html
    assert "Kysy johtajalta." not in html
    change(study, note, act="restore")
    assert "Kysy johtajalta." in study.html(study.address("lesson"))


def test_deleted_notes_are_erased_after_a_week(study: Study) -> None:
    write(study)
    Note.objects.update(deleted_at=timezone.now() - datetime.timedelta(days=6))
    erase_deleted_notes()
    assert Note.objects.exists()
    Note.objects.update(deleted_at=timezone.now() - datetime.timedelta(days=8))
    erase_deleted_notes()
    assert not Note.objects.exists()


def test_the_same_note_sent_twice_is_written_once(study: Study) -> None:
    key = str(uuid.uuid4())
    write(study, id=key)
    write(study, id=key)
    assert Note.objects.count() == 1


def test_two_notes_with_one_id_are_both_kept(study: Study) -> None:
    key = str(uuid.uuid4())
    write(study, "Ensimmäinen", id=key)
    write(study, "Toinen", id=key)
    assert set(Note.objects.values_list("text", flat=True)) == {"Ensimmäinen", "Toinen"}


def test_an_id_of_somebody_elses_note_takes_nothing_from_them(study: Study) -> None:
    other = Note.objects.create(learner=make_person("toinen"), lesson=study.lessons[0], text="Toisen oma")
    write(study, "Minun", id=str(other.public_id))
    other.refresh_from_db()
    assert other.text == "Toisen oma"
    assert Note.objects.get(learner=study.learner).text == "Minun"


def test_of_two_changes_to_the_same_version_both_are_kept_once(study: Study) -> None:
    write(study)
    note = Note.objects.get()
    change(study, note, text="Puhelimelta", base="1")
    for _ in range(2):
        change(study, note, text="Koneelta", base="1")
    assert sorted(Note.objects.values_list("text", flat=True)) == ["Koneelta", "Puhelimelta"]


@pytest.mark.parametrize("base", ["9" * 5000, "²", "-1", "x"])
def test_a_version_that_is_no_number_changes_the_note_as_it_is(study: Study, base: str) -> None:
    write(study)
    assert change(study, Note.objects.get(), text="Toisin", base=base).status_code == 302
    assert Note.objects.get().text == "Toisin"


@pytest.mark.parametrize(("text", "kept"), [("", ""), ("   \n", ""), ("a" * 4001, "a" * 4001), ("ä" * 1_000_000, "ä")])
def test_what_cannot_be_a_note_is_told_and_handed_back(study: Study, text: str, kept: str) -> None:
    response = write(study, text)
    assert response.status_code == 422
    assert kept in response.content.decode()
    assert not Note.objects.exists()
    response = study.client.post(study.address("note_add"), {"text": text}, headers=SCRIPT)
    assert response.json()["sentence"]


def test_a_script_gets_the_notes_of_the_heading_alone(study: Study) -> None:
    response = study.client.post(study.address("note_add"), {"text": "Oma", "place": "lahteet"}, headers=SCRIPT)
    html = response.content.decode()
    assert html.startswith('\n<div class="margin"')
    assert "Oma" in html
    assert "<html" not in html


def test_markup_in_a_note_is_text(study: Study) -> None:
    write(study, "<script>alert(1)</script>")
    assert "<script>alert" not in study.html(study.address("lesson"))
    assert "<script>alert" not in study.html(reverse("home:notes"))


def test_nobody_else_sees_or_touches_a_note(study: Study, client: Client) -> None:
    write(study)
    note = Note.objects.get()
    address = reverse("study:note", args=[study.run.code, note.public_id])
    mate = make_person("toinen")
    Enrolment.objects.create(learner=mate, run=study.run, status=Status.ACTIVE)
    for person in (mate, make_teacher(study.run)):
        client.force_login(person)
        assert client.post(address, {"act": "delete"}).status_code == 404
        assert "Kysy tiimissä." not in client.get(study.address("lesson")).content.decode()
        assert "Kysy tiimissä." not in client.get(reverse("home:notes")).content.decode()
    note.refresh_from_db()
    assert note.deleted_at is None


def test_all_notes_are_on_one_page_with_the_way_to_each(study: Study) -> None:
    write(study)
    html = study.html(reverse("home:notes"))
    assert "Kysy tiimissä." in html
    assert f'<a href="{study.address("lesson")}#lahteet">' in html


def test_finnish_titles_of_notes_are_marked_as_finnish_on_a_swedish_page(study: Study) -> None:
    write(study)
    html = study.html(f"/sv{reverse('home:notes')}")
    assert '<h2 id="lesson-1" lang="fi">' in html
    assert '<p class="item__meta" lang="fi">' in html


def test_notes_stay_when_the_learner_has_withdrawn(study: Study) -> None:
    write(study)
    Enrolment.objects.update(status=Status.WITHDRAWN)
    html = study.html(reverse("home:notes"))
    assert "Kysy tiimissä." in html
    assert study.address("lesson") not in html


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("raport", True),
        ("Raportti", True),
        ("raportteja", True),
        ("raportin kädestä", True),
        ("raportti jalka", False),
        ("mittari", False),
        ("lähteet", True),
    ],
)
@pytest.mark.usefixtures("forms")
def test_a_note_is_found_by_any_form_of_its_words(study: Study, typed: str, found: bool) -> None:
    write(study, "Raportin jako käsissä")
    finding.note_words()
    assert ("Raportin jako" in study.html(f"{reverse('home:notes')}?sana={typed}")) is found


@pytest.mark.usefixtures("forms")
def test_a_finnish_note_is_found_by_any_form_of_its_words_on_a_swedish_page_too(study: Study) -> None:
    write(study, "Raportin jako käsissä")
    finding.note_words()
    assert "Raportin jako" in study.html(f"/sv{reverse('home:notes')}?sana=raportteja")


@pytest.mark.usefixtures("forms")
def test_a_changed_note_is_found_by_its_new_words(study: Study) -> None:
    write(study, "Raportin jako")
    finding.note_words()
    change(study, Note.objects.get(), text="Ote kädestä", base="1")
    assert "Ote" in study.html(f"{reverse('home:notes')}?sana=kädestä")
    finding.note_words()
    assert "Ote" in study.html(f"{reverse('home:notes')}?sana=käsissä")


def test_without_a_dictionary_the_beginning_of_a_word_finds(study: Study) -> None:
    write(study, "Raportin jako")
    assert "Raportin jako" in study.html(f"{reverse('home:notes')}?sana=rapo+jak")


def test_notes_go_out_as_text(study: Study) -> None:
    write(study, "Ensimmäinen rivi\r\nToinen rivi")
    response = study.client.get(reverse("home:notes_export"))
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert "Lähteet\r\n\r\nEnsimmäinen rivi\r\nToinen rivi" in response.content.decode("utf-8-sig")


def test_strangers_have_no_notes(client: Client) -> None:
    for name in ("home:notes", "home:notes_export"):
        assert client.get(reverse(name))["Location"].startswith("/tili/login/?next=/oma/muistiinpanot/")


@pytest.mark.parametrize("number", [1, 12])
def test_however_many_notes_the_page_asks_as_little(
    study: Study, number: int, django_assert_max_num_queries: Any
) -> None:
    for at in range(number):
        Note.objects.create(learner=study.learner, lesson=study.lessons[at % 4], text=f"Muistiinpano {at}")
    study.client.get(reverse("home:notes"))
    with django_assert_max_num_queries(18):
        study.client.get(reverse("home:notes"))
