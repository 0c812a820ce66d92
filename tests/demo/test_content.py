"""What the demonstration holds once it is loaded."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import Page, Revision

from accounts.models import User
from blog.models import PostPage
from demo import services
from demo.content_set import language_of, read_content
from demo.reading import ContentError
from learning.courses.models import Course, CoursePage, LessonPage, ModulePage, QuestionVersion
from learning.themes.models import ThemePage
from network.events.models import Event, Session
from network.organisations.models import Organisation
from network.resources.models import ResourcePage

TODAY = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def loaded(own_files: Path, django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """The demonstration, loaded once for all tests that read it; taken back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield services.load(today=TODAY)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_whole_first_slice_is_there(loaded: int) -> None:
    assert loaded > 200
    assert Organisation.objects.filter(is_fictional=False).count() == 22
    assert Organisation.objects.filter(is_key_partner=True, is_fictional=True).count() == 13
    assert not Organisation.objects.filter(is_key_partner=True, is_fictional=False).exists()
    assert ThemePage.objects.filter(locale__language_code="fi").count() >= 12
    assert PostPage.objects.count() >= 5
    assert ResourcePage.objects.filter(document__isnull=False).count() >= 8
    course = Course.objects.get(code="rsos5")
    assert course.credits == 5
    assert course.hours == 135
    written = LessonPage.objects.filter(code__regex=r"^[12]\.")
    assert written.count() >= 6
    assert all(post.characters in range(2_200, 3_401) for post in PostPage.objects.all())
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.django_db
def test_the_video_is_shown_with_captions_and_told_in_words(loaded: int, client: Client) -> None:
    resource = ResourcePage.objects.get(slug="video-havainnosta-muutokseen")
    module = ModulePage.objects.get(code="M3", locale__language_code="fi")
    for page in (resource, module):
        html = client.get(page.url).content.decode()
        assert html.count("<video") == html.count('<track kind="captions"') == 1
        assert html.count("Videossa ei ole ääntä. Se kestää") == 1
    assert "<details" not in client.get(resource.url).content.decode().split('class="video"')[1].split("</figure>")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["infograafi-raportin-matka", "infograafi-nelja-tehtavaaluetta"])
def test_an_infographic_is_shown_and_told_on_its_page(loaded: int, client: Client, slug: str) -> None:
    page = ResourcePage.objects.get(slug=slug)
    assert page.document is not None
    html = client.get(page.url).content.decode()
    assert f'<img src="{page.document.url}" width="360" height="' in html
    assert "Infograafin otsikko on" in html
    page.full_clean()


@pytest.mark.django_db
def test_loading_twice_changes_nothing(loaded: int) -> None:
    before = {
        "pages": list(Page.objects.order_by("pk").values_list("pk", "path", "url_path", "title", "translation_key")),
        "revisions": Revision.objects.count(),
        "versions": QuestionVersion.objects.count(),
        "sessions": list(Session.objects.order_by("pk").values_list("pk", "starts", "public_id")),
        "users": list(User.objects.order_by("pk").values_list("pk", "password")),
    }

    second = services.load(today=TODAY + datetime.timedelta(days=10))

    assert second == 0
    assert before == {
        "pages": list(Page.objects.order_by("pk").values_list("pk", "path", "url_path", "title", "translation_key")),
        "revisions": Revision.objects.count(),
        "versions": QuestionVersion.objects.count(),
        "sessions": list(Session.objects.order_by("pk").values_list("pk", "starts", "public_id")),
        "users": list(User.objects.order_by("pk").values_list("pk", "password")),
    }


@pytest.mark.django_db
def test_only_a_changed_file_is_loaded_again(loaded: int, content: Path) -> None:
    editors_title = "Muokattu toisessa paikassa"
    other = PostPage.objects.exclude(slug="kello-22-40").first()
    assert other is not None
    other.title = editors_title
    other.save_revision().publish()
    path = content / "blog" / "kello-22-40.md"
    path.write_text(path.read_text().replace("title: ", 'title: "Uusi otsikko" # ', 1))

    written = services.load(content, TODAY)

    assert written == 1
    assert PostPage.objects.get(slug="kello-22-40").title == "Uusi otsikko"
    assert PostPage.objects.get(pk=other.pk).title == editors_title


@pytest.mark.django_db
def test_relative_dates_count_from_the_first_load(loaded: int) -> None:
    coming = Session.objects.filter(event__code="verkoston-foorumi").get()
    assert coming.starts.astimezone(datetime.UTC).date() == datetime.date(
        2026, 12, 8
    )  # 14 days on is a Sunday, so the Tuesday after
    assert ThemePage.objects.get(slug="rakenteinen-kirjaaminen").month == datetime.date(2026, 11, 1)
    # In the next month the next theme is that month's, also for who loads again.
    assert services.load(today=datetime.date(2026, 12, 1)) == 0
    assert ThemePage.objects.get(slug="johtaminen").month == datetime.date(2026, 12, 1)


def test_in_every_month_one_theme_is_current_and_two_are_coming() -> None:
    themes = [theme for theme in read_content(services.CONTENT).themes if language_of(theme) == "fi"]
    for number in range(1, 13):
        this_month = datetime.date(2026, number, 1)
        months = [theme.date("month", this_month.replace(day=28)) for theme in themes]
        assert [month for month in months if month == this_month] == [this_month]
        assert len([month for month in months if month and month > this_month]) >= 2
        assert len([month for month in months if month and month < this_month]) >= 4


@pytest.mark.django_db
def test_what_is_on_another_site_is_no_example_of_ours(loaded: int) -> None:
    elsewhere = ResourcePage.objects.exclude(external_url="")

    assert elsewhere.count() >= 2
    assert not any(page.is_example for page in elsewhere)
    assert all(page.opens_on for page in elsewhere)
    assert ResourcePage.objects.get(slug="mittarivertailu").is_example


@pytest.mark.django_db
def test_events_of_every_type_are_there_and_some_are_still_to_come(loaded: int) -> None:
    now = datetime.datetime.combine(TODAY, datetime.time(12), datetime.UTC)

    assert set(Event.objects.values_list("type", flat=True)) == set(Event.Type.values)
    assert Event.objects.filter(sessions__starts__gt=now).distinct().count() >= 5
    assert Event.objects.filter(status=Event.Status.CANCELLED, sessions__starts__gt=now).exists()


def course_in(language: str) -> CoursePage:
    page: CoursePage = CoursePage.objects.get(course__code="rsos5", locale__language_code=language)
    return page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_translated_course_has_the_finnish_facts_and_leads_to_the_finnish_lessons(
    loaded: int, client: Client, language: str
) -> None:
    finnish, translated = course_in("fi"), course_in(language)
    facts = ("translation_key", "code", "credits", "hours")
    of_modules = [list(ModulePage.objects.child_of(page).values_list(*facts)) for page in (finnish, translated)]
    assert translated.translation_key == finnish.translation_key
    assert of_modules[0] == of_modules[1]
    assert all(getattr(teacher, f"title_{language}") for teacher in translated.course.teachers.all())
    page = client.get(translated.url).content.decode()
    lessons = LessonPage.objects.descendant_of(finnish)
    assert lessons
    assert all(f'<a href="{lesson.url}" hreflang="fi">' in page for lesson in lessons)


@pytest.mark.django_db
def test_facts_of_a_module_follow_the_finnish_file_into_its_translations(loaded: int, content: Path) -> None:
    path = content / "courses" / "rakenteellinen-sosiaalityo-5-op" / "02-tietopohja" / "module.md"
    path.write_text(path.read_text().replace("hours: 27", "hours: 28", 1))

    services.load(content, TODAY)

    assert set(ModulePage.objects.filter(code="M2").values_list("hours", flat=True)) == {28}


def test_what_a_translation_lacks_above_it_is_told(content: Path) -> None:
    course = content / "courses" / "rakenteellinen-sosiaalityo-5-op"
    (course / "course.sv.md").unlink()
    lesson = course / "01-perusta" / "01-kun-sama-este-toistuu"
    Path(f"{lesson}.en.md").write_text(Path(f"{lesson}.md").read_text())

    with pytest.raises(ContentError) as refused:
        read_content(content).refuse_if_faulty()

    told = str(refused.value)
    assert "01-perusta/module.sv.md: file: translates a module of a course that has no course.sv.md" in told
    assert "01-perusta/01-kun-sama-este-toistuu.en.md: file: translates a lesson" in told
