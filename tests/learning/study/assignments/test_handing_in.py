"""Handing a work in, once and again; taking it back; what is late."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.files.storage import default_storage

from common.errors import Refused
from drafts.models import Draft
from learning.study import signals
from learning.study.assignments import errors, notifications, services
from learning.study.assignments.rules import rules_of
from learning.study.assignments.unsent import FORM
from learning.study.assignments.versions import flat_of, latest_of, plain_of
from learning.study.models import Enrolment, Mark, RunAssignment, Submission
from notifications.kinds import kind_of
from notifications.models import Notification
from tests.learning.study.assignments.works import WORDS, asked_again, begin, day, pdf
from tests.learning.study.conftest import SetClock

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")
SECOND = datetime.timedelta(seconds=1)


def test_what_is_handed_in_is_kept_word_for_word() -> None:
    work = begin()
    submission = work.hand_in("## Alku\n\nYksi **kaksi**.", message="Kiitos")
    version = latest_of(submission)
    assert (submission.status, version.number, version.words, version.message) == ("handed_in", 1, 3, "Kiitos")
    assert plain_of(version) == "## Alku\n\nYksi **kaksi**."
    assert not version.is_late


def test_the_same_again_is_no_second_version() -> None:
    work = begin()
    assert work.hand_in() == work.hand_in()
    assert latest_of(Submission.objects.get()).number == 1
    assert Notification.objects.filter(kind="study.receipt").count() == 1


def test_until_it_is_due_and_unmarked_another_version_takes_its_place() -> None:
    work = begin()
    work.hand_in()
    submission = work.hand_in("Toinen teksti.")
    assert [version.number for version in submission.versions.all()] == [1, 2]


def test_a_work_is_handed_in_so_many_times_in_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_IN_AN_HOUR", 2)
    work = begin()
    for text in ("Yksi teksti.", "Toinen teksti."):
        submission = work.hand_in(text)
    with pytest.raises(errors.HandedInOften):
        work.hand_in("Kolmas teksti.")
    # The same again, which a double press sends, is no new one.
    assert work.hand_in("Toinen teksti.") == submission
    submission.versions.update(handed_in_at=day(-1))
    work.hand_in("Kolmas teksti.")
    assert latest_of(submission).number == 3


def test_after_a_mark_that_nobody_sees_yet_no_version_comes() -> None:
    work = begin()
    submission = work.hand_in()
    Mark.objects.create(submission=submission, version=latest_of(submission), outcome=Mark.Outcome.ACCEPTED)
    with pytest.raises(errors.WithTheTeachers):
        work.hand_in("Toinen teksti.")
    with pytest.raises(errors.MarkingHasBegun):
        services.take_back(submission=submission, by=work.enrolment.learner)


def test_a_late_work_is_marked_as_late() -> None:
    work = begin(due=day(-1))
    assert latest_of(work.hand_in()).is_late


def test_a_late_work_is_refused_where_the_rule_says_so() -> None:
    work = begin(due=day(-1), late=RunAssignment.Late.REFUSED)
    with pytest.raises(errors.TooLate):
        work.hand_in()


def test_extra_days_move_the_due_date() -> None:
    work = begin(due=day(-1), extra_days=3, late=RunAssignment.Late.REFUSED)
    assert not latest_of(work.hand_in()).is_late


def test_the_last_second_is_in_time_and_the_next_is_not(set_clock: SetClock) -> None:
    due = datetime.datetime(2027, 3, 27, 23, 59, tzinfo=HELSINKI)
    work = begin(due=due, extra_days=1)
    # The clocks go forward that night: the time of the clock stays.
    own = datetime.datetime(2027, 3, 28, 23, 59, tzinfo=HELSINKI)
    told = [rules_of(work.run_assignment, work.enrolment, None, now).is_late for now in (own, own + SECOND)]
    assert told == [False, True]


def test_nothing_is_taken_before_it_opens() -> None:
    work = begin(opens=day(1))
    with pytest.raises(errors.NotOpenYet):
        work.hand_in()


def test_those_who_withdrew_hand_nothing_in() -> None:
    work = begin()
    Enrolment.objects.update(status="withdrawn")
    with pytest.raises(errors.NotStudying):
        work.hand_in()


def test_a_late_work_is_taken_until_the_run_ends(set_clock: SetClock) -> None:
    work = begin()
    end = work.run.ends
    assert end is not None
    set_clock(datetime.datetime.combine(end, datetime.time(12), HELSINKI) + datetime.timedelta(days=1))
    with pytest.raises(errors.RunIsOver):
        work.hand_in()


def test_a_work_is_completed_when_asked_and_the_rounds_are_counted() -> None:
    work = begin(resubmissions=2)
    submission = asked_again(work.hand_in())
    rules = rules_of(work.run_assignment, work.enrolment, submission)
    assert (rules.is_again, rules.may_write, rules.rounds_left) == (True, True, 1)
    submission = work.hand_in("Täydennetty teksti.")
    assert (submission.status, submission.again_due, latest_of(submission).number) == ("handed_in", None, 2)
    assert not latest_of(submission).is_late


def test_the_same_work_may_be_sent_when_it_is_to_be_completed() -> None:
    work = begin()
    asked_again(work.hand_in())
    assert latest_of(work.hand_in()).number == 2


def test_completing_has_its_own_day_which_extra_days_move() -> None:
    work = begin(due=day(-20), extra_days=2)
    submission = asked_again(work.hand_in(), until=day(-1))
    rules = rules_of(work.run_assignment, work.enrolment, submission)
    assert not rules.is_late
    assert rules.due == rules.again_due


def test_what_has_been_accepted_is_not_handed_in_again() -> None:
    work = begin()
    work.hand_in()
    Submission.objects.update(status="accepted")
    with pytest.raises(errors.MarkedAlready):
        work.hand_in("Muuta.")


def test_a_work_taken_back_is_a_draft_again_and_can_be_handed_in_anew() -> None:
    work = begin()
    submission = work.hand_in(files=[])
    heard: list[Submission] = []

    def hear(submission: Submission, **_more: object) -> None:
        heard.append(submission)

    signals.taken_back.connect(hear)
    try:
        services.take_back(submission=submission, by=work.enrolment.learner)
        services.take_back(submission=submission, by=work.enrolment.learner)
    finally:
        signals.taken_back.disconnect(hear)
    assert heard == [submission]
    assert Draft.objects.get(form=FORM).fields["body"] == [WORDS]
    assert latest_of(work.hand_in("Uusi alku.")).number == 2
    assert Submission.objects.get().status == "handed_in"


def test_nobody_else_takes_it_back() -> None:
    work = begin()
    submission = work.hand_in()
    with pytest.raises(errors.NothingToTakeBack):
        services.take_back(submission=submission, by=begin(name="toinen").enrolment.learner)


def test_after_the_due_date_it_is_not_taken_back(set_clock: SetClock) -> None:
    work = begin()
    submission = work.hand_in()
    set_clock(day(8))
    with pytest.raises(errors.TooLateToTakeBack):
        services.take_back(submission=submission, by=work.enrolment.learner)


def test_files_are_copied_under_names_that_tell_nothing() -> None:
    work = begin(kind="either")
    [kept] = work.keep(pdf("Työ, Maija.pdf"))
    version = latest_of(work.hand_in(files=[kept]))
    [file] = version.files.all()
    assert (file.name, file.sha256, file.size) == ("Työ, Maija.pdf", kept.sha256, kept.size)
    assert str(file.file.name).startswith(f"submissions/{version.submission.public_id}/")
    assert default_storage.exists(str(file.file.name))
    assert "Maija" not in str(file.file.name)


def test_a_handing_in_that_comes_to_nothing_leaves_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    work = begin(kind="either")
    files = work.keep(pdf())

    def fail(_submission: Submission) -> None:
        raise RuntimeError

    monkeypatch.setattr(notifications, "tell_receipt", fail)
    before = _copies()
    with pytest.raises(RuntimeError):
        work.hand_in(files=files)
    assert not Submission.objects.exists()
    assert default_storage.exists(files[0].path)
    assert _copies() == before


def _copies() -> set[str]:
    try:
        folders = default_storage.listdir("submissions")[0]
    except FileNotFoundError:
        return set()
    return {name for folder in folders for name in default_storage.listdir(f"submissions/{folder}")[1]}


@pytest.mark.parametrize(
    ("kind", "text", "with_file", "refusal"),
    [
        ("text", "", False, errors.NothingToHandIn),
        ("text", WORDS, True, errors.NoFilesHere),
        ("files", WORDS, True, errors.NoTextHere),
        ("files", "", False, errors.NothingToHandIn),
    ],
)
def test_only_what_the_assignment_takes_is_taken(kind: str, text: str, with_file: bool, refusal: type[Refused]) -> None:
    work = begin(kind=kind)
    with pytest.raises(refusal):
        work.hand_in(text, files=work.keep(pdf()) if with_file else [])


def test_more_files_than_asked_for_are_refused() -> None:
    work = begin(kind="files", most_files=1)
    with pytest.raises(errors.TooManyFiles):
        work.hand_in("", files=work.keep(pdf("a.pdf"), pdf("b.pdf", b"toinen")))


def test_a_longer_message_than_there_is_room_for_is_refused() -> None:
    with pytest.raises(errors.MessageTooLong):
        begin().hand_in(message="a" * 2_001)


def test_the_receipt_has_a_copy_of_the_work_and_the_digests_of_its_files() -> None:
    work = begin(kind="either", title="Rakenteet arjessa")
    files = work.keep(pdf("liite.pdf"))
    mail.outbox.clear()
    work.hand_in("## Alku\n\nYksi kaksi <b>.", files=files, message="Hei opettaja")
    told = Notification.objects.get(kind="study.receipt")
    assert told.mailed_at is not None
    kind = kind_of(told.kind)
    assert kind is not None
    words = "\n".join(kind.compose(told.facts).paragraphs)
    for part in ("Rakenteet arjessa", "liite.pdf", files[0].sha256, "## Alku", "Yksi kaksi <b>.", "Hei opettaja"):
        assert part in words


def test_each_version_has_a_receipt_of_its_own() -> None:
    work = begin()
    work.hand_in()
    work.hand_in("Toinen teksti.")
    assert Notification.objects.filter(kind="study.receipt").count() == 2


def test_the_text_of_a_version_is_read_as_it_was() -> None:
    work = begin()
    version = latest_of(work.hand_in("Yksi.\n\n- kaksi\n- kolme"))
    assert flat_of(version).blocks == ("p", "ul", "ul")
