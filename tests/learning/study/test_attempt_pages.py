"""The pages of a quiz through the client: what is told, what is kept, who comes in."""

import datetime
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.roles import Role
from drafts.models import Draft, DraftCopy
from learning.courses.models import Question, Quiz
from learning.study.attempts.services import hand_in
from learning.study.models import Attempt, AttemptAnswer, PointChange, RunQuiz, RunTeacher
from learning.study.services.enrolling import withdraw
from tests.journeys.wellformed import faults
from tests.learning.factories import RIGHT, make_question
from tests.learning.study.conftest import SetClock
from tests.learning.study.factories import enrolled, make_person, make_teacher
from tests.learning.study.quizzes import (
    begun,
    client_of,
    make_quiz,
    page_of,
    right_answers,
    words,
)
from tests.learning.study.visiting import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt() -> Attempt:
    return begun(make_quiz())


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """The sentences of the source, at the English addresses; their translations are looked after elsewhere."""
    translation.activate("en")


def quiz_url(run_quiz: RunQuiz) -> str:
    return reverse("study:quiz", args=[run_quiz.run.code, run_quiz.quiz.code])


def hand_in_url(attempt: Attempt) -> str:
    return reverse("study:hand_in", args=[attempt.public_id])


def draft_of(attempt: Attempt) -> Draft:
    return Draft.objects.get(object=str(attempt.public_id))


# Before beginning


def test_the_page_tells_what_beginning_means(client: Client) -> None:
    run_quiz = make_quiz(minutes=20, attempts=3, pass_percent=80, due=timezone.now() + datetime.timedelta(days=3))
    enrolment = enrolled(run_quiz.run)
    enrolment.extra_percent = 50
    enrolment.save()
    told = words(page_of(signed_in(enrolment.learner), quiz_url(run_quiz)))
    for sentence in (
        "You have 30 minutes.",
        "Your extra time is counted in.",
        "the answers that are saved are handed in as they stand",
        "You have 3 attempts left. Beginning uses one of them.",
        "80 % of the points",
        "Nothing is handed in before you press Hand in",
    ):
        assert sentence in told, sentence


def test_beginning_leads_to_the_questions_and_a_double_click_to_the_same_ones() -> None:
    run_quiz = make_quiz()
    client = signed_in(enrolled(run_quiz.run).learner)
    first, second = (client.post(quiz_url(run_quiz)) for _number in range(2))
    attempt = Attempt.objects.get()
    assert first["Location"] == second["Location"] == attempt.url
    assert "You have an attempt under way" in words(page_of(client, quiz_url(run_quiz)))


def test_why_a_quiz_cannot_be_begun_is_told_instead_of_the_button() -> None:
    run_quiz = make_quiz(attempts=1)
    attempt = hand_in(attempt=begun(run_quiz))
    page = page_of(client_of(attempt), quiz_url(run_quiz))
    assert "You have used all your attempts at this quiz." in words(page)
    assert not page.select("main form")
    answer = client_of(attempt).post(quiz_url(run_quiz), follow=True)
    assert "You have used all your attempts" in words(page_of_answer(answer))
    assert Attempt.objects.count() == 1


def page_of_answer(answer: Any, status: int = 200) -> Any:
    from bs4 import BeautifulSoup

    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser")


def test_strangers_are_led_to_enrolling_and_visitors_to_signing_in(client: Client) -> None:
    run_quiz = make_quiz()
    assert client.get(quiz_url(run_quiz))["Location"].startswith(reverse("account_login"))
    assert client.post(quiz_url(run_quiz))["Location"].startswith(reverse("account_login"))
    stranger = signed_in(make_person("vieras"))
    assert stranger.post(quiz_url(run_quiz))["Location"] == reverse("study:enrol", args=[run_quiz.run.code])
    assert not Attempt.objects.exists()


def test_a_teacher_looks_at_the_questions_without_an_attempt() -> None:
    run_quiz = make_quiz()
    client = signed_in(make_teacher(run_quiz.run))
    answer = client.post(quiz_url(run_quiz), follow=True)
    assert "Nothing that you answer is kept." in words(page_of_answer(answer))
    assert not Attempt.objects.exists()


def test_another_runs_quiz_is_not_found_on_this_run() -> None:
    run_quiz, other = make_quiz(), make_quiz()
    client = signed_in(enrolled(run_quiz.run).learner)
    assert client.get(reverse("study:quiz", args=[run_quiz.run.code, other.quiz.code])).status_code == 404


# Answering


@pytest.mark.parametrize("kind", RIGHT)
def test_each_kind_is_answered_in_the_form_and_comes_back_as_it_was_saved(kind: str) -> None:
    attempt = begun(make_quiz((kind,)))
    client = client_of(attempt)
    names = {each["name"] for each in page_of(client, attempt.url).select("main form.attempt [name^=k1-]")}
    sent = right_answers(attempt)
    assert names & set(sent)
    answer = client.post(attempt.url, sent | {"draft-version": ["0"]}, follow=True)
    page = page_of_answer(answer)
    assert "Your answers have been saved." in words(page)
    assert draft_of(attempt).fields == sent
    assert page.select_one(".is-answered[href='#k1']")


def test_saving_hands_nothing_in_and_the_first_button_saves() -> None:
    attempt = begun(make_quiz(("fill",)))
    client = client_of(attempt)
    form = page_of(client, attempt.url).select_one("form.attempt")
    assert form
    # What Enter presses.
    assert form.select_one("button[type=submit]")["name"] == "tallenna"  # type: ignore[index]
    client.post(attempt.url, {"k1-a": "sana"})
    attempt.refresh_from_db()
    assert attempt.is_open


def test_handing_in_asks_first_and_tells_what_is_not_ready() -> None:
    attempt = begun(make_quiz(("single", "number", "match")))
    client = client_of(attempt)
    answer = client.post(attempt.url, {"k2-a": "monta", "k3-a0": "0", "palauta": "1"})
    assert answer["Location"] == hand_in_url(attempt)
    told = words(page_of(client, hand_in_url(attempt)))
    assert "You have answered 0 of 3 questions." in told
    assert "Question 1 : not answered" in told
    assert "Question 2 : Write the answer as a number" in told
    assert "Question 3 : Choose a pair for each one." in told
    assert Attempt.objects.get().is_open
    assert client.get(hand_in_url(attempt)).status_code == 200
    assert Attempt.objects.get().is_open


def test_handing_in_twice_and_going_back_lead_to_the_same_result(attempt: Attempt) -> None:
    client = client_of(attempt)
    sent = right_answers(attempt)
    client.post(attempt.url, sent | {"palauta": "1"})
    for _press in range(2):
        assert client.post(hand_in_url(attempt))["Location"] == attempt.url
    assert "8 of 8 points" in words(page_of(client, attempt.url))
    # The form again, from the history, with what was handed in.
    assert client.post(attempt.url, sent | {"palauta": "1"})["Location"] == attempt.url
    assert client.get(hand_in_url(attempt))["Location"] == attempt.url
    assert AttemptAnswer.objects.filter(points__isnull=False).count() == 4


def test_answers_after_handing_in_are_shown_to_copy(attempt: Attempt) -> None:
    hand_in(attempt=attempt)
    answer = client_of(attempt).post(attempt.url, {"k4-a": "liian myöhään"})
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "These answers came too late" in told
    assert "liian myöhään" in told


def test_answers_after_the_time_has_ended_are_shown_to_copy(set_clock: SetClock) -> None:
    attempt = begun(make_quiz(minutes=30))
    client = client_of(attempt)
    client.post(attempt.url, {"k1-a": "1"})
    set_clock(attempt.started_at + datetime.timedelta(minutes=31))
    answer = client.post(attempt.url, {"k1-a": "1", "k4-a": "myöhässä"})
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "The time for answering has ended. What had been saved was handed in." in told
    assert "myöhässä" in told
    attempt.refresh_from_db()
    assert (attempt.status, attempt.points) == (Attempt.Status.TIMED_OUT, Decimal(2))
    assert "The time ended, and the answers that were saved" in words(page_of(client, attempt.url))


def test_the_page_counts_from_what_the_servers_clock_tells(set_clock: SetClock) -> None:
    attempt = begun(make_quiz(minutes=30))
    set_clock(attempt.started_at + datetime.timedelta(minutes=10))
    client = client_of(attempt)
    timer = page_of(client, attempt.url).select_one("[data-left]")
    assert timer
    assert timer["data-left"] == "1200"
    clock = client.get(reverse("study:attempt_clock", args=[attempt.public_id]))
    told = clock.json()
    assert (told["left"], told["open"]) == (1200, True)
    assert told["until"] == words(page_of(client, attempt.url).select_one("[data-timer-until]"))
    assert "no-store" in clock["Cache-Control"]


def test_a_forged_option_is_told_at_its_question_and_the_rest_is_saved(attempt: Attempt) -> None:
    answer = client_of(attempt).post(attempt.url, {"k1-a": "99", "k4-a": "sana", "zzz": "x"})
    page = page_of_answer(answer)
    assert "Question 1: The answer could not be read." in words(page.select_one(".error-summary"))
    assert draft_of(attempt).fields["k4-a"] == ["sana"]
    assert "zzz" not in draft_of(attempt).fields


def test_a_text_that_is_too_long_is_told_kept_and_stays_on_the_page() -> None:
    attempt = begun(make_quiz(("text", "fill")))
    client = client_of(attempt)
    typed = "sana " * 300
    page = page_of_answer(client.post(attempt.url, {"k1-a": typed, "k2-a": "kunnille"}))
    assert "too long: 1500 characters, when at most 1000 fit" in words(page.select_one(".error-summary"))
    assert draft_of(attempt).fields == {"k1-a": [typed], "k2-a": ["kunnille"]}


def test_a_megabyte_of_text_is_told_and_stays_on_the_page_and_the_rest_is_saved() -> None:
    attempt = begun(make_quiz(("text", "fill")))
    client = client_of(attempt)
    client.post(attempt.url, {"k1-a": "ennen", "k2-a": ""})
    typed = "x" * 1_000_000
    answer = client.post(attempt.url, {"k1-a": typed, "k2-a": "kunnille"})
    assert answer.status_code == 200
    assert typed in answer.content.decode()
    assert "too long" in words(page_of_answer(answer).select_one(".error-summary"))
    assert draft_of(attempt).fields == {"k1-a": ["ennen"], "k2-a": ["kunnille"]}


def test_a_page_that_is_opened_again_says_that_the_answers_are_saved_and_speaks_of_no_draft() -> None:
    attempt = begun(make_quiz(("fill",)))
    client = client_of(attempt)
    assert not words(page_of(client, attempt.url).select_one("[data-draft-state]"))
    client.post(attempt.url, {"k1-a": "ensin"})
    state = words(page_of(client, attempt.url).select_one("[data-draft-state]"))
    assert state.startswith("Saved on the server on ")
    assert "draft" not in state


def test_of_two_tabs_the_second_is_told_and_both_answers_are_kept() -> None:
    attempt = begun(make_quiz(("fill",)))
    client = client_of(attempt)
    client.post(attempt.url, {"k1-a": "ensin", "draft-version": "0"})
    for button in ("tallenna", "palauta"):
        page = page_of_answer(client.post(attempt.url, {"k1-a": "sitten", "draft-version": "0", button: "1"}))
        assert "Both are kept" in words(page)
        assert page.select_one("[name=k1-a]")["value"] == "sitten"
    assert draft_of(attempt).fields == {"k1-a": ["ensin"]}
    assert DraftCopy.objects.first().fields == {"k1-a": ["sitten"]}  # type: ignore[union-attr]
    compare = reverse("drafts:compare", args=["study.attempt", attempt.public_id])
    told = words(page_of(client, compare))
    assert "Question 1" in told
    assert "sitten" in told


def test_an_attempt_is_not_thrown_away_like_a_draft(attempt: Attempt) -> None:
    client = client_of(attempt)
    client.post(attempt.url, right_answers(attempt))
    discard = f"/luonnokset/study.attempt/{attempt.public_id}/hylkaa/"
    assert discard not in client.get(attempt.url).content.decode()
    assert client.post(discard).status_code == 404
    assert client.delete(discard.removesuffix("hylkaa/")).status_code == 404
    assert draft_of(attempt).is_open


def test_options_are_compared_by_their_texts() -> None:
    attempt = begun(make_quiz(("single",)))
    client = client_of(attempt)
    for value in ("0", "1"):
        client.post(attempt.url, {"k1-a": value, "draft-version": "0"})
    told = words(page_of(client, reverse("drafts:compare", args=["study.attempt", attempt.public_id])))
    assert "Unohdettu" in told
    assert "tyhjäksi" in told


def test_what_is_sent_after_the_session_ended_is_saved_when_its_writer_signs_in() -> None:
    attempt = begun(make_quiz(("fill",)))
    client = Client()
    answer = client.post(attempt.url, {"k1-a": "hyvinvointialueille", "draft-version": "0"})
    assert answer["Location"].startswith(reverse("account_login"))
    learner = attempt.enrolment.learner
    learner.set_password("salasana-12345")
    learner.save()
    client.login(email=learner.email, password="salasana-12345")
    page = page_of(client, attempt.url)
    assert "The answers that you sent before signing in have been saved." in words(page)
    assert draft_of(attempt).fields == {"k1-a": ["hyvinvointialueille"]}


def test_what_is_sent_without_a_session_is_not_kept_for_an_attempt_that_nobody_has() -> None:
    client = Client()
    client.post(reverse("study:attempt", args=[uuid.uuid4()]), {"k1-a": "x"})
    assert "study.answers" not in client.session


def test_a_case_goes_on_step_by_step_and_choices_stay() -> None:
    attempt = begun(make_quiz(("case", "fill")))
    client = client_of(attempt)
    page = page_of(client, attempt.url)
    assert len(page.select(".case__step")) == 1
    answer = client.post(attempt.url, {"k1-a0": "0", "k2-a": "sana", "jatka": "1"})
    assert answer["Location"] == f"{attempt.url}#k1-v2"
    page = page_of(client, attempt.url)
    assert "You chose: Kysyn lisää." in words(page)
    assert not page.select("[name=k1-a0]")
    assert page.select_one("[name=k2-a]")["value"] == "sana"  # type: ignore[index]
    # Somebody tries to take the choice back.
    answer = client.post(attempt.url, {"k1-a0": "1", "k1-a1": "2", "jatka": "1"})
    assert answer["Location"] == f"{attempt.url}#k1-v2"
    assert "The case ends here." in words(page_of(client, attempt.url))
    ended = hand_in(attempt=attempt)
    assert ended.answers.get(position=1).answer == {"a0": ["0"], "a1": ["2"]}
    assert ended.answers.get(position=1).points == 2


@pytest.mark.parametrize("question", ["2", "99", "x", "", "1" * 50])
def test_going_on_where_there_is_no_case_only_saves(question: str) -> None:
    attempt = begun(make_quiz(("case", "fill")))
    answer = client_of(attempt).post(attempt.url, {"k2-a": "sana", "jatka": question})
    assert answer.status_code == 302
    assert draft_of(attempt).fields == {"k2-a": ["sana"]}
    assert not any(attempt.answers.values_list("answer", flat=True))


def test_options_are_shuffled_for_each_attempt_and_stay_as_they_were() -> None:
    run_quiz = make_quiz(("order",))
    orders = set()
    for number in range(8):
        attempt = begun(run_quiz, enrolled(run_quiz.run, f"oppija{number}"))
        client = client_of(attempt)
        first, second = (
            tuple(each["name"] for each in page_of(client, attempt.url).select("select")) for _number in range(2)
        )
        assert first == second
        orders.add(first)
    assert len(orders) > 1


# Others


def test_an_attempt_is_its_learners_alone(attempt: Attempt, client: Client) -> None:
    others = [signed_in(make_person()), signed_in(enrolled(attempt.run_quiz.run, "toinen").learner)]
    teacher = signed_in(make_teacher(attempt.run_quiz.run))
    for path in (attempt.url, hand_in_url(attempt), reverse("study:attempt_clock", args=[attempt.public_id])):
        assert client.get(path)["Location"].startswith(reverse("account_login"))
        # Nor does a teacher see what is under way.
        for other in [*others, teacher]:
            assert other.get(path).status_code == 404
    for other in [*others, teacher]:
        assert other.post(hand_in_url(attempt)).status_code == 404
        assert other.post(attempt.url, {"k1-a": "1"}).status_code in {404, 405}
    attempt.refresh_from_db()
    assert attempt.is_open
    assert not Draft.objects.exists()


def test_an_attempt_that_does_not_exist_is_not_found() -> None:
    client = signed_in(make_person())
    assert client.get(reverse("study:attempt", args=[uuid.uuid4()])).status_code == 404


def test_who_has_withdrawn_gets_a_sentence_and_keeps_what_was_written() -> None:
    attempt = begun(make_quiz(("fill",)))
    withdraw(enrolment=attempt.enrolment, by=attempt.enrolment.learner)
    page = page_of_answer(client_of(attempt).post(attempt.url, {"k1-a": "kirjoitettu"}))
    assert "You are not enrolled on this run" in words(page)
    assert page.select_one("[name=k1-a]")["value"] == "kirjoitettu"


def test_pages_of_an_attempt_are_kept_out_of_caches(attempt: Attempt) -> None:
    client = client_of(attempt)
    for path in (quiz_url(attempt.run_quiz), attempt.url, hand_in_url(attempt)):
        assert {"private", "no-store"} <= set(client.get(path)["Cache-Control"].replace(" ", "").split(","))


# Afterwards


def test_the_review_tells_each_question_in_words(attempt: Attempt) -> None:
    client = client_of(attempt)
    client.post(attempt.url, {"k1-a": "0", "k3-a0": "0", "k3-a1": "2", "k4-a": "kunnille"})
    hand_in(attempt=attempt)
    page = page_of(client, attempt.url)
    first, second, third, fourth = (words(each) for each in page.select("section.ask"))
    assert "0/2 points" in first
    assert "Not right" in first
    assert "Your answer Unohdettu aika" in first
    assert "Right answer Sama kohta jää tyhjäksi" in first
    assert "Voi olla yksilöllistä." in first
    assert "Not answered" in second
    assert "Partly right" in third
    assert "0.67/2 points" in third
    assert "Asiakasraati – inkluusiotyö" in third
    assert "Vuoden 2022 loppuun asti." in fourth
    assert "Passing takes 6 points." in words(page)


def test_right_answers_wait_for_the_due_date_where_the_quiz_says_so(set_clock: SetClock) -> None:
    due = timezone.now() + datetime.timedelta(days=2)
    attempt = hand_in(attempt=begun(make_quiz(due=due, feedback=Quiz.Feedback.AFTER_DUE)))
    client = client_of(attempt)
    page = page_of(client, attempt.url)
    assert not page.select("section.ask")
    assert "Right answers and feedback are shown here after the due date" in words(page)
    assert "Sama kohta" not in words(page)
    set_clock(due + datetime.timedelta(seconds=1))
    assert len(page_of(client_of(attempt), attempt.url).select("section.ask")) == 4


def test_a_teacher_of_the_run_sees_the_result_and_raises_points() -> None:
    attempt = begun(make_quiz(("text",)))
    client_of(attempt).post(attempt.url, {"k1-a": "Omin sanoin"})
    attempt = hand_in(attempt=attempt)
    teacher = signed_in(make_teacher(attempt.run_quiz.run))
    assert "Omin sanoin" in words(page_of(teacher, attempt.url))
    raising = reverse("study:raise_points", args=[attempt.public_id])
    teacher.post(raising, {"kysymys": "1", "pisteet": "1,5", "perustelu": "Sama asia toisin sanoin."})
    assert PointChange.objects.get().after == 1.5
    told = words(page_of(client_of(attempt), attempt.url))
    assert "Sama asia toisin sanoin." in told
    assert "1.5 of 2 points" in told


def test_an_assistant_reads_the_attempt_and_raises_no_points() -> None:
    attempt = begun(make_quiz(("text",)))
    client_of(attempt).post(attempt.url, {"k1-a": "Omin sanoin"})
    attempt = hand_in(attempt=attempt)
    assistant = make_teacher(attempt.run_quiz.run)
    RunTeacher.objects.filter(user=assistant).update(role=RunTeacher.Role.ASSISTANT)
    client, raising = signed_in(assistant), reverse("study:raise_points", args=[attempt.public_id])
    page = page_of(client, attempt.url)
    assert "Omin sanoin" in words(page)
    assert not page.select(f'form[action="{raising}"]')
    assert client.post(raising, {"kysymys": "1", "pisteet": "2", "perustelu": "x"}).status_code == 404


@pytest.mark.parametrize("sent", [{"kysymys": "9"}, {"kysymys": "x"}, {"kysymys": "²"}, {}])
def test_points_of_a_question_that_is_not_there_are_not_raised(sent: dict[str, str]) -> None:
    attempt = hand_in(attempt=begun(make_quiz(("text",))))
    teacher = signed_in(make_teacher(attempt.run_quiz.run))
    raising = reverse("study:raise_points", args=[attempt.public_id])
    assert teacher.post(raising, sent | {"pisteet": "1", "perustelu": "x"}).status_code == 404
    assert teacher.get(raising).status_code == 405
    assert client_of(attempt).post(raising, {"kysymys": "1", "pisteet": "2", "perustelu": "x"}).status_code == 404
    assert not PointChange.objects.exists()


@pytest.mark.parametrize("points", ["", "paljon", "99", "0", "-1", "1" * 500])
def test_points_that_cannot_be_given_are_refused_with_a_sentence(points: str) -> None:
    attempt = hand_in(attempt=begun(make_quiz(("text",))))
    teacher = signed_in(make_teacher(attempt.run_quiz.run))
    raising = reverse("study:raise_points", args=[attempt.public_id])
    answer = teacher.post(raising, {"kysymys": "1", "pisteet": points, "perustelu": "Sama asia"})
    page = page_of_answer(answer, 422)
    assert not PointChange.objects.exists()
    assert page.select_one(".error-summary a[href='#k1-pisteet']")
    assert [page.select_one(f"[name={name}]").get("value", "") for name in ("pisteet", "perustelu")] == [
        points,
        "Sama asia",
    ]


def test_a_reason_that_may_tell_of_a_client_is_asked_about() -> None:
    attempt = hand_in(attempt=begun(make_quiz(("text",))))
    teacher = signed_in(make_teacher(attempt.run_quiz.run))
    raising = reverse("study:raise_points", args=[attempt.public_id])
    sent = {"kysymys": "1", "pisteet": "1", "perustelu": "Ks. 131052-308T"}
    asked = page_of_answer(teacher.post(raising, sent), 422)
    assert not PointChange.objects.exists()
    seen = asked.select_one("[name=personal_data_seen]")["value"]
    assert teacher.post(raising, sent | {"personal_data_seen": seen}).status_code == 302
    assert PointChange.objects.exists()


def test_nobody_raises_their_own_points() -> None:
    attempt = hand_in(attempt=begun(make_quiz(("text",))))
    RunTeacher.objects.create(run=attempt.run_quiz.run, user=attempt.enrolment.learner)
    raising = reverse("study:raise_points", args=[attempt.public_id])
    answer = client_of(attempt).post(raising, {"kysymys": "1", "pisteet": "2", "perustelu": "x"})
    assert answer.status_code == 404
    assert not PointChange.objects.exists()


@pytest.mark.parametrize("reason", ["\x00 ", "Sama\x00 asia", " "])
def test_a_reason_that_no_database_takes_is_refused(reason: str) -> None:
    attempt = hand_in(attempt=begun(make_quiz(("text",))))
    teacher = signed_in(make_teacher(attempt.run_quiz.run))
    raising = reverse("study:raise_points", args=[attempt.public_id])
    answer = teacher.post(raising, {"kysymys": "1", "pisteet": "1", "perustelu": reason})
    assert page_of_answer(answer, 422).select_one(".error-summary a[href='#k1-perustelu']")
    assert not PointChange.objects.exists()


def test_practice_after_passing_says_so(attempt: Attempt) -> None:
    client = client_of(attempt)
    client.post(attempt.url, right_answers(attempt))
    hand_in(attempt=attempt)
    page = page_of(client, quiz_url(attempt.run_quiz))
    assert "Practising changes neither your result nor the attempts that are left." in words(page)
    client.post(quiz_url(attempt.run_quiz))
    assert Attempt.objects.get(number=2).is_practice


# Authors


def test_an_author_previews_the_questions_as_they_are_now() -> None:
    run_quiz = make_quiz(tuple(RIGHT))
    question = Question.objects.get(code="single")
    question.prompt = "Uusi muoto?"
    question.save()
    author = signed_in(make_person("toimittaja", Role.EDITOR))
    path = reverse("study:quiz_preview", args=[run_quiz.quiz.code])
    page = page_of(author, path)
    assert "Uusi muoto?" in words(page)
    sent = {f"k{number}-{name}": v for number, kind in enumerate(RIGHT, 1) for name, v in RIGHT[kind].items()}
    page = page_of_answer(author.post(path, sent))
    assert f"{2 * len(RIGHT)} of {2 * len(RIGHT)} points" in words(page)
    assert not Attempt.objects.exists()
    assert not Draft.objects.exists()


def test_a_preview_is_not_there_for_learners(client: Client) -> None:
    run_quiz = make_quiz()
    path = reverse("study:quiz_preview", args=[run_quiz.quiz.code])
    assert client.get(path)["Location"].startswith(reverse("account_login"))
    assert signed_in(enrolled(run_quiz.run).learner).get(path).status_code == 404


# Queries


@pytest.mark.parametrize("count", [1, 12])
def test_pages_of_a_quiz_take_few_queries_however_many_questions(
    count: int, django_assert_max_num_queries: Any
) -> None:
    codes = [make_question("single", f"k{number}").question.code for number in range(count)]
    attempt = begun(make_quiz(tuple(codes)))
    client = client_of(attempt)
    client.post(attempt.url, {"k1-a": "1"})
    for path in (quiz_url(attempt.run_quiz), attempt.url, hand_in_url(attempt)):
        client.get(path)
        with django_assert_max_num_queries(20):
            assert client.get(path).status_code == 200
    hand_in(attempt=attempt)
    with django_assert_max_num_queries(20):
        client.get(attempt.url)


def test_fields_that_the_form_does_not_have_are_not_kept() -> None:
    attempt = begun(make_quiz(("fill",)))
    sent = {f"k1-x{number}": "täytettä" for number in range(500)} | {"k1-a": "sana", "k77-a": "muu"}
    client_of(attempt).post(attempt.url, sent)
    assert draft_of(attempt).fields == {"k1-a": ["sana"]}


def test_a_question_that_has_been_asked_cannot_be_deleted() -> None:
    attempt = begun(make_quiz(("single",)))
    question = Question.objects.get(code="single")
    attempt.run_quiz.quiz.questions.all().delete()
    with pytest.raises(ProtectedError):
        question.delete()
    assert client_of(attempt).get(attempt.url).status_code == 200


def test_a_run_that_has_ended_takes_no_more_attempts_and_hands_in_what_was_saved(set_clock: SetClock) -> None:
    run_quiz = make_quiz(("fill",), run_fields={"ends": timezone.localdate()})
    attempt = begun(run_quiz)
    client_of(attempt).post(attempt.url, {"k1-a": "hyvinvointialueille"})
    set_clock(timezone.now() + datetime.timedelta(days=2))
    client = client_of(attempt)
    answer = client.post(attempt.url, {"k1-a": "muuta"})
    assert answer.status_code == 409
    assert "The time for answering has ended." in answer.content.decode()
    assert "2 of 2 points" in words(page_of(client, attempt.url))
    other = signed_in(enrolled(make_quiz().run, "toinen").learner)
    assert other.get(attempt.url).status_code == 404


def test_the_html_of_every_page_of_a_quiz_is_sound() -> None:
    attempt = begun(make_quiz(tuple(RIGHT), minutes=30, due=timezone.now() + datetime.timedelta(days=2)))
    client, teacher = client_of(attempt), signed_in(make_teacher(attempt.run_quiz.run))
    preview = reverse("study:quiz_preview", args=[attempt.run_quiz.quiz.code])
    pages = [client.get(quiz_url(attempt.run_quiz)), client.get(attempt.url), client.get(hand_in_url(attempt))]
    pages += [client.post(attempt.url, {"k1-a": "99", "k7-a": "x" * 2000})]
    client.post(attempt.url, {"k1-a": "0", "k2-a": "1", "k7-a": "omin sanoin", "k9-a0": "0", "jatka": "9"})
    pages += [client.get(attempt.url)]
    hand_in(attempt=attempt)
    pages += [client.get(attempt.url), client.get(quiz_url(attempt.run_quiz)), client.post(attempt.url, {"k6-a": "x"})]
    pages += [teacher.get(attempt.url), teacher.get(preview), teacher.post(preview, {"k1-a": "0", "k9-a0": "0"})]
    for page in pages:
        assert faults(page.content.decode()) == [], page.request["PATH_INFO"]


# What the script of the page saves


def put(client: Client, key: object, fields: dict[str, list[str]], base: int = 0) -> Any:
    path = reverse("drafts:draft", args=["study.attempt", key])
    told = {"base": base, "device": "tab", "turn": 1, "fields": fields}
    return client.put(path, told, content_type="application/json")


def test_the_script_saves_while_the_attempt_is_open_and_is_told_when_it_is_not(set_clock: SetClock) -> None:
    attempt = begun(make_quiz(("fill",), minutes=30))
    client = client_of(attempt)
    assert put(client, attempt.public_id, {"k1-a": ["hyvinvointialueille"]}).status_code == 200
    set_clock(attempt.started_at + datetime.timedelta(minutes=31))
    late = put(client, attempt.public_id, {"k1-a": ["muuta"]}, base=1)
    assert late.status_code == 403
    assert "The time for answering has ended." in late.json()["message"]
    assert "2 of 2 points" in words(page_of(client, attempt.url))


def test_the_script_saves_nothing_of_another_persons_attempt_or_of_none(attempt: Attempt, client: Client) -> None:
    stranger = signed_in(make_person())
    for key in (attempt.public_id, uuid.uuid4(), "x", "a" * 90):
        assert put(stranger, key, {"k1-a": ["1"]}).status_code == 403
        assert put(stranger, key, {"k1-a": ["x" * 60_000]}).status_code in {403, 413}
        assert put(client, key, {"k1-a": ["1"]}).status_code == 401
    assert not Draft.objects.exists()


def test_the_script_is_told_at_which_question_a_text_is_far_too_long() -> None:
    attempt = begun(make_quiz(("text",)))
    answer = put(client_of(attempt), attempt.public_id, {"k1-a": ["x" * 60_000]})
    assert answer.status_code == 413
    assert "Question 1" in answer.json()["message"]
