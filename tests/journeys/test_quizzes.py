"""A learner takes a quiz in a browser: by keys, on a phone, without a connection, in two tabs, until the time ends."""

import datetime
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.journeys.people import newcomer
from tests.serving import Service

pytestmark = pytest.mark.browser
RUN = "/opinnot/vt-aina/"
QUIZ = f"{RUN}visa/vt-todistus/"
HELSINKI = ZoneInfo("Europe/Helsinki")
SAVED = re.compile("Tallennettu palvelimelle")
# Sending again after a lost connection waits a while, longer on a machine that does much else.
PATIENCE = 60_000

Learner = Callable[..., Window]


@pytest.fixture
def learner(window: Callable[..., Window], service: Service) -> Learner:
    """Opens windows of somebody new who has enrolled on the short course; more of them are the same person's."""
    visitor, _address = newcomer(service)
    visitor.fill(f"{RUN}ilmoittaudu/", {})

    def open_window(**options: object) -> Window:
        own = window(**options)
        own.enter_as(visitor)
        return own

    return open_window


def begin(own: Window) -> Page:
    page = own.go(QUIZ)
    page.get_by_role("button", name="Aloita").click()
    expect(page.get_by_role("heading", name="Kysymys 1")).to_be_visible()
    return page


def wait_until_saved(page: Page) -> None:
    expect(page.locator("[data-draft-state]")).to_have_text(SAVED, timeout=PATIENCE)


def first_choice(page: Page) -> str:
    """Choose the first option of the first question that has options; return the field's name and value."""
    box = page.locator("form.attempt input[type=radio]").first
    box.check()
    return f"[name='{box.get_attribute('name')}'][value='{box.get_attribute('value')}']"


def end_time(service: Service, page: Page, seconds: int) -> None:
    """Let the attempt have so many seconds left: the clock cannot be turned from outside."""
    key = page.url.rstrip("/").split("/")[-1].replace("-", "")
    ends = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=seconds)
    moment = ends.strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(Path(service.data) / "db.sqlite3", timeout=30)) as database, database:
        due = "UPDATE study_runquiz SET due = ? WHERE id = (SELECT run_quiz_id FROM study_attempt WHERE public_id = ?)"
        database.execute(due, (moment, key))
        database.execute("UPDATE study_attempt SET deadline = ? WHERE public_id = ?", (moment, key))


@pytest.fixture
def _no_due_date_afterwards(service: Service) -> Iterator[None]:
    yield
    with closing(sqlite3.connect(Path(service.data) / "db.sqlite3", timeout=30)) as database, database:
        of_quiz = "SELECT id FROM courses_quiz WHERE code = 'vt-todistus'"
        database.execute(f"UPDATE study_runquiz SET due = NULL WHERE quiz_id = ({of_quiz})")


def test_a_quiz_is_taken_by_keys_alone(learner: Learner) -> None:
    own = learner()
    page = own.go(QUIZ)
    press_to(own, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kysymys 1")).to_be_visible()
    for _stop in range(80):
        page.keyboard.press("Tab")
        stop = own.focused()
        assert stop["shown"], stop
        assert not stop["covered"], stop
        assert stop["outline"], stop
        if stop["name"] == "palauta":
            break
        kind = page.evaluate("document.activeElement.type")
        if kind in {"radio", "checkbox"}:
            page.keyboard.press("Space")
        elif kind == "select-one":
            page.keyboard.press("ArrowDown")
        elif kind == "text":
            page.keyboard.type("1")
            # Enter in a field saves and hands nothing in.
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Palautetaanko vastaukset?")).to_be_visible()
    press_to(own, "main form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kysymys kysymykseltä")).to_be_visible()


def press_to(own: Window, selector: str, most: int = 120) -> None:
    for _stop in range(most):
        own.page.keyboard.press("Tab")
        if own.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} was not reached on {own.page.url}")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_cut_in_any_state_of_a_quiz(learner: Learner, width: int, scheme: str) -> None:
    own = learner(width=width, color_scheme=scheme)

    def look() -> None:
        assert own.axe(habits=True) == []
        assert own.too_wide() == []

    own.go(QUIZ)
    look()
    page = begin(own)
    look()
    first_choice(page)
    wait_until_saved(page)
    look()
    page.get_by_role("button", name="Siirry palauttamaan").click()
    expect(page.get_by_role("heading", name="Palautetaanko vastaukset?")).to_be_visible()
    look()
    page.get_by_role("button", name="Palauta", exact=True).click()
    expect(page.get_by_role("heading", name="Kysymys kysymykseltä")).to_be_visible()
    look()
    own.go(QUIZ)
    look()


def test_an_answer_without_a_connection_is_saved_when_it_is_back(learner: Learner) -> None:
    own = learner()
    own.expected = ("ERR_INTERNET_DISCONNECTED", "Failed to load resource")
    page = begin(own)
    own.context.set_offline(True)
    chosen = first_choice(page)
    expect(page.locator("[data-draft-state]")).to_contain_text("Ei yhteyttä", timeout=PATIENCE)
    own.context.set_offline(False)
    wait_until_saved(page)
    other = learner()
    other.go(page.url.removeprefix(own.base))
    expect(other.page.locator(chosen)).to_be_checked()


def test_an_answer_after_the_session_ended_is_not_lost(learner: Learner, service: Service) -> None:
    own = learner()
    own.expected = ("401", "403")
    page = begin(own)
    cookies = own.context.cookies()
    own.context.clear_cookies(name="sessionid")
    chosen = first_choice(page)
    expect(page.locator("[data-draft-state]")).to_contain_text("Istunto on päättynyt", timeout=PATIENCE)
    expect(page.locator(chosen)).to_be_checked()
    # Signed in again in another tab: the page goes on by itself.
    own.context.add_cookies([{**each} for each in cookies if each["name"] == "sessionid"])  # type: ignore[typeddict-item]
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.locator("form.attempt input[type=radio]").nth(1).check()
    wait_until_saved(page)


def test_of_two_tabs_the_second_is_told(learner: Learner) -> None:
    own = learner()
    own.expected = ("409",)
    page = begin(own)
    second = own.context.new_page()
    second.goto(page.url)
    first_choice(page)
    wait_until_saved(page)
    second.locator("form.attempt input[type=radio]").nth(1).check()
    expect(second.locator("[data-draft-state]")).to_contain_text("Molemmat ovat tallessa", timeout=PATIENCE)


def test_a_double_click_and_the_way_back_hand_in_once(learner: Learner) -> None:
    own = learner()
    page = begin(own)
    first_choice(page)
    page.get_by_role("button", name="Siirry palauttamaan").click()
    page.get_by_role("button", name="Palauta", exact=True).dblclick()
    expect(page.get_by_role("heading", name="Kysymys kysymykseltä")).to_be_visible()
    address = page.url
    page.go_back()
    page.goto(f"{address}palauta/")
    assert page.url == address
    own.go(QUIZ)
    expect(page.get_by_role("row")).to_have_count(2)


@pytest.mark.usefixtures("_no_due_date_afterwards")
def test_when_the_time_ends_the_last_answer_is_handed_in(learner: Learner, service: Service) -> None:
    own = learner()
    page = begin(own)
    end_time(service, page, 8)
    page.reload()
    chosen = first_choice(page)
    value = re.search(r"value='(\d+)'", chosen)
    assert value
    expect(page.locator("[data-timer-told]")).to_contain_text("Aika on päättynyt", timeout=PATIENCE)
    # The page goes to the result by itself.
    expect(page.get_by_role("heading", name="Kysymys kysymykseltä")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("main")).to_contain_text("Aika päättyi, ja tallennetut vastaukset palautettiin sellaisinaan.")
    expect(page.locator("#k1")).not_to_contain_text("Ei vastattu")


@pytest.mark.usefixtures("_no_due_date_afterwards")
def test_an_end_that_a_teacher_sets_is_told_on_a_page_that_is_open(learner: Learner, service: Service) -> None:
    page = begin(learner())
    until = page.locator("[data-timer-until]")
    expect(until).to_be_hidden()
    for hours in (48, 24):
        end_time(service, page, hours * 3600)
        day = datetime.datetime.now(HELSINKI) + datetime.timedelta(hours=hours)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(until).to_contain_text(f"Vastaa viimeistään {day.day}.{day.month}.")
        expect(page.locator("[data-timer-told]")).to_contain_text(f"{day.day}.{day.month}.")


def test_a_wrong_clock_of_the_device_ends_nothing(learner: Learner) -> None:
    own = learner()
    own.context.clock.install(time=datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC))
    page = begin(own)
    first_choice(page)
    own.context.clock.run_for(20_000)
    wait_until_saved(page)
    expect(page.get_by_role("button", name="Siirry palauttamaan")).to_be_visible()


def test_without_scripts_the_quiz_is_taken_all_the_same(learner: Learner) -> None:
    own = learner(scripts=False)
    page = begin(own)
    first_choice(page)
    page.get_by_role("button", name="Tallenna").click()
    expect(page.get_by_text("Vastauksesi on tallennettu.")).to_be_visible()
    page.get_by_role("button", name="Siirry palauttamaan").click()
    page.get_by_role("button", name="Palauta", exact=True).click()
    expect(page.get_by_role("heading", name="Kysymys kysymykseltä")).to_be_visible()
