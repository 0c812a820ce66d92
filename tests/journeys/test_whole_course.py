"""The whole way through the short course, by keys: enrol, read, take the quiz, get a certificate, have it checked."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.journeys.visitor import Visitor
from tests.serving import ROOT, Service

pytestmark = pytest.mark.browser
RUN = "/opinnot/vt-aina/"
CONTENT = Path(ROOT) / "site/demo/content"


def right_answers() -> list[dict[str, Any]]:
    """The questions of the quiz in their order, as the content of the demonstration has them."""
    quizzes = yaml.safe_load((CONTENT / "quizzes.yaml").read_text())
    asked = next(quiz["questions"] for quiz in quizzes if quiz["code"] == "vt-todistus")
    bank = {row["code"]: row for row in yaml.safe_load((CONTENT / "questions/vt.yaml").read_text())}
    return [bank[code] for code in asked]


def answer(page: Page, number: int, question: dict[str, Any]) -> None:
    options = question["options"]
    right = [at for at, option in enumerate(options) if option.get("correct")]
    if question["kind"] in {"match", "order"}:
        for at in range(len(options)):
            page.locator(f"[name='k{number}-a{at}']").select_option(str(at))
    elif question["kind"] in {"fill", "number", "text"}:
        page.locator(f"[name='k{number}-a']").fill(str(options[right[0]]["text"]))
    else:
        for at in right:
            page.locator(f"[name='k{number}-a'][value='{at}']").press("Space")


@pytest.mark.parametrize("width", [360, 1280])
def test_from_enrolling_to_a_certificate_that_a_stranger_checks(
    width: int, service: Service, window: Callable[..., Window]
) -> None:
    person = {360: "kirjoittaja", 1280: "kumppani"}[width]
    visitor = Visitor(service.url)
    assert visitor.sign_in(f"{person}@demo.example", service.password).status == 302
    visit = window(width=width)
    visit.enter_as(visitor)

    page = visit.go(f"{RUN}ilmoittaudu/")
    assert visit.axe() == []
    with page.expect_navigation():
        page.locator("main form[method=post] button[type=submit]").first.press("Enter")
    page.goto(RUN)
    assert visit.axe() == []

    with page.expect_navigation():
        page.locator(".next-up a.button").press("Enter")
    while "/oppitunti/" in page.url:
        before = page.url
        page.get_by_role("button", name=re.compile("Merkitse luetuksi ja jatka")).press("Enter")
        page.wait_for_url(re.compile(rf"^(?!{re.escape(before.partition('#')[0])})"))
    assert "/visa/" in page.url
    assert visit.axe() == []

    page.locator("main form[method=post] button[type=submit]").first.press("Enter")
    page.wait_for_url(re.compile("/opinnot/yritys/"))
    for number, question in enumerate(right_answers(), start=1):
        answer(page, number, question)
    assert visit.axe() == []
    with page.expect_navigation():
        page.locator("button[name=palauta]").press("Enter")
    with page.expect_navigation():
        page.locator("main form[method=post] button[type=submit]").last.press("Enter")
    assert visit.axe() == []

    page = visit.go(RUN)
    expect(page.locator("main")).to_contain_text("Sinulla on todistus")
    page = visit.go("/oma/")
    link = page.get_by_role("link", name=re.compile("^Avaa todistus"))
    own = str(link.get_attribute("href"))
    with page.expect_navigation():
        link.press("Enter")
    assert visit.axe() == []

    code = next(part for part in own.split("/") if re.fullmatch(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}", part))
    stranger = window(width=width)
    page = stranger.go(f"/todistus/{code}/")
    expect(page.locator("main")).to_contain_text("oimassa")
    assert stranger.axe() == []
