"""The pages of peer review: what learners see and send, what teachers do, and that nothing tells who was who."""

import html as entities
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from learning.courses.models import PeerQuestion
from learning.study.models import PeerReview, RunAssignment, RunTeacher, SampleReview, SubmissionFile
from learning.study.reviewing import services, stepping_in
from notifications.letters import write_letter
from notifications.models import Notification
from tests.learning.study.factories import make_person, make_teacher
from tests.learning.study.reviewing.peers import Peers, peers

pytestmark = pytest.mark.django_db
Status = PeerReview.Status


def browser(person: Any) -> Client:
    client = Client()
    client.force_login(getattr(person, "learner", person))
    return client


def address(group: Peers, name: str = "reviews") -> str:
    return reverse(f"study:{name}", args=[group.run.code, group.run_assignment.assignment.code])


def html(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, (response.status_code, response.headers)
    return " ".join(entities.unescape(response.content.decode().replace("\N{SOFT HYPHEN}", "")).split())


def filled(group: Peers, words: str = "Rakenne kantaa.") -> dict[str, Any]:
    asked = group.run_assignment.assignment
    levels = {f"criterion-{row.pk}": "1" for row in asked.criteria.all()}
    answers = {f"answer-{row.pk}": "Esimerkit." for row in asked.peer_questions.all()}
    return {**levels, **answers, "words": words, "version": 1}


def one(review: PeerReview, name: str = "review") -> str:
    return reverse(f"study:{name}", args=[review.public_id])


class TestTheLearner:
    def test_a_review_is_written_on_its_page_and_opens_ones_own_when_all_are(self) -> None:
        group = peers(3)
        PeerQuestion.objects.create(assignment=group.run_assignment.assignment, text="Mikä jäi mieleen?")
        group.hand_in()
        group.write_all(*group.people[1:])
        me, client = group.people[0], browser(group.people[0])
        assert "2 arviota on tullut" in html(client, address(group))
        for review in group.given(me):
            page = html(client, one(review))
            assert "esimerkkiä" in page and "Mikä jäi mieleen?" in page
            sent = client.post(one(review), filled(group))
            assert sent.status_code == 302, sent.content.decode()[:3000]
        written = PeerReview.objects.filter(reviewer=me, status=Status.DONE)
        assert {review.answers[0]["answer"] for review in written} == {"Esimerkit."}
        assert {row["value"] for review in written for row in review.criteria} == {1}
        page = html(client, address(group))
        assert page.count("Rakenne kantaa.") == 2
        assert "Olet kirjoittanut vertaisarviosi." in page and "Kun olet kirjoittanut" not in page
        assert not PeerReview.objects.filter(submission__enrolment=me, read_at=None).exists()

    def test_on_a_swedish_page_the_criteria_to_choose_by_are_marked_as_finnish(self) -> None:
        group = peers(3)
        group.hand_in()
        path = one(group.given(group.people[0])[0])
        page = html(browser(group.people[0]), f"/sv{path}")
        legends = page.split('class="rubric"')[1].split("<legend")[1:]
        assert legends
        assert {each.partition(">")[0] for each in legends} == {' lang="fi"'}

    def test_a_review_is_not_sent_before_personal_data_has_been_looked_at(self) -> None:
        group = peers(3)
        group.hand_in()
        client, review = browser(group.people[0]), group.given(group.people[0])[0]
        data = filled(group, "Asiakkaan numero on 040 123 4567.")
        refused = client.post(one(review), data)
        assert refused.status_code == 422
        seen = refused.context["form"].seen_value
        assert client.post(one(review), {**data, "personal_data_seen": seen}).status_code == 302

    def test_a_form_that_lacks_something_comes_back(self) -> None:
        group = peers(3)
        group.hand_in()
        client, review = browser(group.people[0]), group.given(group.people[0])[0]
        PeerQuestion.objects.create(assignment=group.run_assignment.assignment, text="Mikä jäi mieleen?")
        lacking = client.post(one(review), {"version": 1, "words": ""})
        assert lacking.status_code == 422
        told = lacking.content.decode().split('class="error-summary"')[1].split("</section>")[0]
        assert "Mikä jäi mieleen? Tämä kenttä on pakollinen." in told
        places = [told.index(words) for words in ("Valitse taso.", "Mikä jäi mieleen?", "Omin sanoin: ")]
        assert places == sorted(places)
        assert client.post(one(review), {**filled(group), "version": 9}).status_code == 422
        assert client.post(one(review), {**filled(group), "version": 99_999_999_999}).status_code == 422
        assert PeerReview.objects.filter(status=Status.DONE).count() == 0

    def test_the_sample_is_compared_with_the_teachers_and_then_the_works_open(self) -> None:
        group = peers(3, sample="<p>Mallin sanat.</p>")
        criterion = group.run_assignment.assignment.criteria.first()
        assert criterion is not None
        criterion.sample_value, criterion.sample_reason = 0, "Lähteet puuttuvat."
        criterion.save()
        group.hand_in()
        client, review = browser(group.people[0]), group.given(group.people[0])[0]
        assert client.get(one(review)).headers["Location"] == address(group, "sample")
        assert "Mallin sanat." in html(client, address(group, "sample"))
        for _twice in range(2):
            assert client.post(address(group, "sample"), filled(group)).status_code == 302
        assert SampleReview.objects.count() == 1
        assert "Lähteet puuttuvat." in html(client, address(group, "sample"))
        assert client.get(one(review)).status_code == 200

    def test_thanks_and_appeals_are_sent_from_the_page(self) -> None:
        group = peers(3)
        group.hand_in()
        group.write_all()
        client, review = browser(group.people[0]), group.received(group.people[0])[0]
        for _twice in range(2):
            client.post(one(review, "review_thank"))
        assert "Olet kiittänyt" in html(client, address(group))
        assert client.post(one(review, "review_appeal"), {"text": ""}).status_code == 422
        assert client.post(one(review, "review_appeal"), {"text": "Ei koske työtä."}).status_code == 302
        assert "Opettaja ei ole vielä vastannut." in html(client, address(group))
        stepping_in.answer_appeal(review=review, by=group.teacher, is_upheld=True, answer="Totta.")
        assert "Opettaja poisti tämän arvion näkyvistä." in html(client, address(group))
        review.refresh_from_db()
        assert review.thanked_at is not None

    def test_what_has_been_read_or_is_not_waited_for_is_told_and_not_a_form(self) -> None:
        group = peers(4)
        group.hand_in()
        client, review = browser(group.people[0]), group.write(group.given(group.people[0])[0])
        services.read(reviews=[review])
        assert "ei voi enää muuttaa" in html(client, one(review))
        other = group.given(group.people[0])[0]
        group.leave(other.submission.enrolment)
        assert "ei enää odoteta" in html(client, one(other))
        late = client.post(one(other), filled(group, "Sanat, joita mietin kauan."))
        assert late.status_code == 409
        assert "Sanat, joita mietin kauan.</textarea>" in late.content.decode()
        other.refresh_from_db()
        assert other.status == Status.RELEASED

    def test_others_find_no_review_and_the_signed_out_are_led_to_signing_in(self) -> None:
        group = peers(3)
        group.hand_in()
        group.write_all()
        mine, received = PeerReview.objects.filter(reviewer=group.people[0])[0], group.received(group.people[0])[0]
        other = browser(next(each for each in group.people[1:] if each.pk != mine.submission.enrolment_id))
        for path in (one(mine), one(received, "review_appeal")):
            assert browser(make_person("vieras")).get(path).status_code == 404
            assert "/tili/" in Client().get(path).headers["Location"] or Client().get(path).status_code == 302
        assert other.get(one(mine)).status_code == 404
        assert other.post(one(mine, "review_thank")).status_code == 404
        assert browser(group.teacher).get(address(group)).status_code == 404
        assert browser(group.people[0]).get(one(received, "review_thank")).status_code == 405

    def test_one_who_has_not_handed_in_is_told_to_do_that_first(self) -> None:
        group = peers(3)
        group.hand_in(*group.people[:2])
        assert "Palauta ensin oma työsi" in html(browser(group.people[2]), address(group))


class TestAnonymity:
    def everything(self, group: Peers, me: Any) -> list[str]:
        """All that a learner is shown or sent, pages and letters, addresses and all."""
        client = browser(me)
        mine = PeerReview.objects.filter(reviewer=me)
        pages = [one(review) for review in mine]
        shown = [html(client, path) for path in [address(group), *pages]]
        shown += [
            html(client, one(review, "review_appeal"))
            for review in group.received(me)
            if review.hidden_at is None and not hasattr(review, "appeal")
        ]
        mail.outbox.clear()
        for notice in Notification.objects.filter(person=me.learner, kind__startswith="study.review"):
            write_letter(me.learner, [notice])
        sent = [str(each.message()) + str(each.body) for each in mail.outbox]
        assert sent
        return shown + sent

    def group(self, how: str) -> Peers:
        group = peers(4, peers=how)
        group.hand_in()
        for work in group.works.values():
            name = f"{work.enrolment.learner.last_name}-{work.enrolment.learner.first_name}.pdf"
            SubmissionFile.objects.create(
                version=work.versions.get(), file="submissions/a/b.pdf", name=name, size=1000, sha256="0" * 64
            )
        group.write_all(*group.people[1:])
        for review in group.given(group.people[0]):
            browser(group.people[0]).get(one(review))
        group.write(group.given(group.people[0])[0])
        group.write(group.given(group.people[0])[0])
        for person in group.people:
            for review in group.received(person):
                services.thank(review=review, enrolment=person)
        asked = group.received(group.people[0])[0]
        services.appeal(review=asked, enrolment=group.people[0], text="Ei koske työtä.")
        stepping_in.answer_appeal(review=asked, by=group.teacher, is_upheld=True, answer="Totta.")
        stepping_in.hide(review=group.received(group.people[1])[0], by=group.teacher, reason="Asiaton.")
        return group

    def test_no_page_and_no_letter_tells_who_the_others_are(self) -> None:
        group = self.group(RunAssignment.Peers.ANONYMOUS)
        for me in group.people:
            seen = " ".join(self.everything(group, me)).lower()
            for other in group.people:
                if other == me:
                    continue
                learner = other.learner
                telling = [learner.first_name, learner.email, str(other.public_id)]
                telling.append(str(group.works[other.pk].public_id))
                assert not [each for each in telling if each.lower() in seen]

    def test_names_are_shown_where_the_run_shows_them(self) -> None:
        group = self.group(RunAssignment.Peers.NAMED)
        page = html(browser(group.people[0]), address(group))
        reviewers = [review.reviewer for review in group.received(group.people[0])]
        assert all(reviewer is not None and str(reviewer.learner) in page for reviewer in reviewers)

    def test_the_order_of_reviews_is_that_of_random_ids_and_no_moment_is_told(self) -> None:
        group = peers(4)
        group.hand_in()
        group.write_all()
        received = group.received(group.people[0])
        page = html(browser(group.people[0]), address(group))
        places = [page.index(one(review, "review_thank")) for review in sorted(received, key=lambda row: row.public_id)]
        assert places == sorted(places)
        # One that was let go, so that everybody gets as many, is not among them.
        kept = PeerReview.objects.exclude(status=PeerReview.Status.RELEASED)
        rows = kept.filter(reviewer=group.people[0]).order_by("public_id")
        assert [page.index(one(review)) for review in rows] == sorted(page.index(one(review)) for review in rows)

    def test_a_file_does_not_tell_its_reviewer_when_it_was_handed_in(self) -> None:
        group = peers(3)
        group.hand_in()
        review = group.given(group.people[0])[0]
        version = review.submission.versions.get()
        path = default_storage.save("submissions/a/b.pdf", ContentFile(b"%PDF-"))
        file = SubmissionFile.objects.create(version=version, file=path, name="a.pdf", size=5, sha256="0" * 64)
        opened = reverse("study:submission_file", args=[file.public_id])
        long_ago, to_come = "Thu, 01 Jan 2015 10:00:00 GMT", "Fri, 01 Jan 2055 10:00:00 GMT"
        for since in ("", long_ago, to_come):
            answer = browser(group.people[0]).get(opened, headers={"If-Modified-Since": since} if since else {})
            assert answer.status_code == 200
            assert not {"Last-Modified", "ETag"} & set(answer.headers)
        own = browser(review.submission.enrolment)
        assert own.get(opened, headers={"If-Modified-Since": to_come}).status_code == 304


class TestTheDesk:
    def page(self, group: Peers, **query: str) -> str:
        return html(browser(group.teacher), reverse("run_reviews", args=[group.run.code]))

    def test_teachers_see_who_reviews_whom_by_name_and_strangers_nothing(self) -> None:
        group = peers(4)
        group.hand_in()
        page = self.page(group)
        assert all(page.count(str(person.learner)) >= 3 for person in group.people)
        for stranger in (make_person("vieras"), make_teacher(peers(2).run)):
            assert browser(stranger).get(reverse("run_reviews", args=[group.run.code])).status_code in {403, 404}

    def test_every_act_is_a_button_that_works(self) -> None:
        group = peers(5)
        group.hand_in()
        client = browser(group.teacher)
        review, other = group.given(group.people[0])[0], group.given(group.people[1])[0]
        act = reverse("run_review_act", args=[group.run.code, review.public_id])
        assert client.get(act).status_code == 405
        assert client.post(act, {"act": "remind"}).status_code == 302
        assert client.post(act, {"act": "let_off", "let_off-reason": ""}).status_code == 422
        assert client.post(act, {"act": "let_off", "let_off-reason": "Sairaana."}).status_code == 302
        assert group.left(group.people[0]) == 0
        group.write(other)
        services.read(reviews=[other])
        act = reverse("run_review_act", args=[group.run.code, other.public_id])
        assert client.post(act, {"act": "hide", "hide-reason": "Asiaton."}).status_code == 302
        other.refresh_from_db()
        assert other.hidden_reason == "Asiaton."
        assert client.post(act, {"act": "muu"}).status_code == 404

    def test_an_appeal_is_answered_on_the_page_of_its_review(self) -> None:
        group = peers(3)
        group.hand_in()
        group.write_all()
        review = group.received(group.people[0])[0]
        services.appeal(review=review, enrolment=group.people[0], text="Ei koske työtä.")
        client = browser(group.teacher)
        assert "Oikaisupyyntö odottaa vastausta" in self.page(group)
        assert "Ei koske työtä." in html(client, reverse("run_review", args=[group.run.code, review.public_id]))
        act = reverse("run_review_act", args=[group.run.code, review.public_id])
        sent = client.post(act, {"act": "answer", "answer-is_upheld": "no", "answer-answer": "Se koskee työtä."})
        assert sent.status_code == 302
        review.refresh_from_db()
        assert review.appeal.status == "dismissed" and review.hidden_at is None

    def test_a_work_is_reviewed_in_place_and_given_to_another(self) -> None:
        group = peers(5)
        group.hand_in()
        work = group.works[group.people[0].pk]
        client, path = browser(group.teacher), reverse("run_review_work", args=[group.run.code, work.public_id])
        had = set(work.reviews.values_list("reviewer", flat=True))
        other = next(person for person in group.people[1:] if person.pk not in had)
        assert client.post(path, {"act": "give", "enrolment": str(other.public_id)}).status_code == 302
        assert client.post(path, {"act": "give", "enrolment": str(other.public_id)}).status_code == 422
        assert client.post(path, {"act": "write", **filled(group)}).status_code == 302
        assert work.reviews.filter(is_teachers=True, status=Status.DONE).count() == 1
        assert "Olet arvioinut tämän työn." in html(client, path)

    def test_assistants_look_and_remind_and_decide_nothing(self) -> None:
        group = peers(3)
        group.hand_in()
        RunTeacher.objects.filter(user=group.teacher).update(role=RunTeacher.Role.ASSISTANT)
        review, client = group.given(group.people[0])[0], browser(group.teacher)
        assert "Vapauta arvioista" not in html(client, reverse("run_review", args=[group.run.code, review.public_id]))
        act = reverse("run_review_act", args=[group.run.code, review.public_id])
        client.post(act, {"act": "let_off", "let_off-reason": "Sairaana."})
        assert group.left(group.people[0]) == 2

    def test_a_run_without_peer_reviews_says_so(self) -> None:
        group = peers(2, peers=RunAssignment.Peers.NONE)
        assert "Tällä toteutuksella ei ole vertaisarvioita" in self.page(group)


class TestQueries:
    def test_the_desk_asks_as_much_of_few_as_of_many(self, django_assert_max_num_queries: Any) -> None:
        asked = []
        for number in (4, 16):
            group = peers(number)
            group.hand_in()
            client, path = browser(group.teacher), reverse("run_reviews", args=[group.run.code])
            client.get(path)
            with django_assert_max_num_queries(15) as counted:
                client.get(path)
            asked.append(len(counted))
        assert asked[0] == asked[1]

    def test_the_learners_page_asks_as_much_of_few_as_of_many(self, django_assert_max_num_queries: Any) -> None:
        asked = []
        for number in (4, 16):
            group = peers(number)
            group.hand_in()
            group.write_all()
            client = browser(group.people[0])
            client.get(address(group))
            with django_assert_max_num_queries(20) as counted:
                client.get(address(group))
            asked.append(len(counted))
        assert asked[0] == asked[1]
