"""Enrolling in a browser: what it takes is read first, by keys alone, on a phone, without scripts; and coming back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Window
from tests.journeys.people import PASSWORD, newcomer
from tests.serving import Service

pytestmark = pytest.mark.browser
OPEN, FULL, MEMBERS = ("/opinnot/vt-aina/", "/opinnot/rsos5-2027pien/", "/opinnot/rsos5-2027k/")
ENROL = "ilmoittaudu/"

Someone = Callable[..., Window]


@pytest.fixture
def someone(window: Callable[..., Window], service: Service) -> Someone:
    """Opens a window of somebody new who has signed in."""

    def open_window(**options: object) -> Window:
        visitor, _address = newcomer(service)
        own = window(**options)
        own.enter_as(visitor)
        return own

    return open_window


def press_to(own: Window, selector: str, most: int = 80) -> None:
    for _stop in range(most):
        own.page.keyboard.press("Tab")
        if own.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            stop = own.focused()
            assert stop["shown"] and not stop["covered"] and stop["outline"], stop
            return
    raise AssertionError(f"{selector} was not reached on {own.page.url}")


def look(own: Window) -> None:
    assert own.axe(habits=True) == []
    assert own.too_wide() == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_a_place_is_taken_given_up_and_taken_again_by_keys_alone(someone: Someone, width: int, scheme: str) -> None:
    own = someone(width=width, color_scheme=scheme)
    page = own.go(f"{OPEN}{ENROL}")
    look(own)
    press_to(own, "main form button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{own.base}{OPEN}")
    expect(page.get_by_text("Olet ilmoittautunut. Tervetuloa!")).to_be_visible()
    own.go(f"{OPEN}{ENROL}")
    look(own)
    press_to(own, "main a[href$='/peru/']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Haluatko perua ilmoittautumisesi?")
    look(own)
    press_to(own, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kaikki tekemäsi säilyy")).to_be_visible()
    look(own)
    # The back button leads to the question that has been answered: asking it again changes nothing.
    page.go_back()
    own.go(f"{OPEN}peru/")
    expect(page).to_have_url(f"{own.base}{OPEN}{ENROL}")
    press_to(own, "main form button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{own.base}{OPEN}")


def test_who_comes_to_a_full_group_waits_and_may_leave_the_list(someone: Someone) -> None:
    own = someone(width=360)
    page = own.go(f"{FULL}{ENROL}")
    if page.get_by_role("button", name="Liity jonoon").count() == 0:
        pytest.fail(f"The demonstration has a full run that takes enrolments: {page.locator('main').inner_text()}")
    look(own)
    page.get_by_role("button", name="Liity jonoon").click()
    expect(page.locator("main .notice:not(.notice--message)").get_by_text("Olet jonossa sijalla")).to_be_visible()
    look(own)
    page.get_by_role("link", name="Poistu jonosta").click()
    page.get_by_role("button", name="Kyllä, peru").click()
    expect(page.get_by_role("button", name="Liity jonoon")).to_be_visible()


def test_who_is_not_admitted_is_told_why_and_has_no_button(someone: Someone) -> None:
    own = someone()
    page = own.go(f"{MEMBERS}{ENROL}")
    expect(page.locator("main .notice:not(.notice--message)")).to_be_visible()
    assert page.locator("main form").count() == 0
    look(own)


def test_a_stranger_signs_in_and_comes_back_to_the_same_page(window: Callable[..., Window], service: Service) -> None:
    _visitor, address = newcomer(service)
    own = window(scripts=False)
    page = own.go(f"{OPEN}{ENROL}")
    page.locator("main").get_by_role("link", name="Kirjaudu").click()
    page.locator("input[name=login]").fill(address)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(f"{own.base}{OPEN}{ENROL}")
    page.get_by_role("button", name="Ilmoittaudu").click()
    expect(page).to_have_url(f"{own.base}{OPEN}")


def test_a_double_click_is_one_enrolment(service: Service) -> None:
    visitor, _address = newcomer(service)
    first = visitor.fill(f"{OPEN}{ENROL}", {})
    again = visitor.post(f"{OPEN}{ENROL}")
    assert (first.status, again.status) == (302, 302)
    assert first.location == again.location
