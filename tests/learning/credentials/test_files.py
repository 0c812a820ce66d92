"""The certificate as a PDF: tagged, in the reader's language, and saying any name as text."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from accounts.models import User
from common.typesetting import NotMade, making
from learning.courses.models import CoursePage, CourseRun, Quiz
from learning.credentials import pdf, services
from learning.credentials.models import Certificate
from learning.study.models import RunQuiz
from tests.learning.credentials.conftest import complete, make_person


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.RUN_DIR = tmp_path


def words(path: Path) -> str:
    """The text of the file, in reading order, on one line."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(path).pages)).replace("\u200b", "")


def root(path: Path) -> Any:
    return PdfReader(path).root_object


def elements(path: Path) -> Iterator[dict[str, Any]]:
    """The elements in the tree of the tagged file."""
    waiting = [root(path)["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            yield node
            waiting += [node["/K"]] if "/K" in node else []


def kinds_in(path: Path) -> set[str]:
    return {element["/S"] for element in elements(path) if "/S" in element}


def languages_in(path: Path) -> set[str]:
    return {element["/Lang"] for element in elements(path) if "/Lang" in element}


def test_it_tells_the_eleven_mandatory_parts(certificate: Certificate) -> None:
    said = words(pdf.pdf_of(certificate))
    for part in [
        "Aino Šiŋŋá",
        "Mittarit käyttöön",
        "Suomi",
        "Saimaan ammattikorkeakoulu",
        "Laatii tavoitteen yhdessä asiakkaan kanssa.",
        "135",
        "EQF 6",
        str(certificate.says.assessment),
        str(certificate.says.participation),
        str(certificate.says.quality),
        certificate.code,
    ]:
        assert part in said
    completed = certificate.says.completed_on
    assert f"{completed.day}.{completed.month}.{completed.year}" in said


def test_it_tells_the_quizzes_that_had_to_be_passed(learner: User, run: CourseRun) -> None:
    quiz = Quiz.objects.create(course=run.course, code="loppu", title="Loppukoe", pass_percent=60)
    RunQuiz.objects.create(run=run, quiz=quiz)
    certificate = complete(learner, run).certificates.get()
    assert "Loppukoe: hyväksytty, pisteitä vähintään 60 %" in words(pdf.pdf_of(certificate))


def test_it_is_tagged_titled_and_leads_to_the_public_page(certificate: Certificate, settings: Any) -> None:
    path = pdf.pdf_of(certificate)
    reader, top = PdfReader(path), root(path)
    assert top["/Lang"] == "fi"
    assert top["/MarkInfo"]["/Marked"]
    assert top["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None and reader.metadata.title is not None
    assert "Mittarit käyttöön" in reader.metadata.title
    assert b"pdfuaid" in top["/Metadata"].get_object().get_data()
    assert {"/H1", "/H2", "/L", "/Figure", "/Link"} <= kinds_in(path)
    links = [note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", [])]
    assert set(links) == {f"{settings.SITE_URL}/todistus/{certificate.code}/"}


@pytest.mark.parametrize(("language", "title"), [("sv", "Mätare i bruk"), ("en", "Measures in use")])
def test_it_is_in_the_language_that_is_being_read(
    language: str, title: str, in_english: CoursePage, learner: User, run: CourseRun
) -> None:
    certificate = complete(learner, run).certificates.get()
    with translation.override(language):
        path = pdf.pdf_of(certificate)
    assert root(path)["/Lang"] == language
    assert title in words(path)
    if language == "sv":
        # What is known in Finnish alone says so to those who hear it.
        assert "fi" in languages_in(path)


NAMES = {
    "code of the typesetter": '#let x = [*] "$a$" #panic("x") #read("/etc/passwd")',
    "marks of other languages": "<b>{{ 7*7 }}</b> &amp; \\u{41} %s",
    "Sámi letters": "Áŋŋel Čáhppe Đorvu Ŧuohtta Žilá Ǩeʹrdd",
    "Cyrillic": "Ольга Їжакевич",
    "one unending word": "A" * 200,
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_is_printed_as_it_is(name: str, run: CourseRun) -> None:
    first, last = name[:150], name[150:]
    person = User.objects.create_user("x@example.org", first_name=first, last_name=last)
    said = words(pdf.pdf_of(complete(person, run).certificates.get()))
    assert re.sub(r"\s", "", name) in re.sub(r"\s", "", said)


@pytest.mark.parametrize("name", ["أحمد علي", "יעל כהן"])
def test_names_written_from_right_to_left_are_printed(name: str, run: CourseRun) -> None:
    letters = set("".join(words(pdf.pdf_of(complete(make_person(name), run).certificates.get())).split()))
    assert len(letters & set(name)) >= 3 or any("\ufe70" <= letter <= "\ufeff" for letter in letters)


def test_what_no_font_has_is_a_question_mark_and_pictures_and_unseen_signs_are_left_out(run: CourseRun) -> None:
    said = words(pdf.pdf_of(complete(make_person("李明 \u202eAino\u202c 😀Mäki"), run).certificates.get()))
    assert "?? Aino Mäki" in said


def test_a_second_reading_takes_the_file_that_was_made(certificate: Certificate) -> None:
    path = pdf.pdf_of(certificate)
    made = path.stat().st_mtime_ns
    assert pdf.pdf_of(certificate) == path
    assert path.stat().st_mtime_ns == made


def test_the_files_of_a_name_that_has_changed_are_gone(
    certificate: Certificate, learner: User, django_capture_on_commit_callbacks: Any
) -> None:
    path = pdf.pdf_of(certificate)
    learner.last_name = "Uusi"
    learner.save()
    with django_capture_on_commit_callbacks(execute=True):
        new = services.rename(certificate=certificate, owner=learner)
    assert not path.exists()
    assert "Aino Uusi" in words(pdf.pdf_of(new))


def test_what_cannot_be_typeset_is_an_error_and_leaves_no_file(certificate: Certificate) -> None:
    with pytest.raises(NotMade):
        pdf.SHELF.file_of("tyhja", {}, 0)
    assert not list(pdf.SHELF.folder.glob("*.pdf"))


def test_who_waits_too_long_in_line_is_asked_to_come_again(
    certificate: Certificate, learner: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0.0)
    client.force_login(learner)
    with making.alone():
        answer = client.get(reverse("credentials:file", args=[certificate.code]))
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    # With its letters named: else a browser guesses how ä is written.
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/plain; charset=utf-8", "private, no-store")


@pytest.mark.verapdf
def test_verapdf_finds_nothing_against_pdf_ua(in_english: CoursePage, learner: User, run: CourseRun) -> None:
    certificate = complete(learner, run).certificates.get()
    files = []
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            files.append(str(pdf.pdf_of(certificate)))
    for name in NAMES.values():
        certificate.content = certificate.content | {"learner": name}
        files.append(str(pdf.pdf_of(certificate)))
    assert len(set(files)) == 3 + len(NAMES)
    command = ["java", "-cp", f"{os.environ['VERAPDF_JARS']}/*", "org.verapdf.apps.GreenfieldCliWrapper"]
    asked = [*command, "--flavour", "ua1", "--format", "text", *files]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=240, check=False)
    told = [line.split()[0] for line in done.stdout.splitlines() if line.strip()]
    assert told == ["PASS"] * len(files), done.stdout + done.stderr
