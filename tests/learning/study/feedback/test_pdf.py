"""The feedback as a tagged PDF and as a plain text."""

import io
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from pypdf import PdfReader

from learning.study.feedback import printed
from learning.study.feedback.released import feedback_of
from learning.study.models import InlineComment
from tests.learning.study.feedback.conftest import TEXT, address_of
from tests.learning.study.marking.conftest import Desk, make_desk
from tests.learning.study.visiting import signed_in


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.RUN_DIR = tmp_path


def given(desk: Desk, **values: Any) -> bytes:
    desk.give(desk.teacher, **values)
    return printed.pdf_of(feedback_of(desk.again()))


def words(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages)).replace("\u200b", "")


def elements(content: bytes) -> Iterator[Any]:
    root: Any = PdfReader(io.BytesIO(content)).root_object
    waiting = [root["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            yield node
            waiting += [node["/K"]] if "/K" in node else []


def test_it_holds_what_the_page_does(desk: Desk, note: Callable[..., InlineComment]) -> None:
    note("arjessa", "Missä arjessa?")
    criteria = [{"id": 1, "title": "Lähteet", "fulfils": "On.", "lacks": "Ei.", "value": 1, "words": "Hyvin valitut."}]
    content = given(desk, words="Selkeä työ.", criteria=criteria)
    said = words(content)
    for part in ("Selkeä työ.", "Lähteet", "Hyvin valitut.", "Missä arjessa?", "Havainto", "toinen", "Hyväksytty"):
        assert part in said
    kinds = {element["/S"] for element in elements(content) if "/S" in element}
    assert {"/H1", "/H2", "/H3", "/L", "/P", "/Link"} <= kinds


def test_it_is_tagged_and_in_the_language_that_is_read(desk: Desk) -> None:
    desk.give(desk.teacher)
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            content = printed.pdf_of(feedback_of(desk.again()))
        root: Any = PdfReader(io.BytesIO(content)).root_object
        assert root["/Lang"] == language
        assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
        languages = {element["/Lang"] for element in elements(content) if "/Lang" in element}
        # The work is in the language of its assignment, whoever reads about it.
        assert language == "fi" or "fi" in languages


def test_long_texts_go_over_pages_with_numbers() -> None:
    content = given(make_desk("Pitkä kappale rakenteista. " * 200 + "\n\n" + "Toinen kappale. " * 300))
    assert len(PdfReader(io.BytesIO(content)).pages) > 2
    assert "2 / " in words(content)


HOSTILE = {
    "code of the typesetter": '#let x = [*] "$a$" #panic("x") #read("/etc/passwd") @kommentti-1 <kommentti-1>',
    "pictures and unseen signs": "😀 \u202eabc\u202c 李明",
    "one unending word": "A" * 300,
    "other letters": "Ольга أحمد יעל Áŋŋel",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_any_text_is_printed_as_text(text: str) -> None:
    desk = make_desk(text)
    content = given(desk, words=text)
    assert content.startswith(b"%PDF-")
    letters = re.sub(r"[^a-zA-Z]", "", text)
    assert letters in re.sub(r"[^a-zA-Z]", "", words(content))


def test_it_is_downloaded_and_kept_by_nobody(desk: Desk, tmp_path: Path) -> None:
    desk.give(desk.teacher)
    response = signed_in(desk.work.enrolment.learner).get(address_of(desk, "palaute.pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert "attachment" in response["Content-Disposition"] and "no-store" in response["Cache-Control"]
    assert not list(tmp_path.rglob("*.pdf"))


def test_the_text_file_has_the_comments_at_their_words(desk: Desk, note: Callable[..., InlineComment]) -> None:
    note("arjessa", "Missä arjessa?")
    desk.give(desk.teacher, words="Selkeä työ.")
    response = signed_in(desk.work.enrolment.learner).get(address_of(desk, "palaute.txt"))
    text = response.content.decode("utf-8-sig")
    assert "arjessa [1] joka päivä" in text
    assert "[1] ”arjessa” (Opettaja Testi)\r\nMissä arjessa?" in text


@pytest.mark.verapdf
def test_verapdf_finds_nothing_against_pdf_ua(tmp_path: Path) -> None:
    files = []
    for number, text in enumerate([TEXT, *HOSTILE.values()]):
        path = tmp_path / f"{number}.pdf"
        criteria = [{"id": 1, "title": "Lähteet", "fulfils": text, "lacks": "", "value": 1, "words": text}]
        path.write_bytes(given(make_desk(text), words=text, criteria=criteria))
        files.append(str(path))
    command = ["java", "-cp", f"{os.environ['VERAPDF_JARS']}/*", "org.verapdf.apps.GreenfieldCliWrapper"]
    asked = [*command, "--flavour", "ua1", "--format", "text", *files]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=240, check=False)
    told = [line.split()[0] for line in done.stdout.splitlines() if line.strip()]
    assert told == ["PASS"] * len(files), done.stdout + done.stderr


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here needs it."""
