"""The gradebook in a browser: final grades, files, results from elsewhere; by keys, on a phone, without scripts."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import FilePayload, expect

from tests.journeys.browsing import Window
from tests.journeys.gradebook_run import CODE, PASSWORD, TEACHER, address
from tests.journeys.visitor import Visitor
from tests.serving import ROOT, Service, environment

pytestmark = pytest.mark.browser
BOOK = f"/hallinta/toteutukset/{CODE}/suoritukset/"
Open = Callable[..., Window]


@pytest.fixture(scope="module")
def visitor(service: Service) -> Callable[[str], Visitor]:
    """Signs in somebody of the run, which is made first."""
    folders = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
    known = environment(service.data, service.port, PYTHONPATH=folders, DJANGO_SETTINGS_MODULE="config.settings.local")
    subprocess.run([sys.executable, "-m", "tests.journeys.gradebook_run"], env=known, cwd=ROOT, check=True)
    people: dict[str, Visitor] = {}

    def person(email: str) -> Visitor:
        if email not in people:
            people[email] = Visitor(service.url)
            assert people[email].sign_in(email, PASSWORD).status == 302
        return people[email]

    return person


@pytest.fixture
def desk(window: Open, visitor: Callable[[str], Visitor]) -> Open:
    """Opens a window of somebody of the run: its teacher, if nobody is named."""

    def open_window(email: str = TEACHER, **options: Any) -> Window:
        own = window(**options)
        own.enter_as(visitor(email))
        return own

    return open_window


def look(own: Window) -> None:
    assert own.axe(habits=True) == []
    assert own.too_wide() == []


def press_to(own: Window, selector: str, most: int = 90) -> None:
    for _stop in range(most):
        own.page.keyboard.press("Tab")
        if own.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            stop = own.focused()
            assert stop["shown"] and not stop["covered"] and stop["outline"], stop
            return
    raise AssertionError(f"{selector} was not reached on {own.page.url}")


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light"), (1280, "dark"), (360, "light")])
def test_every_page_reads_well_on_a_phone_and_on_a_desk(desk: Open, width: int, scheme: str) -> None:
    own = desk(width=width, color_scheme=scheme)
    page = own.go(BOOK)
    look(own)
    one = page.locator("tbody th a").first.get_attribute("href") or ""
    for path in (f"{BOOK}?haku=olematon", one, f"{BOOK}tiedostot/", f"{BOOK}lista/", f"{BOOK}tuonti/"):
        own.go(path)
        look(own)


def test_the_names_stay_in_sight_when_the_table_is_scrolled(desk: Open) -> None:
    own = desk(width=360)
    page = own.go(BOOK)
    before = page.locator("tbody th").first.bounding_box()
    page.locator(".gradebook").evaluate("region => { region.scrollLeft = 400; }")
    after = page.locator("tbody th").first.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["x"] - after["x"]) < 2


def test_it_is_narrowed_by_keys_alone(desk: Open) -> None:
    own = desk()
    page = own.go(BOOK)
    press_to(own, "input[name=haku]")
    page.keyboard.type("cecil")
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody th a")).to_have_text("Cecilia Arvonen")


def test_a_teacher_takes_files_out_and_each_is_noted(desk: Open, tmp_path: Path) -> None:
    own = desk(accept_downloads=True)
    page = own.go(f"{BOOK}tiedostot/")
    section = page.locator("section", has=page.get_by_role("heading", name="Koko suoritustaulukko"))
    with page.expect_download() as waiting:
        section.get_by_role("button", name="XLSX").click()
    path = tmp_path / "taulukko.xlsx"
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename.startswith(f"{CODE}-kaikki-arviointitaulukko-")
    sheet: Any = load_workbook(path).active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["Aatos", "Bertta", "Cecilia"]
    own.go(f"{BOOK}tiedostot/")
    expect(page.locator("[aria-labelledby=log]")).to_contain_text("Olli Opettaja")
    look(own)


def test_results_from_elsewhere_are_looked_at_mended_recorded_and_taken_back(desk: Open) -> None:
    own = desk(width=360)
    page = own.go(f"{BOOK}tuonti/")
    code = page.locator("main code").first.inner_text()
    rows = [
        "sähköposti;tehtävä;tulos;arvosana;päivä",
        f"{address('Aatos')};{code};;4;1.11.2026",
        f"vieras@example.org;{code};;4;",
        f"{address('Aatos')};olematon;;4;",
    ]
    file: FilePayload = {"name": "tulokset.csv", "mimeType": "text/csv", "buffer": "\r\n".join(rows).encode()}
    page.set_input_files("input[type=file]", files=[file])
    page.get_by_role("button", name="Katso, mitä kirjattaisiin").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("tbody")).to_contain_text("Kenelläkään toteutuksen opiskelijalla ei ole")
    look(own)
    with page.expect_navigation():
        page.get_by_role("button", name="Kirjaa kunnossa olevat suoritukset").click()
    expect(page.locator("main, [role=status]").first).to_contain_text("tulokset.csv")
    look(own)
    log = page.locator("section[aria-labelledby=log]")
    log.get_by_text("Peru nämä suoritukset").first.click()
    log.get_by_role("button", name="tulokset.csv").first.click()
    expect(page.get_by_text("Peruttu").first).to_be_visible()


def test_final_grades_are_given_without_scripts_and_the_learner_sees_hers(desk: Open) -> None:
    own = desk(scripts=False, width=360)
    page = own.go(f"{BOOK}?tila=ilman")
    page.get_by_role("button", name="suorittaneelle tällä sivulla").click()
    expect(page.locator("main")).to_contain_text("Cecilia Arvonen")
    page.get_by_role("button", name="Anna kurssiarvosanat").click()
    # Three, where a result from elsewhere has completed the run of another.
    expect(page.locator("body")).to_contain_text(re.compile(r"\b[23] kurssiarvosanaa annettu\."))
    own.go(f"{BOOK}?tila=annettu")
    for name in ("Bertta Arvonen", "Cecilia Arvonen"):
        expect(page.locator("tbody")).to_contain_text(name)
    page.get_by_role("link", name="Bertta Arvonen").click()
    page.get_by_label("4", exact=True).check()
    page.get_by_label("Syy").first.fill("Lisätyö laskettiin mukaan.")
    page.get_by_role("button", name="Anna kurssiarvosana").click()
    expect(page.locator("[aria-labelledby=history]")).to_contain_text("Lisätyö laskettiin mukaan.")


def test_a_learner_tells_where_the_credits_are_registered(desk: Open) -> None:
    own = desk(address("Aatos"), width=360)
    page = own.go(f"/opinnot/{CODE}/tiedot/")
    look(own)
    page.get_by_label("Opiskelijanumero").fill("131052-308T")
    own.expected = ("422",)
    page.get_by_role("button", name="Tallenna").click()
    expect(page.locator(".error-summary")).to_contain_text("Henkilötunnus ei kuulu tähän")
    look(own)
    page.get_by_label("Opiskelijanumero").fill("2012399")
    page.get_by_label("Kotikorkeakoulu").select_option(index=1)
    page.get_by_role("button", name="Tallenna").click()
    expect(page).to_have_url(f"{own.base}/opinnot/{CODE}/")
