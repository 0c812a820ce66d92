"""Course, module and lesson pages: their order, their language, and how much they read."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from learning.courses.models import CourseIndexPage, CourseInstitution, CoursePage, CourseRun, LessonPage, ModulePage
from learning.courses.outline import neighbours, outline_of
from network.organisations.models import Organisation, OrganisationIndexPage, OrganisationPage
from tests.learning.factories import ask, make_course, make_question, translate

pytestmark = pytest.mark.django_db
MOST = 15


def html(client: Client, page: Any, query: str = "") -> str:
    answer = client.get(page.url + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_outline_has_modules_and_lessons_in_order() -> None:
    outline = outline_of(make_course(modules=3, lessons=2))
    assert [module.number for module in outline.modules] == [1, 2, 3]
    assert [lesson.page.title for lesson in outline.lessons][:3] == ["Tunti 1.1", "Tunti 1.2", "Tunti 2.1"]
    assert [lesson.label for lesson in outline.lessons][-1] == "3.2"


def test_neighbours_cross_modules_and_end_at_the_ends() -> None:
    lessons = outline_of(make_course(modules=2, lessons=2)).lessons
    assert neighbours(lessons, lessons[0]) == (None, lessons[1])
    assert neighbours(lessons, lessons[1]) == (lessons[0], lessons[2])
    assert neighbours(lessons, lessons[3]) == (lessons[2], None)
    assert neighbours(lessons, None) == (None, None)


def test_drafts_are_not_in_the_outline_and_a_module_without_lessons_is_planned(client: Client) -> None:
    course = make_course(modules=2, lessons=1)
    LessonPage.objects.descendant_of(ModulePage.objects.get(code="M2")).update(live=False)
    outline = outline_of(course)
    assert [module.is_planned for module in outline.modules] == [False, True]
    assert html(client, course).count("pattern--planned") == 1


def test_titles_of_a_reading_list_have_their_own_language(client: Client) -> None:
    make_course(modules=1, lessons=1)
    module = ModulePage.objects.get(code="M1")
    module.reading = [("line", "Talentia 2017: [en: Ethics <1>], s. 4")]
    module.save()
    assert '<li>Talentia 2017: <span lang="en">Ethics &lt;1&gt;</span>, s.\xa04</li>' in html(client, module)


def test_translated_lessons_take_the_places_of_their_sources() -> None:
    course = make_course(modules=1, lessons=3)
    swedish = translate(course, "sv", "Kursen", CourseIndexPage.objects.get(locale__language_code="sv"))
    module = translate(ModulePage.objects.get(locale__language_code="fi"), "sv", "Modulen", swedish)
    second = LessonPage.objects.get(title="Tunti 1.2")
    lesson = translate(second, "sv", "Lektionen", module)
    with translation.override("sv"):
        outline = outline_of(lesson)
    assert outline.course.title == "Kursen"
    assert [each.page.title for each in outline.lessons] == ["Tunti 1.1", "Lektionen", "Tunti 1.3"]
    entry = outline.lesson_of(lesson)
    assert entry is not None
    assert entry.number == 2


def test_finnish_pages_are_marked_where_the_reader_reads_swedish(client: Client) -> None:
    make_course()
    page = client.get("/sv/kurser/").content.decode()
    assert ' lang="fi"><a href="/kurssit/kurssi/"' in page


def test_a_translated_module_marks_the_lessons_that_are_only_in_finnish(client: Client) -> None:
    course = make_course(modules=1, lessons=2)
    swedish = translate(course, "sv", "Kursen", CourseIndexPage.objects.get(locale__language_code="sv"))
    module = translate(ModulePage.objects.get(locale__language_code="fi"), "sv", "Modulen", swedish)
    translate(LessonPage.objects.get(title="Tunti 1.2"), "sv", "Lektionen", module)
    for page in (swedish, module):
        rows = html(client, page).split('<ol class="storey__lessons">')[1].split("</ol>")[0].split("</li>")
        assert ' hreflang="fi"' in rows[0]
        assert '<span lang="fi">Tunti 1.1</span><small>På finska' in rows[0]
        assert "lang=" not in rows[1]
        assert "På finska" not in rows[1]


def test_titles_of_lessons_differ(client: Client) -> None:
    make_course(modules=2, lessons=2, code="a")
    make_course(modules=1, lessons=1, code="b")
    titles = [html(client, page).split("<title>")[1].split("</title>")[0] for page in LessonPage.objects.all()]
    assert len(set(titles)) == len(titles)


def test_runs_tell_their_days_and_offer_no_button(client: Client) -> None:
    page = make_course()
    today = timezone.localdate()
    for code, start, end in (("ennen", -90, -60), ("nyt", -5, 5), ("tulossa", 30, 60)):
        days = [today + datetime.timedelta(days=each) for each in (start, end)]
        CourseRun.objects.create(course=page.course, code=code, starts=days[0], ends=days[1], seats=24)
    context = client.get(page.url).context
    assert {state: [run.code for run in rows] for state, rows in context["runs"]} == {
        "going": ["nyt"],
        "coming": ["tulossa"],
        "past": ["ennen"],
    }
    # How many places there were is nobody's matter afterwards.
    assert html(client, page).count("<dd>24</dd>") == 2
    assert "<button" not in html(client, page).split("<main")[1].split("</main>")[0]


def test_whom_to_ask_is_the_coordinating_institution_with_its_page(client: Client) -> None:
    page = make_course()
    index = OrganisationIndexPage.objects.get(locale__language_code="fi")
    for code, role in (("myontaja", "awarding"), ("koordinoija", "coordinating")):
        organisation = Organisation.objects.create(code=code, name_fi=code, type="uas")
        index.add_child(instance=OrganisationPage(title=code, slug=code, organisation=organisation))
        CourseInstitution.objects.create(course=page.course, organisation=organisation, role=role)
    context = client.get(page.url).context
    assert [each.code for each in context["contacts"]] == ["koordinoija"]
    assert [[each.code for each in rows] for _role, rows in context["institutions"]] == [["myontaja"], ["koordinoija"]]


@pytest.mark.parametrize("query", ["?kysymys", "?page=-1", "?a=%C3%84", "?v=99999999999", "?kysymys=x&v=1&a=1"])
def test_any_query_gives_the_page(client: Client, query: str) -> None:
    page = make_course()
    for each in (page, ModulePage.objects.get(), LessonPage.objects.get(), CourseIndexPage.objects.first()):
        html(client, each, query)


def count(client: Client, url: str, most: DjangoAssertNumQueries) -> int:
    client.get(url)
    with most(MOST) as queries:
        client.get(url)
    return len(queries)


@pytest.mark.parametrize("which", [CoursePage, ModulePage, LessonPage])
def test_a_large_course_reads_as_little_as_a_small_one(
    client: Client, which: type[Any], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    small, large = make_course(1, 2, code="pieni"), make_course(10, 10, code="suuri")
    counts = [
        count(client, which.objects.descendant_of(course, inclusive=True).first().url, django_assert_max_num_queries)
        for course in (small, large)
    ]
    assert counts[0] == counts[1]


def test_the_catalogue_reads_as_little_with_many_courses(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_course(code="c0")
    one = count(client, "/kurssit/", django_assert_max_num_queries)
    for number in range(1, 20):
        make_course(code=f"c{number}")
    assert count(client, "/kurssit/", django_assert_max_num_queries) == one


def test_ten_questions_read_as_little_as_one(
    client: Client, first_lesson: LessonPage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    versions = [make_question("single", f"k{number}") for number in range(10)]
    ask(first_lesson, versions[0])
    one = count(client, first_lesson.url, django_assert_max_num_queries)
    ask(first_lesson, *versions)
    assert count(client, first_lesson.url, django_assert_max_num_queries) == one
    answered = f"{first_lesson.url}?kysymys=k7&v=1&a=1"
    assert count(client, answered, django_assert_max_num_queries) == one


def test_a_lesson_tells_where_it_is(client: Client, lesson_with: Callable[..., LessonPage]) -> None:
    page = html(client, lesson_with("single"))
    assert "is-now" in page
    assert "mark--done" not in page
    assert 'aria-current="page"' in page


@pytest.mark.parametrize(("code", "area"), [("M2", "knowledge"), ("M²", "justice"), ("", "justice")])
def test_any_code_of_a_module_gives_it_a_form(code: str, area: str) -> None:
    assert ModulePage(code=code).pattern_area == area


def test_a_run_that_takes_enrolments_leads_to_enrolling_and_others_do_not(client: Client) -> None:
    page = make_course()
    today = timezone.localdate()
    CourseRun.objects.create(course=page.course, code="taalla", starts=today, admission=CourseRun.Admission.OPEN)
    CourseRun.objects.create(course=page.course, code="muualla", starts=today)
    text = client.get(page.url).content.decode()
    assert "/opinnot/taalla/ilmoittaudu/" in text and "Ilmoittaudu" in text
    assert "/opinnot/muualla/" not in text
    CourseRun.objects.filter(code="taalla").update(ends=today - datetime.timedelta(days=1), starts="2020-01-01")
    CourseRun.objects.get(code="taalla").save()
    assert "/opinnot/taalla/" not in client.get(page.url).content.decode()
