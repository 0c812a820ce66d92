"""With scripts switched off the service still serves."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.browsing import Window
from tests.journeys.places import LESSON, PAGES, send_choice
from tests.serving import Service

pytestmark = pytest.mark.browser


def test_the_menu(window: Callable[..., Window]) -> None:
    own = window(scripts=False, width=360)
    page = own.go("/")
    page.click(".menu-button")
    page.click(".site-nav a[href='/teemat/']")
    page.wait_for_url("**/teemat/")


def test_search_and_its_filters(window: Callable[..., Window]) -> None:
    own = window(scripts=False)
    page = own.go("/haku/")
    page.fill("#q", "kurssi")
    page.press("#q", "Enter")
    page.wait_for_url("**q=kurssi**")
    assert page.locator("main .list > li").count() > 1
    narrower = page.locator("main a[href*='laji='], main form input[name=laji]").first
    if narrower.evaluate("each => each.tagName") == "INPUT":
        narrower.check()
        page.locator("main form:has(input[name=laji]) button[type=submit]").last.click()
    else:
        narrower.click()
    page.wait_for_url("**laji=**")
    assert page.locator("main .list > li").count() >= 1


def test_filters(window: Callable[..., Window]) -> None:
    own = window(scripts=False, width=360)
    page = own.go("/verkosto/")
    page.locator("details.fold > summary").click()
    page.fill("form.filters input[type=search]", "keski") if page.locator(
        "form.filters input[type=search]"
    ).count() else None
    page.locator("form.filters details summary").first.click()
    page.locator("form.filters input[type=checkbox]:visible").first.check()
    page.click("form.filters button[type=submit]")
    page.wait_for_load_state()
    assert "?" in page.url


def test_a_self_check(window: Callable[..., Window]) -> None:
    own = window(scripts=False)
    page = own.go(LESSON)
    form = page.locator("form[data-selfcheck]").first
    form.locator("input[type=radio], input[type=checkbox]").first.check()
    form.locator("button[type=submit]").click()
    page.wait_for_url("**kysymys=**")
    outcome = page.locator("form[data-selfcheck] [role=status]")
    assert outcome.count() == 1
    assert outcome.is_visible()
    assert "#" in page.url, "the page should open at the question"


def test_every_kind_of_question(window: Callable[..., Window]) -> None:
    own = window(scripts=False)
    page = own.go(PAGES["test lesson"])
    forms = page.locator("form[data-selfcheck]").count()
    kinds = set()
    for number in range(forms):
        own.go(PAGES["test lesson"])
        form = page.locator("form[data-selfcheck]").nth(number)
        kinds.add(form.locator("select, .input, .choice input").first.evaluate("each => each.type"))
        send_choice(form)
        page.wait_for_url("**kysymys=**")
        assert page.locator("form[data-selfcheck] [role=status]").is_visible()
        assert page.locator("form[data-selfcheck]").count() == forms
    assert {"radio", "checkbox"} <= kinds and len(kinds) >= 3


def test_an_accordion(window: Callable[..., Window]) -> None:
    page = window(scripts=False).go(LESSON)
    fold = page.locator("main .accordion details").first
    assert not fold.locator(".details__body").is_visible()
    fold.locator("summary").click()
    assert fold.locator(".details__body").is_visible()


def test_the_map_and_the_way_back(window: Callable[..., Window]) -> None:
    page = window(scripts=False).go("/verkosto/")
    whole = page.locator("main .list > li").count()
    page.locator(".map a").last.click()
    page.wait_for_url("**alue=**")
    assert page.locator(".map [aria-current]").count() == 1
    assert 0 < page.locator("main .list > li").count() < whole
    page.locator(".map__more a").first.click()
    page.wait_for_url(re.compile(r"/verkosto/$"))


def test_the_pages_of_a_list(window: Callable[..., Window]) -> None:
    page = window(scripts=False).go("/verkosto/")
    first = page.locator("main .list h3").first.inner_text()
    page.click(".pager a[rel=next]")
    page.wait_for_url("**page=2**")
    assert page.locator("main .list h3").first.inner_text() != first


@pytest.mark.parametrize("width", [360, 1280])
def test_the_languages(window: Callable[..., Window], width: int) -> None:
    page = window(scripts=False, width=width).go("/teemat/vaikuttavuus/")
    if width < 500:
        page.click(".menu-button")
    page.locator("header a[hreflang=sv]:visible").click()
    page.wait_for_url("**/sv/teman/verkningsfullhet/")
    assert page.locator("html").get_attribute("lang") == "sv"


def test_the_glossary(window: Callable[..., Window]) -> None:
    page = window(scripts=False).go("/sanasto/")
    terms = page.locator(".glossary dt").count()
    page.locator("main input[type=search]").fill("osallisuus")
    page.locator("main form[role=search] button").click()
    page.wait_for_url("**=osallisuus**")
    assert 0 < page.locator(".glossary dt").count() < terms


def test_the_video_has_the_controls_of_the_browser(window: Callable[..., Window]) -> None:
    page = window(scripts=False).go(PAGES["video"])
    video = page.locator("main video[controls]")
    assert video.is_visible()
    assert video.locator("track[kind=captions][default]").count() == 1


def test_a_refused_form(window: Callable[..., Window]) -> None:
    own = window(scripts=False)
    own.expected = ("400",)
    page = own.go("/tili/signup/")
    for name in ("email", "first_name", "last_name"):
        page.fill(f"input[name={name}]", "joku@kunta.example")
    for name in ("password1", "password2"):
        page.fill(f"input[name={name}]", "lyhyt")
    page.press("input[name=password2]", "Enter")
    page.wait_for_selector(".error-summary")
    assert page.locator(".error-summary a[href='#id_password1']").count() >= 1
    assert page.locator("input[name=email]").input_value() == "joku@kunta.example"


def test_signing_in(window: Callable[..., Window], service: Service) -> None:
    own = window(scripts=False)
    page = own.go("/tili/login/")
    page.fill("input[name=login]", "opiskelija@demo.example")
    page.fill("input[name=password]", service.password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/oma/")


def test_every_kind_of_page_shows_its_content(window: Callable[..., Window]) -> None:
    own = window(scripts=False)
    own.expected = ("404",)
    for name, path in PAGES.items():
        page = own.go(path)
        assert page.locator("h1").is_visible(), name
        assert len(page.locator("main").inner_text()) > 60, name
