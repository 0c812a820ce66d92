"""Texts on their way to the blog, and the people around them: states are reached through services."""

import datetime
import uuid
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from blog.models import Submission, TextVersion
from blog.models.submissions import State
from blog.submitting import services
from blog.submitting.details import AuthorDetails, Details, Text
from texts import Flat

_numbers = count(1)
SENTENCE = "Asiakas tarvitsee aikaa ja ihmisen, joka kuuntelee. "


def make_person(name: str = "kirjoittaja", role: Role | None = None, **fields: Any) -> User:
    made = User.objects.create_user(f"{name}-{next(_numbers)}@example.org", first_name=name.capitalize(), **fields)
    if role:
        made.groups.add(Group.objects.get(name=role.value))
    return made


def make_editor(name: str = "toimittaja") -> User:
    return make_person(name, Role.EDITOR)


def body(characters: int = 2_500) -> Flat:
    """A text of exactly so many characters: two paragraphs after a heading."""
    head = "Väliotsikko"
    words = (SENTENCE * (characters // len(SENTENCE) + 1))[: characters - len(head)]
    middle = words.rfind(". ", 0, len(words) // 2) + 1
    # The space between the paragraphs goes, and is made good at the end.
    text = f"{head}\n{words[:middle]}\n{words[middle + 1 :].rstrip()}"
    return Flat(text + "!" * (characters - (len(text) - 2)) + "\n", ("h2", "p", "p")).normal()


def text(characters: int = 2_500, **fields: Any) -> Text:
    return Text(
        **{"title": "Aikaa kohdata", "lead": "Kiire ei saa viedä kohtaamista.", "body": body(characters), **fields}
    )


def details(**fields: Any) -> Details:
    return Details(**{"authors": [AuthorDetails("Sosiaaliohjaaja")], "consents": True, **fields})


def sent(writer: User | None = None, *, co_author: User | None = None, **fields: Any) -> Submission:
    """A text in the queue."""
    authors = [AuthorDetails("Sosiaaliohjaaja")]
    if co_author:
        authors.append(AuthorDetails("Lehtori", user=co_author))
    told = {"authors": authors, **fields.pop("details", {})}
    submission = services.send(
        sender=writer or make_person(), email="", details=details(**told), text=fields.pop("text", text()), **fields
    )
    if co_author:
        services.give_consent(submission=submission, writer=co_author)
    return submission


def unconfirmed(email: str = "", **fields: Any) -> Submission:
    """A text from a visitor whose address is not confirmed."""
    address = email or f"vieras-{next(_numbers)}@example.org"
    return services.send(sender=None, email=address, details=details(**fields), text=text(), key=uuid.uuid4())


def latest(submission: Submission) -> TextVersion:
    return submission.versions.latest("number")


def writer_of(submission: Submission) -> User:
    first = submission.authors.first()
    assert first is not None and first.user is not None
    return first.user


def bring_to(state: str, submission: Submission, editor: User) -> Submission:
    """Take a sent text to the state by the shortest way there is."""
    writer, at = writer_of(submission), timezone.now() + datetime.timedelta(days=3)
    taken = state not in {State.SENT, State.WITHDRAWN, State.DECLINED}
    if taken:
        submission = services.take(submission=submission, editor=editor)
    if state == State.WITH_WRITER:
        return services.return_to_writer(submission=submission, editor=editor, words="Katso ehdotukset.")
    if state == State.WITHDRAWN:
        return services.withdraw(submission=submission, writer=writer)
    if state == State.DECLINED:
        return services.decline(submission=submission, editor=editor, words="Aihe on jo käsitelty.")
    if state in {State.SENT, State.EDITING}:
        return submission
    submission = services.ask_approval(submission=submission, editor=editor)
    if state == State.APPROVAL:
        return submission
    submission = services.approve(submission=submission, writer=writer, version=latest(submission).number)
    if state == State.SCHEDULED:
        return services.schedule(submission=submission, editor=editor, at=at)
    if state in {State.PUBLISHED, State.UNPUBLISHED}:
        submission = services.publish(submission=submission, by=editor)
    if state == State.UNPUBLISHED:
        submission = services.unpublish(submission=submission, editor=editor)
    return submission
