"""The desk of a run in a browser: from the dashboard to a letter, by keys alone, on a phone, without scripts."""

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.journeys.visitor import Visitor
from tests.serving import ROOT, Service, environment

pytestmark = pytest.mark.browser
Windows = Callable[..., Window]
LEARNERS = 30
DESK = "/hallinta/toteutukset/tyopoyta/"
PAGES = {
    "dashboard": DESK,
    "stalled": f"{DESK}?nayta=pysahtyneet&jarjestys=-kaynti",
    "learners": f"{DESK}opiskelijat/",
    "letter": f"{DESK}viesti/?ryhma=myohassa",
    "statistics": f"{DESK}tilastot/",
    "comparisons": f"{DESK}vertailu/",
}
SAVED = re.compile("Tallennettu palvelimelle")


@pytest.fixture(scope="module")
def desk(service: Service) -> Visitor:
    """The demonstration's teacher, who teaches a run of thirty half way through it."""
    known = environment(
        service.data,
        service.port,
        PYTHONPATH=os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
        DJANGO_SETTINGS_MODULE="config.settings.local",
    )
    command = [sys.executable, "-m", "tests.benchmarks.desks", str(LEARNERS)]
    told = subprocess.run(command, env=known, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    visitor = Visitor(service.url)
    assert visitor.sign_in("opettaja@demo.example", service.password).status == 302
    return visitor


@pytest.fixture
def as_teacher(window: Windows, desk: Visitor) -> Windows:
    def open_window(**options: object) -> Window:
        own = window(**options)
        own.enter_as(desk)
        return own

    return open_window


def order_of(page: Page) -> str:
    """The column that the table is ordered by, and how."""
    heading = page.locator("th[aria-sort]")
    return f"{heading.inner_text().strip()} {heading.get_attribute('aria-sort')}"


def names(page: Page) -> list[str]:
    return [name.strip() for name in page.locator(".heat tbody th a").all_inner_texts()]


def test_from_those_who_have_stalled_to_a_letter_that_they_get(as_teacher: Windows) -> None:
    own = as_teacher()
    page = own.go(DESK)
    expect(page.get_by_role("heading", name="Pysähtyneet")).to_be_visible()
    box = page.get_by_label("Ryhmä", exact=True)
    stalled = box.locator("option", has_text="Pysähtyneet").inner_text()
    box.select_option(label=stalled)
    page.get_by_role("button", name="Kirjoita viesti").click()
    number = re.findall(r"\d+", stalled)[0]
    expect(page.get_by_role("heading", level=2, name=f"{number} opiskelijalle")).to_be_visible()
    expect(page.locator(".desk-readers")).to_contain_text("Pysähtyneet")
    page.get_by_label("Otsikko").fill("Miten etenet?")
    page.get_by_label("Teksti").fill("Kerro, jos tarvitset lisää aikaa.")
    expect(page.locator("[data-draft-state]")).to_have_text(SAVED)
    # What was written is there when the page is opened anew.
    page.reload()
    expect(page.get_by_label("Teksti")).to_have_value("Kerro, jos tarvitset lisää aikaa.")
    page.get_by_role("button", name="Katso viesti ennen lähettämistä").click()
    expect(page.locator(".desk-preview")).to_contain_text("Kerro, jos tarvitset lisää aikaa.")
    assert own.axe() == []
    page.get_by_role("button", name=f"Lähetä {number} opiskelijalle").click()
    expect(page.get_by_role("status").first).to_contain_text(f"Viesti lähtee {number} opiskelijalle seuraavana aamuna")
    page.get_by_role("link", name="Kirjoita toinen viesti").click()
    expect(page.get_by_label("Teksti")).to_have_value("")


def test_the_table_is_ordered_paged_and_its_figures_read_by_keys_alone(as_teacher: Windows) -> None:
    own = as_teacher()
    page = own.go(DESK)
    assert order_of(page) == "Opiskelija ascending"
    first = names(page)
    assert len(first) == 25
    page.get_by_role("link", name="Tehty", exact=True).focus()
    assert own.focused()["outline"]
    page.keyboard.press("Enter")
    page.wait_for_url("**jarjestys=eteneminen*")
    assert order_of(page) == "Tehty ascending"
    page.get_by_role("link", name="Tehty", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**jarjestys=-eteneminen*")
    assert order_of(page) == "Tehty descending"
    page.locator(".pager a[rel=next]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**page=2*")
    assert len(names(page)) == LEARNERS - 25
    figures = page.locator("details.chart__data summary").first
    figures.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.chart__data[open] table").first).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_the_desk_are_in_order(as_teacher: Windows, name: str, width: int) -> None:
    own = as_teacher(width=width)
    own.go(PAGES[name])
    assert own.axe() == []
    assert own.too_wide() == []


def test_the_page_of_a_learner_is_in_order_in_the_dark_too(as_teacher: Windows) -> None:
    own = as_teacher(width=360, color_scheme="dark")
    page = own.go(DESK)
    assert own.axe() == []
    page.locator(".heat tbody th a").first.click()
    page.wait_for_load_state()
    assert own.axe() == []
    assert own.too_wide() == []


def test_chosen_rows_get_a_letter_without_scripts(as_teacher: Windows) -> None:
    own = as_teacher(scripts=False, width=360)
    page = own.go(DESK)
    chosen = names(page)[:2]
    for name in chosen:
        page.get_by_role("checkbox", name=f"Valitse {name}", exact=True).check()
    page.get_by_role("button", name="Kirjoita valituille").click()
    assert page.locator(".desk-names li").all_inner_texts() == chosen
    page.get_by_label("Otsikko").fill("Hei")
    page.get_by_label("Teksti").fill("Nähdään torstaina.")
    page.get_by_role("button", name="Katso viesti ennen lähettämistä").click()
    page.get_by_role("button", name="Jatka kirjoittamista").click()
    expect(page.get_by_label("Teksti")).to_have_value("Nähdään torstaina.")
    page.get_by_role("button", name="Katso viesti ennen lähettämistä").click()
    page.get_by_role("button", name="Lähetä 2 opiskelijalle").click()
    expect(page.get_by_role("status").first).to_contain_text("Viesti lähtee 2 opiskelijalle seuraavana aamuna")
