"""Two tabs, two presses, and taking back while handing in: one of them is first, and nothing is half done."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from common.errors import Refused
from drafts import services as drafts
from drafts.texts import Text
from drafts.writers import Writer
from learning.study.assignments import services, unsent
from learning.study.assignments.unsent import FORM
from learning.study.models import Mark, Submission, SubmissionVersion
from notifications.models import Notification
from tests.learning.study.assignments.test_pages import form_of
from tests.learning.study.assignments.works import WORDS, Work, begin, pdf
from texts import Flat

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    def done(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(done, acts))


def hand_in(work: Work, text: str) -> Callable[[], Submission]:
    def act() -> Submission:
        flat = Flat.of_notation(text)
        return services.hand_in(enrolment=work.enrolment, run_assignment=work.run_assignment, text=flat)

    return act


@pytest.mark.postgres
def test_twenty_presses_at_once_hand_in_one_version() -> None:
    for number in range(5):
        work = begin(name=f"oppija-{number}")
        at_once(*[hand_in(work, WORDS)] * 20)
        submission = Submission.objects.get(enrolment=work.enrolment)
        assert list(submission.versions.values_list("number", flat=True)) == [1]
        assert Notification.objects.filter(person=work.enrolment.learner, kind="study.receipt").count() == 1


@pytest.mark.postgres
def test_different_texts_at_once_are_versions_of_their_own_in_a_row() -> None:
    work = begin()
    at_once(*[hand_in(work, f"Teksti {number}.") for number in range(8)])
    submission = Submission.objects.get()
    assert list(submission.versions.values_list("number", flat=True)) == list(range(1, 9))


@pytest.mark.postgres
def test_handing_in_and_taking_back_at_once_end_in_one_of_the_two() -> None:
    for number in range(10):
        work = begin(name=f"oppija-{number}")
        work.hand_in()
        submission = Submission.objects.get(enrolment=work.enrolment)

        def back(row: Submission = submission, work: Work = work) -> Submission:
            return services.take_back(submission=row, by=work.enrolment.learner)

        at_once(hand_in(work, "Toinen teksti."), back)
        submission.refresh_from_db()
        versions = submission.versions.count()
        assert (submission.status, versions) in {("handed_in", 2), ("taken_back", 2), ("taken_back", 1)}


@pytest.mark.postgres
def test_what_is_being_marked_is_not_taken_back_in_between() -> None:
    for number in range(10):
        work = begin(name=f"oppija-{number}")
        submission = work.hand_in()

        def mark(row: Submission = submission) -> None:
            with transaction.atomic():
                locked = Submission.objects.select_for_update(no_key=True).get(pk=row.pk)
                if locked.status == "handed_in":
                    version = SubmissionVersion.objects.get(submission=locked)
                    Mark.objects.create(submission=locked, version=version, outcome="accepted")

        def back(row: Submission = submission, work: Work = work) -> Submission:
            return services.take_back(submission=row, by=work.enrolment.learner)

        at_once(mark, back)
        submission.refresh_from_db()
        assert (submission.status, submission.marks.count()) in {("handed_in", 1), ("taken_back", 0)}


@pytest.mark.postgres
def test_the_button_pressed_in_two_tabs_at_once_hands_in_once() -> None:
    for number in range(5):
        work = begin(name=f"oppija-{number}")
        writer = Writer(user_id=work.enrolment.learner_id)
        fields = {"body": [WORDS], "body_format": ["notation"]}
        drafts.save(writer=writer, form=FORM, object_key=str(work.run_assignment.pk), text=Text(fields, 0))
        form = form_of(work, "check") | {"hand_in": "1"}

        def press(work: Work = work, form: dict[str, Any] = form) -> Any:
            return work.client.post(work.address("check"), form)

        answers = at_once(*[press] * 6)
        assert {answer["Location"] for answer in answers} == {work.address("receipt", 1)}
        assert Submission.objects.get(enrolment=work.enrolment).versions.count() == 1


@pytest.fixture
def shelves(media: Path) -> None:
    """Nothing on them: people of other tests may have had the same keys."""
    shutil.rmtree(media / "private" / unsent.FOLDER, ignore_errors=True)


@pytest.mark.usefixtures("shelves")
def test_files_that_come_at_once_take_no_more_room_than_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    # So large that keeping one takes longer than counting what is there.
    files = [pdf(words=f"{number}".encode() * 2_000_000) for number in range(10)]
    work, size = begin(kind="files", most_files=10), files[0].size or 0
    monkeypatch.setattr(unsent, "MOST_BYTES", 3 * size + 10)

    def put(number: int) -> Callable[[], Any]:
        return lambda: work.keep(files[number])

    came = at_once(*[put(number) for number in range(10)])
    assert len([each for each in came if isinstance(each, unsent.NoRoom)]) == 7
    assert sum(unsent.room_taken(work.enrolment.learner_id).values()) == 3 * size


@pytest.mark.usefixtures("shelves")
def test_the_same_file_from_many_tabs_is_kept_once() -> None:
    work, size = begin(kind="files"), len(pdf().read())
    kept = at_once(*[lambda: work.keep(pdf())[0]] * 6)
    assert len({file.path for file in kept}) == 1
    assert list(unsent.room_taken(work.enrolment.learner_id).values()) == [size]
