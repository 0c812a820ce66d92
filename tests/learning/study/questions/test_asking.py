"""Asking and answering among the people of a run: who takes part, under which name, and what they may change."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from drafts.services import find
from drafts.writers import Writer
from learning.courses.models import CourseRun, ModulePage
from learning.study.models import RunAnswer, RunQuestion
from learning.study.questions import errors, services
from learning.study.services import enrolling
from tests.learning.study.factories import enrolled, make_person, make_run, make_teacher
from tests.learning.study.questions.asking import address, answered, asked, asking, member
from tests.learning.study.studying import begin
from tests.learning.study.visiting import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> CourseRun:
    return make_run()


def page_of(client: Any, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().replace("\N{SOFT HYPHEN}", "").split())


def withdrawn(run: CourseRun) -> User:
    enrolment = enrolled(run)
    enrolling.withdraw(enrolment=enrolment, by=enrolment.learner)
    return enrolment.learner


def list_of(run: CourseRun) -> str:
    return f"/opinnot/{run.code}/kysymykset/"


def test_a_learner_asks_and_another_answers(run: CourseRun) -> None:
    asker, other = enrolled(run).learner, enrolled(run).learner
    response = signed_in(asker).post(f"{list_of(run)}kysy/", asking())
    question = RunQuestion.objects.get()
    assert response.headers["Location"].startswith(address(question))
    sent = signed_in(other).post(address(question), {"text": "Valitse yksi.", "key": uuid.uuid4()})
    assert sent.status_code == 302
    page = page_of(signed_in(asker), address(question))
    assert "Valitse yksi." in page
    assert RunAnswer.objects.get().question == question


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        (lambda run: enrolled(run).learner, 200),
        (lambda run: make_teacher(run), 200),
        (lambda run: make_person("muu"), 302),
        (lambda run: withdrawn(run), 302),
        (lambda run: make_person("toimittaja", Role.EDITOR), 404),
        (lambda run: make_person("yllapitaja", Role.ADMINISTRATOR), 404),
        (lambda run: make_teacher(make_run()), 302),
    ],
    ids=["learner", "teacher", "stranger", "withdrawn", "editor", "administrator", "other teacher"],
)
def test_only_the_people_of_the_run_read_and_write(
    run: CourseRun, who: Callable[[CourseRun], Any], answer: int
) -> None:
    question = asked(enrolled(run).learner, run)
    client = signed_in(who(run))
    for path in (list_of(run), f"{list_of(run)}kysy/", address(question)):
        assert client.get(path).status_code == answer, path
    if answer == 200:
        return
    for path, data in [
        (f"{list_of(run)}kysy/", asking()),
        (address(question), {"text": "Vastaus", "key": uuid.uuid4()}),
        (address(question, "teko/"), {"act": "hide"}),
        (address(question, "muokkaa/"), asking()),
        (f"{list_of(run)}seuraa/", {"is_on": "1"}),
    ]:
        assert client.post(path, data).status_code == answer, path
    assert RunQuestion.objects.filter(hidden_at=None).count() == 1
    assert not RunAnswer.objects.exists()


def test_strangers_sign_in_first(run: CourseRun, client: Any) -> None:
    assert "/tili/login/" in client.get(list_of(run)).headers["Location"]


def test_a_name_is_shown_to_other_learners_only_where_its_owner_wants(run: CourseRun) -> None:
    asker, other, teacher = enrolled(run, "aino").learner, enrolled(run, "eero").learner, make_teacher(run)
    question = asked(asker, run)
    answered(other, question, shows_name=True)
    to_asker, to_other, to_teacher = (page_of(signed_in(who), address(question)) for who in (asker, other, teacher))
    assert "Aino Testi" not in to_other and asker.email not in to_other
    assert "Opiskelija" in to_other
    assert "Eero Testi" in to_asker
    assert "Aino Testi" in to_teacher
    assert "Aino Testi" not in page_of(signed_in(other), list_of(run))


def test_the_answer_of_a_teacher_is_marked_with_the_name(run: CourseRun) -> None:
    asker, teacher = enrolled(run).learner, make_teacher(run)
    answered(teacher, question := asked(asker, run))
    page = page_of(signed_in(asker), address(question))
    assert "said--teacher" in page and "Opettaja Testi" in page


def test_the_same_form_sent_twice_asks_and_answers_once(run: CourseRun) -> None:
    learner = enrolled(run).learner
    client, sent = signed_in(learner), asking()
    first, second = (client.post(f"{list_of(run)}kysy/", sent).headers["Location"] for _time in range(2))
    assert first == second
    question, answer = RunQuestion.objects.get(), {"text": "Vastaus", "key": uuid.uuid4()}
    for _time in range(2):
        client.post(address(question), answer)
    assert question.answers.count() == 1


def test_a_key_of_somebody_elses_question_gives_nothing_away(run: CourseRun) -> None:
    theirs = asked(enrolled(run).learner, run)
    mine = asked(enrolled(run).learner, run, "Toinen kysymys", key=theirs.public_id)
    assert mine.public_id != theirs.public_id


def test_personal_data_is_asked_about_before_it_is_shown(run: CourseRun) -> None:
    client = signed_in(enrolled(run).learner)
    response = client.post(f"{list_of(run)}kysy/", asking(text="Asiakkaan hetu on 131052-308T."))
    assert response.status_code == 422
    assert "131052-308T" in response.content.decode()
    assert not RunQuestion.objects.exists()


def test_asking_finishes_the_draft(run: CourseRun) -> None:
    learner = enrolled(run).learner
    signed_in(learner).post(f"{list_of(run)}kysy/", asking())
    draft = find(writer=Writer(user_id=learner.pk), form="study.question", object_key=run.code)
    assert draft is not None and draft.status == "finished"


class TestChanging:
    def test_own_words_are_changed_and_shown_as_changed(self, run: CourseRun) -> None:
        asker = enrolled(run).learner
        question = asked(asker, run)
        signed_in(asker).post(address(question, "muokkaa/"), asking(title="Miten valitsen aiheen?"))
        question.refresh_from_db()
        assert question.title == "Miten valitsen aiheen?"
        assert question.edited_at is not None
        assert "muokattu" in page_of(signed_in(asker), address(question))

    def test_a_question_stays_as_it_is_once_somebody_has_answered(self, run: CourseRun) -> None:
        asker = enrolled(run).learner
        answered(enrolled(run).learner, question := asked(asker, run))
        with pytest.raises(errors.AlreadyAnswered):
            services.change_question(
                member=member(asker, run), question=question, title="Muu", text="", module_id=None, shows_name=False
            )
        assert signed_in(asker).post(address(question, "muokkaa/"), asking(title="Muu")).status_code == 422

    def test_a_marked_answer_stays_as_it_is(self, run: CourseRun) -> None:
        other, teacher = enrolled(run).learner, make_teacher(run)
        given = answered(other, question := asked(enrolled(run).learner, run))
        services.accept(member=member(teacher, run), question=question, answer=given)
        with pytest.raises(errors.MarkedAnswer):
            services.change_answer(member=member(other, run), answer=given, text="Muu", shows_name=False)

    def test_nobody_changes_the_words_of_another(self, run: CourseRun) -> None:
        question = asked(enrolled(run).learner, run)
        for person in (enrolled(run).learner, make_teacher(run)):
            assert signed_in(person).post(address(question, "muokkaa/"), asking(title="Muu")).status_code == 404


class TestOutOfSight:
    def test_its_writer_hides_a_question_and_brings_it_back(self, run: CourseRun) -> None:
        asker, other = enrolled(run).learner, enrolled(run).learner
        question = asked(asker, run)
        signed_in(asker).post(address(question, "teko/"), {"act": "hide"})
        assert signed_in(other).get(address(question)).status_code == 404
        assert question.title not in page_of(signed_in(other), list_of(run))
        signed_in(asker).post(address(question, "teko/"), {"act": "show"})
        assert signed_in(other).get(address(question)).status_code == 200

    def test_what_a_teacher_hid_its_writer_reads_but_does_not_bring_back(self, run: CourseRun) -> None:
        other, teacher = enrolled(run).learner, make_teacher(run)
        given = answered(other, question := asked(enrolled(run).learner, run), "Väärä vastaus.")
        act = f"hide:{given.public_id}"
        signed_in(teacher).post(address(question, "teko/"), {"act": act})
        assert "Väärä vastaus." in page_of(signed_in(other), address(question))
        assert "Väärä vastaus." not in page_of(signed_in(enrolled(run).learner), address(question))
        with pytest.raises(errors.TeachersDecision):
            services.show(member=member(other, run), post=given)
        services.show(member=member(teacher, run), post=given)

    def test_a_learner_hides_nothing_of_others(self, run: CourseRun) -> None:
        question = asked(enrolled(run).learner, run)
        with pytest.raises(errors.NotYours):
            services.hide(member=member(enrolled(run).learner, run), post=question)

    def test_a_hidden_question_takes_no_answers(self, run: CourseRun) -> None:
        asker = enrolled(run).learner
        services.hide(member=member(asker, run), post=(question := asked(asker, run)))
        with pytest.raises(errors.OutOfSight):
            answered(asker, question)


class TestTheAnswer:
    def test_the_asker_marks_what_helped_until_a_teacher_decides(self, run: CourseRun) -> None:
        asker, teacher = enrolled(run).learner, make_teacher(run)
        question = asked(asker, run)
        first, second = answered(enrolled(run).learner, question), answered(teacher, question)
        client = signed_in(asker)
        client.post(address(question, "teko/"), {"act": f"accept:{first.public_id}"})
        question.refresh_from_db()
        assert question.accepted == first and not question.accepted_by_teacher
        services.accept(member=member(teacher, run), question=question, answer=second)
        with pytest.raises(errors.TeachersDecision):
            services.accept(member=member(asker, run), question=question, answer=first)

    def test_others_mark_nothing(self, run: CourseRun) -> None:
        given = answered(enrolled(run).learner, question := asked(enrolled(run).learner, run))
        with pytest.raises(errors.NotYours):
            services.accept(member=member(enrolled(run).learner, run), question=question, answer=given)

    def test_an_answer_of_another_question_is_not_marked(self, run: CourseRun) -> None:
        teacher = make_teacher(run)
        given = answered(teacher, asked(teacher, run))
        with pytest.raises(errors.AnswerOutOfSight):
            services.accept(member=member(teacher, run), question=asked(teacher, run), answer=given)

    def test_a_hidden_answer_is_not_marked_and_it_is_said_of_the_answer(self, run: CourseRun) -> None:
        teacher = make_teacher(run)
        given = answered(enrolled(run).learner, question := asked(enrolled(run).learner, run))
        services.hide(member=member(teacher, run), post=given)
        with pytest.raises(errors.AnswerOutOfSight):
            services.accept(member=member(teacher, run), question=question, answer=given)


def test_learners_write_until_the_run_ends_for_them(run: CourseRun, set_clock: Any) -> None:
    enrolment = enrolled(run)
    question = asked(enrolment.learner, run)
    set_clock(timezone.now() + datetime.timedelta(days=90))
    with pytest.raises(errors.RunOver):
        answered(enrolment.learner, question)
    enrolment.extra_days = 60
    enrolment.save()
    assert answered(enrolment.learner, question)


def test_who_asks_all_the_time_waits(run: CourseRun) -> None:
    learner = enrolled(run).learner
    for number in range(services.QUESTIONS.most):
        asked(learner, run, f"Kysymys {number}")
    with pytest.raises(errors.TooMany):
        asked(learner, run, "Vielä yksi")


class TestTheList:
    def test_it_is_narrowed_by_state_and_module(self) -> None:
        study = begin()
        module = ModulePage.objects.order_by("path").first()
        assert module is not None
        other = enrolled(study.run).learner
        asked(study.learner, study.run, "Omani moduulista", module_id=module.pk)
        answered(study.learner, asked(other, study.run, "Vastattu kysymys"))
        path = list_of(study.run)
        assert "Omani moduulista" in study.html(f"{path}?tila=avoimet")
        assert "Vastattu kysymys" not in study.html(f"{path}?tila=avoimet")
        assert "Vastattu kysymys" in study.html(f"{path}?tila=vastatut")
        assert "Vastattu kysymys" not in study.html(f"{path}?tila=omat")
        assert "Omani moduulista" in study.html(f"{path}?moduuli=1")
        assert "Vastattu kysymys" not in study.html(f"{path}?moduuli=1")
        assert "Omani moduulista" not in study.html(f"{path}?moduuli=kurssi")

    def test_what_the_asker_adds_is_no_answer(self, run: CourseRun) -> None:
        asker = enrolled(run).learner
        answered(asker, asked(asker, run), "Tarkennan vielä.")
        assert "Miten rajaan" in page_of(signed_in(asker), f"{list_of(run)}?tila=avoimet")

    def test_it_takes_as_many_queries_for_many_as_for_a_few(self, run: CourseRun) -> None:
        people = [enrolled(run).learner for _number in range(4)]
        client = signed_in(people[0])

        def queries() -> int:
            with CaptureQueriesContext(
                connection,
            ) as counted:
                assert client.get(list_of(run)).status_code == 200
            return len(counted)

        answered(people[1], asked(people[0], run))
        client.get(list_of(run))
        few = queries()
        for number in range(24):
            answered(people[number % 3], asked(people[number % 4], run, f"Kysymys {number}"))
        assert queries() == few <= 16

    def test_a_question_takes_as_many_queries_with_many_answers(self, run: CourseRun) -> None:
        people = [enrolled(run).learner for _number in range(5)]
        question = asked(people[0], run)
        client = signed_in(people[0])

        def queries() -> int:
            with CaptureQueriesContext(connection) as counted:
                assert client.get(address(question)).status_code == 200
            return len(counted)

        answered(people[1], question)
        client.get(address(question))
        few = queries()
        for number in range(20):
            answered(people[number % 5], question, f"Vastaus {number}")
        assert queries() == few <= 16


class TestSimilar:
    def test_a_question_in_other_forms_of_the_words_is_found(self, run: CourseRun, monkeypatch: Any) -> None:
        known = {"rajaan": {"rajata"}, "rajaisin": {"rajata"}, "aiheen": {"aihe"}, "aiheeni": {"aihe"}}
        from vocabulary import inflection

        monkeypatch.setattr(inflection, "_lent", [lambda word, language: known.get(word, set())])
        learner = enrolled(run).learner
        asked(learner, run)
        client = signed_in(learner)
        path = f"{list_of(run)}samanlaisia/"
        assert "Miten rajaan" in client.get(path, {"otsikko": "Kuinka rajaisin aiheeni"}).content.decode()
        assert "Miten rajaan" not in client.get(path, {"otsikko": "Milloin tentti on"}).content.decode()
        assert "Miten rajaan" in page_of(client, f"{list_of(run)}?sana=rajaisin")

    def test_without_a_script_they_are_told_after_asking(self, run: CourseRun) -> None:
        learner = enrolled(run).learner
        asked(learner, run, "Miten rajaan aiheen oikein?")
        response = signed_in(learner).post(f"{list_of(run)}kysy/", asking(), follow=True)
        assert "Miten rajaan aiheen oikein?" in response.content.decode().replace("\N{SOFT HYPHEN}", "")

    def test_what_is_out_of_sight_is_not_suggested(self, run: CourseRun) -> None:
        learner = enrolled(run).learner
        services.hide(member=member(learner, run), post=asked(learner, run))
        answer = signed_in(enrolled(run).learner).get(f"{list_of(run)}samanlaisia/", {"otsikko": "Miten rajaan aiheen"})
        assert "rajaan" not in answer.content.decode()


class TestTheDesk:
    def test_what_waits_is_first_and_is_answered_there(self, run: CourseRun) -> None:
        learner, teacher = enrolled(run).learner, make_teacher(run)
        waiting = asked(learner, run, "Odottava")
        answered(enrolled(run).learner, asked(learner, run, "Vastattu"))
        client, desk = signed_in(teacher), f"/hallinta/toteutukset/{run.code}/kysymykset/"
        page = page_of(client, desk)
        assert page.index("Odottava") < page.index("Vastattu")
        there = f"{desk}{waiting.public_id}/"
        assert client.post(there, {"text": "Näin.", "key": uuid.uuid4()}).headers["Location"].startswith(there)
        assert waiting.answers.get().is_teacher

    def test_it_is_for_the_teachers_of_the_run(self, run: CourseRun) -> None:
        question = asked(enrolled(run).learner, run)
        desk = f"/hallinta/toteutukset/{run.code}/kysymykset/"
        for person in (make_teacher(make_run()), make_person("yllapitaja", Role.ADMINISTRATOR)):
            for path in (desk, f"{desk}{question.public_id}/"):
                assert signed_in(person).get(path).status_code == 404


def test_what_one_took_out_of_sight_is_found_among_ones_own_and_nowhere_else(run: CourseRun) -> None:
    asker, other = enrolled(run).learner, enrolled(run).learner
    question = asked(asker, run, "Mihin tämä palautetaan?")
    services.hide(member=member(asker, run), post=question)
    own = page_of(signed_in(asker), f"{list_of(run)}?tila=omat")
    assert question.title in own and "Poistettu näkyvistä" in own
    assert question.title not in page_of(signed_in(asker), list_of(run))
    for state in ("omat", "piilossa"):
        assert question.title not in page_of(signed_in(other), f"{list_of(run)}?tila={state}")
