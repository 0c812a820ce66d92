"""Who is told what and when: each turn at once, the rest in the morning, reminders by the due day."""

import datetime
from typing import Any

import pytest
from django.utils import timezone, translation

from accounts.models import User
from blog.models import Submission
from blog.submitting import services
from blog.submitting.reminding import remind, stage
from blog.submitting.sentences import TOLD
from notifications.kinds import kind_of
from notifications.models import Notification
from tests.blog.conftest import SetClock
from tests.factories.submissions import bring_to, latest, make_editor, make_person, sent, text
from texts import Change, Flat

pytestmark = pytest.mark.django_db


def kinds_of(person: User) -> list[str]:
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def mailed(person: User) -> set[str]:
    """What the person was mailed at once."""
    return set(Notification.objects.filter(person=person, must_act=True).values_list("kind", flat=True))


def walk(writer: User, editor: User) -> Submission:
    """A text from sending to publishing, with one round."""
    submission = services.take(submission=sent(writer), editor=editor)
    submission = services.return_to_writer(submission=submission, editor=editor, words="Katso alku.")
    submission = services.send_back(
        submission=submission,
        writer=writer,
        text=text(2_600),
        changes=[],
        decisions={},
        expected_version=1,
        words="Lyhensin loppua.",
    )
    submission = services.ask_approval(submission=submission, editor=editor)
    submission = services.refuse_approval(submission=submission, writer=writer, words="Otsikko vielä.")
    submission = services.ask_approval(submission=submission, editor=editor)
    submission = services.approve(submission=submission, writer=writer, version=latest(submission).number)
    at = timezone.now() + datetime.timedelta(days=1)
    submission = services.schedule(submission=submission, editor=editor, at=at)
    return services.publish(submission=submission, by=editor)


def test_each_turn_is_told_to_whose_turn_it_becomes(writer: User, editor: User) -> None:
    walk(writer, editor)
    assert mailed(writer) == {
        "blog.receipt",
        "blog.returned",
        "blog.approval_asked",
        "blog.scheduled",
        "blog.published",
    }
    assert mailed(editor) == {"blog.queue", "blog.sent_back", "blog.refused", "blog.approved"}
    assert set(kinds_of(writer)) - mailed(writer) == {"blog.taken"}


def test_a_joint_author_is_told_as_the_first_one_is(writer: User, editor: User) -> None:
    second = make_person("toinen")
    bring_to("with_writer", sent(writer, co_author=second), editor)
    assert "blog.returned" in mailed(second)


def test_letters_lead_to_the_page_of_the_reader_and_are_not_answered(
    writer: User, editor: User, mailoutbox: list[Any]
) -> None:
    submission = walk(writer, editor)
    for letter in mailoutbox:
        own = f"/blogi/kirjoitukseni/{submission.public_id}/"
        desk = f"/hallinta/blogi/{submission.public_id}/"
        if letter.to == [writer.email]:
            assert own in letter.body
            assert desk not in letter.body
        elif "jono" not in letter.subject and desk not in letter.body:
            assert "/hallinta/blogi/" in letter.body
        assert letter.reply_to == []
        assert letter.alternatives[0][1] == "text/html"


def test_letters_are_in_the_language_of_their_reader(editor: User, mailoutbox: list[Any]) -> None:
    writer = make_person("skribent", language="sv")
    bring_to("with_writer", sent(writer), editor)
    assert all("/sv/blogi/kirjoitukseni/" in each.body for each in mailoutbox if each.to == [writer.email])


def test_the_words_of_the_other_side_are_in_the_letter(writer: User, editor: User, mailoutbox: list[Any]) -> None:
    walk(writer, editor)
    bodies = " ".join(letter.body for letter in mailoutbox)
    for words in ("Katso alku.", "Lyhensin loppua.", "Otsikko vielä."):
        assert words in bodies


def test_no_letter_carries_markup_that_somebody_wrote(writer: User, editor: User, mailoutbox: list[Any]) -> None:
    bad = "<script>alert(1)</script>"
    submission = services.take(submission=sent(writer, text=text(title=bad)), editor=editor)
    services.return_to_writer(submission=submission, editor=editor, words=bad)
    assert not [letter for letter in mailoutbox if "<script" in letter.alternatives[0][0]]


@pytest.mark.parametrize("code", TOLD)
def test_every_kind_has_its_words_in_three_languages(code: str, writer: User, editor: User) -> None:
    kind = kind_of(code)
    assert kind is not None
    facts = {"submission": "x", "title": "Otsikko", "version": 1, "words": "Syy.", "at_desk": False}
    said = set()
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            notice = kind.compose(facts)
            assert "Otsikko" in notice.subject
            said.add((notice.subject, notice.paragraphs[0]))
    assert len(said) == 3


def test_comments_and_suggestions_are_told_once_a_day_to_the_other_side(writer: User, editor: User) -> None:
    submission = services.take(submission=sent(writer), editor=editor)
    for number in range(3):
        services.comment(submission=submission, author=editor, version=1, text=f"Kysymys {number}")
    services.comment(submission=submission, author=writer, version=1, text="Vastaus")
    assert kinds_of(writer).count("blog.commented") == 1
    assert kinds_of(editor).count("blog.commented") == 1
    assert "blog.commented" not in mailed(writer)


def test_suggestions_are_told_to_whose_turn_it_is(writer: User, editor: User) -> None:
    submission = services.take(submission=sent(writer), editor=editor)

    def suggest(person: User, words: str) -> None:
        services.suggest(submission=submission, author=person, version=1, changes=[Change(0, 11, Flat(words))])

    suggest(editor, "Alku")
    suggest(writer, "Aluksi")
    assert ("blog.suggested" in kinds_of(writer), "blog.suggested" in kinds_of(editor)) == (False, True)
    submission = services.return_to_writer(submission=submission, editor=editor)
    suggest(editor, "Ensin")
    assert "blog.suggested" in kinds_of(writer)


def test_what_editors_say_among_themselves_is_never_told_to_the_writer(writer: User, editor: User) -> None:
    submission = services.take(submission=sent(writer), editor=editor)
    before = kinds_of(writer)
    colleague = make_editor("muu")
    services.comment(submission=submission, author=colleague, version=1, text="Varo tätä.", is_private=True)
    services.note(submission=submission, editor=colleague, text="Sopii kesäkuulle.")
    assert kinds_of(writer) == before
    assert "blog.commented" in kinds_of(editor)


def test_a_text_whose_editor_is_gone_is_told_to_all_editors(writer: User, editor: User) -> None:
    submission = bring_to("with_writer", sent(writer), editor)
    other = make_editor("muu")
    Submission.objects.filter(pk=submission.pk).update(editor=None)
    services.send_back(
        submission=submission, writer=writer, text=text(2_600), changes=[], decisions={}, expected_version=1
    )
    assert "blog.sent_back" in mailed(other)


@pytest.mark.parametrize(
    ("left", "expected"),
    [(3, None), (2, 2), (1, 2), (0, 0), (-1, 0), (-6, 0), (-7, -7), (-13, -7), (-14, -14)],
)
def test_reminders_come_two_days_before_on_the_day_and_each_week_after(left: int, expected: int | None) -> None:
    due = datetime.date(2026, 5, 20)
    assert stage(due, due - datetime.timedelta(days=left)) == expected


def test_whose_turn_it_is_is_reminded_once_of_each(writer: User, editor: User, set_clock: SetClock) -> None:
    submission = bring_to("with_writer", sent(writer), editor)
    assert submission.due is not None
    now = timezone.now()
    for days in range(23):
        set_clock(now + datetime.timedelta(days=days))
        remind()
        remind()
    # Two days before the fourteenth, on it, and one week after.
    assert kinds_of(writer).count("blog.reminder") == 3
    assert kinds_of(editor).count("blog.reminder") == 0
    set_clock(now)


def test_a_text_that_has_waited_too_long_in_the_queue_is_told_to_editors(editor: User, set_clock: SetClock) -> None:
    sent()
    now = timezone.now()
    set_clock(now + datetime.timedelta(days=8))
    remind()
    remind()
    assert kinds_of(editor).count("blog.queue") == 2


def test_nobody_is_reminded_of_what_has_ended(writer: User, editor: User, set_clock: SetClock) -> None:
    for state in ("published", "declined", "withdrawn", "scheduled"):
        bring_to(state, sent(writer), editor)
    set_clock(timezone.now() + datetime.timedelta(days=60))
    remind()
    assert not Notification.objects.filter(kind="blog.reminder").exists()
