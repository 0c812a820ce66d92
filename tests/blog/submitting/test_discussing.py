"""Comments on words, answers to them, and what editors say among themselves."""

import pytest

from accounts.models import User
from blog.models import Submission
from blog.submitting import errors, services
from tests.factories.submissions import make_editor, make_person, sent, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(writer: User, editor: User) -> Submission:
    return services.take(submission=sent(writer), editor=editor)


def test_a_comment_is_anchored_to_the_words_that_were_selected(submission: Submission, editor: User) -> None:
    thread = services.comment(
        submission=submission, author=editor, version=1, start=0, end=11, quote="Väliotsikko", text="Lyhyempi?"
    )
    assert (thread.start, thread.end, thread.quote, thread.is_certain) == (0, 11, "Väliotsikko", True)
    assert thread.remarks.get().text == "Lyhyempi?"


def test_words_typed_by_hand_are_looked_for(submission: Submission, editor: User) -> None:
    once = services.comment(submission=submission, author=editor, version=1, quote="Väliotsikko", text="Lyhyempi?")
    often = services.comment(submission=submission, author=editor, version=1, quote="Asiakas", text="Asukas?")
    assert (once.start, once.is_certain) == (0, True)
    # The same words stand in many places: somebody has to look which were meant.
    assert (often.quote, often.is_certain) == ("Asiakas", False)
    with pytest.raises(errors.NoSuchWords):
        services.comment(submission=submission, author=editor, version=1, quote="Ei ole", text="Mitä?")


def test_a_comment_on_an_older_version_is_followed_to_the_newest(submission: Submission, editor: User) -> None:
    services.edit(submission=submission, editor=editor, text=text(title="Uusi otsikko"), expected_version=1)
    thread = services.comment(
        submission=submission, author=editor, version=1, start=0, end=11, quote="Väliotsikko", text="Lyhyempi?"
    )
    assert (thread.version.number, thread.start) == (2, 0)


def test_a_comment_without_words_is_on_all_of_the_text(submission: Submission, writer: User) -> None:
    thread = services.comment(submission=submission, author=writer, version=1, text="Saako otsikon vaihtaa?")
    assert (thread.start, thread.end, thread.quote, thread.side) == (0, 0, "", "writer")


def test_an_answer_opens_a_settled_thread_again(submission: Submission, writer: User, editor: User) -> None:
    thread = services.comment(submission=submission, author=editor, version=1, text="Miksi?")
    settled = services.resolve(thread=thread, by=writer)
    assert settled.resolved_by == writer
    first = settled.resolved_at
    assert services.resolve(thread=thread, by=editor).resolved_at == first
    services.reply(thread=thread, author=editor, text="Vielä yksi asia.")
    thread.refresh_from_db()
    assert (thread.resolved_at, thread.resolved_by) == (None, None)
    assert services.reopen_thread(thread=services.resolve(thread=thread, by=writer), by=writer).resolved_at is None


def test_what_is_private_is_for_editors_alone(submission: Submission, writer: User, editor: User) -> None:
    thread = services.comment(submission=submission, author=editor, version=1, text="Tarkista luku.", is_private=True)
    assert thread.is_private
    for outsider in (writer, make_person("vieras")):
        with pytest.raises(errors.NotYours):
            services.reply(thread=thread, author=outsider, text="Hei")
        with pytest.raises(errors.NotYours):
            services.resolve(thread=thread, by=outsider)
    services.reply(thread=thread, author=make_editor("muu"), text="Tarkistettu.")
    # A writer cannot make one.
    own = services.comment(submission=submission, author=writer, version=1, text="Hei", is_private=True)
    assert not own.is_private


def test_a_note_is_a_private_step_of_the_history(submission: Submission, editor: User) -> None:
    step = services.note(submission=submission, editor=editor, text="Sopii teemaan.")
    assert (step.act, step.words, step.is_private, step.after) == ("note", "Sopii teemaan.", True, "editing")


@pytest.mark.parametrize("said", ["", "  \n "])
def test_an_empty_comment_is_none(submission: Submission, editor: User, said: str) -> None:
    with pytest.raises(errors.NoReason):
        services.comment(submission=submission, author=editor, version=1, text=said)


def test_a_comment_of_a_book_is_refused(submission: Submission, editor: User) -> None:
    from common.errors import Refused

    with pytest.raises(Refused):
        services.comment(submission=submission, author=editor, version=1, text="a" * 4_001)
