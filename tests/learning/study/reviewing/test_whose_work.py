"""On the desk of peer reviews: no names where works are marked without them, and nobody decides of their own."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.study.errors import OwnStudies
from learning.study.models import PeerReview, RunTeacher, Submission
from learning.study.reviewing import services, stepping_in
from tests.learning.study.factories import make_teacher
from tests.learning.study.handing_in import assigned
from tests.learning.study.reviewing.peers import Peers, peers

pytestmark = pytest.mark.django_db


def desk(group: Peers, name: str, *args: Any) -> str:
    return reverse(name, args=[group.run.code, *args])


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_a_work_that_is_marked_without_names_is_not_told_by_its_reviews(client: Client) -> None:
    group = peers(3, is_marked_anonymously=True)
    group.hand_in()
    client.force_login(group.teacher)
    work = group.works[group.people[0].pk]
    review = work.reviews.exclude(reviewer=None).first()
    assert review is not None and review.reviewer is not None
    writer = str(work.enrolment.learner)
    table = BeautifulSoup(read(client, desk(group, "run_reviews")), "html.parser")
    works = [row.get_text() for row in table.select("tbody td:nth-of-type(1)")]
    assert works
    assert not any(str(person.learner) in told for person in group.people for told in works)
    assert writer not in read(client, desk(group, "run_review", review.public_id))
    assert writer not in read(client, desk(group, "run_review_work", work.public_id))


def test_of_a_work_with_names_the_desk_tells_whose_it_is(client: Client) -> None:
    group = peers(3)
    group.hand_in()
    client.force_login(group.teacher)
    work = group.works[group.people[0].pk]
    assert str(work.enrolment.learner) in read(client, desk(group, "run_review_work", work.public_id))


@pytest.fixture
def own() -> tuple[Peers, Any, Submission]:
    """A group with a learner who has become a teacher of the run."""
    group = peers(4)
    group.hand_in()
    me = group.people[0]
    me.learner.groups.add(*make_teacher(group.run, "toinen").groups.all())
    RunTeacher.objects.create(run=group.run, user=me.learner)
    return group, me, group.works[me.pk]


def test_a_teacher_who_studies_on_the_run_finds_nothing_of_their_own_on_the_desk(
    client: Client, own: tuple[Peers, Any, Submission]
) -> None:
    group, me, work = own
    client.force_login(me.learner)
    table = read(client, desk(group, "run_reviews"))
    mine = [*PeerReview.objects.filter(submission=work), *PeerReview.objects.filter(reviewer=me)]
    assert mine
    for review in mine:
        assert str(review.public_id) not in table
        assert client.get(desk(group, "run_review", review.public_id)).status_code == 404
        act = client.post(desk(group, "run_review_act", review.public_id), {"act": "let_off", "let_off-reason": "Oma"})
        assert act.status_code == 404
    assert client.get(desk(group, "run_review_work", work.public_id)).status_code == 404


def test_a_teacher_decides_of_no_review_of_their_own(own: tuple[Peers, Any, Submission]) -> None:
    group, me, work = own
    group.write_all()
    review = group.received(me)[0]
    services.appeal(review=review, enrolment=me, text="Arvio on toisesta työstä.")
    with pytest.raises(OwnStudies):
        stepping_in.answer_appeal(review=review, by=me.learner, is_upheld=True, answer="Niin on.")
    with pytest.raises(OwnStudies):
        stepping_in.hide(review=review, by=me.learner, reason="Oma")
    with pytest.raises(OwnStudies):
        stepping_in.let_off(enrolment=me, run_assignment=group.run_assignment, by=me.learner)
    with pytest.raises(OwnStudies):
        stepping_in.write_in_place(
            submission=work, teacher=me.learner, version=1, criteria=[], answers=[], words="Hyvä."
        )


def test_the_page_opens_where_a_teacher_is_needed_and_tells_of_the_others(client: Client) -> None:
    group = peers(3)
    group.hand_in()
    again = assigned(group.run, peers=group.run_assignment.peers, due=group.run_assignment.due)
    other = Peers(group.run, again, group.people, group.teacher)
    other.hand_in()
    for each in PeerReview.objects.filter(submission__run_assignment=again):
        other.write(each)
    review = other.received(group.people[0])[0]
    services.appeal(review=review, enrolment=group.people[0], text="Arvio on toisesta työstä.")
    PeerReview.objects.filter(submission__run_assignment=group.run_assignment).update(due=timezone.now())
    client.force_login(group.teacher)
    page = read(client, desk(group, "run_reviews"))
    assert f"<h2>{again.assignment.title}</h2>" in page
    assert "6 odottaa sinua" in page and "1 odottaa sinua" in page
    chosen = read(client, f"{desk(group, 'run_reviews')}?tehtava={group.run_assignment.assignment.code}")
    assert f"<h2>{group.run_assignment.assignment.title}</h2>" in chosen
