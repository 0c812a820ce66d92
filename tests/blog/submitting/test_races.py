"""Two people, or one person twice, at the same moment."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from blog.models import PostPage, Submission
from blog.submitting import errors, links, services
from common.errors import Refused
from notifications.models import Notification
from tests.factories.submissions import (
    bring_to,
    details,
    latest,
    make_editor,
    make_person,
    sent,
    text,
    unconfirmed,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ROUNDS = 5


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all of it at the same moment; return what came of each, refusals included."""
    together = Barrier(len(acts))

    def do(act: Callable[[], Any]) -> Any:
        try:
            together.wait()
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def refusals(outcomes: list[Any]) -> list[type]:
    return [type(each) for each in outcomes if isinstance(each, Refused)]


def test_of_two_editors_who_take_a_text_one_has_it() -> None:
    for _round in range(ROUNDS):
        submission, one, other = sent(), make_editor("yksi"), make_editor("kaksi")
        outcomes = at_once(
            partial(services.take, submission=submission, editor=one),
            partial(services.take, submission=submission, editor=other),
        )
        assert len(refusals(outcomes)) == 1
        submission.refresh_from_db()
        [winner] = [each for each in outcomes if not isinstance(each, Refused)]
        assert submission.editor == winner.editor
        assert submission.steps.filter(act="take").count() == 1


def test_what_is_approved_is_never_another_text_than_the_newest(editor: User) -> None:
    for _round in range(ROUNDS):
        writer = make_person("kirjoittaja")
        submission = bring_to("approval", sent(writer), editor)
        outcomes = at_once(
            partial(services.approve, submission=submission, writer=writer, version=1),
            partial(services.edit, submission=submission, editor=editor, text=text(2_700), expected_version=1),
        )
        submission.refresh_from_db()
        # Whichever came first, the edited text is the newest and nobody has approved it.
        assert (submission.state, submission.approved_version, latest(submission).number) == ("editing", None, 2)
        assert refusals(outcomes) in ([], [errors.StaleVersion], [errors.NotYourTurn])


def test_a_text_that_is_published_twice_is_one_post(writer: User, editor: User) -> None:
    for number in range(ROUNDS):
        submission = bring_to("approved", sent(writer, text=text(title=f"Otsikko {number}")), editor)
        outcomes = at_once(*[partial(services.publish, submission=submission, by=editor)] * 3)
        assert refusals(outcomes) == []
        assert PostPage.objects.filter(title=f"Otsikko {number}").count() == 1
        assert submission.steps.filter(act="publish").count() == 1


def test_two_workers_publish_what_is_due_once(writer: User, editor: User) -> None:
    import datetime

    from django.utils import timezone

    submission = bring_to("scheduled", sent(writer), editor)
    Submission.objects.filter(pk=submission.pk).update(publish_at=timezone.now() - datetime.timedelta(seconds=5))
    at_once(services.publish_due, services.publish_due)
    submission.refresh_from_db()
    assert submission.state == "published"
    assert submission.steps.filter(act="publish").count() == 1
    assert Notification.objects.filter(kind="blog.published").count() == 1
    assert not Notification.objects.filter(kind="blog.failed").exists()


def test_a_double_click_sends_one_text() -> None:
    for _round in range(ROUNDS):
        writer, key = make_person("kirjoittaja"), uuid.uuid4()
        outcomes = at_once(*[partial(sent, writer, key=key)] * 4)
        assert len({each.pk for each in outcomes}) == 1
        assert Submission.objects.filter(authors__user=writer).count() == 1
        assert Notification.objects.filter(kind="blog.receipt", person=writer).count() == 1


def test_a_visitors_double_click_sends_one_text_and_one_letter(mailoutbox: list[Any]) -> None:
    key = uuid.uuid4()

    def click() -> Submission:
        return services.send(sender=None, email="vieras@example.org", details=details(), text=text(), key=key)

    outcomes = at_once(*[click] * 4)
    assert len({each.pk for each in outcomes}) == 1
    assert len([letter for letter in mailoutbox if letter.to == ["vieras@example.org"]]) == 1


def test_a_link_that_is_opened_twice_makes_one_account() -> None:
    for number in range(ROUNDS):
        address = f"uusi-{number}@example.org"
        token = links.confirming(unconfirmed(address))
        outcomes = at_once(*[partial(services.confirm, token=token)] * 3)
        assert refusals(outcomes) == [errors.LinkEnded] * 2
        assert User.objects.filter(email=address).count() == 1


def test_two_texts_of_one_address_confirmed_at_once_make_one_account() -> None:
    for number in range(ROUNDS):
        address = f"kahdesti-{number}@example.org"
        tokens = [links.confirming(unconfirmed(address)) for _time in range(2)]
        outcomes = at_once(*[partial(services.confirm, token=token) for token in tokens])
        assert refusals(outcomes) == [errors.SignInFirst]
        assert User.objects.filter(email=address).count() == 1


def test_of_two_writers_who_send_back_one_is_told(writer: User, editor: User) -> None:
    second = make_person("toinen")
    submission = bring_to("with_writer", sent(writer, co_author=second), editor)
    outcomes = at_once(
        *[
            partial(
                services.send_back,
                submission=submission,
                writer=person,
                text=text(length),
                changes=[],
                decisions={},
                expected_version=1,
            )
            for person, length in ((writer, 2_600), (second, 2_700))
        ]
    )
    assert len(refusals(outcomes)) == 1
    assert submission.versions.count() == 2


def test_withdrawing_and_publishing_end_in_one_of_the_two(editor: User) -> None:
    for number in range(ROUNDS):
        writer = make_person("kirjoittaja")
        submission = bring_to("approved", sent(writer, text=text(title=f"Veto {number}")), editor)
        outcomes = at_once(
            partial(services.withdraw, submission=submission, writer=writer),
            partial(services.publish, submission=submission, by=editor),
        )
        assert len(refusals(outcomes)) == 1
        submission.refresh_from_db()
        is_live = PostPage.objects.filter(title=f"Veto {number}", live=True).exists()
        assert is_live == (submission.state == "published")
