"""The learner's pages of an assignment: told before, written, checked, handed in once, taken back, compared."""

import hashlib
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from drafts.models import Draft
from learning.study.assignments.rules import rules_of
from learning.study.assignments.telling import told_of
from learning.study.assignments.unsent import FORM
from learning.study.models import Enrolment, RunAssignment, Submission
from tests.learning.study.assignments.works import WORDS, Work, asked_again, begin, day, pdf, picture, upload
from tests.learning.study.factories import make_person, make_teacher

pytestmark = pytest.mark.django_db


def form_of(work: Work, name: str = "write") -> dict[str, Any]:
    """What the page's form would send without a script and without a button."""
    page = BeautifulSoup(work.client.get(work.address(name)).content, "html.parser")
    form = next(each for each in page.select("main form") if each.get("data-draft") or each.get("enctype"))
    fields = {str(field["name"]): str(field.get("value", "")) for field in form.select("input[name]:not([type=file])")}
    fields |= {str(area["name"]): area.text.removeprefix("\n") for area in form.select("textarea[name]")}
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def send(work: Work, name: str = "write", **fields: Any) -> Any:
    return work.client.post(work.address(name), form_of(work, name) | fields)


def written(work: Work, text: str = WORDS, **fields: Any) -> None:
    assert send(work, body=text, body_format="notation", save="1", **fields).status_code == 302


def draft_fields(work: Work) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = Draft.objects.get(form=FORM, owner_id=work.enrolment.learner_id).fields
    return fields


def test_the_rules_are_told_before_anything_is_written() -> None:
    work = begin(extra_days=2, kind="either", min_words=300, max_words=600, resubmissions=2, peers="anonymous")
    with override("en"):
        rules = rules_of(work.run_assignment, work.enrolment, None)
        told = " ".join(told_of(work.run_assignment, work.enrolment, rules))
    for words in (
        "Your extra time, 2 days, is counted in.",
        "marked as late",
        "The aim is 300–600 words.",
        "At most 3 files: PDF, DOCX, ODT, 10 MB each at most.",
        "at most 2 times. You then have 14 days.",
        "2 other learners review it too",
    ):
        assert words in told
    assert work.html(work.address("assignment")).count("<li>") >= len(told_of(work.run_assignment, None, rules))


def test_a_work_is_written_checked_and_handed_in() -> None:
    work = begin()
    answer = send(work, body=WORDS, body_format="notation", message="Hei", check="1")
    assert answer["Location"] == work.address("check")
    assert WORDS in work.html(work.address("check"))
    answer = send(work, "check", hand_in="1")
    assert answer["Location"] == work.address("receipt", 1)
    assert WORDS in work.html(answer["Location"])
    assert Submission.objects.get().versions.get().message == "Hei"
    assert not Draft.objects.get(form=FORM).is_open


def test_a_second_press_and_a_repeated_request_hand_nothing_in_again() -> None:
    work = begin()
    written(work)
    form = form_of(work, "check") | {"hand_in": "1"}
    answers = [work.client.post(work.address("check"), form)["Location"] for _time in range(3)]
    assert answers == [work.address("receipt", 1)] * 3
    assert Submission.objects.get().versions.count() == 1


def test_an_old_tab_does_not_hand_in_what_another_one_has() -> None:
    work = begin()
    written(work)
    old = form_of(work, "check")
    written(work, "Toinen välilehti ehti ensin.")
    answer = work.client.post(work.address("check"), old | {"body": "Vanha teksti.", "hand_in": "1"})
    assert "/vertaa/" in answer["Location"]
    assert not Submission.objects.exists()


def test_nothing_is_handed_in_before_something_is_written() -> None:
    work = begin()
    assert work.client.get(work.address("check"))["Location"] == work.address("write")
    written(work, " ")
    assert "hand_in" not in work.html(work.address("check"))
    assert send_empty(work) == 422


def send_empty(work: Work) -> int:
    form = {"body": "", "body_format": "notation", "hand_in": "1"}
    status: int = work.client.post(work.address("check"), form).status_code
    return status


def test_what_looks_like_personal_data_is_shown_before_handing_in() -> None:
    work = begin()
    written(work, "Soitin numeroon 040 123 4567 eilen.")
    page = work.html(work.address("check"))
    assert '<mark class="finding" id="kohta-1">' in page


def test_lateness_is_told_before_handing_in() -> None:
    work = begin(due=day(-1))
    written(work)
    assert "notice--note" in work.html(work.address("check"))
    send(work, "check", hand_in="1")
    assert Submission.objects.get().versions.get().is_late


def test_after_the_due_date_a_work_that_is_not_taken_is_kept_as_a_draft() -> None:
    work = begin(late=RunAssignment.Late.REFUSED)
    written(work)
    form = form_of(work, "check")
    RunAssignment.objects.update(due=day(-1))
    answer = work.client.post(work.address("check"), form | {"hand_in": "1"})
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert not Submission.objects.exists()
    assert Draft.objects.get(form=FORM).is_open


def test_of_three_files_one_of_which_is_bad_the_good_ones_are_kept() -> None:
    work = begin(kind="files")
    files = [pdf("yksi.pdf"), upload("kaksi.pdf", b"MZ not a pdf"), pdf("kolme.pdf", b"kolmas")]
    answer = send(work, new_files=files, add_files="1")
    assert answer.status_code == 422
    shown = BeautifulSoup(answer.content, "html.parser")
    # Above the form, too: the field is far below it.
    for place in ("#id_new_files_error", '.error-summary a[href="#id_new_files"]'):
        [complaint] = shown.select(place)
        assert "kaksi.pdf" in complaint.text
    page = work.html(work.address("write"))
    assert "yksi.pdf" in page
    assert "kolme.pdf" in page


def test_a_file_that_is_not_added_is_told_also_where_another_tab_was_first() -> None:
    work = begin(kind="files")
    old = form_of(work)
    send(work, new_files=pdf("eka.pdf"), add_files="1")
    sent = old | {"new_files": upload("toka.pdf", b"MZ not a pdf"), "add_files": "1"}
    answer = work.client.post(work.address("write"), sent, follow=True)
    assert "/vertaa/" in answer.redirect_chain[-1][0]
    assert "toka.pdf" in answer.content.decode()


def test_chosen_files_come_along_whichever_button_is_pressed() -> None:
    work = begin(kind="either")
    send(work, body=WORDS, body_format="notation", new_files=pdf("liite.pdf"), check="1")
    assert "liite.pdf" in work.html(work.address("check"))
    send(work, "check", hand_in="1")
    assert Submission.objects.get().versions.get().files.get().name == "liite.pdf"


def test_no_words_are_missing_where_a_file_is_handed_in_and_will_do() -> None:
    either = begin(kind="either", min_words=500)
    send(either, new_files=pdf(), check="1")
    assert "sanaa puuttuu" not in either.html(either.address("check"))
    send(either, body="Lyhyt saate.", body_format="notation", check="1")
    assert "498 sanaa puuttuu" in either.html(either.address("check"))
    text = begin(name="toinen", kind="text", min_words=500)
    written(text, "Lyhyt teksti.")
    assert "498 sanaa puuttuu" in text.html(text.address("check"))


def test_more_files_than_asked_for_are_named_and_the_first_ones_kept() -> None:
    work = begin(kind="files", most_files=1)
    answer = send(work, new_files=[pdf("a.pdf"), pdf("b.pdf", b"b")], add_files="1")
    assert "b.pdf" in answer.content.decode()
    assert "b.pdf" not in work.html(work.address("write"))


def test_adding_the_same_files_twice_at_once_keeps_them_once() -> None:
    work = begin(kind="files")
    form = form_of(work)
    for _press in range(2):
        answer = work.client.post(work.address("write"), form | {"new_files": pdf("liite.pdf"), "add_files": "1"})
        assert answer["Location"] == work.address("write") + "#tiedostot"
    assert len(draft_fields(work)["files"][0].split()) == 1


def test_a_removed_file_can_be_put_back() -> None:
    work = begin(kind="files")
    send(work, new_files=pdf("liite.pdf"), add_files="1")
    page = BeautifulSoup(work.client.get(work.address("write")).content, "html.parser")
    button = page.select_one("button[name=remove]")
    assert button is not None
    send(work, remove=button["value"])
    assert draft_fields(work)["files"] == [""]
    send(work, put_back=button["value"])
    assert draft_fields(work)["files"] != [""]
    assert draft_fields(work)["removed"] == [""]


def test_a_forged_word_names_no_file() -> None:
    work, other = begin(kind="files"), begin(kind="files", name="toinen")
    [kept] = other.keep(pdf())
    send(work, files=f"{kept.word} x.y.z ../../secret_key", save="1")
    assert "tyo.pdf" not in work.html(work.address("write"))


def test_the_writer_opens_their_own_unsent_file_and_nobody_else_does() -> None:
    work = begin(kind="files", file_kinds=["jpg"])
    send(work, new_files=picture(), add_files="1")
    page = BeautifulSoup(work.client.get(work.address("write")).content, "html.parser")
    address = str(page.select(".work-files a")[0]["href"])
    answer = work.client.get(address)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    other = Client()
    other.force_login(make_teacher(work.run))
    assert other.get(address).status_code == 404


def test_a_file_whose_digest_has_many_digits_in_a_row_is_opened_too() -> None:
    work = begin(kind="files", file_kinds=["pdf"])
    # Of the digest of this file, 19 characters one after another are digits.
    file = pdf(words=b"682")
    assert re.search(r"\d{19}", hashlib.sha256(file.read()).hexdigest())
    file.seek(0)
    send(work, new_files=file, add_files="1")
    page = BeautifulSoup(work.client.get(work.address("write")).content, "html.parser")
    assert work.client.get(str(page.select(".work-files a")[0]["href"])).status_code == 200


def test_a_completed_work_starts_from_the_last_version_with_its_files() -> None:
    work = begin(kind="either")
    asked_again(work.hand_in(files=work.keep(pdf("liite.pdf"))))
    page = work.html(work.address("write"))
    assert WORDS in page
    assert "liite.pdf" in page
    send(work, body=f"{WORDS} Lisäys.", body_format="notation", check="1")
    send(work, "check", hand_in="1")
    version = Submission.objects.get().versions.get(number=2)
    assert version.files.get().name == "liite.pdf"


def test_what_no_longer_holds_is_not_told_to_whom_is_asked_to_complete() -> None:
    work = begin(resubmissions=1)
    submission = work.hand_in()
    once, back, next_step = "täydentämään sitä kerran", "ottaa työn takaisin", "Mitä seuraavaksi tapahtuu"
    page = work.html(work.address("assignment"))
    assert once in page and back in page
    assert next_step in work.html(work.address("receipt", 1))
    asked_again(submission)
    page = work.html(work.address("assignment"))
    assert "viimeinen kerta" in page
    assert once not in page and back not in page
    assert next_step not in work.html(work.address("receipt", 1))
    work.hand_in(f"{WORDS} Lisäys.")
    assert back not in work.html(work.address("assignment"))
    assert next_step in work.html(work.address("receipt", 2))


def test_versions_are_compared_with_their_files() -> None:
    work = begin(kind="either")
    files = work.keep(pdf("sama.pdf"), pdf("pois.pdf", b"pois"))
    asked_again(work.hand_in("Yksi kaksi.", files=files))
    work.hand_in("Yksi kolme.", files=[files[0], *work.keep(pdf("uusi.pdf", b"uusi"))])
    page = work.html(work.address("versions", 1, 2))
    assert "<del>kaksi</del>" in page
    assert "<ins>kolme</ins>" in page
    assert all(name in page for name in ("sama.pdf", "uusi.pdf", "pois.pdf"))
    assert "versus__rows" in work.html(work.address("versions", 1, 2) + "?tapa=rinnan")
    for wrong in ((2, 1), (1, 1), (1, 9)):
        assert work.client.get(work.address("versions", *wrong)).status_code == 404


def test_a_work_is_taken_back_from_its_page() -> None:
    work = begin()
    work.hand_in()
    assert work.address("take_back") in work.html(work.address("assignment"))
    assert work.client.post(work.address("take_back")).status_code == 302
    assert Submission.objects.get().status == "taken_back"
    assert WORDS in work.html(work.address("write"))


def test_those_who_withdrew_read_their_own_and_write_no_more() -> None:
    work = begin()
    work.hand_in()
    Enrolment.objects.update(status="withdrawn")
    assert WORDS in work.html(work.address("receipt", 1))
    assert work.client.get(work.address("assignment")).status_code == 200
    assert work.client.get(work.address("write"))["Location"] == work.address("assignment")
    assert work.client.post(work.address("write"), {"body": "x", "body_format": "notation"}).status_code in {403, 422}


def test_teachers_see_the_page_as_a_learner_who_has_not_begun() -> None:
    work = begin()
    work.hand_in()
    teacher = Client()
    teacher.force_login(make_teacher(work.run))
    page = teacher.get(work.address("assignment")).content.decode()
    assert "Kirjoita." in page
    assert "next-up" not in page
    for name in ("write", "check", "take_back"):
        assert teacher.get(work.address(name)).status_code == 404
    assert teacher.get(work.address("receipt", 1)).status_code == 404


def test_strangers_and_visitors_see_nothing() -> None:
    work = begin()
    work.hand_in()
    stranger, visitor = Client(), Client()
    stranger.force_login(make_person("vieras"))
    for name in ("assignment", "write", "check", "take_back"):
        assert stranger.get(work.address(name))["Location"].endswith("/ilmoittaudu/")
        assert "/tili/login/" in visitor.get(work.address(name))["Location"]


def test_what_was_written_when_the_session_ended_is_shown_to_be_copied() -> None:
    work = begin()
    work.client.logout()
    answer = work.client.post(work.address("write"), {"body": "Kappale ilman istuntoa.", "body_format": "notation"})
    assert answer.status_code == 401
    assert "Kappale ilman istuntoa." in answer.content.decode()


def test_a_file_is_for_its_writer_and_the_teachers_of_the_run() -> None:
    work = begin(kind="files")
    file = work.hand_in("", files=work.keep(pdf("Maijan työ.pdf"))).versions.get().files.get()
    address = f"/opinnot/palautus/tiedosto/{file.public_id}/"
    teacher, other = Client(), Client()
    teacher.force_login(make_teacher(work.run))
    other.force_login(begin(name="toinen").enrolment.learner)
    assert [client.get(address).status_code for client in (work.client, teacher, other)] == [200, 200, 404]
    assert "/tili/login/" in Client().get(address)["Location"]
    assert "attachment" in work.client.get(address)["Content-Disposition"]
    Submission.objects.update(status="taken_back")
    assert [client.get(address).status_code for client in (work.client, teacher)] == [200, 404]


def test_the_pages_take_the_same_queries_however_much_has_been_handed_in() -> None:
    work = begin(kind="either", most_files=5, resubmissions=10)
    asked_again(work.hand_in(files=work.keep(pdf("0.pdf"))))
    counts = [_queries(work)]
    for number in range(1, 8):
        asked_again(work.hand_in(f"{WORDS} {number}", files=work.keep(*(pdf(f"{n}.pdf", b"%d" % n) for n in range(5)))))
    counts.append(_queries(work))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 30


def _queries(work: Work) -> list[int]:
    counts = []
    for name in ("assignment", "write"):
        work.client.get(work.address(name))
        with CaptureQueriesContext(connection) as queries:
            work.client.get(work.address(name))
        counts.append(len(queries))
    return counts
