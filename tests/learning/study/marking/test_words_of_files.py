"""Handed-in files are read for their words, so that works are compared by them too; a broken one harms nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from learning.study.marking import words_of_files
from learning.study.marking.alike import compare_works
from learning.study.models import Likeness, Submission, SubmissionFile
from tests.learning.study.factories import enrolled
from tests.learning.study.handing_in import handed_in
from tests.learning.study.marking.conftest import make_desk
from tests.learning.study.marking.test_alike import COPIED
from tests.search.test_file_texts import docx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_child_is_left() -> Iterator[None]:
    yield
    if words_of_files._reading is not None:
        words_of_files._reading[1].end()
        words_of_files._reading = None


def with_file(work: Submission, content: bytes, name: str = "tyo.docx") -> SubmissionFile:
    kept = default_storage.save(f"submissions/{work.public_id}/{name}", ContentFile(content))
    return SubmissionFile.objects.create(
        version=work.versions.get(), file=kept, name=name, size=len(content), sha256="0" * 64
    )


def read_all() -> None:
    """Until the worker has nothing more to do, waiting for its child as it does."""
    while words_of_files.read_files() or words_of_files._reading is not None:
        pass
    while compare_works():
        pass


def test_passages_of_two_files_are_told_of_though_the_works_were_compared_before() -> None:
    desk = make_desk("Katso liite.")
    other = handed_in(enrolled(desk.run), desk.task, "Teksti on tiedostossa.")
    while compare_works():
        pass
    files = [with_file(work, docx(f"Alku {number}.", COPIED)) for number, work in enumerate((desk.work, other))]
    read_all()
    assert all(COPIED in SubmissionFile.objects.get(pk=file.pk).text for file in files)
    assert Likeness.objects.get().percent > 60


@pytest.mark.parametrize(("content", "name"), [(b"PK\x03\x04 rikki", "tyo.docx"), (b"%PDF-1.7 rikki", "tyo.pdf")])
def test_a_broken_file_is_read_once_and_has_no_words(content: bytes, name: str) -> None:
    file = with_file(make_desk().work, content, name)
    read_all()
    file.refresh_from_db()
    assert (file.text, file.read_at is not None) == ("", True)
    assert words_of_files.read_files() is False


def test_a_file_that_is_gone_holds_nobody_up() -> None:
    gone = with_file(make_desk().work, docx(COPIED))
    Path(gone.file.path).unlink()
    left = with_file(make_desk().work, docx(COPIED))
    read_all()
    left.refresh_from_db()
    assert COPIED in left.text


def test_files_are_not_read_where_no_likeness_is_looked_for() -> None:
    desk = make_desk()
    desk.task.hints_at_likeness = False
    desk.task.save()
    file = with_file(desk.work, docx(COPIED))
    read_all()
    file.refresh_from_db()
    assert file.read_at is None
