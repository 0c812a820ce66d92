"""Every act by everybody in every state: where it leads, or that it is refused and changes nothing."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone

from accounts.roles import Role
from blog.models import Remark, Step, Submission, SubmissionAuthor, Suggestion, TextVersion, Thread
from blog.models.submissions import State
from blog.submitting import permissions, services
from blog.submitting.states import MOVES, Act, Side
from common.errors import Refused
from notifications.models import Notification
from tests.factories.submissions import bring_to, details, latest, make_editor, make_person, sent, text, unconfirmed
from texts import Change, Flat

pytestmark = pytest.mark.django_db

WRITERS, EDITORS, HOLDER = {"writer", "co-author"}, {"holder", "other editor"}, {"holder"}
# state (and whether a correction waits), act, who, state after, turn after. What is not here is refused.
TABLE = """
sent         take            editors  editing      editor
sent         decline         editors  declined     nobody
sent         withdraw        writers  withdrawn    nobody
sent         change_details  writers  sent         editor
sent         consent         writers  sent         editor
sent         suggest         both     sent         editor
sent         comment         both     sent         editor
sent         note            editors  sent         editor
editing      return          holder   with_writer  writer
editing      edit            holder   editing      editor
editing      ask_approval    holder   approval     writer
editing      hand_over       editors  editing      editor
editing      pass_length     holder   editing      editor
editing      decline         holder   declined     nobody
editing      withdraw        writers  withdrawn    nobody
editing      change_details  w+h      editing      editor
editing      consent         writers  editing      editor
editing      suggest         both     editing      editor
editing      comment         both     editing      editor
editing      note            editors  editing      editor
with_writer  send_back       writers  editing      editor
with_writer  take_back       holder   editing      editor
with_writer  hand_over       editors  with_writer  writer
with_writer  pass_length     holder   with_writer  writer
with_writer  decline         holder   declined     nobody
with_writer  withdraw        writers  withdrawn    nobody
with_writer  change_details  w+h      with_writer  writer
with_writer  consent         writers  with_writer  writer
with_writer  suggest         both     with_writer  writer
with_writer  comment         both     with_writer  writer
with_writer  note            editors  with_writer  writer
approval     approve         writers  approved     editor
approval     refuse_approval writers  editing      editor
approval     edit            holder   editing      editor
approval     take_back       holder   editing      editor
approval     hand_over       editors  approval     writer
approval     pass_length     holder   approval     writer
approval     decline         holder   declined     nobody
approval     withdraw        writers  withdrawn    nobody
approval     change_details  w+h      approval     writer
approval     consent         writers  approval     writer
approval     suggest         both     approval     writer
approval     comment         both     approval     writer
approval     note            editors  approval     writer
approved     schedule        holder   scheduled    nobody
approved     publish         holder   published    nobody
approved     return          holder   with_writer  writer
approved     edit            holder   editing      editor
approved     hand_over       editors  approved     editor
approved     pass_length     holder   approved     editor
approved     decline         holder   declined     nobody
approved     withdraw        writers  withdrawn    nobody
approved     change_details  writers  approved     editor
approved     consent         writers  approved     editor
approved     comment         both     approved     editor
approved     note            editors  approved     editor
scheduled    schedule        holder   scheduled    nobody
scheduled    unschedule      holder   approved     editor
scheduled    publish         holder   published    nobody
scheduled    edit            holder   editing      editor
scheduled    hand_over       editors  scheduled    nobody
scheduled    withdraw        writers  withdrawn    nobody
scheduled    consent         writers  scheduled    nobody
scheduled    comment         both     scheduled    nobody
scheduled    note            editors  scheduled    nobody
published    publish         holder   published    nobody
published    correct         holder   published    writer
published    ask_unpublish   writers  published    editor
published    leave           holder   published    nobody
published    unpublish       editors  unpublished  nobody
published    hand_over       editors  published    nobody
published    comment         both     published    nobody
published    note            editors  published    nobody
correcting   publish         holder   published    writer
correcting   approve         writers  published    nobody
correcting   refuse_approval writers  published    editor
correcting   correct         holder   published    writer
correcting   ask_unpublish   writers  published    editor
correcting   leave           holder   published    nobody
correcting   unpublish       editors  unpublished  nobody
correcting   hand_over       editors  published    writer
correcting   comment         both     published    writer
correcting   note            editors  published    writer
declined     reopen          writers  sent         editor
declined     note            editors  declined     nobody
withdrawn    reopen          writers  sent         editor
withdrawn    note            editors  withdrawn    nobody
unpublished  reopen          writers  sent         editor
unpublished  publish         holder   published    nobody
unpublished  hand_over       editors  unpublished  nobody
unpublished  note            editors  unpublished  nobody
"""
WHO = {
    "writers": WRITERS,
    "editors": EDITORS,
    "holder": HOLDER,
    "both": WRITERS | EDITORS,
    "w+h": WRITERS | HOLDER,
}
SITUATIONS = [*State.values, "correcting"]
ROLES = ["writer", "co-author", "holder", "other editor", "partner", "teacher", "stranger", "anonymous"]
LEADS = {
    (situation, act): (WHO[who], after, turn)
    for situation, act, who, after, turn in (line.split() for line in TABLE.strip().splitlines())
}


def another(submission: Submission) -> Any:
    return text(2_600, title="Toinen otsikko")


def in_three_days() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=3)


def changes() -> list[Change]:
    return [Change(0, 5, Flat("Uusi "))]


# Each act as it is rightly asked for, so that only who asks and when can be wrong with it.
ACTS: dict[str, Callable[[Submission, Any, Any], Any]] = {
    "take": lambda s, by, to: services.take(submission=s, editor=by),
    "take_back": lambda s, by, to: services.take_back(submission=s, editor=by),
    "hand_over": lambda s, by, to: services.hand_over(submission=s, by=by, to=to),
    "return": lambda s, by, to: services.return_to_writer(submission=s, editor=by),
    "send_back": lambda s, by, to: services.send_back(
        submission=s, writer=by, text=another(s), changes=[], decisions={}, expected_version=latest(s).number
    ),
    "edit": lambda s, by, to: services.edit(
        submission=s, editor=by, text=another(s), expected_version=latest(s).number
    ),
    "pass_length": lambda s, by, to: services.pass_length(submission=s, editor=by, reason="Aihe vaatii tilaa."),
    "ask_approval": lambda s, by, to: services.ask_approval(submission=s, editor=by),
    "approve": lambda s, by, to: services.approve(submission=s, writer=by, version=latest(s).number),
    "refuse_approval": lambda s, by, to: services.refuse_approval(submission=s, writer=by, words="Otsikko on väärä."),
    "schedule": lambda s, by, to: services.schedule(submission=s, editor=by, at=in_three_days()),
    "unschedule": lambda s, by, to: services.unschedule(submission=s, editor=by),
    "publish": lambda s, by, to: services.publish(submission=s, by=by),
    "decline": lambda s, by, to: services.decline(submission=s, editor=by, words="Ei tällä kertaa."),
    "withdraw": lambda s, by, to: services.withdraw(submission=s, writer=by),
    "reopen": lambda s, by, to: services.reopen(
        submission=s, writer=by, text=another(s), expected_version=latest(s).number
    ),
    "ask_unpublish": lambda s, by, to: services.ask_unpublish(submission=s, writer=by, words="Työpaikka vaihtui."),
    "unpublish": lambda s, by, to: services.unpublish(submission=s, editor=by),
    "leave": lambda s, by, to: services.leave(submission=s, editor=by, words="Teksti on ajan tasalla."),
    "correct": lambda s, by, to: services.correct(
        submission=s, editor=by, text=another(s), note="Vuosiluku.", expected_version=latest(s).number
    ),
    "change_details": lambda s, by, to: services.change_details(submission=s, by=by, details=_same_authors(s)),
    "consent": lambda s, by, to: services.give_consent(submission=s, writer=by),
    "suggest": lambda s, by, to: services.suggest(
        submission=s, author=by, version=latest(s).number, changes=changes(), reason="Selkeämpi."
    ),
    "comment": lambda s, by, to: services.comment(
        submission=s, author=by, version=latest(s).number, text="Mitä tarkoitat?"
    ),
    "note": lambda s, by, to: services.note(submission=s, editor=by, text="Sopii kesäkuulle."),
}


def _same_authors(submission: Submission) -> Any:
    from blog.submitting.details import AuthorDetails

    return details(
        authors=[AuthorDetails(row.title, id=row.pk) for row in submission.authors.all()], picture_credit="Oma kuva"
    )


@pytest.fixture
def people() -> dict[str, Any]:
    return {
        "writer": make_person("kirjoittaja"),
        "co-author": make_person("toinen"),
        "holder": make_editor("pitaja"),
        "other editor": make_editor("muu"),
        "partner": make_person("kumppani", Role.PARTNER_COORDINATOR),
        "teacher": make_person("opettaja", Role.TEACHER),
        "stranger": make_person("ulkopuolinen"),
        "anonymous": AnonymousUser(),
    }


def in_situation(situation: str, people: dict[str, Any]) -> Submission:
    if situation == State.UNCONFIRMED:
        return unconfirmed()
    submission = sent(people["writer"], co_author=people["co-author"])
    if situation != "correcting":
        return bring_to(situation, submission, people["holder"])
    submission = bring_to(State.PUBLISHED, submission, people["holder"])
    return services.correct(
        submission=submission, editor=people["holder"], text=text(2_700), note="Luku.", expected_version=1
    )


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everything(submission: Submission) -> tuple[Any, ...]:
    """All that an act could have changed, as the database has it: it is asked thousands of times."""
    tables = (Step, TextVersion, Suggestion, Thread, SubmissionAuthor)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {Submission._meta.db_table} WHERE id = %s", [submission.pk])
        row = cursor.fetchone()
        own = []
        for table in tables:
            cursor.execute(
                f"SELECT * FROM {table._meta.db_table} WHERE submission_id = %s ORDER BY id", [submission.pk]
            )
            own.append(cursor.fetchall())
    return row, own, Remark.objects.count(), Notification.objects.count()


def outcome(
    situation: str, act: str, role: str, submission: Submission, people: dict[str, Any], before: tuple[Any, ...]
) -> str:
    """What went otherwise than the table says; "" where nothing did. Whatever is done is undone."""
    person, told = people[role], LEADS.get((situation, act))
    is_allowed = told is not None and role in told[0]
    label = f"{role}: {act}"
    # Publishing what is published asks for nothing, and there is no button for it.
    is_repeated = act == "publish" and submission.state == State.PUBLISHED
    if permissions.may(person, Act(act), submission) != (is_allowed and not is_repeated):
        return f"{label}: may() says otherwise"
    with undone():
        try:
            ACTS[act](submission, person, people["other editor"])
        except Refused:
            if is_allowed:
                return f"{label}: refused"
        else:
            if told is None or not is_allowed:
                return f"{label}: done"
            row = Submission.objects.get(pk=submission.pk)
            if (row.state, row.turn) != told[1:]:
                return f"{label}: led to {row.state}, {row.turn}"
            written = row.steps.count() - len(before[1][0])
            # A comment is its own row.
            return "" if written == (0 if is_repeated or act == "comment" else 1) else f"{label}: wrote {written} steps"
        return "" if everything(submission) == before else f"{label}: was refused and changed something"


@pytest.mark.parametrize("situation", SITUATIONS)
def test_each_act_by_each_person_leads_where_the_table_says(situation: str, people: dict[str, Any]) -> None:
    submission = in_situation(situation, people)
    before = everything(submission)
    others = [outcome(situation, act, role, submission, people, before) for act in ACTS for role in ROLES]
    assert [wrong for wrong in others if wrong] == []
    assert everything(submission) == before


def test_the_acts_are_all_of_the_machine_but_sending_and_the_link() -> None:
    assert set(ACTS) == set(Act.values) - {Act.SEND, Act.CONFIRM}


def test_the_machine_has_no_move_that_the_table_does_not_show() -> None:
    people_alone = {
        (state, act) for (state, act), move in MOVES.items() if move.sides & {Side.WRITER, Side.EDITOR, Side.HOLDER}
    }
    shown = {(situation.replace("correcting", "published"), act) for situation, act in LEADS}
    # Publishing what is published already is no move.
    assert shown - {("published", "publish")} == people_alone


@pytest.mark.parametrize("role", ROLES)
def test_buttons_are_those_of_the_table(role: str, people: dict[str, Any]) -> None:
    submission = in_situation(State.EDITING, people)
    allowed = {act for (situation, act), (who, *_) in LEADS.items() if situation == "editing" and role in who}
    assert permissions.acts_of(people[role], submission) == allowed


def test_the_worker_publishes_what_is_scheduled_and_nothing_else(people: dict[str, Any]) -> None:
    for situation in SITUATIONS:
        with undone():
            submission = in_situation(situation, people)
            before = everything(submission)
            if situation == State.SCHEDULED:
                assert services.publish(submission=submission, by=None).state == State.PUBLISHED
            elif submission.state == State.PUBLISHED:
                services.publish(submission=submission, by=None)
                assert everything(submission) == before
            else:
                with pytest.raises(Refused):
                    services.publish(submission=submission, by=None)
                assert everything(submission) == before
