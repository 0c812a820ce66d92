"""The teachers of a run and their room in a browser: by keys alone, on a phone, without scripts."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import Window
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.browser
RUN = "rsos5-2027k"
TEACHERS = f"/hallinta/toteutukset/{RUN}/opettajat/"

Teacher = Callable[..., Window]


@pytest.fixture
def teacher(window: Callable[..., Window], signed_in: Callable[[str], Visitor]) -> Teacher:
    def open_window(**options: object) -> Window:
        own = window(**options)
        own.enter_as(signed_in("opettaja"))
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
    assert own.axe("main", habits=True) == []
    assert own.too_wide() == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_a_teacher_is_added_given_another_role_and_taken_off_by_keys_alone(
    teacher: Teacher, width: int, scheme: str
) -> None:
    own = teacher(width=width, color_scheme=scheme)
    page = own.go(TEACHERS)
    look(own)
    press_to(own, "[name=user]")
    page.keyboard.type("toimittaja@demo.example")
    press_to(own, "[name=role]")
    page.keyboard.press("ArrowDown")
    press_to(own, "main form[method=post] button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("opettaa nyt toteutuksella ja saa siitä viestin")).to_be_visible()
    look(own)
    page.get_by_role("link", name="Demo Toimittaja").click()
    look(own)
    page.locator("[name=role][value=teacher]").check()
    page.get_by_role("button", name="Tallenna rooli").click()
    expect(page.get_by_text("Rooli on muutettu.")).to_be_visible()
    own.go(f"{TEACHERS}luovuta/")
    look(own)
    page.locator("[name=to]").first.check()
    page.locator("[name=then][value=teacher]").check()
    page.get_by_role("button", name="Jatka").click()
    expect(page.locator("#sure")).to_contain_text("vastaa tästä lähtien?")
    look(own)
    page.get_by_role("link", name="Valitse uudelleen").click()
    own.go(TEACHERS)
    page.get_by_role("link", name="Demo Toimittaja").click()
    page.locator("details summary").last.click()
    page.locator("button[value=remove]").click()
    expect(page.get_by_text("ei enää opeta toteutuksella.").first).to_be_visible()
    look(own)


def test_the_only_responsible_teacher_is_led_to_handing_over_without_scripts(teacher: Teacher) -> None:
    own = teacher(scripts=False, width=360)
    page = own.go(f"{TEACHERS}lahde/")
    expect(page.get_by_text("Olet toteutuksen ainoa vastuuopettaja.")).to_be_visible()
    expect(page.locator("main form[method=post]")).to_have_count(0)


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1280, False)])
def test_a_note_with_a_file_is_written_found_deleted_and_brought_back(
    teacher: Teacher, tmp_path: Path, width: int, scripts: bool
) -> None:
    own = teacher(width=width, scripts=scripts)
    page = own.go(TEACHERS)
    page.get_by_role("link", name="Kurssin opettajien huone").click()
    page.get_by_role("link", name="Kirjoita muistio").click()
    if scripts:
        look(own)
    name = f"Aloitus {width}"
    file = tmp_path / "ohje.txt"
    file.write_text("Ohje.")
    page.locator("[name=title]").fill(name)
    page.locator("[name=text]").fill("Sovi ajat ensimmäisellä viikolla.")
    page.locator("[name=attached]").set_input_files(file)
    page.get_by_role("button", name="Tallenna muistio").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    if scripts:
        look(own)
    with page.expect_download() as download:
        page.get_by_role("link", name="ohje.txt").click()
    assert download.value.suggested_filename == "ohje.txt"
    page.get_by_role("link", name="Opettajien huone").first.click()
    page.locator("[name=q]").fill(f"ajat {width}")
    page.locator("[name=q]").press("Enter")
    expect(page).to_have_url(re.compile("q="))
    expect(page.locator(".room-notes li")).to_have_count(1)
    if scripts:
        look(own)
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Poista").click()
    page.locator("details summary").last.click()
    page.locator("form[action$='/palauta/'] button").first.click()
    expect(page.get_by_text("Muistio on palautettu.")).to_be_visible()
