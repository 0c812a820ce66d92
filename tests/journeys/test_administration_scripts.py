"""The administration works under its policy: what Wagtail's scripts do when somebody uses it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.browsing import Window
from tests.journeys.test_accessible_administration import address
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
CALENDAR = ".xdsoft_datetimepicker:visible"
DIALOG = ".modal.in, .modal.show"
Open = Callable[[str, str], Page]


@pytest.fixture
def opened(window: Callable[..., Window], signed_in: Callable[[str], Visitor]) -> Open:
    """A page of the administration, opened by a role: an address, or a kind of page whose form is meant."""

    def open_it(role: str, place: str) -> Page:
        own = window()
        own.enter_as(signed_in(role))
        page = own.go(address(signed_in(role), place))
        page.wait_for_load_state("networkidle")
        return page

    return open_it


def refused(page: Page) -> list[str]:
    return list(page.evaluate("window.refusals"))


def test_a_session_is_added_and_its_day_chosen(opened: Open) -> None:
    page = opened("koordinaattori", "/hallinta/snippets/events/event/add/")
    before = page.locator("input[name$='-starts']:visible").count()
    page.locator("#id_sessions-ADD").click()
    starts = page.locator("input[name$='-starts']:visible")
    assert starts.count() == before + 1
    starts.last.click()
    page.wait_for_selector(CALENDAR)
    page.locator(f"{CALENDAR} td.xdsoft_date:not(.xdsoft_disabled)").first.click()
    assert starts.last.input_value()
    assert not refused(page)


@pytest.mark.parametrize(
    ("role", "place", "field"),
    [
        ("koordinaattori", "event", "event"),
        ("toimittaja", "theme", "course_links-0-page"),
        ("toimittaja", "resource", "document"),
    ],
)
def test_another_is_chosen(opened: Open, role: str, place: str, field: str) -> None:
    page = opened(role, place)
    page.locator(f"#id_{field}-chooser [data-w-dropdown-target=toggle]").click()
    page.locator("[data-chooser-action-choose]:visible").click()
    page.wait_for_selector(f":is({DIALOG}) a")
    assert not refused(page)


def test_a_link_is_put_into_a_text(opened: Open) -> None:
    page = opened("toimittaja", "standing page")
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.press("Control+k")
    page.wait_for_selector(f":is({DIALOG}) form")
    assert not refused(page)


def test_a_time_of_publishing_is_set(opened: Open) -> None:
    page = opened("toimittaja", "theme")
    page.locator("[data-side-panel-toggle=status]").click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    page.locator("#id_go_live_at").click()
    page.wait_for_selector(CALENDAR)
    assert not refused(page)


def test_a_report_is_narrowed_by_days(opened: Open) -> None:
    page = opened("yllapito", "/hallinta/reports/site-history/")
    # The calendars are made by the scripts of the fields.
    page.wait_for_selector(CALENDAR.removesuffix(":visible"), state="attached")
    assert not refused(page)


def test_a_question_shows_the_fields_that_its_kind_asks_for(opened: Open) -> None:
    page = opened("toimittaja", "/hallinta/snippets/courses/question/add/")
    page.locator("#id_options-ADD").click()
    option = {name: page.locator(f"[name=options-0-{name}]") for name in ("text", "step", "match", "correct")}
    steps, number, text = page.locator("#id_steps-ADD"), page.locator("#id_tolerance"), page.locator("#id_longest")

    def shown(kind: str) -> set[str]:
        page.select_option("[name=kind]", kind)
        own = {name for name, field in option.items() if field.is_visible()}
        panels = {"steps": steps, "number": number, "text field": text}
        # A panel may be folded as well: then its head is shown.
        is_shown = "(each) => !each.closest('section.w-panel[hidden]')"
        return own | {name for name, field in panels.items() if field.evaluate(is_shown)}

    assert shown("single") == {"text", "correct"}
    assert shown("match") == {"text", "match"}
    assert shown("order") == {"text"}
    assert shown("number") == {"text", "correct", "number"}
    assert shown("text") == {"text", "correct", "text field"}
    assert shown("case") == {"text", "step", "match", "correct", "steps"}
    option["match"].fill("loppu")
    assert shown("single") == {"text", "match", "correct"}, "what holds something stays in sight"
    assert not refused(page)
