"""The dashboard of a run: its figures, the heat table, who has stalled, what waits, and for whom it is."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.users.models import UserProfile

from accounts.models import User
from accounts.roles import Role
from learning.courses.models import CourseRun
from learning.study.models import Enrolment, FinalGrade, LessonProgress, Mark, PeerReview, RunTeacher, Submission
from learning.study.overview.stalling import QUIET
from learning.study.overview.standings import learners_who_study
from tests.learning.study.factories import enrolled, make_person, make_quiz, make_run, make_teacher
from tests.learning.study.handing_in import assigned, handed_in
from tests.learning.study.quizzes import page_of, words
from tests.learning.study.studying import Study
from tests.learning.study.studying import begin as studying
from tests.learning.study.visiting import signed_in

pytestmark = pytest.mark.django_db


def address(run: CourseRun) -> str:
    return f"/hallinta/toteutukset/{run.code}/"


def desk(run: CourseRun, query: str = "") -> BeautifulSoup:
    return page_of(signed_in(make_teacher(run)), address(run) + query)


def figures(page: BeautifulSoup) -> list[int]:
    return [int(words(each)) for each in page.select(".figures dd")]


def teacher_reading(language: str, run: CourseRun) -> User:
    """A teacher who has chosen the language of the administration."""
    teacher = make_teacher(run, f"opettaja-{language}")
    UserProfile.objects.create(user=teacher, preferred_language=language)
    return teacher


def names(page: BeautifulSoup) -> list[str]:
    return [words(each.a) for each in page.select(".heat tbody th")]


def row_of(page: BeautifulSoup, name: str) -> list[str]:
    """The cells of the modules in the row of the learner."""
    for row in page.select(".heat tbody tr"):
        if name in words(row.th):
            return [words(cell) for cell in row.select("td[class^=h]")]
    raise AssertionError(f"{name} is not in the table")


def read(study: Study, enrolment: Enrolment, number: int) -> None:
    now = timezone.now()
    for lesson in study.lessons[:number]:
        LessonProgress.objects.create(enrolment=enrolment, lesson=lesson, seen_at=now, done_at=now)


def quiet_for(enrolment: Enrolment, days: int) -> None:
    """Nothing has been heard of the learner for so many days."""
    at = timezone.now() - datetime.timedelta(days=days, hours=1)
    Enrolment.objects.filter(pk=enrolment.pk).update(created_at=at, seen_at=at)


def ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def old_run(**fields: Any) -> CourseRun:
    today = timezone.localdate()
    return make_run(starts=today - datetime.timedelta(days=40), **fields)


@pytest.mark.parametrize("part", ["", "vertailu/", "tilastot/", "tilastot/luvut.csv"])
@pytest.mark.parametrize(
    ("who", "answer"),
    [
        (lambda run: make_teacher(run), 200),
        (lambda run: make_person("toimittaja", Role.EDITOR), 404),
        (lambda run: make_person("yllapitaja", Role.ADMINISTRATOR), 404),
        (lambda run: make_teacher(make_run()), 404),
        (lambda run: enrolled(run).learner, 403),
    ],
    ids=["teacher", "editor", "administrator", "other teacher", "learner"],
)
def test_the_overview_of_a_run_is_for_its_teachers(who: Callable[[CourseRun], User], answer: int, part: str) -> None:
    run = make_run()
    assert signed_in(who(run)).get(address(run) + part).status_code == answer


def test_an_assistant_sees_the_dashboard_too() -> None:
    run = make_run()
    assistant = make_teacher(run, "avustaja")
    RunTeacher.objects.filter(user=assistant).update(role=RunTeacher.Role.ASSISTANT)
    assert signed_in(assistant).get(address(run)).status_code == 200


# Only outside a transaction is anything kept.
@pytest.mark.django_db(transaction=True)
def test_teachers_who_read_different_languages_have_each_page_whole_in_their_own() -> None:
    run = make_run()
    skip_links = {"fi": "Siirry sisältöön", "sv": "Gå till innehållet", "en": "Skip to content"}
    readers = {language: signed_in(teacher_reading(language, run)) for language in skip_links}
    for language, skip in skip_links.items():
        page = page_of(readers[language], address(run))
        assert page.html and page.html["lang"] == language
        assert words(page.select_one("a.skip")) == skip


def test_a_run_without_learners_says_so() -> None:
    page = desk(make_run())
    assert not page.select(".heat")
    assert page.select_one(".empty a.button")


def test_the_table_tells_how_much_of_each_module_is_done_and_what_is_late() -> None:
    study = studying(modules=2, lessons=2)
    run, late = study.run, ago(1)
    first, second = (page.get_parent().specific for page in (study.lessons[0], study.lessons[2]))
    task = assigned(run, module=first)
    assigned(run, module=second, due=late)
    quick = enrolled(run, "Nopea")
    read(study, quick, 3)
    handed_in(quick, task)
    page = desk(run)
    assert row_of(page, "Nopea") == ["3/3", "1/3 , myöhässä"]
    assert row_of(page, "Oppija") == ["0/3", "0/3 , myöhässä"]
    assert figures(page) == [2, 1, 2, 0, 0]


def test_extra_time_and_work_sent_back_decide_what_is_late() -> None:
    run = old_run()
    task = assigned(run, due=ago(2))
    longer, again, done = enrolled(run, "Pidempi"), enrolled(run, "Uudestaan"), enrolled(run, "Valmis")
    Enrolment.objects.filter(pk=longer.pk).update(extra_days=5)
    sent_back = handed_in(again, task)
    handed_in(done, task)
    page = desk(run)
    assert row_of(page, "Pidempi") == ["0/1"] and row_of(page, "Valmis") == ["1/1"]
    Submission.objects.filter(pk=sent_back.pk).update(status="again", again_due=timezone.now() + datetime.timedelta(3))
    assert row_of(desk(run), "Uudestaan") == ["0/1"]
    Submission.objects.filter(pk=sent_back.pk).update(again_due=ago(1))
    assert row_of(desk(run), "Uudestaan") == ["0/1 , myöhässä"]


def test_extra_days_over_a_change_of_the_clocks_end_at_the_same_time_of_day() -> None:
    run = make_run(starts=datetime.date(2026, 9, 1), ends=datetime.date(2027, 1, 1))
    learner, task = enrolled(run), assigned(run)
    # 23.59 in summer, two extra days: 23.59 in winter, an hour later by the sun.
    due = datetime.datetime(2026, 10, 24, 20, 59, tzinfo=datetime.UTC)
    handed_in(learner, task)
    Submission.objects.update(status="again", again_due=due)
    Enrolment.objects.update(extra_days=2)
    [before] = learners_who_study(run, datetime.datetime(2026, 10, 26, 21, 58, tzinfo=datetime.UTC))
    [after] = learners_who_study(run, datetime.datetime(2026, 10, 26, 22, 0, tzinfo=datetime.UTC))
    assert not before.late and after.late


def test_nothing_is_waited_for_from_who_did_the_course_elsewhere() -> None:
    run = old_run()
    make_quiz(run, due=ago(3))
    learner = enrolled(run, "Muualla")
    quiet_for(learner, QUIET)
    assert figures(desk(run)) == [1, 0, 1, 1, 0]
    given = FinalGrade.objects.create(
        enrolment=learner, is_passed=True, grade=4, day=timezone.localdate(), is_imported=True
    )
    assert figures(desk(run)) == [1, 0, 0, 0, 1]
    FinalGrade.objects.create(enrolment=learner, is_passed=True, grade=4, day=given.day, is_taken_back=True)
    assert figures(desk(run)) == [1, 0, 1, 1, 0]


def test_who_has_stalled_is_told_with_the_reason() -> None:
    run = old_run()
    quiz = make_quiz(run, due=ago(3))
    quiet, awake, recent = enrolled(run, "Hiljainen"), enrolled(run, "Virkeä"), enrolled(run, "Äskeinen")
    for each in (quiet, awake):
        quiet_for(each, QUIET)
    quiet_for(recent, QUIET - 1)
    assert quiz.quiz.title
    page = desk(run)
    box = page.select_one("section[aria-labelledby=pysahtyneet]")
    assert "Hiljainen" in words(box) and f"myöhässä: {quiz.quiz.title}" in words(box)
    assert "Äskeinen" not in words(box)
    assert set(names(desk(run, "?nayta=pysahtyneet"))) == {"Hiljainen Testi", "Virkeä Testi"}
    # A work that was handed in is a sign of life.
    handed_in(awake, assigned(run, is_required=False))
    assert names(desk(run, "?nayta=pysahtyneet")) == ["Hiljainen Testi"]


def test_nobody_stalls_where_nothing_is_due_or_before_the_run_begins() -> None:
    run = old_run(ends=None)
    make_quiz(run)
    quiet_for(enrolled(run), 60)
    assert figures(desk(run))[3] == 0
    today = timezone.localdate()
    fresh = make_run(starts=today - datetime.timedelta(days=1))
    make_quiz(fresh, due=timezone.now() + datetime.timedelta(days=2))
    quiet_for(enrolled(fresh), 60)
    assert figures(desk(fresh))[3] == 0


def test_the_table_is_ordered_by_name_progress_and_the_last_sign_of_life() -> None:
    study = studying(modules=1, lessons=3)
    run = study.run
    Enrolment.objects.filter(pk=study.enrolment.pk).delete()
    rows = {name: enrolled(run, name) for name in ("Cecilia", "Aino", "Bertta")}
    for number, enrolment in enumerate(rows.values()):
        read(study, enrolment, number)
        quiet_for(enrolment, number + 1)
        enrolment.learner.last_name = enrolment.learner.first_name
        enrolment.learner.save()

    def short(query: str) -> list[str]:
        return [name.split()[0] for name in names(desk(run, query))]

    assert short("") == ["Aino", "Bertta", "Cecilia"]
    assert short("?jarjestys=-nimi") == ["Cecilia", "Bertta", "Aino"]
    assert short("?jarjestys=eteneminen") == ["Cecilia", "Aino", "Bertta"]
    assert short("?jarjestys=kaynti") == ["Bertta", "Aino", "Cecilia"]
    assert short("?jarjestys=keksitty&nayta=keksitty&organisaatio=x&page=99") == ["Aino", "Bertta", "Cecilia"]
    headings = desk(run, "?jarjestys=-eteneminen").select("th[aria-sort]")
    assert [(each["aria-sort"], words(each)) for each in headings] == [("descending", "Tehty")]


def test_what_waits_is_counted_and_leads_where_it_is_done() -> None:
    run = make_run(admission="approval")
    enrolled(run)
    [link] = _waits(desk(run))
    assert words(link).startswith("1 ") and link["href"] == f"{address(run)}opiskelijat/?tila=applied"


def test_a_second_mark_waits_for_others_than_the_first_marker_and_differing_ones_for_the_responsible() -> None:
    run = make_run()
    task = assigned(run, needs_second_marker=True)
    work, other = (handed_in(enrolled(run), task) for _each in range(2))
    first, second, lead = (make_teacher(run) for _each in range(3))
    RunTeacher.objects.filter(user=lead).update(role=RunTeacher.Role.RESPONSIBLE)
    Mark.objects.create(submission=work, version=work.versions.get(), by=first, outcome="accepted")
    Submission.objects.filter(pk=work.pk).update(status="second")
    Submission.objects.filter(pk=other.pk).update(status="differing")

    def waiting(teacher: User) -> list[str]:
        return [words(each) for each in _waits(page_of(signed_in(teacher), address(run)))]

    assert waiting(first) == []
    assert waiting(second) == ["1 palautus odottaa toista arvioijaa"]
    assert waiting(lead) == [*waiting(second), "1 palautus, jonka arvioijat ovat eri mieltä"]


def test_the_work_of_somebody_who_has_left_waits_for_nobody() -> None:
    run = make_run()
    task = assigned(run)
    stays, leaves = enrolled(run), enrolled(run)
    for enrolment in (stays, leaves):
        handed_in(enrolment, task)
    Enrolment.objects.filter(pk=leaves.pk).update(status="withdrawn")
    page = desk(run)
    assert figures(page)[1] == 1
    assert [words(each) for each in _waits(page)] == ["1 palautus odottaa arviota"]


def _waits(page: BeautifulSoup) -> list[Tag]:
    return list(page.select(".desk-waits a"))


def test_twenty_five_learners_are_on_a_page() -> None:
    run = make_run()
    make_quiz(run)
    for _each in range(27):
        enrolled(run)
    page = desk(run)
    assert len(names(page)) == 25
    assert len(names(desk(run, "?page=2"))) == 2
    assert page.select_one(".pager")


def test_the_dashboard_asks_as_little_for_thirty_learners_as_for_three() -> None:
    run = old_run()
    task, teacher = assigned(run, due=ago(1)), signed_in(make_teacher(run))
    quiz = make_quiz(run)
    assert quiz.pk

    def asked() -> int:
        teacher.get(address(run))
        with CaptureQueriesContext(connection) as queries:
            assert teacher.get(address(run)).status_code == 200
        return len(queries)

    def join(number: int) -> None:
        for _each in range(number):
            handed_in(enrolled(run), task)

    join(3)
    few = asked()
    join(27)
    assert asked() <= few


def test_charts_have_a_name_a_description_and_their_figures_as_a_table() -> None:
    study = studying(modules=1, lessons=2)
    task = assigned(study.run)
    read(study, study.enrolment, 1)
    handed_in(study.enrolment, task)
    page = desk(study.run)
    charts = page.select("figure.chart")
    assert len(charts) == 3
    for chart in charts:
        svg = chart.svg
        assert svg is not None and svg["role"] == "img"
        named = [page.find(id=name) for name in str(svg["aria-labelledby"]).split()]
        assert [each.name for each in named if isinstance(each, Tag)] == ["title", "desc"]
        assert chart.select("details table tbody tr")
        assert not svg.select("[style]")
    last = charts[0].select("tbody tr")[-1]
    # One lesson of two and the work of one: two of three.
    assert words(last.select("td")[-1]) == "67 %"
    assert [words(each) for each in charts[2].select("tbody td")] == ["0", "1", "0", "0", "0"]


def test_reviews_that_are_missed_make_a_group() -> None:
    run = make_run()
    task = assigned(run, peers="anonymous")
    writer, reviewer = enrolled(run, "Kirjoittaja"), enrolled(run, "Lukija")
    review = PeerReview.objects.create(submission=handed_in(writer, task), reviewer=reviewer, due=ago(1))
    assert names(desk(run, "?nayta=vertaisarviot")) == ["Lukija Testi"]
    review.delete()
    assert len(names(desk(run, "?nayta=vertaisarviot"))) == 2


def test_what_one_asked_in_the_address_is_on_no_other_page() -> None:
    """The frame is kept for all that is asked: nothing of the first one's question may stay in it."""
    run = old_run()
    enrolled(run)
    client = signed_in(make_teacher(run))
    client.get(address(run) + "?muuta=aivanomaa")
    for query in ("", "?muuta=toista"):
        page = client.get(address(run) + query).content.decode()
        assert page.count("<h1") == 1
        assert "aivanomaa" not in page
