"""Files of works that are read without names: in what is shown nothing of the writer is left, or it is told before."""

import io
import os
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from drafts import services as drafts
from drafts.texts import Text
from drafts.writers import Writer
from learning.study.assignments import nameless, unsent
from learning.study.models import SubmissionFile, SubmissionVersion
from tests.common.test_nameless import DOCX, NAME, everything_in, office, pdf
from tests.learning.study.assignments.works import Work, begin, upload
from tests.learning.study.factories import enrolled, make_teacher
from tests.learning.study.reviewing.peers import peers

pytestmark = pytest.mark.django_db
HIDDEN = "Työsi luetaan ilman nimeäsi"


def named(name: str = f"{NAME}.docx") -> SimpleUploadedFile:
    return upload(name, office(dict(DOCX)))


def opened(client: Client, file: SubmissionFile) -> tuple[bytes, str]:
    """What one gets of the file, and under which name."""
    answer: Any = client.get(reverse("study:submission_file", args=[file.public_id]))
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    assert len(content) == int(answer.headers["Content-Length"])
    return content, answer.headers["Content-Disposition"]


def kept_draft(work: Work, *files: SimpleUploadedFile) -> None:
    fields = {"files": [unsent.words_of(work.keep(*files))]}
    writer = Writer.person(work.enrolment.learner)
    drafts.save(writer=writer, form=unsent.FORM, object_key=str(work.run_assignment.pk), text=Text(fields, None))


def test_who_marks_without_names_gets_a_copy_without_the_writer_until_the_assessment_is_given() -> None:
    work = begin(kind="files", is_marked_anonymously=True)
    file = work.hand_in("", files=work.keep(named())).versions.get().files.get()
    teacher = Client()
    teacher.force_login(make_teacher(work.run))
    content, name = opened(teacher, file)
    assert NAME.encode() not in everything_in(content)
    assert "Maija" not in name
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    # The learner's own is as it was handed in.
    content, name = opened(work.client, file)
    assert NAME.encode() in everything_in(content)
    assert "Maija" in name


def test_who_marks_with_names_gets_the_file_as_it_is() -> None:
    work = begin(kind="files")
    file = work.hand_in("", files=work.keep(named())).versions.get().files.get()
    teacher = Client()
    teacher.force_login(make_teacher(work.run))
    content, name = opened(teacher, file)
    assert NAME.encode() in everything_in(content)
    assert "Maija" in name


@pytest.mark.parametrize("way", ["anonymous", "named"])
def test_a_reviewer_gets_a_copy_without_the_writer_where_peers_do_not_know_each_other(way: str, client: Client) -> None:
    group = peers(2, peers=way, kind="either", file_kinds=["docx"])
    group.hand_in()
    writer, reviewer = group.people[:2]
    version = group.works[writer.pk].versions.get()
    kept = default_storage.save(f"submissions/{version.submission.public_id}/x.docx", named())
    file = SubmissionFile.objects.create(version=version, file=kept, name=f"{NAME}.docx", size=1, sha256="0")
    client.force_login(reviewer.learner)
    content, name = opened(client, file)
    is_told = way == "named"
    assert (NAME.encode() in everything_in(content)) is is_told
    assert ("Maija" in name) is is_told


def test_before_handing_in_it_is_told_which_files_may_tell_the_name_all_the_same() -> None:
    work = begin(kind="files", is_marked_anonymously=True, file_kinds=["docx", "pdf"])
    kept_draft(work, named("tyo.docx"), upload("salattu.pdf", pdf(password="sana")))
    page = work.html(work.address("check"))
    told = page[page.index(HIDDEN) :].split("</ul>")[0]
    assert "salattu.pdf" in told
    assert "tyo.docx" not in told
    # The rules tell it before anything is written.
    assert "ilman tekijää ominaisuuksissa" in work.html(work.address("assignment"))


def test_the_page_does_not_wait_for_files_that_take_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    work = begin(kind="files", is_marked_anonymously=True, file_kinds=["pdf"], most_files=2)
    kept_draft(work, upload("eka.pdf", pdf(password="sana")), upload("toka.pdf", pdf(password="toinen")))
    with monkeypatch.context() as hurried:
        hurried.setattr(nameless, "LOOKS_SECONDS", 0.0)
        page = work.html(work.address("check"))
    told = page[page.index(HIDDEN) :].split("</ul>")[0]
    assert "eka.pdf" in told
    assert "toka.pdf" not in told
    # What is left is looked at when the page is opened again.
    page = work.html(work.address("check"))
    assert "toka.pdf" in page[page.index(HIDDEN) :].split("</ul>")[0]


def test_where_names_are_seen_nothing_is_said_of_them() -> None:
    work = begin(kind="files", file_kinds=["docx", "pdf"])
    kept_draft(work, upload("salattu.pdf", pdf(password="sana")))
    assert HIDDEN not in work.html(work.address("check"))
    assert "ilman tekijää ominaisuuksissa" not in work.html(work.address("assignment"))


def test_a_file_that_cannot_be_changed_is_shown_to_the_marker_as_it_is() -> None:
    work = begin(kind="files", is_marked_anonymously=True, file_kinds=["pdf"])
    locked = pdf(password="sana")
    file = work.hand_in("", files=work.keep(upload("salattu.pdf", locked))).versions.get().files.get()
    teacher = Client()
    teacher.force_login(make_teacher(work.run))
    assert opened(teacher, file)[0] == locked


def test_copies_are_forgotten_after_a_day_and_made_again() -> None:
    work = begin(kind="files", is_marked_anonymously=True)
    file = work.hand_in("", files=work.keep(named())).versions.get().files.get()
    teacher = Client()
    teacher.force_login(make_teacher(work.run))
    first = opened(teacher, file)
    path = Path(file.file.path)
    before = time.time() - unsent.GRACE.total_seconds() - 60
    for beside in path.parent.iterdir():
        os.utime(beside, (before, before))
    unsent.forget()
    assert list(path.parent.iterdir()) == [path]
    assert opened(teacher, file) == first


def test_the_copy_of_a_draft_goes_when_it_is_handed_in(django_capture_on_commit_callbacks: Any) -> None:
    work = begin(kind="files", is_marked_anonymously=True, file_kinds=["docx"])
    kept_draft(work, named("tyo.docx"))
    work.html(work.address("check"))
    [file] = work.keep(named("tyo.docx"))
    path = Path(default_storage.path(file.path))
    beside = list(path.parent.glob(f"{path.stem}.*"))
    assert len(beside) == 2
    with django_capture_on_commit_callbacks(execute=True):
        work.hand_in("", files=[file])
    assert not any(each.exists() for each in beside)


def test_a_list_has_the_names_of_the_files_themselves_and_asks_no_more_for_more_of_them() -> None:
    work = begin(kind="files", is_marked_anonymously=True, file_kinds=["docx"])
    version = work.hand_in("", files=work.keep(named("eka.docx"))).versions.get()

    def listed() -> tuple[str, int]:
        with CaptureQueriesContext(connection) as asked, translation.override("fi"):
            shown = {"version": SubmissionVersion.objects.get(pk=version.pk), "hides_names": True}
            html = render_to_string("learning/study/assignments/_version.html", shown)
        return html, len(asked)

    _html, queries = listed()
    for number in (2, 3, 4):
        SubmissionFile.objects.create(version=version, file=f"x/{number}.docx", name="y.docx", size=1, sha256="0")
    html, more = listed()
    assert more == queries
    teacher = Client()
    teacher.force_login(make_teacher(work.run))
    _content, name = opened(teacher, version.files.all()[0])
    assert "Tiedosto%201.docx" in name or "Tiedosto 1.docx" in name
    assert [f"Tiedosto {number}.docx" in html for number in range(1, 6)] == [True] * 4 + [False]


def test_an_enrolled_stranger_gets_no_file(client: Client) -> None:
    work = begin(kind="files", is_marked_anonymously=True)
    file = work.hand_in("", files=work.keep(named())).versions.get().files.get()
    client.force_login(enrolled(work.run, "vieras").learner)
    assert client.get(reverse("study:submission_file", args=[file.public_id])).status_code == 404
