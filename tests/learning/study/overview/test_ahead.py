"""The dashboards of large runs, which the worker makes before anybody asks for them."""

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from common import jobs
from learning.courses.models import CourseRun
from learning.study.models import Enrolment, LessonProgress, Submission
from learning.study.overview import renewing
from tests.learning.study.factories import enrolled, make_quiz, make_run, make_teacher
from tests.learning.study.handing_in import assigned, handed_in
from tests.learning.study.quizzes import page_of, words
from tests.learning.study.studying import Study
from tests.learning.study.studying import begin as studying
from tests.learning.study.visiting import signed_in

pytestmark = pytest.mark.django_db

NAMES = ["Aino", "Öljymäki", "Åberg", "Ärlig", "Zetterberg", "Bo"]


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs are large from so few learners on."""
    monkeypatch.setattr(renewing, "LARGE", len(NAMES))


@pytest.fixture
def study() -> Study:
    """A run of learners of whom one has done something, one is late, and one is away."""
    made = studying(modules=2, lessons=2)
    started = timezone.localdate() - datetime.timedelta(days=40)
    CourseRun.objects.filter(pk=made.run.pk).update(starts=started)
    made.run.starts = started
    task = assigned(made.run, due=timezone.now() - datetime.timedelta(days=1))
    make_quiz(made.run)
    people = [enrolled(made.run, name) for name in NAMES]
    for each, name in zip(people, NAMES, strict=True):
        User.objects.filter(pk=each.learner_id).update(first_name="Oppija", last_name=name)
    read(made, people[0])
    handed_in(people[0], task)
    away = timezone.now() - datetime.timedelta(days=20)
    Enrolment.objects.filter(pk=people[1].pk).update(created_at=away, seen_at=away)
    return made


def read(study: Study, enrolment: Enrolment) -> None:
    now = timezone.now()
    LessonProgress.objects.create(enrolment=enrolment, lesson=study.lessons[0], seen_at=now, done_at=now)


def desk(run: CourseRun, query: str = "", prefix: str = "") -> str:
    return f"{prefix}/hallinta/toteutukset/{run.code}/{query}"


def told(page: BeautifulSoup) -> str:
    """What the page says, but for the moment of which its figures are."""
    for each in page.select(".section__head .muted"):
        each.decompose()
    main = page.select_one("main")
    assert main is not None
    return words(main)


def figures(page: BeautifulSoup) -> list[str]:
    return [words(each) for each in page.select(".figures dd")]


QUERIES = ["", "?nayta=pysahtyneet", "?nayta=myohassa", "?jarjestys=eteneminen", "?jarjestys=-kaynti", "?nayta=jotain"]


@pytest.mark.parametrize("query", QUERIES)
def test_what_was_made_ahead_says_what_looking_says(study: Study, query: str) -> None:
    client = signed_in(make_teacher(study.run))
    before = told(page_of(client, desk(study.run, query)))
    assert "Öljymäki" in before
    renewing.make_ahead()
    assert told(page_of(client, desk(study.run, query))) == before


@pytest.mark.parametrize("code", ["sv", "en"])
def test_it_is_made_in_the_language_and_order_of_each_reader(study: Study, code: str) -> None:
    teacher = make_teacher(study.run)
    User.objects.filter(pk=teacher.pk).update(language=code)
    client = signed_in(teacher)
    client.get(f"/{code}/")
    before = told(page_of(client, desk(study.run)))
    renewing.make_ahead()
    assert told(page_of(client, desk(study.run))) == before


def test_it_spares_the_page_most_questions(study: Study, django_assert_max_num_queries: Any) -> None:
    client = signed_in(make_teacher(study.run))
    client.get(desk(study.run))
    with django_assert_max_num_queries(100) as looked:
        client.get(desk(study.run))
    renewing.make_ahead()
    with django_assert_max_num_queries(100) as given:
        client.get(desk(study.run))
    assert len(given) < len(looked) - 8
    assert not [query for query in given.captured_queries if "study_lessonprogress" in query["sql"]]


def test_the_page_says_of_which_moment_it_is_and_the_next_round_brings_the_rest(study: Study) -> None:
    client = signed_in(make_teacher(study.run))
    renewing.make_ahead()
    learner = Enrolment.objects.get(run=study.run, learner__last_name="Bo")
    Enrolment.objects.filter(pk=learner.pk).update(status="completed", completed_at=timezone.now())
    page = page_of(client, desk(study.run))
    assert "tilanne klo" in words(page.select(".section__head .muted")[0])
    assert figures(page)[-1] == "0"
    renewing.make_ahead()
    assert figures(page_of(client, desk(study.run)))[-1] == "1"


def test_what_waits_for_the_teacher_is_counted_each_time(study: Study) -> None:
    client = signed_in(make_teacher(study.run))
    renewing.make_ahead()
    assert figures(page_of(client, desk(study.run)))[1] == "1"
    Submission.objects.update(status="accepted")
    assert figures(page_of(client, desk(study.run)))[1] == "0"


def test_figures_of_what_the_run_asked_before_are_not_shown(study: Study) -> None:
    client = signed_in(make_teacher(study.run))
    renewing.make_ahead()
    assigned(study.run, title="Uusi tehtävä", due=timezone.now() - datetime.timedelta(hours=1))
    page = page_of(client, desk(study.run))
    assert "Myöhässä: Uusi tehtävä (7)" in words(page)


def test_a_cache_that_does_not_answer_costs_time_alone(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(make_teacher(study.run))
    renewing.make_ahead()

    answer = cache.get

    def fail(name: str, *more: Any, **others: Any) -> Any:
        if name.startswith("desk-"):
            raise OSError(name)
        return answer(name, *more, **others)

    monkeypatch.setattr(cache, "get", fail)
    assert figures(page_of(client, desk(study.run)))[0] == str(len(NAMES) + 1)


def kept_of(run: CourseRun) -> list[str]:
    return [key for key in getattr(cache, "_cache", {}) if "desk-" in key and f":{run.pk}:" in key]


def test_nothing_of_the_learners_of_a_small_or_an_ended_run_is_kept(study: Study) -> None:
    small = make_run()
    enrolled(small)
    renewing.make_ahead()
    assert kept_of(study.run)
    assert not kept_of(small)
    long_ago = timezone.localdate() - datetime.timedelta(days=100)
    CourseRun.objects.filter(pk=study.run.pk).update(starts=long_ago, ends=long_ago + datetime.timedelta(days=30))
    renewing.make_ahead()
    assert not kept_of(study.run)


def test_nothing_is_kept_of_a_run_that_is_large_no_more(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    renewing.make_ahead()
    assert kept_of(study.run)
    monkeypatch.setattr(renewing, "LARGE", 100)
    renewing.make_ahead()
    assert not kept_of(study.run)


def test_a_run_makes_no_more_questions_the_more_learners_it_has(study: Study) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            renewing.make_ahead()
        return len(asked)

    queries()
    few = queries()
    for number in range(6):
        read(study, enrolled(study.run, f"lisa-{number}"))
    assert queries() == few


def test_the_worker_makes_them_each_minute() -> None:
    assert {job.name: job.every_seconds for job in jobs.registered()}["dashboards of large runs"] == 60


def test_only_the_run_s_teachers_see_what_was_made(study: Study) -> None:
    renewing.make_ahead()
    assert Client().get(desk(study.run)).status_code == 302
    assert signed_in(make_teacher(make_run())).get(desk(study.run)).status_code == 404
