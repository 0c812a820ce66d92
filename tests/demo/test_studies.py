"""The studies of the demonstration: a run under way, one to enrol for, one full, and a short course for anybody."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from common.personal_data import find
from demo import services
from drafts.models import Draft
from learning.courses.models import CourseRun, Quiz, QuizQuestion
from learning.study.due import due_of
from learning.study.gradebook.exporting import Export
from learning.study.gradebook.grades import propose
from learning.study.models import (
    Attempt,
    Enrolment,
    FeedbackTicket,
    FinalGrade,
    GradebookExport,
    InlineComment,
    JournalEntry,
    Likeness,
    Mark,
    Note,
    PeerReview,
    ReusableComment,
    ReviewAppeal,
    RoomNote,
    RunAssignment,
    RunQuestion,
    Submission,
    SubmissionFile,
    SubmissionVersion,
)
from learning.study.models.enrolments import Status
from learning.study.querysets import enrolments_of, standings_of
from learning.study.services.completing import reviews_are_written, works_are_accepted
from notifications.models import Notification

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration, loaded once for the tests of this file and taken back afterwards."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def run(_loaded: None) -> CourseRun:
    return CourseRun.objects.get(code="rsos5-2026s")


def states(code: str) -> Counter[str]:
    return Counter(Enrolment.objects.filter(run__code=code).values_list("status", flat=True))


def test_the_run_under_way_has_learners_at_different_points(run: CourseRun) -> None:
    assert run.state == "going"
    assert states(run.code) == {Status.ACTIVE: 20, Status.COMPLETED: 3, Status.WITHDRAWN: 1}
    enrolments = Enrolment.objects.filter(run=run)
    assert enrolments.values("learner__organisation").distinct().count() == 5
    done = {each.learner_id: sum(1 for row in each.progress.all() if row.done_at) for each in enrolments}
    assert len(set(done.values())) >= 12
    month_ago = timezone.now() - datetime.timedelta(days=30)
    assert enrolments.filter(status=Status.ACTIVE, seen_at__lt=month_ago).count() == 1
    assert enrolments.filter(extra_days__gt=0).count() == 1


def test_nothing_of_it_happened_in_the_future_or_before_the_run(run: CourseRun) -> None:
    now = timezone.now()
    for enrolment in Enrolment.objects.filter(run=run).prefetch_related("progress", "events", "attempts"):
        for row in enrolment.progress.all():
            assert row.opened_at <= (row.done_at or now) <= now
        assert all(event.at <= now for event in enrolment.events.all())
        assert all(
            each.handed_in_at and each.started_at < each.handed_in_at <= now for each in enrolment.attempts.all()
        )


def test_three_have_completed_it_and_the_two_who_have_a_grade_have_a_certificate(run: CourseRun) -> None:
    done = Enrolment.objects.filter(run=run, status=Status.COMPLETED).order_by("pk")
    assert [each.certificates.count() for each in done] == [1, 1, 0]


def test_one_who_was_given_time_has_later_due_dates(run: CourseRun) -> None:
    extended = Enrolment.objects.get(run=run, extra_days__gt=0)
    for run_quiz in run.run_quizzes.all():
        everybody, own = due_of(run_quiz), due_of(run_quiz, extended)
        assert everybody is not None
        assert own == everybody + datetime.timedelta(days=extended.extra_days)


def test_a_quiz_is_due_within_two_weeks(run: CourseRun) -> None:
    left = [due - timezone.now() for due in map(due_of, run.run_quizzes.all()) if due]
    assert any(datetime.timedelta(0) < each < datetime.timedelta(days=14) for each in left)


def test_one_run_can_be_enrolled_for_and_a_small_one_is_full(run: CourseRun) -> None:
    today = timezone.localdate()
    assert CourseRun.objects.get(code="rsos5-2027k").is_enrolling(today)
    small = CourseRun.objects.get(code="rsos5-2027pien")
    assert small.is_enrolling(today)
    assert states(small.code) == {Status.ACTIVE: small.seats, Status.WAITING: 3}


def test_the_short_course_is_open_to_anyone_and_asks_six_of_eight(run: CourseRun) -> None:
    short = CourseRun.objects.get(code="vt-aina")
    assert (short.admission, short.ends, short.state) == ("open", None, "going")
    quiz = Quiz.objects.get(in_runs__run=short)
    assert quiz.questions.count() == 8
    assert quiz.pass_percent * 8 == 600


def test_what_has_many_parts_gives_more_points_than_a_choice(run: CourseRun) -> None:
    by_kind: dict[str, set[int]] = {}
    for row in QuizQuestion.objects.filter(quiz__in_runs__run=run).select_related("question"):
        by_kind.setdefault(row.question.kind, set()).add(row.points)
    assert by_kind["single"] == by_kind["truefalse"] == {1}
    assert all(min(points) > 1 for kind, points in by_kind.items() if kind in {"case", "match", "order", "multiple"})


def test_every_right_answer_of_the_loader_is_right(run: CourseRun) -> None:
    attempts = Attempt.objects.all()
    assert attempts.count() > 30
    assert all(attempt.points == attempt.points_possible and attempt.is_passed for attempt in attempts)


def test_the_account_to_try_is_in_the_middle_with_notes(run: CourseRun, client: Client) -> None:
    person = User.objects.get(email="opiskelija@demo.example")
    [here] = [each for each in standings_of(enrolments_of(person)) if each.run == run]
    assert 0 < here.lessons_done < len(here.contents.lessons)
    assert here.now is not None
    assert here.place
    assert Note.objects.filter(learner=person).count() == 5
    client.force_login(person)
    assert client.get(f"/opinnot/{run.code}/").status_code == 200


def test_nobody_invented_can_sign_in_or_is_written_to(run: CourseRun) -> None:
    invented = User.objects.filter(email__regex="^(opiskelija|opettaja)-[0-9]")
    assert invented.count() == 41
    assert not any(person.has_usable_password() for person in invented)
    assert not any(person.notifications.exists() for person in invented)


def test_loading_it_again_changes_nothing(run: CourseRun) -> None:
    kinds = (Enrolment, Attempt, Note, User, Submission, PeerReview, RunQuestion, RoomNote)
    before = [kind.objects.count() for kind in kinds]
    call_command("load_demo", verbosity=0)
    assert before == [kind.objects.count() for kind in kinds]


def test_a_run_that_an_earlier_demonstration_left_stays_as_it_is(run: CourseRun) -> None:
    """It has feedback and no works, which would come to people who are past them."""
    ended = CourseRun.objects.get(code="rsos5-2026k")
    learner = ended.enrolments.select_related("learner")[0].learner
    CourseRun.objects.filter(pk=ended.pk).update(code="rsos5-2026k-uusi")
    fields = {"course": ended.course, "starts": ended.starts, "ends": ended.ends}
    earlier = CourseRun.objects.create(code="rsos5-2026k", **fields)
    FeedbackTicket.objects.create(
        enrolment=Enrolment.objects.create(run=earlier, learner=learner, status=Status.ACTIVE)
    )
    call_command("load_demo", verbosity=0)
    assert not RunAssignment.objects.filter(run=earlier).exists()


def works(run: CourseRun, code: str) -> Counter[str]:
    rows = Submission.objects.filter(run_assignment__run=run, run_assignment__assignment__code=code)
    return Counter(rows.values_list("status", flat=True))


def test_works_are_there_in_every_state(run: CourseRun) -> None:
    found = Counter(Submission.objects.filter(run_assignment__run=run).values_list("status", flat=True))
    assert set(found) == set(Submission.Status.values) - {Submission.Status.TAKEN_BACK}
    assert works(run, "rsos5-m3")[Submission.Status.DIFFERING] == works(run, "rsos5-m3")[Submission.Status.SECOND] == 1
    versions = SubmissionVersion.objects.filter(submission__run_assignment__run=run)
    assert versions.filter(number=2).count() == 3 and versions.filter(is_late=True).count() == 3
    assert InlineComment.objects.filter(version__in=versions).count() >= 8
    assert SubmissionFile.objects.filter(version__in=versions).count() == 1
    assert Draft.objects.filter(form="study.submission", status=Draft.Status.OPEN).count() == 3
    assert JournalEntry.objects.count() == 6
    modes = run.run_assignments.filter(needs_second_marker=True), run.run_assignments.filter(is_marked_anonymously=True)
    assert [each.count() for each in modes] == [1, 1]


def test_reviews_are_there_in_every_state(run: CourseRun) -> None:
    reviews = PeerReview.objects.filter(submission__run_assignment__run=run)
    assert set(reviews.values_list("status", flat=True)) == set(PeerReview.Status.values)
    assert reviews.filter(is_teachers=True).count() == 2
    assert reviews.filter(thanked_at__isnull=False).count() >= 3
    appeals = ReviewAppeal.objects.filter(review__in=reviews)
    assert sorted(appeals.values_list("status", flat=True)) == ["open", "upheld"]
    # Somebody fell silent weeks ago, and two works wait for nobody else.
    stalled = reviews.filter(status="given", due__lt=timezone.now() - datetime.timedelta(days=7))
    assert stalled.exists()


def test_reviews_of_the_run_that_ended_are_written_read_and_answered(run: CourseRun) -> None:
    """Nothing is left to do on it: each work got two reviews in time, and the one appeal has its answer."""
    task = RunAssignment.objects.get(run__code="rsos5-2026k", assignment__code="rsos5-m6")
    assert task.reviews_due is not None and task.reviews_due < timezone.now()
    # Some were given to another while works were still coming.
    released = PeerReview.Status.RELEASED
    reviews = PeerReview.objects.filter(submission__run_assignment=task).exclude(status=released)
    assert set(reviews.values_list("status", flat=True)) == {PeerReview.Status.DONE}
    assert set(Counter(reviews.values_list("submission", flat=True)).values()) == {2}
    assert all(review.done_at and review.read_at and review.done_at <= task.reviews_due for review in reviews)
    assert reviews.filter(thanked_at__isnull=False).count() == 5
    appeal = ReviewAppeal.objects.get(review__in=reviews)
    assert appeal.status == ReviewAppeal.Status.DISMISSED and appeal.answer
    assert appeal.answered_at is not None and appeal.at < appeal.answered_at
    completed = Enrolment.objects.filter(run=task.run)
    assert all(reviews_are_written(enrolment) for enrolment in completed)
    written = reviews.order_by("-done_at")[0].done_at
    assert all(each.completed_at and written and written < each.completed_at for each in completed)


def test_the_demonstrations_learner_has_something_of_everything_to_do(run: CourseRun) -> None:
    learner = User.objects.get(email="opiskelija@demo.example")
    standing = next(each for each in standings_of(enrolments_of(learner)[:3]) if each.run.pk == run.pk)
    assert {row.progress for row in standing.assignments} >= {"accepted", "again", "draft", "none"}
    assert any(row.ready for row in standing.reviews)


def test_whoever_completed_the_run_has_done_all_that_it_requires(run: CourseRun) -> None:
    for enrolment in Enrolment.objects.filter(run=run, status=Status.COMPLETED):
        assert works_are_accepted(enrolment) and reviews_are_written(enrolment)
        assert enrolment.student_number


def test_final_grades_are_proposed_by_the_marks_and_some_are_given(run: CourseRun) -> None:
    completed = Enrolment.objects.filter(run=run, status=Status.COMPLETED).select_related("run__course").order_by("pk")
    assert [propose(each).grade for each in completed] == [5, 4, 3]
    assert [[final.grade for final in each.final_grades.all()] for each in completed] == [[5], [4], []]
    marks = Mark.objects.filter(submission__run_assignment__run=run, grade__isnull=False)
    assert {mark.grade for mark in marks} == {0, 2, 3, 4, 5}
    levels = [criterion["value"] for mark in marks for criterion in mark.criteria]
    assert set(levels) == {0, 1, 2, 3, 4, 5}


def test_the_run_that_ended_has_all_its_final_grades_and_a_file_for_the_institutions(run: CourseRun) -> None:
    ended = CourseRun.objects.get(code="rsos5-2026k")
    finals = FinalGrade.objects.filter(enrolment__run=ended).order_by("enrolment")
    assert list(finals.values_list("grade", flat=True)) == [5, 4, 3, 5, 2, 4, 3]
    assert ended.ends is not None
    assert all(ended.starts < final.day <= ended.ends for final in finals)
    export = Export(ended, GradebookExport.Content.CREDITS)
    header, *rows = export.rows(export.ids())
    assert len(rows) == 7
    assert all(len(row) == len(header) and all(cell not in (None, "") for cell in row) for row in rows)
    assert [taken.learners for taken in ended.gradebook_exports.all()] == [2, 2]
    certificates = [certificate for final in finals for certificate in final.enrolment.certificates.all()]
    assert [certificate.says.grade for certificate in certificates] == [final.grade for final in finals]
    # What was handed in elsewhere came from a file, and the last assignment is marked here.
    parts = Counter(Mark.objects.filter(submission__run_assignment__run=ended).values_list("part", flat=True))
    assert parts == {Mark.Part.ELSEWHERE: 35, Mark.Part.FIRST: 7}


def test_some_works_are_as_long_as_real_ones_and_are_commented_on(run: CourseRun) -> None:
    versions = SubmissionVersion.objects.filter(submission__run_assignment__assignment__kind__in=["text", "either"])
    long = versions.filter(words__gte=300)
    assert long.count() >= 15
    assert not long.filter(comments=None, number=1, marks__isnull=False).exists()
    assert all(80 <= entry.words <= 150 for entry in JournalEntry.objects.all())


@pytest.mark.parametrize(
    ("code", "asked", "handed_in", "told_to_say_more"),
    [("rsos5-m1", (300, 400), 20, 1), ("rsos5-m2", (700, 900), 12, 0)],
)
def test_works_of_the_first_two_modules_are_as_long_as_is_asked_or_were_told_to_say_more(
    run: CourseRun, code: str, asked: tuple[int, int], handed_in: int, told_to_say_more: int
) -> None:
    task = RunAssignment.objects.select_related("assignment").get(run=run, assignment__code=code)
    versions = SubmissionVersion.objects.filter(submission__run_assignment=task)
    assert (task.assignment.min_words, task.assignment.max_words) == asked
    assert versions.count() == handed_in
    least, most = asked
    others = versions.exclude(words__range=(least, most)).prefetch_related("marks")
    assert len(others) == told_to_say_more
    assert all(each.words < least and "selvästi pidempi" in each.marks.get().words for each in others)


@pytest.mark.parametrize(
    ("run_code", "code", "asked", "handed_in"),
    [
        ("rsos5-2026s", "rsos5-m3", (None, 700), 6),
        ("rsos5-2026s", "rsos5-m4", (500, 600), 4),
        ("rsos5-2026s", "rsos5-m5", (280, 450), 3),
        ("rsos5-2026s", "rsos5-m6", (400, 500), 3),
        ("rsos5-2026k", "rsos5-m6", (400, 500), 7),
    ],
)
def test_works_of_the_later_modules_are_as_long_as_is_asked(
    run: CourseRun, run_code: str, code: str, asked: tuple[int | None, int], handed_in: int
) -> None:
    task = RunAssignment.objects.select_related("assignment").get(run__code=run_code, assignment__code=code)
    words = SubmissionVersion.objects.filter(submission__run_assignment=task).values_list("words", flat=True)
    assert (task.assignment.min_words, task.assignment.max_words) == asked
    assert len(words) == handed_in
    # A report of one's own and a page on all of them have no least number, and are not said in a few lines.
    least, most = asked[0] or 250, asked[1]
    assert all(least <= each <= most for each in words)


def test_two_works_share_passages_and_the_teachers_have_talked_it_over(run: CourseRun, client: Client) -> None:
    hint = Likeness.objects.get()
    assert hint.dismissed_at is None
    assert len(hint.passages) == 2
    quoted = hint.second.submission
    assert "lainausta" in quoted.marks.get().note
    client.force_login(User.objects.get(email="opettaja@demo.example"))
    address = f"/hallinta/toteutukset/{run.code}/arviointi/{quoted.public_id}/yhtalaisyys/{hint.pk}/"
    page = client.get(address).content.decode()
    assert page.count("kenen aikataulun mukaan palvelu on rakennettu") == 2
    assert page.count("<mark>") == 4


def test_nothing_that_invented_learners_write_looks_like_personal_data() -> None:
    files = sorted((services.CONTENT / "coursework").glob("*.yaml"))
    assert len(files) >= 7
    assert [path.name for path in files if find(path.read_text(encoding="utf-8"))] == []


def test_works_came_and_were_assessed_in_the_past_and_in_order(run: CourseRun) -> None:
    now = timezone.now()
    for work in Submission.objects.filter(run_assignment__run=run).prefetch_related("versions__marks", "reviews"):
        came = [version.handed_in_at for version in work.versions.all()]
        assert came == sorted(came) and work.handed_in_at == came[-1] < now
        for version in work.versions.all():
            assert all(
                version.handed_in_at < mark.at <= (mark.released_at or now) <= now for mark in version.marks.all()
            )
        for review in work.reviews.all():
            assert came[0] < review.given_at <= (review.done_at or now) <= now


def test_the_run_is_taught_by_several_and_they_talk(run: CourseRun) -> None:
    roles = run.run_teachers.order_by("sort_order").values_list("role", flat=True)
    assert list(roles) == ["responsible", "teacher", "assistant"]
    assert RoomNote.objects.filter(course=run.course).count() == 4
    assert ReusableComment.objects.filter(course=run.course).count() == 10
    questions = RunQuestion.objects.filter(run=run)
    assert questions.filter(accepted_by_teacher=True).count() == 3
    assert questions.filter(answers=None).count() == 1


def test_the_feedback_on_an_earlier_run_is_shown_and_has_changed_something(run: CourseRun) -> None:
    earlier = CourseRun.objects.get(code="rsos5-2026k", course=run.course)
    assert earlier.state == "past"
    assert earlier.feedback_releases.get().answers == 7
    assert earlier.feedback_changes.count() == 2


def test_nobody_invented_is_written_to(run: CourseRun) -> None:
    assert not Notification.objects.filter(person__email__startswith="opiskelija-").exists()
    assert not Notification.objects.filter(mailed_at=None).exists()
