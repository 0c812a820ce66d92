"""The teachers' room of a course: who comes in, writing, two at once, deleting and bringing back, files."""

import datetime
import io
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image as Picture

from accounts.models import User
from accounts.roles import Role
from drafts.models import Draft
from learning.courses.models import CourseRun
from learning.study.co_teaching.room import errors, services
from learning.study.models import RoomFile, RoomNote, RunTeacher
from tests.learning.study.factories import enrolled, make_person, make_run
from tests.learning.study.visiting import html_of, signed_in

pytestmark = pytest.mark.django_db
TEXT = {"title": "Aloitustapaaminen", "text": "Sovi ajat ensimmäisellä viikolla."}


def teacher_of(run: CourseRun, role: str = "teacher") -> User:
    person = make_person("opettaja", Role.TEACHER)
    RunTeacher.objects.create(run=run, user=person, role=role)
    return person


def room(run: CourseRun, part: str = "") -> str:
    return f"/hallinta/kurssit/{run.course_id}/huone/{part}"


def written(run: CourseRun, by: User, **fields: Any) -> RoomNote:
    values = {**TEXT, "is_pinned": False, **fields}
    return services.write(course=run.course, by=by, key=uuid.uuid4(), **values)


def sent(**fields: Any) -> dict[str, Any]:
    return {**TEXT, "key": str(uuid.uuid4()), "version": "0", **fields}


def pdf(name: str = "ohje.pdf", content: bytes = b"%PDF-1.7 ohje") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        (lambda run: teacher_of(run), 200),
        (lambda run: teacher_of(run, "assistant"), 200),
        (lambda run: teacher_of(make_run(course=run.course)), 200),
        (lambda run: teacher_of(make_run()), 404),
        (lambda run: make_person("toimittaja", Role.EDITOR), 404),
        (lambda run: make_person("yllapitaja", Role.ADMINISTRATOR), 404),
        (lambda run: enrolled(run).learner, 403),
    ],
    ids=["teacher", "assistant", "teacher of another run", "of another course", "editor", "administrator", "learner"],
)
def test_the_room_is_for_those_who_teach_a_run_of_the_course(who: Callable[[CourseRun], User], answer: int) -> None:
    run = make_run()
    note = written(run, teacher_of(run))
    client = signed_in(who(run))
    for path in ("", "uusi/", f"{note.public_id}/", f"{note.public_id}/muokkaa/"):
        assert client.get(room(run, path)).status_code == answer, path
    if answer == 200:
        return
    assert client.post(room(run, "uusi/"), sent()).status_code == answer
    for act in ("muokkaa", "poista", "palauta"):
        assert client.post(room(run, f"{note.public_id}/{act}/"), sent(version=1)).status_code == answer
    note.refresh_from_db()
    assert (note.version, note.deleted_at, RoomNote.objects.count()) == (1, None, 1)


def test_services_refuse_who_does_not_teach_the_course() -> None:
    run = make_run()
    note, stranger = written(run, teacher_of(run)), teacher_of(make_run())
    with pytest.raises(errors.NotOfTheCourse):
        written(run, stranger)
    with pytest.raises(errors.NotOfTheCourse):
        services.change(note=note, by=stranger, version=1, title="Muu", text="", is_pinned=False)
    with pytest.raises(errors.NotOfTheCourse):
        services.delete(note=note, by=stranger)
    with pytest.raises(errors.NotOfTheCourse):
        services.restore(note=note, by=stranger)


def test_a_note_of_another_course_is_not_reached_through_ones_own() -> None:
    run, other = make_run(), make_run()
    note = written(other, teacher_of(other), files=[])
    client = signed_in(teacher_of(run))
    for act in ("", "muokkaa/"):
        assert client.get(room(run, f"{note.public_id}/{act}")).status_code == 404
    assert client.post(room(run, f"{note.public_id}/poista/")).status_code == 404


def test_a_note_sent_twice_is_written_once() -> None:
    run = make_run()
    client, fields = signed_in(teacher_of(run)), sent(is_pinned="on")
    assert {client.post(room(run, "uusi/"), fields).status_code for _twice in range(2)} == {302}
    note = RoomNote.objects.get()
    assert (note.title, note.is_pinned) == ("Aloitustapaaminen", True)
    assert "Aloitustapaaminen" in html_of(client, room(run))


def test_personal_data_is_asked_about() -> None:
    run = make_run()
    client = signed_in(teacher_of(run))
    assert client.post(room(run, "uusi/"), sent(text="Soita 040 123 4567.")).status_code == 422
    assert not RoomNote.objects.exists()


def test_of_two_who_change_a_note_the_later_is_told_and_sees_both_texts() -> None:
    run = make_run()
    teacher = teacher_of(run)
    note = written(run, teacher)
    path = room(run, f"{note.public_id}/muokkaa/")
    client, other = signed_in(teacher), signed_in(teacher_of(run))
    assert other.post(path, sent(text="Toisen teksti.", version=1)).status_code == 302
    answer = client.post(path, sent(text="Oma teksti.", version=1))
    page = answer.content.decode()
    assert answer.status_code == 422 and "Toisen teksti." in page and "Oma teksti." in page
    note.refresh_from_db()
    assert note.text == "Toisen teksti."
    # Having seen the other text, the same press is meant.
    assert 'name="version" value="2"' in page
    assert client.post(path, sent(text="Oma teksti.", version=2)).status_code == 302
    note.refresh_from_db()
    assert (note.text, note.version, note.edited_by) == ("Oma teksti.", 3, teacher)


def test_what_is_being_written_is_kept_and_ends_when_it_is_saved() -> None:
    run = make_run()
    teacher = teacher_of(run)
    now = timezone.now()
    Draft.objects.create(
        owner=teacher,
        form="study.room_note",
        object=f"uusi-{run.course_id}",
        version=1,
        fields={"title": ["Kesken"], "text": ["Vielä kesken."]},
        saved_at=now,
        counted_from=now,
    )
    client = signed_in(teacher)
    assert "Vielä kesken." in html_of(client, room(run, "uusi/"))
    client.post(room(run, "uusi/"), sent())
    assert Draft.objects.get().status == "finished"


@pytest.mark.parametrize(
    ("who", "answer"), [(lambda run: teacher_of(run), 200), (lambda run: teacher_of(make_run()), 403)]
)
def test_drafts_are_kept_for_those_of_the_course(who: Callable[[CourseRun], User], answer: int) -> None:
    run = make_run()
    client, note = signed_in(who(run)), written(run, teacher_of(run))
    for key in (f"uusi-{run.course_id}", str(note.public_id)):
        body = {"base": 0, "fields": {"title": ["Uusi"]}, "device": "a", "turn": 1}
        response = client.put(f"/luonnokset/study.room_note/{key}/", body, content_type="application/json")
        assert response.status_code == answer, key


def test_a_deleted_note_is_brought_back_and_erased_after_a_month_with_its_files(
    django_capture_on_commit_callbacks: Any,
) -> None:
    run = make_run()
    client = signed_in(teacher_of(run))
    client.post(room(run, "uusi/"), sent(attached=pdf()))
    note, stored = RoomNote.objects.get(), str(RoomFile.objects.get().file.name)
    one = room(run, f"{note.public_id}/")
    assert client.get(f"{one}poista/").status_code == 405
    client.post(f"{one}poista/")
    assert client.get(one).status_code == 404
    assert client.get(room(run, f"tiedosto/{RoomFile.objects.get().public_id}/")).status_code == 404
    assert "Palauta" in html_of(client, room(run))
    client.post(f"{one}palauta/")
    assert TEXT["text"] in html_of(client, one)
    client.post(f"{one}poista/")
    RoomNote.objects.update(deleted_at=timezone.now() - datetime.timedelta(days=31))
    assert default_storage.exists(stored)
    with django_capture_on_commit_callbacks(execute=True):
        services.erase_deleted()
    assert not RoomNote.objects.exists() and not default_storage.exists(stored)


def test_a_file_is_served_to_save_under_its_own_name_and_kept_by_nobody() -> None:
    run = make_run()
    client = signed_in(teacher_of(run))
    client.post(room(run, "uusi/"), sent(attached=pdf("Ohje ä.pdf")))
    row = RoomFile.objects.get()
    assert "Ohje" not in str(row.file.name)
    response = client.get(room(run, f"tiedosto/{row.public_id}/"))
    assert (
        response["Content-Disposition"].startswith("attachment;")
        and "Ohje%20%C3%A4.pdf" in response["Content-Disposition"]
    )
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    for person in (teacher_of(make_run()), make_person("toimittaja", Role.EDITOR)):
        assert signed_in(person).get(room(run, f"tiedosto/{row.public_id}/")).status_code == 404


def test_a_picture_is_kept_without_what_the_camera_wrote() -> None:
    run = make_run()
    file = io.BytesIO()
    exif = Picture.Exif()
    exif[0x010E] = "Salainen paikka"
    Picture.new("RGB", (4, 4)).save(file, "JPEG", exif=exif)
    signed_in(teacher_of(run)).post(room(run, "uusi/"), sent(attached=SimpleUploadedFile("kuva.jpg", file.getvalue())))
    row = RoomFile.objects.get()
    kept = Path(row.file.path).read_bytes()
    assert b"Salainen" not in kept and row.size == len(kept)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ohje.pdf", b"MZ ohjelma"),
        ("sivu.html", b"<script>"),
        ("kuva.png", b"%PDF-1.7"),
        ("kaksi.php.pdf", b"%PDF-1.7"),
        ("tyhja.txt", b""),
        ("ilman-paatetta", b"teksti"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_by_name(name: str, content: bytes) -> None:
    run = make_run()
    answer = signed_in(teacher_of(run)).post(room(run, "uusi/"), sent(attached=SimpleUploadedFile(name, content)))
    assert answer.status_code == 422 and not RoomFile.objects.exists()


def test_a_note_has_at_most_five_files_and_some_can_be_taken_away(django_capture_on_commit_callbacks: Any) -> None:
    run = make_run()
    client = signed_in(teacher_of(run))
    assert client.post(room(run, "uusi/"), sent(attached=[pdf(f"{at}.pdf") for at in range(6)])).status_code == 422
    assert not RoomNote.objects.exists()
    client.post(room(run, "uusi/"), sent(attached=[pdf(f"{at}.pdf") for at in range(5)]))
    note = RoomNote.objects.get()
    path, gone = room(run, f"{note.public_id}/muokkaa/"), RoomFile.objects.get(name="2.pdf")
    assert client.post(path, sent(attached=pdf("uusi.pdf"), version=1)).status_code == 422
    fields = sent(attached=pdf("uusi.pdf"), version=1, without=[str(gone.public_id)])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(path, fields).status_code == 302
    assert sorted(note.files.values_list("name", flat=True)) == ["0.pdf", "1.pdf", "3.pdf", "4.pdf", "uusi.pdf"]
    assert not default_storage.exists(str(gone.file.name))


def test_notes_are_found_by_words_and_pinned_ones_come_first() -> None:
    run = make_run()
    teacher = teacher_of(run)
    written(run, teacher, title="Kiinnitetty", text="Aina ensin.", is_pinned=True)
    for at in range(26):
        written(run, teacher, title=f"Muistio {at}", text="Arjen ohje.")
    client = signed_in(teacher)
    first, second = html_of(client, room(run)), html_of(client, f"{room(run)}?page=2")
    assert "Kiinnitetty" in first and "Muistio 25" in first and "Muistio 0" not in first and "Muistio 0" in second
    found = html_of(client, f"{room(run)}?q=arjen+muistio+7")
    assert "Muistio 7" in found and "Muistio 8<" not in found
    assert (
        "Muistio"
        not in html_of(client, f"{room(run)}?q=olematon").split('class="list room-notes"')[1].split("</ul>")[0]
    )


def test_the_list_asks_the_same_of_the_database_for_one_note_and_twelve() -> None:
    run = make_run()
    teacher = teacher_of(run)
    client = signed_in(teacher)
    counts = []
    for number in (1, 11):
        for _each in range(number):
            written(run, teacher)
        html_of(client, room(run))
        with CaptureQueriesContext(connection) as queries:
            html_of(client, room(run))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15, counts
