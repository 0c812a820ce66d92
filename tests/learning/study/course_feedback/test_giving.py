"""Giving feedback on a course: when, by whom, once, and so that nobody knows what was answered."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.study.course_feedback import daily, errors, services
from learning.study.models import Enrolment, FeedbackAnswer, FeedbackRelease, FeedbackTicket, RunTeacher
from notifications.models import Notification
from tests.learning.study.course_feedback.giving import (
    FIELDS,
    answered,
    day_from_now,
    end,
    ending_run,
    give,
    pages,
    teacher_of,
)
from tests.learning.study.factories import enrolled, make_person, make_run
from tests.learning.study.visiting import html_of, signed_in

pytestmark = pytest.mark.django_db


def complete(enrolment: Enrolment) -> None:
    Enrolment.objects.filter(pk=enrolment.pk).update(status="completed", completed_at=timezone.now())


def test_a_learner_answers_once_and_a_second_press_changes_nothing() -> None:
    enrolment = enrolled(ending_run())
    client, path = signed_in(enrolment.learner), pages(enrolment.run)[0]
    assert "Millainen kurssi oli?" in html_of(client, path)
    for fields in (FIELDS, FIELDS | {"useful": 1}):
        assert client.post(path, fields)["Location"] == path
    [kept] = FeedbackAnswer.objects.all()
    assert kept.values == {key: FIELDS[key] for key in kept.values} and kept.texts == {"keep": "Ryhmät."}
    assert "Palautteesi on otettu vastaan" in html_of(client, path)


def test_every_question_is_answered_and_what_was_written_stays_on_the_page() -> None:
    enrolment = enrolled(ending_run())
    client = signed_in(enrolment.learner)
    answer = client.post(pages(enrolment.run)[0], FIELDS | {"useful": "", "keep": "Pienryhmät toimivat."})
    assert answer.status_code == 422
    assert "Pienryhmät toimivat." in answer.content.decode()
    assert not FeedbackTicket.objects.exists()


def test_personal_data_is_asked_about_before_sending() -> None:
    enrolment = enrolled(ending_run())
    client, path = signed_in(enrolment.learner), pages(enrolment.run)[0]
    answer = client.post(path, FIELDS | {"change": "Soita numeroon 040 123 4567."})
    assert answer.status_code == 422 and not FeedbackAnswer.objects.exists()
    seen = answer.context["form"].seen_value
    client.post(path, FIELDS | {"change": "Soita numeroon 040 123 4567.", "personal_data_seen": seen})
    assert FeedbackAnswer.objects.exists()


@pytest.mark.parametrize(
    ("ends", "status", "opens"),
    [
        (30, "active", False), (30, "completed", True), (14, "active", True), (0, "active", True),
        (-21, "active", True), (-22, "active", False), (-22, "completed", False), (None, "active", False),
        (None, "completed", True), (5, "withdrawn", False),
    ],
)  # fmt: skip
def test_it_is_open_from_two_weeks_before_the_end_or_completing_until_three_weeks_after(
    ends: int | None, status: str, opens: bool
) -> None:
    run = make_run(starts=day_from_now(-90), ends=day_from_now(60))
    enrolment = enrolled(run)
    run.ends = None if ends is None else day_from_now(ends)
    run.save()
    completed_at = timezone.now() if status == "completed" else None
    Enrolment.objects.filter(pk=enrolment.pk).update(status=status, completed_at=completed_at)
    enrolment.refresh_from_db()
    if opens:
        give(enrolment)
    else:
        with pytest.raises((errors.FeedbackNotOpen, errors.FeedbackClosed)):
            give(enrolment)
    assert FeedbackTicket.objects.exists() == opens


def test_who_teaches_the_run_does_not_answer_and_looks_at_the_form_only() -> None:
    run = ending_run()
    enrolment = enrolled(run)
    RunTeacher.objects.create(run=run, user=enrolment.learner)
    with pytest.raises(errors.TeachersDoNotAnswer):
        give(enrolment)
    client = signed_in(teacher_of(run))
    assert "Lähetä palaute" not in html_of(client, pages(run)[0])
    assert client.post(pages(run)[0], FIELDS).status_code == 200
    assert not FeedbackTicket.objects.exists()


def test_others_do_not_come_to_the_form() -> None:
    run = ending_run()
    path = pages(run)[0]
    assert "/tili/login/" in Client().get(path)["Location"]
    assert signed_in(make_person()).get(path)["Location"] == f"/opinnot/{run.code}/ilmoittaudu/"
    assert signed_in(make_person()).post(path, FIELDS).status_code == 302
    assert not FeedbackAnswer.objects.exists()


def test_nothing_that_is_kept_ties_an_answer_to_who_gave_it() -> None:
    """Neither a moment nor a number of its own, and the rows of the database stand in no order of answering."""
    assert {field.name for field in FeedbackTicket._meta.concrete_fields} == {"enrolment"}
    assert {field.name for field in FeedbackAnswer._meta.concrete_fields} == {"id", "run", "values", "texts"}
    run = ending_run()
    orders = set()
    for _try in range(8):
        FeedbackTicket.objects.all().delete()
        FeedbackAnswer.objects.all().delete()
        rows = answered(run, 6)
        place = "ctid" if connection.vendor == "postgresql" else "rowid"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT texts FROM study_feedbackanswer ORDER BY {place}")
            orders.add(tuple(str(row[0]) for row in cursor.fetchall()))
        Enrolment.objects.filter(pk__in=[row.pk for row in rows]).update(status="withdrawn")
    # Of 720 orders eight that are all alike, or as they were given, would be no lot.
    assert len(orders) > 4


def test_each_answer_writes_all_of_them_anew() -> None:
    run = ending_run()
    answered(run, 3)
    before = set(FeedbackAnswer.objects.values_list("pk", flat=True))
    answered(run, 1)
    assert not before & set(FeedbackAnswer.objects.values_list("pk", flat=True))
    assert FeedbackAnswer.objects.count() == 4


def test_log_lines_and_letters_say_nothing_of_the_answer(caplog: pytest.LogCaptureFixture) -> None:
    run = ending_run()
    enrolment = enrolled(run)
    with caplog.at_level(0):
        signed_in(enrolment.learner).post(pages(run)[0], FIELDS | {"keep": "Tuntomerkkiteksti"})
        daily.remind()
        services.release(run=end(run))
    assert "Tuntomerkkiteksti" not in caplog.text
    assert not Notification.objects.filter(person=enrolment.learner, kind="study.course_feedback").exists()
    assert all("Tuntomerkkiteksti" not in str(row.facts) for row in Notification.objects.all())


def test_those_who_have_not_answered_are_reminded_once() -> None:
    run = ending_run(ends=day_from_now(2))
    given, silent, completed, teacher = (enrolled(run) for _each in range(4))
    far = enrolled(make_run(ends=day_from_now(10)))
    complete(completed)
    RunTeacher.objects.create(run=run, user=teacher.learner)
    give(given)
    for _twice in range(2):
        daily.remind()
    told = Notification.objects.filter(kind="study.course_feedback").values_list("person", flat=True)
    assert sorted(told) == sorted([silent.learner_id, completed.learner_id])
    assert far.learner_id not in told


def test_nobody_is_reminded_of_a_course_without_an_end_that_was_completed_long_ago() -> None:
    run = make_run(ends=None)
    old, new = enrolled(run), enrolled(run)
    for each in (old, new):
        complete(each)
    Enrolment.objects.filter(pk=old.pk).update(completed_at=timezone.now() - datetime.timedelta(days=200))
    daily.remind()
    assert [row.person_id for row in Notification.objects.filter(kind="study.course_feedback")] == [new.learner_id]


def test_a_run_that_ends_is_shown_at_once_after_the_last_day_and_answers_are_erased() -> None:
    run = ending_run()
    answered(run, 7)
    daily.show()
    assert not FeedbackRelease.objects.exists()
    end(run)
    for _twice in range(2):
        daily.show()
    [released] = FeedbackRelease.objects.all()
    assert released.answers == 7 and not FeedbackAnswer.objects.exists()


def test_four_answers_are_never_shown_and_in_the_end_erased() -> None:
    run = ending_run()
    answered(run, 4)
    end(run)
    daily.show()
    assert not FeedbackRelease.objects.exists() and FeedbackAnswer.objects.count() == 4
    end(run, 60)
    daily.show()
    assert not FeedbackRelease.objects.exists() and not FeedbackAnswer.objects.exists()


def test_a_run_without_an_end_is_shown_by_five_new_answers() -> None:
    run = make_run(ends=None)

    def answer_now(number: int) -> None:
        for enrolment in [enrolled(run) for _each in range(number)]:
            complete(enrolment)
            give(enrolment)
        daily.show()

    for number, batches in ((4, []), (1, [5]), (4, [5]), (2, [5, 6])):
        answer_now(number)
        assert list(FeedbackRelease.objects.order_by("pk").values_list("answers", flat=True)) == batches


def test_an_end_that_is_moved_opens_the_form_again_and_the_rest_waits_for_five() -> None:
    run = ending_run()
    answered(run, 6)
    end(run)
    daily.show()
    run.ends = day_from_now(3)
    run.save()
    answered(run, 3)
    end(run)
    daily.show()
    assert [row.answers for row in FeedbackRelease.objects.all()] == [6]


def test_a_page_asks_the_same_of_the_database_whatever_the_number_of_answers() -> None:
    run = ending_run()
    enrolment = enrolled(run)
    client = signed_in(enrolment.learner)
    html_of(client, pages(run)[0])
    counts = []
    for number in (1, 12):
        answered(run, number)
        with CaptureQueriesContext(connection) as queries:
            html_of(client, pages(run)[0])
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
