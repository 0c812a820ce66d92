"""Peer review in a browser: the sample, two reviews, one's own, thanks, an appeal; by keys, on a phone, plain."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.serving import ROOT, Service, environment

pytestmark = pytest.mark.browser
# Three learners who have handed in; two of them have reviewed. The third is the one whose journey this is.
GROUP = """
import json, uuid
from django.test import Client
from learning.courses.models import PeerQuestion
from learning.study.reviewing import services
from tests.learning.study import factories, handing_in
from tests.learning.study.reviewing.peers import peers
from itertools import count
factories._numbers = handing_in._numbers = count(uuid.uuid4().int % 10**9)
group = peers(3, title="Kehittämissuunnitelma", sample="<p>Mallissa on kolme esimerkkiä.</p>")
assignment = group.run_assignment.assignment
for row in assignment.criteria.all():
    row.sample_value, row.sample_reason = 0, "Lähteitä on vain kaksi."
    row.save()
PeerQuestion.objects.create(assignment=assignment, text="Mikä jäi mieleen?")
group.hand_in()
for person in group.people[1:]:
    services.practise(enrolment=person, run_assignment=group.run_assignment, criteria=[])
    group.write_all(person)
def session(person):
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value
names = [str(person.learner) for person in group.people[1:]]
print(json.dumps({"run": group.run.code, "assignment": assignment.code, "names": names,
                  "learner": session(group.people[0].learner), "teacher": session(group.teacher)}))
"""


@pytest.fixture
def group(service: Service) -> dict[str, Any]:
    made = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "shell", "-v", "0", "-c", GROUP],
        env=environment(service.data, service.port),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert made.returncode == 0, made.stderr
    told: dict[str, Any] = json.loads(made.stdout.strip().splitlines()[-1])
    return told


def entered(own: Window, session: str) -> Window:
    own.context.add_cookies([{"name": "sessionid", "value": session, "url": own.base}])
    return own


def look(own: Window) -> None:
    assert own.axe(habits=True) == []
    assert own.too_wide() == []


def reach(own: Window, selector: str, most: int = 120) -> None:
    """Go by Tab to what the selector names; it has to be seen when it has the focus."""
    for _stop in range(most):
        own.page.keyboard.press("Tab")
        if own.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            stop = own.focused()
            assert stop["shown"] and not stop["covered"] and stop["outline"], stop
            return
    raise AssertionError(f"{selector} was not reached on {own.page.url}")


def choose_levels(own: Window) -> None:
    for name in own.page.evaluate(
        "[...new Set([...document.querySelectorAll('.rubric input[type=radio]')].map(e => e.name))]"
    ):
        reach(own, f"input[name='{name}']")
        own.page.keyboard.press("Space")


def write_review(own: Window) -> None:
    choose_levels(own)
    reach(own, "textarea[name^='answer-']")
    own.page.keyboard.type("Rajattu kysymys.")
    reach(own, "textarea[name=words]")
    own.page.keyboard.type("Rakenne kantaa alusta loppuun.")
    reach(own, "main form .form-end button")
    own.page.keyboard.press("Enter")


def address(group: dict[str, Any]) -> str:
    return f"/opinnot/{group['run']}/tehtava/{group['assignment']}/vertaisarviot/"


def is_anonymous(page: Page, group: dict[str, Any]) -> bool:
    return not any(name in page.content() for name in group["names"])


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_a_learner_practises_reviews_two_reads_their_own_thanks_and_appeals_by_keys_alone(
    window: Callable[..., Window], group: dict[str, Any], width: int, scheme: str
) -> None:
    own = entered(window(width=width, color_scheme=scheme), group["learner"])
    page = own.go(address(group))
    expect(page.get_by_text("2 arviota on tullut")).to_be_visible()
    look(own)
    reach(own, "main a[href$='/malli/']")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Mallissa on kolme esimerkkiä.")).to_be_visible()
    look(own)
    choose_levels(own)
    reach(own, "main form .form-end button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Lähteitä on vain kaksi.").first).to_be_visible()
    look(own)
    for left in (1, 0):
        own.go(address(group))
        reach(own, "main a.button[href*='/vertaisarvio/']")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Sinun arviosi")).to_be_visible()
        look(own)
        assert is_anonymous(page, group)
        write_review(own)
        expect(page.get_by_text("Arvio on lähetetty.")).to_be_visible()
        expect(page.locator(".facts")).to_contain_text(str(left))
    expect(page.locator("article.review")).to_have_count(2)
    look(own)
    reach(own, "main form[action$='/kiita/'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Olet kiittänyt")).to_be_visible()
    reach(own, "main a[href$='/oikaisu/']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pyydä opettajaa katsomaan")
    look(own)
    reach(own, "main textarea")
    page.keyboard.type("Arvio ei koske minun työtäni.")
    reach(own, "main form .form-end button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Opettaja ei ole vielä vastannut.")).to_be_visible()
    look(own)
    assert is_anonymous(page, group)


def test_everything_works_without_scripts_and_the_teacher_answers_on_a_phone(
    window: Callable[..., Window], group: dict[str, Any]
) -> None:
    own = entered(window(scripts=False), group["learner"])
    page = own.go(f"{address(group)}malli/")
    for level in page.locator(".rubric input[value='1']").all():
        level.check()
    page.get_by_role("button", name="Vertaa opettajiin").click()
    for _review in range(2):
        own.go(address(group))
        page.get_by_role("link", name=re.compile("^Kirjoita arvio")).first.click()
        for level in page.locator(".rubric input[value='1']").all():
            level.check()
        page.locator("textarea[name^='answer-']").fill("Rajattu kysymys.")
        page.locator("textarea[name=words]").fill("Rakenne kantaa.")
        page.get_by_role("button", name="Lähetä arvio").click()
    page.get_by_role("link", name=re.compile("^Pyydä opettajaa")).first.click()
    page.locator("main textarea").fill("Arvio ei koske minun työtäni.")
    page.get_by_role("button", name="Lähetä opettajille").click()
    desk = entered(window(width=360), group["teacher"])
    seen = desk.go(f"/hallinta/toteutukset/{group['run']}/vertaisarviot/")
    expect(seen.get_by_text("Oikaisupyyntö odottaa vastausta")).to_be_visible()
    look(desk)
    seen.locator("tbody tr").first.locator("th a").click()
    expect(seen.get_by_role("button", name="Vastaa kummallekin")).to_be_visible()
    look(desk)
    seen.get_by_label("poistetaan näkyvistä").check()
    seen.get_by_label("Vastaus", exact=True).fill("Arvio koski toista työtä.")
    seen.get_by_role("button", name="Vastaa kummallekin").click()
    expect(seen.get_by_text("Kummallekin kerrotaan").first).to_be_visible()
    own.go(address(group))
    expect(page.get_by_text("Opettaja poisti tämän arvion näkyvistä.")).to_be_visible()
