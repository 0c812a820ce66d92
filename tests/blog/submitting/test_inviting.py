"""Joint authors come by a link, each as themselves."""

import re
import time
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from blog.models import Submission
from blog.submitting import errors, links, permissions, services
from blog.submitting.details import AuthorDetails
from tests.factories.submissions import bring_to, details, make_editor, make_person, sent

pytestmark = pytest.mark.django_db
DAY = 24 * 60 * 60


@pytest.fixture
def submission(writer: User) -> Submission:
    told = [AuthorDetails("Opiskelija"), AuthorDetails("Lehtori", name="Bo Berg", shows_name=True)]
    return sent(writer, details={"authors": told})


def guest(submission: Submission) -> Any:
    return submission.authors.get(title="Lehtori")


def invited(submission: Submission, by: User, email: str = "bo.berg@example.org") -> str:
    return links.joining(services.invite(submission=submission, by=by, author_id=guest(submission).pk, email=email))


def test_a_joint_author_gets_a_link_that_tells_what_it_is_about(
    submission: Submission, writer: User, mailoutbox: list[Any]
) -> None:
    mailoutbox.clear()
    token = invited(submission, writer)
    [letter] = mailoutbox
    assert letter.to == ["bo.berg@example.org"]
    assert f"/blogi/kirjoittajaksi/{token.split(':')[0]}" in letter.body
    assert "Aikaa kohdata" in letter.subject


def test_who_joins_reads_and_works_on_the_text_as_a_writer(submission: Submission, writer: User) -> None:
    token, teacher = invited(submission, writer), make_person("opettaja")
    assert not permissions.may_see(teacher, submission)
    services.join(token=token, user=teacher, consents=True)
    assert permissions.acts_of(teacher, submission) == permissions.acts_of(writer, submission)
    assert guest(submission).consented_at is not None
    # The byline is what it was.
    assert (guest(submission).name, guest(submission).shows_name) == ("Bo Berg", True)


def test_the_link_works_once_and_for_one(submission: Submission, writer: User) -> None:
    token, teacher = invited(submission, writer), make_person("opettaja")
    services.join(token=token, user=teacher, consents=True)
    for person in (teacher, make_person("vieras")):
        with pytest.raises(errors.LinkEnded):
            services.join(token=token, user=person, consents=True)


def test_nobody_joins_without_consent_or_twice(submission: Submission, writer: User) -> None:
    token = invited(submission, writer)
    with pytest.raises(errors.NoConsent):
        services.join(token=token, user=make_person("opettaja"), consents=False)
    with pytest.raises(errors.JoinedAlready):
        services.join(token=token, user=writer, consents=True)
    assert guest(submission).user is None


def test_the_editor_of_a_text_does_not_become_its_author(submission: Submission, writer: User, editor: User) -> None:
    token = invited(submission, writer)
    bring_to("editing", submission, editor)
    with pytest.raises(errors.EditsThis):
        services.join(token=token, user=editor, consents=True)
    # Another editor does, and is a writer alone from then on.
    other = make_editor("muu")
    services.join(token=token, user=other, consents=True)
    assert not permissions.acts_of(other, submission) & {"hand_over", "note"}


def test_the_link_outlives_changes_of_the_byline_but_not_the_author(submission: Submission, writer: User) -> None:
    token = invited(submission, writer)
    first, second = submission.authors.all()
    told = [AuthorDetails("Opiskelija", id=first.pk), AuthorDetails("Yliopettaja", id=second.pk)]
    services.change_details(submission=submission, by=writer, details=details(authors=told))
    assert links.joined_by(token).title == "Yliopettaja"
    services.change_details(submission=submission, by=writer, details=details(authors=told[:1]))
    with pytest.raises(errors.LinkEnded):
        links.joined_by(token)


@pytest.mark.parametrize("state", ["withdrawn", "declined"])
def test_the_link_ends_with_the_text(submission: Submission, writer: User, editor: User, state: str) -> None:
    token = invited(submission, writer)
    bring_to(state, submission, editor)
    with pytest.raises(errors.LinkEnded):
        services.join(token=token, user=make_person("opettaja"), consents=True)


def test_the_link_ends_after_two_weeks(submission: Submission, writer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    token = invited(submission, writer)
    late = time.time() + 14 * DAY + 60
    monkeypatch.setattr(time, "time", lambda: late)
    with pytest.raises(errors.LinkEnded):
        links.joined_by(token)


def test_only_writers_and_the_editor_invite(submission: Submission, writer: User, editor: User) -> None:
    for outsider in (make_person("vieras"), editor):
        with pytest.raises((errors.NotYours, errors.NotTaken)):
            invited(submission, outsider)
    own = submission.authors.get(user=writer)
    with pytest.raises(errors.JoinedAlready):
        services.invite(submission=submission, by=writer, author_id=own.pk, email="a@example.org")
    with pytest.raises(errors.BadAddress):
        invited(submission, writer, "ei osoite")


def test_a_writer_sends_the_link_from_the_page_and_the_other_joins_by_it(
    submission: Submission, writer: User, client: Client, mailoutbox: list[Any]
) -> None:
    client.force_login(writer)
    address = f"/blogi/kirjoitukseni/{submission.public_id}/kirjoittajat/"
    assert "Lehtori" in client.get(address).content.decode()
    told = {"author": str(guest(submission).pk), "email": "bo.berg@example.org"}
    assert client.post(address, {**told, "email": "rikki"}).status_code == 422
    assert client.post(address, told).status_code == 302
    link = re.search(r"/blogi/kirjoittajaksi/\S+", mailoutbox[-1].body)
    assert link is not None
    path = link.group()
    visitor = Client()
    asked = visitor.get(path)
    assert "Aikaa kohdata" in asked.content.decode()
    assert asked["Cache-Control"].startswith("private")
    assert asked["Referrer-Policy"] == "same-origin"
    # A visitor who presses nothing in particular joins nothing.
    visitor.post(path, {"consent": "on"})
    assert guest(submission).user is None
    teacher = make_person("opettaja")
    visitor.force_login(teacher)
    assert visitor.post(path, {}).status_code == 422
    assert visitor.post(path, {"consent": "on"}).status_code == 302
    assert guest(submission).user == teacher
    assert visitor.get(path).status_code == 410


def test_links_are_sent_to_so_many_a_day(submission: Submission, writer: User, client: Client) -> None:
    client.force_login(writer)
    address = f"/blogi/kirjoitukseni/{submission.public_id}/kirjoittajat/"
    told = {"author": str(guest(submission).pk), "email": "bo.berg@example.org"}
    statuses = [client.post(address, told).status_code for _time in range(11)]
    assert statuses == [302] * 10 + [422]


def test_nobody_else_finds_the_page_of_the_authors(submission: Submission, editor: User, client: Client) -> None:
    address = f"/blogi/kirjoitukseni/{submission.public_id}/kirjoittajat/"
    assert client.get(address).status_code == 302
    for person in (make_person("vieras"), editor):
        client.force_login(person)
        assert client.get(address).status_code == 404


def test_a_link_that_is_not_ours_opens_nothing(client: Client) -> None:
    assert client.get("/blogi/kirjoittajaksi/x:y:z/").status_code == 410
