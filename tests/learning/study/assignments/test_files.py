"""Files are taken by their content: whatever their names say, and however they try to be two things at once."""

import datetime
import os
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import override
from PIL import Image

from drafts import retention
from drafts.models import Draft
from learning.courses.models import Assignment
from learning.study.assignments import unsent
from learning.study.assignments.checking_files import check, clean_name
from learning.study.assignments.drafting import KEPT_DAYS
from learning.study.models import Submission, SubmissionFile
from tests.learning.study.assignments.works import Work, begin, docx, pdf, picture, upload, zipped

ALL = ["pdf", "docx", "odt", "pptx", "xlsx", "png", "jpg"]
TAKES = Assignment(title="Tehtävä", kind="files", file_kinds=ALL, most_megabytes=10)
ODT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office/>"}
BOMB = b"0" * 60_000_000


@pytest.mark.parametrize(
    "file",
    [
        pdf("työ.pdf"),
        docx(),
        upload("työ.odt", zipped(ODT)),
        upload("a.pptx", zipped({"ppt/presentation.xml": b"<p/>"})),
        upload("a.xlsx", zipped({"xl/workbook.xml": b"<x/>"})),
        picture(),
        picture("kuva.JPEG"),
        picture("kuva.png", "PNG", exif=False),
    ],
    ids=lambda file: file.name,
)
def test_the_kinds_that_people_have_are_taken(file: SimpleUploadedFile) -> None:
    assert check(file, TAKES).kind in ALL


@pytest.mark.parametrize(
    "file",
    [
        upload("tyhja.pdf", b""),
        upload("ohjelma.pdf", b"MZ\x90\x00" * 100),
        upload("katkennut.pdf", b"%PDF-1.7\n1 0 obj"),
        upload("kaksi.pdf", b"%PDF-1.7\n" + zipped({"word/document.xml": b"x"}) + b"\n%%EOF"),
        upload("siirretty.pdf", b"<script>alert(1)</script>%PDF-1.7 %%EOF"),
        upload("rikki.docx", zipped({"word/document.xml": b"x"})[:-30]),
        upload("muu.docx", zipped({"readme.txt": b"x"})),
        upload("edessa.docx", b"#!/bin/sh\n" + zipped({"word/document.xml": b"x"})),
        docx("pommi.docx", **{"word/media/image1.png": BOMB}),
        docx("ulos.docx", **{"../../etc/passwd": b"x"}),
        upload("kuva.png", picture().read()),
        upload("kuva.jpg", b"\xff\xd8\xff\xe0 not a picture"),
        upload("sivu.html", b"<script>alert(1)</script>"),
        upload("kaksi.php.pdf", b"%PDF-1.7 %%EOF"),
        upload("ilman", b"%PDF-1.7 %%EOF"),
        upload(".pdf", b"%PDF-1.7 %%EOF"),
        upload("a" * 200 + ".pdf", b"%PDF-1.7 %%EOF"),
    ],
    ids=lambda file: file.name[:20],
)
def test_what_is_not_what_it_says_is_refused_with_its_name(file: SimpleUploadedFile) -> None:
    with pytest.raises(ValidationError) as refusal:
        check(file, TAKES)
    assert str(file.name).lstrip(".")[:20] in " ".join(refusal.value.messages)


def test_a_kind_that_the_teacher_did_not_ask_for_is_refused() -> None:
    only_pdf = Assignment(kind="files", file_kinds=["pdf"], most_megabytes=10)
    with pytest.raises(ValidationError) as refusal:
        check(docx(), only_pdf)
    assert "PDF" in " ".join(refusal.value.messages)


def test_a_file_that_is_too_big_is_refused_with_what_is_taken() -> None:
    small = Assignment(kind="files", file_kinds=["pdf"], most_megabytes=1)
    with override("fi"), pytest.raises(ValidationError) as refused:
        check(upload("iso.pdf", b"%PDF-1.7\n" + b"0" * 1_100_000 + b"\n%%EOF"), small)
    assert "1,1 Mt, ja enintään 1 Mt" in refused.value.messages[0].replace("\N{NO-BREAK SPACE}", " ")


def test_a_picture_is_kept_without_what_the_camera_wrote() -> None:
    file = picture()
    assert b"Kameramerkki" in file.read()
    kept = check(file, TAKES).content.read()
    assert b"Kameramerkki" not in kept
    with Image.open(BytesIO(kept)) as opened:
        assert (opened.format, opened.size, dict(opened.getexif())) == ("JPEG", (40, 30), {})


def test_a_bomb_is_not_unpacked_to_its_end() -> None:
    started = time.process_time()
    with pytest.raises(ValidationError):
        check(docx("pommi.docx", **{"word/media/image1.png": BOMB}), TAKES)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/työ.pdf", "työ.pdf"),
        ("C:\\Users\\Maija\\työ.pdf", "työ.pdf"),
        ("työ\u202efdp.exe.pdf", "työ fdp.exe.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "a Set-Cookie b.pdf"),
        ("työ\u200b .pdf", "työ .pdf"),
    ],
)
def test_names_are_bared_of_what_leads_astray(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@pytest.mark.django_db
def test_files_that_no_draft_names_are_forgotten_after_a_day() -> None:
    work = begin(kind="files")
    [old, new] = work.keep(pdf("vanha.pdf"), pdf("uusi.pdf", b"uusi"))
    before = time.time() - unsent.GRACE.total_seconds() - 60
    os.utime(default_storage.path(old.path), (before, before))
    unsent.forget()
    assert [default_storage.exists(file.path) for file in (old, new)] == [False, True]


@pytest.mark.django_db
def test_the_files_of_a_work_that_is_handed_in_again_take_no_more_room() -> None:
    work = begin(kind="files")
    work.hand_in("", files=work.keep(pdf()))
    shelf = unsent.Shelf(work.enrolment.learner_id, work.run_assignment.pk)
    for message in ("Korjasin viestin.", "Vielä kerran."):
        newest = Submission.objects.get().versions.order_by("-number")[0]
        work.hand_in("", files=shelf.of_version(newest.files.all()), message=message)
    paths = [Path(row.file.path) for row in SubmissionFile.objects.order_by("pk")]
    assert len(set(paths)) == 3
    assert len({path.stat().st_ino for path in paths}) == 1
    # Each version keeps what it has whatever happens to another.
    content = paths[0].read_bytes()
    paths[0].unlink()
    assert [path.read_bytes() for path in paths[1:]] == [content, content]


@pytest.mark.django_db
def test_a_file_that_goes_while_the_room_is_counted_stops_nothing() -> None:
    work = begin(kind="files")
    [file] = work.keep(pdf("eka.pdf"))
    # It is in the list of the folder, and gone when it is looked at.
    gone = Path(default_storage.path(file.path)).with_name(f"{'1' * 64}.pdf")
    gone.symlink_to(gone.with_name("poissa"))
    try:
        assert work.keep(pdf("toka.pdf", b"toka"))
    finally:
        gone.unlink()


@pytest.fixture
def fill_up() -> Iterator[Callable[[Work], Path]]:
    """Gives a learner an unsent file of as many bytes as one may have; in truth it takes no room."""
    made: list[Path] = []

    def fill(work: Work) -> Path:
        folder = Path(default_storage.path(f"{unsent.FOLDER}/{work.enrolment.learner_id}-{work.run_assignment.pk}"))
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{'0' * 64}.pdf"
        with file.open("wb") as opened:
            opened.truncate(unsent.MOST_BYTES)
        made.append(file)
        return file

    yield fill
    for file in made:
        file.unlink(missing_ok=True)


@pytest.mark.django_db
def test_the_unsent_files_of_a_person_have_a_ceiling_that_tells_where_they_are_and_what_helps(
    fill_up: Callable[[Work], Path],
) -> None:
    work = begin(kind="files", title="Havainto", file_kinds=["pdf"])
    other = begin(kind="files", name="toinen")
    full = fill_up(work)
    address, post = work.address("write"), {"add_files": "1", "files": "", "removed": ""}
    answer = work.client.post(address, {**post, "new_files": pdf("iso.pdf", b"mahtuuko")})
    told = " ".join(answer.content.decode().replace("\N{SOFT HYPHEN}", "").split())
    assert answer.status_code == 422
    for words in ("iso.pdf", "Havainto (600 Mt)", "hävitä poistetut", "ei lasketa"):
        assert words in told
    # What others have does not count.
    assert other.keep(pdf("toisen.pdf", b"toisen"))
    full.unlink()
    assert work.client.post(address, {**post, "new_files": pdf("iso.pdf", b"mahtuuko")}).status_code == 302
    # Nor does the same file again, whatever room there is.
    fill_up(work)
    assert work.keep(pdf("iso.pdf", b"mahtuuko"))


@pytest.mark.django_db
def test_removed_files_take_room_until_they_are_thrown_away() -> None:
    work = begin(kind="files", file_kinds=["pdf"])
    [kept, removed] = work.keep(pdf("pidetty.pdf", b"pidetty"), pdf("poistettu.pdf", b"poistettu"))
    form = {"files": unsent.words_of([kept]), "removed": unsent.words_of([removed])}
    assert work.client.post(work.address("write"), {**form, "save": "1"}).status_code == 302
    before = sum(unsent.room_taken(work.enrolment.learner_id).values())
    assert "Hävitä poistetut tiedostot" in work.html(work.address("write"))
    assert work.client.post(work.address("write"), {**form, "throw_away": "1", "base": "1"}).status_code == 302
    assert sum(unsent.room_taken(work.enrolment.learner_id).values()) == before - removed.size
    assert [default_storage.exists(file.path) for file in (kept, removed)] == [True, False]
    assert "poistettu.pdf" not in work.html(work.address("write"))


@pytest.mark.django_db
def test_files_of_a_draft_that_was_left_alone_go_when_its_time_is_over() -> None:
    work = begin(kind="files", file_kinds=["pdf"])
    [file] = work.keep(pdf("jatetty.pdf", b"jatetty"))
    work.client.post(work.address("write"), {"save": "1", "files": unsent.words_of([file]), "removed": ""})
    long_ago = timezone.now() - datetime.timedelta(days=KEPT_DAYS)
    os.utime(default_storage.path(file.path), (long_ago.timestamp(), long_ago.timestamp()))
    for days, is_there in ((1, True), (-1, False)):
        Draft.objects.update(saved_at=long_ago + datetime.timedelta(days=days))
        retention.forget_old_drafts()
        unsent.forget()
        assert default_storage.exists(file.path) is is_there
    assert not Draft.objects.filter(form=unsent.FORM).exists()


@pytest.mark.django_db
def test_files_of_a_handing_in_that_was_killed_are_forgotten_and_those_of_works_stay() -> None:
    work = begin(kind="files")
    kept = work.hand_in("", files=work.keep(pdf())).versions.get().files.get()
    stray = default_storage.save(f"submissions/{kept.version.submission.public_id}/abc.pdf", pdf())
    before = time.time() - 2 * unsent.GRACE.total_seconds()
    for path in (str(kept.file.name), stray):
        os.utime(Path(default_storage.path(path)), (before, before))
    unsent.forget()
    assert [default_storage.exists(path) for path in (str(kept.file.name), stray)] == [True, False]
