"""A visitor's text: the letter with the link, and whose account it becomes."""

import datetime
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from blog.models import Submission
from blog.models.submissions import State
from blog.submitting import errors, links, services
from notifications.models import Notification
from tests.factories.submissions import bring_to, make_editor, make_person, sent, unconfirmed

pytestmark = pytest.mark.django_db
DAY = 24 * 60 * 60
ADDRESS = "uusi.kirjoittaja@example.org"


def link_in(letter: Any) -> str:
    """The token of the link, as the reader of the letter finds it."""
    return letter.body.split("/blogi/vahvista/")[1].split("/")[0]


def test_a_visitors_text_waits_for_the_address_and_no_editor_hears_of_it(editor: User, mailoutbox: list[Any]) -> None:
    submission = unconfirmed(ADDRESS)
    assert (submission.state, submission.unconfirmed_email) == ("unconfirmed", ADDRESS)
    assert not Notification.objects.exists()
    [letter] = mailoutbox
    assert letter.to == [ADDRESS]
    assert "Aikaa kohdata" in letter.body
    assert "Asiakas tarvitsee aikaa" in letter.alternatives[0][0]


def test_the_letter_is_the_same_whether_there_is_an_account_or_not(mailoutbox: list[Any]) -> None:
    User.objects.create_user("vanha@example.org")
    unconfirmed("vanha@example.org")
    unconfirmed("uusii@example.org")
    first, second = mailoutbox
    assert first.subject == second.subject
    assert first.body.replace(link_in(first), "") == second.body.replace(link_in(second), "")


def test_confirming_makes_an_account_without_a_password_whose_address_is_verified(mailoutbox: list[Any]) -> None:
    submission = unconfirmed(ADDRESS)
    done = services.confirm(token=link_in(mailoutbox[0]))
    assert (done.submission.pk, done.is_new_account, done.user.email) == (submission.pk, True, ADDRESS)
    assert not done.user.has_usable_password()
    assert EmailAddress.objects.get(user=done.user).verified
    assert (done.submission.state, done.submission.unconfirmed_email) == ("sent", "")
    assert done.submission.authors.get().user == done.user
    assert Notification.objects.filter(kind="blog.receipt", person=done.user).count() == 1


def test_the_link_works_once() -> None:
    token = links.confirming(unconfirmed(ADDRESS))
    services.confirm(token=token)
    with pytest.raises(errors.LinkEnded):
        services.confirm(token=token)
    assert User.objects.filter(email=ADDRESS).count() == 1


def test_the_link_ends_after_three_days(monkeypatch: pytest.MonkeyPatch) -> None:
    token = links.confirming(unconfirmed(ADDRESS))
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3 * DAY - 60)
    assert links.unconfirmed(token)
    monkeypatch.setattr(time, "time", lambda: now + 3 * DAY + 60)
    with pytest.raises(errors.LinkEnded):
        services.confirm(token=token)


@pytest.mark.parametrize("token", ["", "x", "eyJhIjoxfQ:1abc:def"])
def test_a_link_that_is_not_ours_opens_nothing(token: str) -> None:
    unconfirmed(ADDRESS)
    with pytest.raises(errors.BadLink):
        services.confirm(token=token)


def test_where_the_address_has_an_account_its_owner_signs_in_first() -> None:
    owner = User.objects.create_user(ADDRESS)
    token = links.confirming(unconfirmed(ADDRESS.upper()))
    for somebody in (None, make_person("muu")):
        with pytest.raises(errors.SignInFirst):
            services.confirm(token=token, user=somebody)
    done = services.confirm(token=token, user=owner)
    assert (done.user, done.is_new_account) == (owner, False)
    assert User.objects.filter(email__iexact=ADDRESS).count() == 1


def test_another_verified_address_of_an_account_is_that_accounts() -> None:
    owner = make_person("kahdella")
    EmailAddress.objects.create(user=owner, email=ADDRESS, verified=True)
    token = links.confirming(unconfirmed(ADDRESS))
    with pytest.raises(errors.SignInFirst):
        services.confirm(token=token)
    assert services.confirm(token=token, user=owner).user == owner


def test_who_has_signed_in_with_another_address_gets_no_second_account() -> None:
    person = make_person("kirjautunut")
    done = services.confirm(token=links.confirming(unconfirmed(ADDRESS)), user=person)
    assert (done.user, done.is_new_account) == (person, False)
    assert not User.objects.filter(email=ADDRESS).exists()


def test_two_texts_of_one_visitor_become_those_of_one_account() -> None:
    first, second = unconfirmed(ADDRESS), unconfirmed(ADDRESS)
    tokens = links.confirming(first), links.confirming(second)
    owner = services.confirm(token=tokens[0]).user
    with pytest.raises(errors.SignInFirst):
        services.confirm(token=tokens[1])
    assert services.confirm(token=tokens[1], user=owner).user == owner


def test_an_address_gets_no_more_than_five_letters_that_wait(mailoutbox: list[Any]) -> None:
    for _time in range(5):
        unconfirmed(ADDRESS)
    with pytest.raises(errors.TooManyWaiting):
        unconfirmed(ADDRESS)
    assert len(mailoutbox) == 5


@pytest.mark.parametrize("address", ["", "ei osoite", "a@b"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    from tests.factories.submissions import details, text

    with pytest.raises(errors.BadAddress):
        services.send(sender=None, email=address, details=details(), text=text())


def test_what_was_never_confirmed_is_forgotten_after_two_weeks() -> None:
    old, new = unconfirmed("vanha@example.org"), unconfirmed("uusi@example.org")
    kept = services.confirm(token=links.confirming(unconfirmed("pysyva@example.org"))).submission
    long_ago = timezone.now() - datetime.timedelta(days=14, hours=1)
    Submission.objects.filter(pk__in=[old.pk, kept.pk]).update(created_at=long_ago)
    assert services.forget_unconfirmed() is False
    assert set(Submission.objects.all()) == {new, kept}


def test_what_ended_two_years_ago_is_forgotten_and_nothing_else() -> None:
    editor = make_editor()
    ended = {state: bring_to(state, sent(), editor) for state in (State.DECLINED, State.WITHDRAWN, State.EDITING)}
    recent = bring_to(State.DECLINED, sent(), editor)
    long_ago = timezone.now() - datetime.timedelta(days=2 * 365 + 1)
    Submission.objects.exclude(pk=recent.pk).update(turn_since=long_ago)
    assert services.forget_ended() is False
    assert set(Submission.objects.all()) == {ended[State.EDITING], recent}
