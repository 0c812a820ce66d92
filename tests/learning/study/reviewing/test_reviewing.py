"""What learners do in a peer review, and that nobody is blocked by those who leave or do not write."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from learning.study.models import LetOff, PeerReview, RunAssignment, SampleReview
from learning.study.reviewing import errors, services, stepping_in
from learning.study.reviewing.exchange import GRACE, exchange_of
from learning.study.reviewing.permissions import reviews_version
from learning.study.reviewing.rescuing import look_after_reviews, rescue
from learning.study.services.enrolling import enrol
from notifications.models import Notification
from tests.learning.study.factories import make_person
from tests.learning.study.reviewing.peers import Peers, peers

pytestmark = pytest.mark.django_db
Status = PeerReview.Status


def told(person: Any, kind: str) -> int:
    return Notification.objects.filter(person=person.learner, kind=kind).count()


def after_everything(group: Peers) -> datetime.datetime:
    assert group.run_assignment.due is not None
    return group.run_assignment.due + datetime.timedelta(days=8) + GRACE


def had_by(person: Any) -> set[int]:
    return set(PeerReview.objects.filter(reviewer=person).values_list("submission__enrolment", flat=True))


class TestWorksThatCome:
    def test_everybody_has_two_works_to_review_when_all_have_handed_in(self) -> None:
        group = peers(5)
        group.hand_in()
        assert [len(group.given(person)) for person in group.people] == [2] * 5
        assert {told(person, "study.review_to_write") for person in group.people} <= {1, 2}

    def test_the_third_to_hand_in_has_a_work_at_once_while_others_are_waited_for(self) -> None:
        group = peers(6)
        group.hand_in(*group.people[:3])
        assert sum(len(group.given(person)) > 0 for person in group.people) >= 2

    def test_nothing_is_given_where_there_is_no_peer_review(self) -> None:
        group = peers(3, peers=RunAssignment.Peers.NONE)
        group.hand_in()
        assert not PeerReview.objects.exists()
        assert group.left(group.people[0]) == 0

    def test_a_new_version_keeps_its_reviewers(self) -> None:
        group = peers(4)
        group.hand_in()
        before = set(PeerReview.objects.values_list("reviewer", "submission"))
        services.work_came(group.works[group.people[0].pk])
        assert set(PeerReview.objects.values_list("reviewer", "submission")) == before

    def test_a_work_that_is_taken_back_is_reviewed_by_nobody_and_its_writer_reviews_nobodys(self) -> None:
        group = peers(5)
        group.hand_in()
        gone = group.people[0]
        work = group.works[gone.pk]
        work.status = work.Status.TAKEN_BACK
        work.save()
        services.work_went(work)
        assert not group.given(gone)
        assert not PeerReview.objects.filter(submission=work, status=Status.GIVEN).exists()
        rescue(run_assignment=group.run_assignment, now=group.run_assignment.due)
        assert [len(group.given(person)) for person in group.people[1:]] == [2] * 4

    def test_at_the_due_date_what_was_held_back_is_given(self) -> None:
        group = peers(6)
        group.hand_in(*group.people[:5])
        rescue(run_assignment=group.run_assignment, now=group.run_assignment.due)
        assert [len(group.given(person)) for person in group.people[:5]] == [2] * 5


class TestWriting:
    def test_what_is_written_counts_and_the_reviewed_hears_of_it_once(self) -> None:
        group = peers(4)
        group.hand_in()
        person = group.people[0]
        first = group.given(person)[0]
        group.write(first)
        group.write(first, "Parempi sana.")
        first.refresh_from_db()
        assert (group.left(person), first.words) == (1, "Parempi sana.")
        assert first.version is not None and first.version.number == 1
        assert told(first.submission.enrolment, "study.review_received") == 1

    def test_nobody_writes_the_review_of_another(self) -> None:
        group = peers(4)
        group.hand_in()
        review = group.given(group.people[0])[0]
        with pytest.raises(errors.NotYours):
            services.review(
                review=review, enrolment=group.people[1], version=1, criteria=[], answers=[], words="Ei minun."
            )

    def test_a_review_that_has_been_read_stays_as_it_was(self) -> None:
        group = peers(4)
        group.hand_in()
        review = group.write(group.given(group.people[0])[0])
        services.read(reviews=[review])
        with pytest.raises(errors.AlreadyRead):
            group.write(review, "Toisin.")

    def test_the_sample_comes_first(self) -> None:
        group = peers(4, sample="<p>Malli.</p>")
        group.hand_in()
        review = group.given(group.people[0])[0]
        version = review.submission.versions.get()
        assert not reviews_version(group.people[0].learner, version)
        with pytest.raises(errors.SampleFirst):
            group.write(review)
        services.practise(enrolment=group.people[0], run_assignment=group.run_assignment, criteria=[], words="Hyvä.")
        assert reviews_version(group.people[0].learner, version)
        assert group.write(review).status == Status.DONE
        with pytest.raises(errors.AlreadyPractised):
            services.practise(enrolment=group.people[0], run_assignment=group.run_assignment, criteria=[])
        assert SampleReview.objects.count() == 1

    def test_a_work_is_open_to_its_reviewers_alone(self) -> None:
        group = peers(4)
        group.hand_in()
        review = group.given(group.people[0])[0]
        version = review.submission.versions.get()
        readers = set(review.submission.reviews.values_list("reviewer", flat=True))
        assert {person.pk for person in group.people if reviews_version(person.learner, version)} == readers
        assert not reviews_version(make_person("vieras"), version)
        group.leave(group.people[0])
        assert not reviews_version(group.people[0].learner, version)


class TestNobodyIsBlocked:
    def test_what_a_leaver_had_to_write_goes_to_others_and_works_of_leavers_to_nobody(self) -> None:
        group = peers(6)
        group.hand_in()
        group.leave(group.people[0])
        exchange = exchange_of(group.run_assignment)
        assert not exchange.lacking()
        stay = group.people[1:]
        assert sum(len(group.given(person)) for person in stay) == 10
        assert not PeerReview.objects.filter(submission__enrolment=group.people[0], status=Status.GIVEN).exists()

    def test_what_a_leaver_wrote_stays(self) -> None:
        group = peers(5)
        group.hand_in()
        group.write_all(group.people[0])
        group.leave(group.people[0])
        assert PeerReview.objects.filter(reviewer=group.people[0], status=Status.DONE).count() == 2

    @pytest.mark.parametrize("writes_first", [True, False])
    def test_when_all_others_leave_the_last_one_waits_for_nothing(self, writes_first: bool) -> None:
        group = peers(4)
        group.hand_in()
        last, *others = group.people
        for person in others:
            if writes_first:
                group.write_all(person)
            group.leave(person)
        rescue(run_assignment=group.run_assignment)
        assert group.left(last) == 0
        assert told(last, "study.review_let_off") == 1

    def test_whoever_comes_first_and_alone_is_let_off_when_nobody_else_came_in_time(self) -> None:
        group = peers(3)
        group.hand_in(group.people[0])
        rescue(run_assignment=group.run_assignment, now=group.run_assignment.due)
        assert group.left(group.people[0]) == 2
        rescue(run_assignment=group.run_assignment, now=after_everything(group))
        assert group.left(group.people[0]) == 0

    def test_a_late_writer_keeps_the_review_and_the_work_goes_to_who_has_time(self) -> None:
        group = peers(6)
        group.hand_in(*group.people[:5])
        group.write_all(*group.people[1:5])
        rescue(run_assignment=group.run_assignment, now=group.run_assignment.due)
        group.write_all(*group.people[1:5])
        late = group.given(group.people[0])
        for review in late:
            services.open_work(review=review, enrolment=group.people[0])
        group.hand_in(group.people[5])
        exchange = rescue(run_assignment=group.run_assignment, now=after_everything(group))
        assert group.given(group.people[0]) == late
        assert {review.submission.enrolment_id for review in group.given(group.people[5])} >= {
            review.submission.enrolment_id for review in late
        }
        assert exchange.lacking().keys() <= {group.people[5].pk}

    def test_teachers_hear_of_late_reviews_once_a_week(self) -> None:
        group = peers(4)
        group.hand_in()
        now = after_everything(group) - GRACE
        for hours in (0, 1, 30):
            rescue(run_assignment=group.run_assignment, now=now + datetime.timedelta(hours=hours))
        notices = Notification.objects.filter(person=group.teacher, kind="study.reviews_stalled")
        assert [notice.facts["late"] for notice in notices] == [8]
        rescue(run_assignment=group.run_assignment, now=now + datetime.timedelta(days=7))
        assert notices.all().count() == 2

    def test_the_worker_does_it_and_twice_is_once(self) -> None:
        group = peers(4)
        group.hand_in(group.people[0], group.people[1])
        RunAssignment.objects.update(due=timezone.now() - datetime.timedelta(days=1))
        look_after_reviews()
        before = list(PeerReview.objects.values_list("pk", "status"))
        assert len(before) == 2
        look_after_reviews()
        assert list(PeerReview.objects.values_list("pk", "status")) == before

    def test_who_comes_back_has_reviews_again(self) -> None:
        group = peers(5)
        group.hand_in()
        group.leave(group.people[0])
        enrol(learner=group.people[0].learner, run=group.run)
        rescue(run_assignment=group.run_assignment)
        assert group.given(group.people[0])
        assert not exchange_of(group.run_assignment).lacking().keys() - {group.people[0].pk}

    def test_one_may_take_on_a_work_that_nobody_is_to_review(self) -> None:
        group = peers(4)
        group.hand_in()
        group.write_all(*group.people[:3])
        late = [review.submission.enrolment_id for review in group.given(group.people[3])]
        long_ago = timezone.now() - datetime.timedelta(days=40)
        RunAssignment.objects.filter(pk=group.run_assignment.pk).update(due=long_ago)
        PeerReview.objects.update(given_at=long_ago)
        rescue(run_assignment=group.run_assignment)
        helper = next(person for person in group.people[:3] if not {person.pk, *had_by(person)} >= set(late))
        taken = services.take_one_more(enrolment=helper, run_assignment=group.run_assignment)
        assert taken.is_extra and taken.submission.enrolment_id in late
        with pytest.raises(errors.NoneLacking):
            services.take_one_more(enrolment=helper, run_assignment=group.run_assignment)


class TestThanksAndAppeals:
    def written(self) -> tuple[Peers, PeerReview]:
        group = peers(4)
        group.hand_in()
        group.write_all()
        return group, group.received(group.people[0])[0]

    def test_the_reviewed_thanks_once(self) -> None:
        group, review = self.written()
        for _again in range(2):
            services.thank(review=review, enrolment=group.people[0])
        assert review.reviewer is not None
        assert told(review.reviewer, "study.review_thanked") == 1

    def test_nobody_sees_reviews_of_their_own_work_before_they_have_written_theirs(self) -> None:
        group = peers(4)
        group.hand_in()
        group.write_all(*group.people[1:])
        review = group.received(group.people[0])[0]
        with pytest.raises(errors.OwnFirst):
            services.thank(review=review, enrolment=group.people[0])

    def test_nobody_thanks_or_appeals_for_another(self) -> None:
        group, review = self.written()
        with pytest.raises(errors.NotYours):
            services.thank(review=review, enrolment=group.people[1])
        with pytest.raises(errors.NotYours):
            services.appeal(review=review, enrolment=group.people[1], text="Ei ole reilu.")

    @pytest.mark.parametrize("is_upheld", [True, False])
    def test_a_teacher_answers_an_appeal_and_both_are_told(self, is_upheld: bool) -> None:
        group, review = self.written()
        services.appeal(review=review, enrolment=group.people[0], text="Ei ole reilu.")
        with pytest.raises(errors.AlreadyAppealed):
            services.appeal(review=review, enrolment=group.people[0], text="Vielä.")
        assert Notification.objects.filter(person=group.teacher, kind="study.review_appealed").count() == 1
        stepping_in.answer_appeal(review=review, by=group.teacher, is_upheld=is_upheld, answer="Luin sen.")
        review.refresh_from_db()
        assert (review.hidden_at is not None) == is_upheld
        assert review.reviewer is not None
        assert [told(each, "study.review_appeal_answered") for each in (group.people[0], review.reviewer)] == [1, 1]
        assert group.left(review.reviewer) == 0
        with pytest.raises(errors.AlreadyAnswered):
            stepping_in.answer_appeal(review=review, by=group.teacher, is_upheld=True, answer="")

    def test_a_hidden_review_is_told_to_both_with_its_reason_and_stays_its_writers(self) -> None:
        group, review = self.written()
        with pytest.raises(errors.ReasonMissing):
            stepping_in.hide(review=review, by=group.teacher, reason=" ")
        stepping_in.hide(review=review, by=group.teacher, reason="Asiaton.")
        assert review.reviewer is not None
        assert [told(each, "study.review_hidden") for each in (group.people[0], review.reviewer)] == [1, 1]
        assert group.left(review.reviewer) == 0
        with pytest.raises(errors.OutOfSight):
            services.thank(review=review, enrolment=group.people[0])


class TestTeachers:
    def test_whoever_is_let_off_writes_no_more_and_others_get_their_works(self) -> None:
        group = peers(6)
        group.hand_in()
        person = group.people[0]
        stepping_in.let_off(enrolment=person, run_assignment=group.run_assignment, by=group.teacher, reason="Sairaana.")
        assert (group.left(person), group.given(person)) == (0, [])
        assert LetOff.objects.get().reviews == 2
        with pytest.raises(errors.NothingToLetOff):
            stepping_in.let_off(enrolment=person, run_assignment=group.run_assignment, by=group.teacher)

    def test_a_teacher_writes_in_the_place_of_a_missing_one_once(self) -> None:
        group = peers(3)
        group.hand_in()
        work = group.works[group.people[0].pk]
        for _again in range(2):
            stepping_in.write_in_place(
                submission=work, teacher=group.teacher, version=1, criteria=[], answers=[], words="Hyvin rajattu."
            )
        assert [review.teacher for review in group.received(group.people[0])] == [group.teacher]

    def test_a_teacher_gives_a_work_to_another_who_has_not_had_it(self) -> None:
        group = peers(5)
        group.hand_in()
        work = group.works[group.people[0].pk]
        had = set(work.reviews.values_list("reviewer", flat=True))
        other = next(person for person in group.people[1:] if person.pk not in had)
        assert stepping_in.give_to(submission=work, enrolment=other, by=group.teacher).is_extra
        for person in (other, group.people[0]):
            with pytest.raises(errors.CannotReview):
                stepping_in.give_to(submission=work, enrolment=person, by=group.teacher)
        assert group.left(other) == 2

    def test_learners_are_reminded_once_a_day(self) -> None:
        group = peers(3)
        group.hand_in()
        review = group.given(group.people[0])[0]
        assert stepping_in.remind(review=review, by=group.teacher)
        assert not stepping_in.remind(review=review, by=group.teacher)
        assert told(group.people[0], "study.review_reminded") == 1

    def test_strangers_decide_nothing(self) -> None:
        from learning.study.errors import NotTheTeacher

        group = peers(3)
        group.hand_in()
        stranger, review = make_person("vieras"), group.given(group.people[0])[0]
        for act in (
            lambda: stepping_in.remind(review=review, by=stranger),
            lambda: stepping_in.hide(review=review, by=stranger, reason="Ei."),
            lambda: stepping_in.let_off(enrolment=group.people[0], run_assignment=group.run_assignment, by=stranger),
        ):
            with pytest.raises(NotTheTeacher):
                act()
