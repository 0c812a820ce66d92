"""What teachers see of feedback, who of them, and what it changes for the next learners."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from learning.courses.models import CourseRun
from learning.study import errors as study_errors
from learning.study.course_feedback import errors, services
from learning.study.course_feedback.asking import asked_of, changes_before
from learning.study.models import FeedbackChange, FeedbackRelease, RunTeacher
from notifications.models import Notification
from tests.learning.study.course_feedback.giving import (
    FIELDS,
    answered,
    day_from_now,
    end,
    ending_run,
    pages,
    shown,
    teacher_of,
)
from tests.learning.study.factories import enrolled, make_person, make_run, make_teacher
from tests.learning.study.visiting import html_of, signed_in

pytestmark = pytest.mark.django_db
ASSISTANT = "assistant"


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        (lambda run: teacher_of(run), 200),
        (lambda run: teacher_of(run, ASSISTANT), 200),
        (lambda run: make_teacher(make_run(course=run.course)), 404),
        (lambda run: make_person("toimittaja", Role.EDITOR), 404),
        (lambda run: make_person("yllapitaja", Role.ADMINISTRATOR), 404),
        (lambda run: enrolled(run).learner, 403),
    ],
    ids=["teacher", "assistant", "teacher of another run", "editor", "administrator", "learner"],
)
def test_the_results_are_for_the_teachers_of_the_run(who: Callable[[CourseRun], User], answer: int) -> None:
    run = ending_run()
    answered(run, 5)
    client = signed_in(who(run))
    shown(run)
    for path in (pages(run)[1], f"{pages(run)[1]}luvut.csv"):
        assert client.get(path).status_code == answer, path


def test_before_there_are_results_the_page_tells_nothing_of_who_has_answered() -> None:
    run = ending_run()
    client = signed_in(teacher_of(run))
    without = html_of(client, pages(run)[1])
    learners = answered(run, 6)
    page = html_of(client, pages(run)[1])
    assert [each.learner.last_name for each in learners if each.learner.email in page] == []
    # The same page, but for the token of its forms: nobody counts the answers day by day.
    assert (
        without.split("<main")[1].split("csrfmiddlewaretoken")[0]
        == page.split("<main")[1].split("csrfmiddlewaretoken")[0]
    )


def test_a_run_with_fewer_than_five_answers_stays_unshown_and_says_so() -> None:
    run = ending_run()
    answered(run, 4)
    assert services.release(run=end(run)) is None
    page = html_of(signed_in(teacher_of(run)), pages(run)[1])
    assert "Alle viisi" in page and "Säilytä" not in page


def test_results_have_counts_means_groups_and_texts_of_what_was_shown() -> None:
    run = ending_run()
    answered(run, 6, "working", useful=5)
    answered(run, 5, "student", useful=3)
    teacher = teacher_of(run)
    shown(run)
    page = html_of(signed_in(teacher), pages(run)[1])
    assert 'Samaa mieltä: 6"' in page
    # 6 × 5 and 5 × 3 of eleven.
    assert "<strong>4,1</strong>" in page
    assert "Opiskelija" in page and "Säilytä working 0." in page and "Säilytä student 4." in page
    [told] = Notification.objects.filter(person=teacher, kind="study.course_feedback_shown")
    assert told.facts["answers"] == 11


def test_many_texts_are_shown_a_page_at_a_time() -> None:
    run = ending_run()
    answered(run, 30)
    shown(run)
    client, path = signed_in(teacher_of(run)), pages(run)[1]
    texts = [html_of(client, f"{path}{query}").count("Säilytä working") for query in ("", "?page-keep=2")]
    assert texts == [25, 5]
    first = html_of(client, path)
    assert f'href="{path}?page-keep=2#keep"' in first
    assert first.count('class="pager"') == 1


def test_a_small_group_takes_another_with_it_on_the_page_and_in_the_file() -> None:
    run = ending_run()
    answered(run, 7, "working")
    answered(run, 6, "student")
    answered(run, 2, "ngo")
    client = signed_in(teacher_of(run))
    shown(run)
    page = html_of(client, pages(run)[1])
    assert "Ei näytetä erikseen: Opiskelija, " in page
    file = client.get(f"{pages(run)[1]}luvut.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file), delimiter=";"))
    [heads] = [row for row in rows if row and row[0].startswith("Keskiarvo ")]
    assert len(heads) == 2 and heads[1].endswith("(7)")
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_runs_are_compared_for_those_who_teach_them_and_those_that_are_shown() -> None:
    first, small, other, last = (ending_run(code=code) for code in ("eka", "pieni", "vieras", "vika"))
    teacher = teacher_of(last)
    for at, (run, number) in enumerate(((first, 5), (small, 4), (other, 6), (last, 5))):
        run.course = last.course
        run.save()
        answered(run, number)
        services.release(run=end(run, 22 + 100 * (4 - at)))
        if run in (first, small):
            RunTeacher.objects.create(run=run, user=teacher)
    page = html_of(signed_in(teacher), pages(last)[1])
    table = page.split('id="runs"')[1].split("</section>")[0]
    assert "eka" in table and "vika" in table
    assert "pieni" not in table and "vieras" not in table


def test_what_changes_is_told_after_the_results_by_those_who_mark() -> None:
    run = ending_run()
    answered(run, 5)
    teacher, assistant = teacher_of(run), teacher_of(run, ASSISTANT)
    with pytest.raises(errors.NothingToChangeYet):
        services.tell_change(run=run, by=teacher, text="Enemmän aikaa.")
    shown(run)
    for person in (assistant, make_teacher(make_run())):
        with pytest.raises(study_errors.NotTheTeacher):
            services.tell_change(run=run, by=person, text="Enemmän aikaa.")
    path = pages(run)[1]
    for _twice in range(2):
        assert signed_in(teacher).post(path, {"text": "Enemmän aikaa tehtävälle 2."}).status_code == 302
    [change] = FeedbackChange.objects.all()
    remove = f"{path}muutos/{change.pk}/poista/"
    assert signed_in(assistant).post(remove).status_code == 404
    assert signed_in(teacher).get(remove).status_code == 405
    assert signed_in(teacher).post(remove).status_code == 302
    assert not FeedbackChange.objects.exists()


def test_as_many_changes_are_told_as_somebody_reads_and_what_was_written_stays() -> None:
    run = ending_run()
    answered(run, 5)
    teacher = teacher_of(run)
    shown(run)
    for number in range(services.MOST_CHANGES):
        services.tell_change(run=run, by=teacher, text=f"Muutos {number}.")
    # What is told already is no new one.
    assert services.tell_change(run=run, by=teacher, text="Muutos 0.").text == "Muutos 0."
    answer = signed_in(teacher).post(pages(run)[1], {"text": "Vielä tämä muutos."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Vielä tämä muutos.</textarea>" in page
    assert "20 muutosta" in page
    services.take_change_away(change=FeedbackChange.objects.filter(run=run)[0], by=teacher)
    assert signed_in(teacher).post(pages(run)[1], {"text": "Vielä tämä muutos."}).status_code == 302


def test_learners_of_the_next_runs_read_what_changed() -> None:
    run = ending_run()
    answered(run, 5)
    teacher = teacher_of(run)
    shown(run)
    services.tell_change(run=run, by=teacher, text="Tehtävään 2 on viikko lisää aikaa.")
    following, earlier = ending_run(course=run.course), make_run(course=run.course, starts=day_from_now(-400))
    assert [each.text for each in changes_before(following)] == ["Tehtävään 2 on viikko lisää aikaa."]
    assert not changes_before(earlier) and not changes_before(run)
    learner = enrolled(following).learner
    for path in (pages(following)[0], f"/opinnot/{following.code}/", f"/opinnot/{following.code}/ilmoittaudu/"):
        assert "viikko lisää aikaa" in html_of(signed_in(learner), path), path


def test_the_home_of_the_run_asks_until_one_has_answered() -> None:
    run = ending_run()
    enrolment = enrolled(run)
    client = signed_in(enrolment.learner)
    assert pages(run)[0] in html_of(client, f"/opinnot/{run.code}/")
    client.post(pages(run)[0], FIELDS)
    assert pages(run)[0] not in html_of(client, f"/opinnot/{run.code}/")
    assert asked_of(run, None) is None


def test_the_page_asks_the_same_of_the_database_for_five_answers_and_for_sixty() -> None:
    counts: list[Any] = []
    for number in (5, 60):
        run = ending_run()
        answered(run, number)
        client = signed_in(teacher_of(run))
        shown(run)
        html_of(client, pages(run)[1])
        with CaptureQueriesContext(connection) as queries:
            html_of(client, pages(run)[1])
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20, counts


def test_a_release_cannot_be_of_fewer_than_five() -> None:
    with pytest.raises(IntegrityError):
        FeedbackRelease.objects.create(run=make_run(), answers=4)
