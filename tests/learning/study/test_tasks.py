"""Assignments and reviews where learners meet them: on the run, on their own page, in the calendar, in reminders."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from drafts import services as drafts
from drafts.texts import Text
from drafts.writers import Writer
from learning.study.assignments.unsent import FORM
from learning.study.calendar import calendar_of
from learning.study.models import (
    Enrolment,
    JournalEntry,
    LetOff,
    Mark,
    PeerReview,
    RunAssignment,
    Submission,
)
from learning.study.models.enrolments import Status
from learning.study.querysets import standing_of, standings_of
from learning.study.services.completing import complete_if_done
from learning.study.services.progress import mark_done
from learning.study.services.reminding import remind_of_due_dates
from tests.learning.study.conftest import SetClock
from tests.learning.study.factories import enrolled, make_run, make_teacher
from tests.learning.study.handing_in import assigned, handed_in
from tests.learning.study.studying import Study, begin

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")
WEEK = datetime.timedelta(days=7)


def soon(days: int = 3) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


def task(run_assignment: RunAssignment) -> str:
    return reverse("study:assignment", args=[run_assignment.run.code, run_assignment.assignment.code])


def marked(work: Submission, status: str, grade: int | None = None) -> Submission:
    version = work.versions.get()
    work.status = status
    work.mark = Mark.objects.create(submission=work, version=version, outcome=status, grade=grade)
    work.again_due = soon(10) if status == "again" else None
    work.save()
    return work


def given(reviewer: Enrolment, work: Submission, status: str = "given") -> PeerReview:
    done = {"done_at": timezone.now(), "version": work.versions.get()} if status == "done" else {}
    return PeerReview.objects.create(reviewer=reviewer, submission=work, status=status, **done)


def main_of(html: str) -> str:
    return html.partition("<main")[2]


@pytest.fixture
def study() -> Study:
    return begin()


def test_the_run_tells_how_each_assignment_stands(study: Study) -> None:
    row = assigned(study.run, due=soon())
    told = main_of(study.html(study.home))
    assert f'<a href="{task(row)}">' in told
    assert "Palauta viimeistään" in told and "Palautettava:" in told
    drafts.save(
        writer=Writer(user_id=study.learner.pk),
        form=FORM,
        object_key=str(row.pk),
        text=Text({"body": ["Alku."]}, None),
    )
    assert "Sinulla on luonnos." in main_of(study.html(study.home))
    work = handed_in(study.enrolment, row)
    told = main_of(study.html(study.home))
    assert "Odottaa arviointia" in told and "Palauta viimeistään" not in told and "luonnos" not in told
    marked(work, "again")
    assert "Täydennä viimeistään" in main_of(study.html(study.home))
    marked(work, "rejected")
    assert "Hylätty" in main_of(study.html(study.home))
    marked(work, "accepted", grade=4)
    assert "Hyväksytty, arvosana 4" in main_of(study.html(study.home))


def test_after_the_day_it_is_told_whether_it_is_still_taken(study: Study) -> None:
    row = assigned(study.run, due=soon(-1))
    assert "Voit vielä palauttaa" in main_of(study.html(study.home))
    RunAssignment.objects.filter(pk=row.pk).update(late="refused")
    told = main_of(study.html(study.home))
    assert "Palautusaika päättyi" in told and "Jos tarvitset lisäaikaa, kysy opettajalta." in told


def test_extra_days_move_the_day_of_handing_in_of_completing_and_of_reviewing(study: Study) -> None:
    row = assigned(study.run, due=soon(3), peers="anonymous")
    work = handed_in(study.enrolment, row)
    given(study.enrolment, handed_in(enrolled(study.run), row))
    before = standing_of(study.run, study.enrolment)
    study.enrolment.extra_days = 4
    after = standing_of(study.run, study.enrolment)
    moved = [new.due - old.due for old, new in zip(before.tasks, after.tasks, strict=True) if old.due and new.due]
    assert [each.days for each in moved] == [4, 4]
    marked(work, "again")
    due = standing_of(study.run, study.enrolment).assignments[0].due
    work.refresh_from_db()
    assert due is not None and work.again_due is not None and (due - work.again_due).days == 4


def test_a_journal_is_under_way_from_its_first_entry(study: Study) -> None:
    row = assigned(study.run, kind="journal", due=soon())
    assert standing_of(study.run, study.enrolment).assignments[0].progress == "none"
    JournalEntry.objects.create(enrolment=study.enrolment, run_assignment=row, written_at=timezone.now())
    assert standing_of(study.run, study.enrolment).assignments[0].progress == "draft"


def test_reviews_are_told_of_from_what_comes_first_to_what_is_done(study: Study) -> None:
    row = assigned(study.run, due=soon(), peers="anonymous", reviews_each=2)
    address = reverse("study:reviews", args=[study.run.code, row.assignment.code])
    told = main_of(study.html(study.home))
    assert "2 vertaisarviota kirjoitettava:" in told and address not in told
    handed_in(study.enrolment, row)
    assert "heti, kun muut palauttavat" in main_of(study.html(study.home))
    reviews = [given(study.enrolment, handed_in(enrolled(study.run), row)) for _each in range(2)]
    assert "2 työtä odottaa vertaisarviotasi." in main_of(study.html(study.home))
    assert "2 työtä odottaa vertaisarviotasi." in main_of(study.html("/oma/"))
    PeerReview.objects.filter(pk=reviews[0].pk).update(
        status="done", done_at=timezone.now(), version=reviews[0].submission.versions.get()
    )
    assert "1 työ odottaa vertaisarviotasi." in main_of(study.html(study.home))
    LetOff.objects.create(enrolment=study.enrolment, run_assignment=row, reviews=1)
    PeerReview.objects.filter(pk=reviews[1].pk).update(status="released")
    assert "Olet kirjoittanut vertaisarviosi." in main_of(study.html(study.home))


def test_ones_own_page_has_what_is_to_be_handed_in_and_completed(study: Study) -> None:
    row, other = assigned(study.run, due=soon()), assigned(study.run, due=soon())
    marked(handed_in(study.enrolment, other), "again")
    html = main_of(study.html("/oma/"))
    assert f'<a href="{task(row)}">' in html and f'<a href="{task(other)}">' in html
    assert "Täydennettävä" in html and "Palauta viimeistään" in html
    marked(Submission.objects.get(), "accepted")
    assert task(other) not in main_of(study.html("/oma/"))


def test_when_all_is_read_the_way_on_leads_to_the_assignment_that_is_left() -> None:
    study = begin(1, 1)
    row = assigned(study.run, due=soon(), peers="named", reviews_each=1)
    mark_done(enrolment=study.enrolment, lesson_id=study.lessons[0].pk)
    way = f'<a class="button" href="{task(row)}">'
    assert way in study.html(study.home) and way in study.html("/oma/")
    handed_in(study.enrolment, row)
    assert 'class="next-up' not in study.html(study.home)
    given(study.enrolment, handed_in(enrolled(study.run), row))
    reviews = reverse("study:reviews", args=[study.run.code, row.assignment.code])
    assert f'<a class="button" href="{reviews}">' in study.html(study.home)


def test_after_the_last_lesson_of_a_module_comes_its_assignment(study: Study) -> None:
    module = study.lessons[1].get_parent()
    row = assigned(study.run, module_id=module.pk)
    html = study.html(study.address("lesson", 1))
    assert f'data-next="{task(row)}"' in html
    assert f'href="{task(row)}"' in study.html(study.home).partition('class="storeys"')[2]
    handed_in(study.enrolment, row)
    assert f'data-next="{task(row)}"' not in study.html(study.address("lesson", 1))


def test_what_it_takes_is_told_before_enrolling(study: Study) -> None:
    assigned(study.run, title="Havainnosta ilmiöksi", due=soon(), min_words=300, max_words=500, peers="anonymous")
    html = main_of(study.html(reverse("study:enrol", args=[study.run.code])))
    for sentence in ("Havainnosta ilmiöksi", "Noin 300–500 sanaa.", "Kirjoitat myös 2 vertaisarviota."):
        assert sentence in html


def test_it_is_told_before_enrolling_that_others_read_works(study: Study) -> None:
    page = reverse("study:enrol", args=[study.run.code])
    assert "Vertaisarvioinnissa" not in main_of(study.html(page))
    assigned(study.run, peers="anonymous")
    assert "ilman nimeäsi" in main_of(study.html(page))
    assigned(study.run, peers="named")
    assert "nimesi näkyy" in main_of(study.html(page))


def test_due_days_of_works_and_reviews_are_in_the_calendar(study: Study) -> None:
    row = assigned(study.run, title="Havainto", due=soon(), peers="anonymous", reviews_each=1)
    feed = calendar_of(study.learner).decode()
    assert f"-assignment-{row.pk}@" in feed and "Havainto" in feed
    assert f"-reviews-{row.pk}@" not in feed
    handed_in(study.enrolment, row)
    given(study.enrolment, handed_in(enrolled(study.run), row))
    feed = calendar_of(study.learner).decode()
    assert f"-assignment-{row.pk}@" not in feed and f"-reviews-{row.pk}@" in feed


def test_a_run_is_complete_when_its_works_are_accepted_and_its_reviews_written() -> None:
    run = make_run(requires_lessons=False)
    row = assigned(run, peers="anonymous", reviews_each=1)
    assigned(run, is_required=False)
    enrolment = enrolled(run)
    work = handed_in(enrolment, row)
    assert not complete_if_done(enrolment=enrolment)
    marked(work, "accepted")
    assert not complete_if_done(enrolment=enrolment)
    given(enrolment, handed_in(enrolled(run), row), "done")
    assert complete_if_done(enrolment=enrolment)


def test_reviews_that_were_let_off_are_not_waited_for() -> None:
    run = make_run(requires_lessons=False)
    row = assigned(run, peers="anonymous", reviews_each=2)
    enrolment = enrolled(run)
    marked(handed_in(enrolment, row), "accepted")
    assert not complete_if_done(enrolment=enrolment)
    LetOff.objects.create(enrolment=enrolment, run_assignment=row, reviews=2)
    assert complete_if_done(enrolment=enrolment)


def test_reminders_tell_of_works_and_of_completing(set_clock: SetClock) -> None:
    due = datetime.datetime(2027, 3, 20, 23, 59, tzinfo=HELSINKI)
    run = make_run(starts=datetime.date(2027, 3, 1), ends=datetime.date(2027, 5, 31))
    set_clock(datetime.datetime(2027, 3, 2, 9, tzinfo=HELSINKI))
    enrolment, other = enrolled(run), enrolled(run)
    row = assigned(run, title="Havainto", due=due)
    set_clock(datetime.datetime(2027, 3, 18, 9, tzinfo=HELSINKI))
    remind_of_due_dates()
    remind_of_due_dates()
    assert kinds_told(enrolment) == ["assignment"]
    work = handed_in(enrolment, row)
    set_clock(datetime.datetime(2027, 3, 19, 12, tzinfo=HELSINKI))
    remind_of_due_dates()
    assert kinds_told(enrolment) == ["assignment"] and kinds_told(other) == ["assignment", "assignment"]
    Submission.objects.filter(pk=work.pk).update(
        status="again", again_due=datetime.datetime(2027, 4, 20, 12, tzinfo=HELSINKI)
    )
    set_clock(datetime.datetime(2027, 4, 19, 12, tzinfo=HELSINKI))
    remind_of_due_dates()
    assert kinds_told(enrolment)[1:] == ["again"]


def kinds_told(enrolment: Enrolment) -> list[str]:
    told = enrolment.learner.notifications.filter(kind="study.due_soon").order_by("pk")
    return [facts["task"] for facts in told.values_list("facts", flat=True)]


def test_many_assignments_take_as_few_queries_as_two(study: Study) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            standings_of([study.enrolment])
        return len(queries)

    for kind in ("text", "journal"):
        row = assigned(study.run, kind=kind, peers="anonymous" if kind == "text" else "none")
    handed_in(study.enrolment, RunAssignment.objects.get(assignment__kind="text"))
    asked()
    few = asked()
    for _each in range(8):
        row = assigned(study.run, due=soon(), peers="anonymous")
        handed_in(study.enrolment, row)
        given(study.enrolment, handed_in(enrolled(study.run), row))
    asked()
    assert asked() <= few


def test_a_teacher_sees_the_own_runs_with_the_works_that_wait(study: Study) -> None:
    row = assigned(study.run)
    teacher = make_teacher(study.run)
    handed_in(study.enrolment, row)
    study.client.force_login(teacher)
    html = main_of(study.html("/oma/"))
    assert "1 työ odottaa arviointia" in html and study.run.code in html
    Submission.objects.update(status="accepted")
    assert "odottaa arviointia" not in main_of(study.html("/oma/"))
    Enrolment.objects.update(status=Status.WITHDRAWN)
    study.run.run_teachers.update(role="assistant")
    Submission.objects.update(status="handed_in")
    assert "odottaa arviointia" not in main_of(study.html("/oma/"))
