"""Feedback on a course in a browser: by keys alone, on a phone, without scripts; and what its teacher sees."""

import datetime
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Window
from tests.journeys.people import newcomer
from tests.journeys.visitor import Visitor
from tests.serving import Service

pytestmark = pytest.mark.browser
# It has no end and takes everybody: who has completed it is asked.
RUN = "vt-aina"
FORM = f"/opinnot/{RUN}/kurssipalaute/"
SCALES = ("useful", "workload", "materials", "access")

Completed = Callable[..., Window]


@pytest.fixture
def completed(window: Callable[..., Window], service: Service) -> Completed:
    """Opens a window of somebody new who has completed the course."""

    def open_window(**options: object) -> Window:
        visitor, address = newcomer(service)
        assert visitor.post(f"/opinnot/{RUN}/ilmoittaudu/", {}).status == 302
        with closing(sqlite3.connect(service.data / "db.sqlite3", timeout=20)) as database, database:
            database.execute(
                "UPDATE study_enrolment SET status = 'completed', completed_at = ? WHERE learner_id = "
                "(SELECT id FROM accounts_user WHERE email = ?)",
                (datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S"), address),
            )
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
def test_feedback_is_given_by_keys_alone_and_cannot_be_given_again(
    completed: Completed, width: int, scheme: str
) -> None:
    own = completed(width=width, color_scheme=scheme)
    page = own.go(f"/opinnot/{RUN}/")
    look(own)
    press_to(own, f"main a[href='{FORM}']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Millainen kurssi oli?")
    look(own)
    for name in SCALES:
        press_to(own, f"[name={name}]")
        page.keyboard.press("ArrowDown")
    if page.locator("[name=assignments]").count():
        page.locator("[name=assignments]").first.check()
    if page.locator("[name=reviews]").count():
        page.locator("[name=reviews]").first.check()
    page.locator("[name=teaching][value='4']").check()
    press_to(own, "[name=keep]")
    page.keyboard.type("Selkeät oppitunnit.")
    press_to(own, "[name=group]")
    page.keyboard.press("Space")
    press_to(own, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Palautteesi on otettu vastaan")
    look(own)
    # The back button leads to the form that was sent: sending it again changes nothing.
    own.go(FORM)
    expect(page.locator("main form[method=post]")).to_have_count(0)
    own.go(f"/opinnot/{RUN}/")
    expect(page.locator(f"main a[href='{FORM}']")).to_have_count(0)


def test_without_scripts_what_is_missing_is_told_and_what_was_written_stays(completed: Completed) -> None:
    own = completed(scripts=False, width=360)
    own.expected = ("422",)
    page = own.go(FORM)
    page.locator("[name=change]").fill("Enemmän esimerkkejä.")
    page.locator("main form button").first.click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("[name=change]")).to_have_value("Enemmän esimerkkejä.")


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_the_teacher_is_told_why_nothing_is_shown_yet(
    window: Callable[..., Window], signed_in: Callable[[str], Visitor], width: int, scheme: str
) -> None:
    own = window(width=width, color_scheme=scheme)
    own.enter_as(signed_in("opettaja"))
    page = own.go(f"/hallinta/toteutukset/{RUN}/kurssipalaute/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kurssipalaute")
    look(own)
    press_to(own, f"main a[href='{FORM}']")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Esikatselu:")).to_be_visible()
    look(own)
