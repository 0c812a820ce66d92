"""A learning journal: entries of one's own, deleted and taken back, handed in as a whole."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from learning.study.assignments import errors, journal
from learning.study.assignments.versions import plain_of
from learning.study.models import JournalEntry, Submission
from tests.learning.study.assignments.test_pages import form_of
from tests.learning.study.assignments.works import Work, asked_again, begin, day
from tests.learning.study.conftest import SetClock
from tests.learning.study.factories import make_teacher
from texts import Flat

pytestmark = pytest.mark.django_db


def write(work: Work, text: str = "Ensimmäinen päivä.", title: str = "Alku") -> JournalEntry:
    return journal.write_entry(
        enrolment=work.enrolment, run_assignment=work.run_assignment, title=title, text=Flat.of_notation(text)
    )


def seen(work: Work) -> str:
    return journal.digest_of(list(journal.entries_of(work.enrolment, work.run_assignment)))


def hand_in(work: Work, digest: str = "") -> Submission:
    return journal.hand_in_journal(
        enrolment=work.enrolment, run_assignment=work.run_assignment, seen=digest or seen(work)
    )


def diary(**fields: Any) -> Work:
    return begin(kind="journal", **fields)


def test_an_entry_is_written_with_the_editor_and_listed() -> None:
    work = diary(entries=5)
    form = form_of(work, "journal_new") | {"title": "Alku", "body": "Ensimmäinen päivä.", "body_format": "notation"}
    assert work.client.post(work.address("journal_new"), form | {"finish": "1"}).status_code == 302
    page = work.html(work.address("journal"))
    assert "Alku" in page
    assert JournalEntry.objects.get().words == 2


def test_a_title_that_is_too_long_is_named_above_the_form() -> None:
    work = diary()
    form = form_of(work, "journal_new") | {"title": "a" * 151, "body": "Päivä.", "body_format": "notation"}
    answer = work.client.post(work.address("journal_new"), form | {"finish": "1"})
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select('.error-summary a[href="#id_title"]')
    [body] = page.select("#id_body")
    assert "Päivä." in body.text
    assert not JournalEntry.objects.exists()


def test_a_second_press_writes_no_second_entry() -> None:
    work = diary()
    form = form_of(work, "journal_new") | {"body": "Päivä.", "body_format": "notation", "finish": "1"}
    for _time in range(2):
        assert work.client.post(work.address("journal_new"), form)["Location"] == work.address("journal")
    assert JournalEntry.objects.count() == 1


def test_a_new_entry_begins_empty_after_the_last_one() -> None:
    work = diary()
    form = form_of(work, "journal_new") | {"body": "Päivä.", "body_format": "notation", "finish": "1"}
    work.client.post(work.address("journal_new"), form)
    form = form_of(work, "journal_new")
    assert form["body"] == ""
    work.client.post(work.address("journal_new"), form | {"body": "Toinen.", "finish": "1"})
    assert JournalEntry.objects.count() == 2


def test_an_entry_is_changed_in_its_own_form() -> None:
    work = diary()
    entry = write(work)
    address = work.address("journal_entry", entry.public_id)
    page = work.html(address)
    assert "Ensimmäinen päivä." in page
    form = {"title": "Uusi", "body": "Toisin.", "body_format": "notation", "finish": "1"}
    assert work.client.post(address, form).status_code == 302
    entry.refresh_from_db()
    assert (entry.title, journal.flat_of_entry(entry).text) == ("Uusi", "Toisin.\n")


def test_personal_data_in_an_entry_is_asked_about_once_more() -> None:
    work = diary()
    form = form_of(work, "journal_new") | {"body": "Soitin 040 123 4567.", "body_format": "notation", "finish": "1"}
    answer = work.client.post(work.address("journal_new"), form)
    assert answer.status_code == 422
    assert not JournalEntry.objects.exists()
    sure = answer.context["form"].seen_value
    form = form_of(work, "journal_new") | {"personal_data_seen": sure}
    assert work.client.post(work.address("journal_new"), form).status_code == 302
    assert JournalEntry.objects.count() == 1


def test_a_deleted_entry_can_be_taken_back_for_a_week(set_clock: SetClock) -> None:
    work = diary(due=day(60))
    entry = write(work)
    work.client.post(work.address("journal_delete", entry.public_id))
    assert not journal.entries_of(work.enrolment, work.run_assignment)
    journal.erase_deleted_entries()
    work.client.post(work.address("journal_restore", entry.public_id))
    assert journal.entries_of(work.enrolment, work.run_assignment).get() == entry
    journal.delete_entry(entry=entry)
    set_clock(day(8))
    journal.erase_deleted_entries()
    assert not JournalEntry.objects.exists()


def test_the_journal_is_handed_in_as_a_whole_under_headings() -> None:
    work = diary()
    write(work, "## Väliotsikko\n\nEnsin.")
    write(work, "Sitten.", title="")
    text = plain_of(hand_in(work).versions.get())
    assert text.count("\n## ") + text.startswith("## ") == 2
    assert ": Alku" in text
    assert "### Väliotsikko" in text
    assert text.index("Ensin.") < text.index("Sitten.")


def test_only_what_was_looked_at_is_handed_in() -> None:
    work = diary()
    write(work)
    digest = seen(work)
    write(work, "Vielä yksi.")
    with pytest.raises(journal.ChangedSince):
        hand_in(work, digest)


def test_pressing_twice_hands_the_journal_in_once() -> None:
    work = diary()
    write(work)
    form = {"seen": seen(work)}
    answers = [work.client.post(work.address("check"), form)["Location"] for _time in range(2)]
    assert answers == [work.address("receipt", 1)] * 2


def test_more_entries_are_of_the_next_version() -> None:
    work = diary()
    write(work)
    submission = hand_in(work)
    write(work, "Lisää.")
    assert submission.versions.count() == 1
    asked_again(submission)
    assert "Lisää." in plain_of(hand_in(work).versions.get(number=2))


def test_an_empty_journal_is_not_handed_in() -> None:
    work = diary()
    with pytest.raises(errors.NoEntries):
        hand_in(work)
    with pytest.raises(errors.EmptyEntry):
        write(work, " ")


def test_a_journal_longer_than_a_text_can_be_is_refused_and_kept() -> None:
    work = diary()
    for _time in range(3):
        write(work, "sana " * 5_000)
    with pytest.raises(errors.JournalTooLong):
        hand_in(work)
    assert JournalEntry.objects.count() == 3


def test_teachers_see_none_of_the_entries() -> None:
    work = diary()
    entry = write(work)
    teacher = Client()
    teacher.force_login(make_teacher(work.run))
    for address in (work.address("journal"), work.address("journal_entry", entry.public_id), work.address("check")):
        assert teacher.get(address).status_code == 404
    assert journal.count_of(work.enrolment, work.run_assignment).entries == 1


def test_another_learner_opens_no_entry() -> None:
    work, other = diary(), diary(name="toinen")
    entry = write(work)
    for name in ("journal_entry", "journal_delete"):
        assert other.client.get(other.address(name, entry.public_id)).status_code == 404


@pytest.mark.parametrize("key", ["g" * 32, ".-" + "a" * 30, "a" * 31, "A" * 32])
def test_a_draft_of_what_is_no_entry_is_refused(key: str) -> None:
    work = diary()
    path = f"/luonnokset/study.journal/{work.run_assignment.pk}:{key}/"
    sent = work.client.put(path, {"version": 0, "fields": {"title": ["x"]}}, content_type="application/json")
    assert (sent.status_code, sent.json()["error"]) == (403, "closed")
