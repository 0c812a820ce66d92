"""Lists and figures of the desk, and the writer's own list."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from blog.models import Channel, Submission, SubmissionAuthor, TextVersion
from blog.submitting import querysets, services
from blog.submitting.figures import figures
from tests.factories.submissions import bring_to, latest, make_editor, make_person, sent, text, unconfirmed

pytestmark = pytest.mark.django_db


def test_the_queue_has_what_waits_the_longest_first(editor: User) -> None:
    unconfirmed()
    first, second, taken = sent(), sent(), sent()
    services.take(submission=taken, editor=editor)
    Submission.objects.filter(pk=second.pk).update(turn_since=timezone.now() - datetime.timedelta(days=3))
    assert list(querysets.for_queue()) == [second, first]
    row = querysets.for_queue()[0]
    assert (row.title, row.characters, row.newest) == ("Aikaa kohdata", 2_500, 1)


def test_editors_never_see_a_text_whose_sender_is_not_confirmed() -> None:
    unconfirmed()
    assert not querysets.for_desk().exists()


def test_a_list_takes_as_many_queries_for_one_text_as_for_many(django_assert_num_queries: Any) -> None:
    def read() -> list[Any]:
        return [(row.title, [author.title for author in row.authors.all()]) for row in querysets.for_desk()]

    sent()
    with django_assert_num_queries(2):
        read()
    for _time in range(5):
        sent()
    with django_assert_num_queries(2):
        assert len(read()) == 6


def test_writers_have_their_own_and_joint_texts(writer: User) -> None:
    second = make_person("toinen")
    own, joint = sent(writer), sent(second, co_author=writer)
    sent()
    assert list(querysets.for_writer(writer)) == [joint, own]


def test_an_editor_has_what_they_hold(editor: User) -> None:
    mine, others = bring_to("editing", sent(), editor), bring_to("editing", sent(), make_editor("muu"))
    bring_to("published", sent(), editor)
    assert list(querysets.for_editor(editor)) == [mine]
    assert others not in querysets.for_editor(editor)


def test_the_calendar_has_what_comes_out_and_what_is_due_in_the_month(writer: User, editor: User) -> None:
    coming, out, due, later = (sent(writer) for _time in range(4))
    coming = bring_to("scheduled", coming, editor)
    out = bring_to("published", out, editor)
    month = datetime.date(2026, 6, 15)
    midsummer = datetime.datetime(2026, 6, 19, 12, tzinfo=datetime.UTC)
    Submission.objects.filter(pk=coming.pk).update(publish_at=midsummer)
    # In Finland it is June already.
    first = datetime.datetime(2026, 5, 31, 21, 30, tzinfo=datetime.UTC)
    Submission.objects.filter(pk=out.pk).update(published_at=first)
    Submission.objects.filter(pk=due.pk).update(due=datetime.date(2026, 6, 30))
    Submission.objects.filter(pk=later.pk).update(due=datetime.date(2026, 7, 1))
    assert set(querysets.calendar(month)) == {coming, out, due}


def test_figures_tell_how_long_how_many_rounds_and_how_many_are_taken(writer: User, editor: User) -> None:
    guests = Channel.objects.create(code="yhteis", name_fi="Yhteisblogi", sort_order=5)
    for days in (2, 4, 12):
        submission = bring_to("published", sent(writer), editor)
        Submission.objects.filter(pk=submission.pk).update(
            created_at=timezone.now() - datetime.timedelta(days=days), published_at=timezone.now()
        )
    round_trip = bring_to("with_writer", sent(writer, details={"channel": guests}), editor)
    round_trip = services.send_back(
        submission=round_trip, writer=writer, text=text(2_600), changes=[], decisions={}, expected_version=1
    )
    round_trip = services.ask_approval(submission=round_trip, editor=editor)
    round_trip = services.approve(submission=round_trip, writer=writer, version=2)
    services.publish(submission=round_trip, by=editor)
    bring_to("declined", sent(writer), editor)
    bring_to("withdrawn", sent(writer), editor)
    bring_to("sent", sent(writer), editor)
    unconfirmed()
    today = timezone.localdate()
    report = figures(today - datetime.timedelta(days=30), today)
    total = report.total
    assert (total.sent, total.published, total.declined, total.withdrawn, total.open) == (7, 4, 1, 1, 1)
    assert total.accepted == 0.8
    assert total.days is not None
    assert round(total.days) == 3
    [(first, own), (second, joint)] = report.channels
    assert (first.is_default, second, own.rounds, joint.rounds) == (True, guests, 0, 1)


def test_figures_of_nothing_are_not_invented() -> None:
    today = timezone.localdate()
    total = figures(today, today).total
    assert (total.sent, total.days, total.rounds, total.accepted) == (0, None, None, None)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "lost"},
        {"turn": "reader"},
        {"unconfirmed_email": "a@example.org"},
        {"state": "scheduled", "publish_at": None},
        {"state": "approved", "approved_version": None},
        {"state": "published", "consented_at": None},
    ],
)
def test_the_database_refuses_what_the_machine_never_does(writer: User, values: dict[str, Any]) -> None:
    submission = sent(writer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(**values)


def test_a_number_names_one_version_and_an_author_is_there_once(writer: User) -> None:
    submission = sent(writer)
    with pytest.raises(IntegrityError), transaction.atomic():
        TextVersion.objects.create(submission=submission, number=latest(submission).number, title="x", characters=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        SubmissionAuthor.objects.create(submission=submission, user=writer, title="x")
