"""Where learners and teachers write freely, they are told what looks like a client's personal data."""

import pytest
from django.urls import reverse

from learning.courses.models import CourseRun
from learning.study.models import Note
from learning.study.models.enrolments import Status
from tests.learning.study.factories import enrolled, make_run, make_teacher
from tests.learning.study.quizzes import begun, client_of, make_quiz, page_of
from tests.learning.study.studying import Study, begin
from tests.learning.study.visiting import signed_in

pytestmark = pytest.mark.django_db
WRITTEN = "Soita Aino Korhoselle Tampereelle, 040 123 4567."


@pytest.fixture
def study() -> Study:
    return begin()


def test_a_note_is_saved_and_its_writer_is_told_what_kinds_of_things_are_in_it(study: Study) -> None:
    study.client.post(study.address("note_add"), {"text": WRITTEN, "place": "lahteet"})
    assert Note.objects.get().text == WRITTEN
    html = study.html(study.address("lesson"))
    (told,) = [part.split("</div>")[0] for part in html.split('<div class="notice notice--note notice--message"')[1:]]
    assert "koko nimi ja paikkakunta, puhelinnumero" in told
    assert "040" not in told
    assert "Muistiinpano on tallessa" in told


def test_a_changed_note_is_looked_at_as_well_and_a_deleted_one_is_not(study: Study) -> None:
    study.client.post(study.address("note_add"), {"text": "Kysy tiimissä.", "place": "lahteet"})
    address = reverse("study:note", args=[study.run.code, Note.objects.get().public_id])
    study.client.post(address, {"text": WRITTEN, "act": "change"})
    assert "puhelinnumero" in study.html(study.address("lesson"))
    study.client.post(address, {"text": WRITTEN, "act": "delete"})
    assert "puhelinnumero</" not in study.html(study.address("lesson"))


def test_a_script_that_has_told_it_gets_no_message(study: Study) -> None:
    sent = {"text": WRITTEN, "place": "lahteet", "fragment": "1"}
    assert WRITTEN in study.client.post(study.address("note_add"), sent).content.decode()
    assert "Muistiinpano on tallessa" not in study.html(study.address("lesson"))


def test_texts_of_a_lesson_and_a_quiz_are_looked_at_while_they_are_written(study: Study) -> None:
    html = study.html(study.address("lesson"))
    assert "js/personal-data-live" in html
    assert "data-personal-data></textarea>" in html
    attempt = begun(make_quiz(("text",)))
    client = client_of(attempt)
    page = page_of(client, attempt.url)
    assert page.select("textarea[data-personal-data]")
    # It holds up no attempt.
    answer = client.post(attempt.url, {"k1-a": WRITTEN, "palauta": "1"})
    assert answer.status_code == 302


def test_a_teacher_s_reason_is_asked_about_once_more() -> None:
    run = make_run(admission=CourseRun.Admission.APPROVAL)
    applicant = enrolled(run)
    teacher = signed_in(make_teacher(run))
    address = reverse("run_refuse", args=[run.code, applicant.public_id])
    page = teacher.post(address, {"reason": WRITTEN})
    html = page.content.decode()
    assert "<mark>040 123 4567</mark>" in html
    applicant.refresh_from_db()
    assert applicant.status == Status.APPLIED
    seen = html.split('name="personal_data_seen" value="')[1].split('"')[0]
    assert teacher.post(address, {"reason": WRITTEN, "personal_data_seen": seen}).status_code == 302
    applicant.refresh_from_db()
    assert applicant.status == Status.REFUSED
