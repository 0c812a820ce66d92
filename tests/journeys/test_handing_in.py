"""A work in a browser: written, with a file, looked at, handed in, completed when asked; by keys, without scripts."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.journeys.mail import wait_for_mail
from tests.journeys.people import newcomer
from tests.journeys.test_enrolling import press_to
from tests.serving import ROOT, Service, environment

pytestmark = pytest.mark.browser
RUN = "/opinnot/vt-aina/"
WORK, DIARY = f"{RUN}tehtava/palautettava/", f"{RUN}tehtava/paivittain/"
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
WORDS = "Rakenne näkyy arjessa, kun sitä katsoo yhdessä muiden kanssa."
SET = """
from learning.courses.models import Assignment, CourseRun
from learning.study.models import RunAssignment
run = CourseRun.objects.get(code__iexact="vt-aina")
for code, kind in (("palautettava", "either"), ("paivittain", "journal")):
    made = Assignment.objects.create(course=run.course, code=code, kind=kind, title=f"Tehtävä {code}", min_words=5,
        max_words=50, instructions="<p>Kirjoita rakenteesta.</p>")
    RunAssignment.objects.create(run=run, assignment=made, is_required=False)
"""
ASK = """
from django.utils import timezone
from learning.study.models import Mark, Submission
work = Submission.objects.get(enrolment__learner__email="{address}")
mark = Mark.objects.create(submission=work, version=work.versions.get(), outcome="again", released_at=timezone.now())
work.status, work.mark, work.again_due = "again", mark, timezone.now() + timezone.timedelta(days=14)
work.save()
"""


def tell(service: Service, code: str) -> None:
    """What teachers have done, by the service's own shell: their pages are looked at elsewhere."""
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", code],
        cwd=ROOT,
        env=environment(service.data, service.port),
        check=True,
        capture_output=True,
    )


@pytest.fixture(scope="module")
def assigned(service: Service) -> None:
    tell(service, SET)


Learner = Callable[..., tuple[Window, str]]


@pytest.fixture
def learner(window: Callable[..., Window], service: Service, assigned: None) -> Learner:
    """Opens a window of somebody new who has enrolled."""

    def open_window(**options: Any) -> tuple[Window, str]:
        visitor, address = newcomer(service)
        assert visitor.post(f"{RUN}ilmoittaudu/").status == 302
        own = window(**options)
        own.enter_as(visitor)
        # The browser tells the console of a form that comes back with something to mend.
        own.expected = ("422", "Failed to load resource")
        return own, address

    return open_window


def look(own: Window) -> None:
    assert own.axe(habits=True) == []
    assert own.too_wide() == []
    assert own.refusals() == []


def choose(page: Page, *files: tuple[str, bytes]) -> None:
    chosen: list[Any] = [{"name": name, "mimeType": "application/pdf", "buffer": content} for name, content in files]
    page.set_input_files("#id_new_files", chosen)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_a_work_is_written_handed_in_and_completed_when_asked(
    learner: Learner, service: Service, width: int, scheme: str
) -> None:
    own, address = learner(width=width, color_scheme=scheme)
    page = own.go(WORK)
    look(own)
    page.locator(".next-up a.button").click()
    page.wait_for_selector(".editor--ready")
    page.locator(".editor__body").click()
    page.keyboard.insert_text(f"{WORDS} Numero on 040 123 4567.")
    expect(page.locator("[data-meter-count]")).to_have_text("14 sanaa")
    choose(page, ("liite.pdf", PDF), ("huono.pdf", b"MZ"))
    page.locator("button[name=add_files]").click()
    expect(page.locator("#id_new_files_error")).to_contain_text("huono.pdf")
    expect(page.locator(".work-files")).to_contain_text("liite.pdf")
    look(own)
    page.locator("button[name=check]").click()
    page.wait_for_url("**/tarkista/")
    expect(page.locator("mark.finding").first).to_have_text("040 123 4567")
    look(own)
    page.locator("button[name=hand_in]").click()
    page.wait_for_url("**/kuitti/1/")
    look(own)
    letter = wait_for_mail(service.data, address, about="palautettava").get_body(("plain",))
    assert letter is not None
    assert "liite.pdf" in letter.get_content()
    tell(service, ASK.format(address=address))
    own.go(WORK)
    look(own)
    page.locator(".next-up a.button").first.click()
    page.wait_for_selector(".editor--ready")
    expect(page.locator(".editor__body")).to_contain_text(WORDS)
    page.locator(".editor__body").click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(" Lisäys.")
    page.locator("button[name=check]").click()
    page.wait_for_url("**/tarkista/")
    page.locator("button[name=hand_in]").click()
    page.wait_for_url("**/kuitti/2/")
    own.go(f"{WORK}versiot/1/2/")
    expect(page.locator("ins").last).to_contain_text("Lisäys.")
    look(own)


def test_a_work_is_handed_in_by_keys_alone(learner: Learner) -> None:
    own, _address = learner()
    page = own.go(f"{WORK}kirjoita/")
    page.wait_for_selector(".editor--ready")
    press_to(own, ".editor__body")
    page.keyboard.type(WORDS)
    press_to(own, "button[name=check]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tarkista/")
    press_to(own, "button[name=hand_in]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kuitti/1/")
    own.go(WORK)
    press_to(own, "a[href$='/ota-takaisin/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ota-takaisin/")
    press_to(own, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{WORK}")
    look(own)


def test_without_scripts_a_work_is_written_and_handed_in(learner: Learner) -> None:
    own, _address = learner(scripts=False, width=360)
    page = own.go(f"{WORK}kirjoita/")
    page.fill("#id_body", f"## Alku\n\n{WORDS}")
    choose(page, ("liite.pdf", PDF))
    page.locator("button[name=add_files]").click()
    page.locator("button[name=remove]").click()
    page.locator("button[name=put_back]").click()
    page.locator("button[name=check]").click()
    expect(page.locator(".preview h2, .preview h3").nth(1)).to_have_text("Alku")
    page.locator("button[name=hand_in]").click()
    expect(page.locator("main")).to_contain_text("liite.pdf")
    assert page.url.endswith("/kuitti/1/")


def test_a_journal_has_entries_and_is_handed_in_as_a_whole(learner: Learner) -> None:
    own, _address = learner(width=360)
    page = own.page
    for words in ("Ensimmäinen päivä.", "Toinen päivä."):
        own.go(f"{DIARY}paivakirja/uusi/")
        page.wait_for_selector(".editor--ready")
        page.locator(".editor__body").click()
        page.keyboard.insert_text(words)
        look(own)
        page.locator("button[name=finish]").click()
        page.wait_for_url("**/paivakirja/")
    look(own)
    page.locator(f"a[href='{DIARY}tarkista/']").click()
    look(own)
    page.locator("main form button").click()
    page.wait_for_url("**/kuitti/1/")
    expect(page.locator(".work-version")).to_contain_text("Toinen päivä.")
