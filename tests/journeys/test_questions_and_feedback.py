"""People of a run ask and answer; a learner reads what a teacher said of a work, answers and takes it along."""

import re
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.journeys.people import newcomer
from tests.journeys.visitor import Visitor
from tests.serving import ROOT, Service, environment

pytestmark = pytest.mark.browser
RUN = "/opinnot/vt-aina/"
QUESTIONS, DESK = f"{RUN}kysymykset/", "/hallinta/toteutukset/vt-aina/kysymykset/"
SAVED = re.compile("Tallennettu palvelimelle")
PATIENCE = 60_000
Windows = Callable[..., Window]

# A work with feedback, given as its teacher gives it.
FEEDBACK = """
from accounts.models import User
from django.utils import timezone
from learning.courses.models import Assignment, CourseRun, Criterion
from learning.study.criteria import snapshot
from learning.study.marking.commenting import comment
from learning.study.marking.services import give
from learning.study.models import Enrolment, RunAssignment, Submission, SubmissionVersion
from texts import Flat
run, teacher = CourseRun.objects.get(code="vt-aina"), User.objects.get(email="opettaja@demo.example")
words = {{"title": "Havainnosta ehdotukseksi", "instructions": "<p>Kirjoita.</p>"}}
task, is_new = Assignment.objects.get_or_create(course=run.course, code="palaute-koe", defaults=words)
Criterion.objects.get_or_create(assignment=task, title="Lähteet", defaults=dict(fulfils="On.", lacks="Ei."))
of_run, is_new = RunAssignment.objects.get_or_create(run=run, assignment=task, defaults=dict(is_required=False))
flat, now = Flat.of_notation("## Havainto\\n\\nMatka on pitkä ja toistuu.\\n\\nEhdotan kuljetusta."), timezone.now()
enrolment = Enrolment.objects.get(run=run, learner__email="{email}")
work = Submission.objects.create(enrolment=enrolment, run_assignment=of_run, status="handed_in", handed_in_at=now)
version = SubmissionVersion.objects.create(submission=work, number=1, body=flat.json(), words=8, handed_in_at=now)
comment(version=version, by=teacher, quote="Matka on pitkä", text="Kuinka pitkä?")
criteria = [each | {{"value": 1, "words": "Hyvin valitut."}} for each in snapshot(task)]
give(submission=work, by=teacher, version=1, seen=0, outcome="again", criteria=criteria, words="Lisää yksi lähde.")
"""


@pytest.fixture
def learner(service: Service) -> tuple[Visitor, str]:
    """Somebody new who has enrolled on the short course, and their address."""
    visitor, address = newcomer(service)
    visitor.fill(f"{RUN}ilmoittaudu/", {})
    return visitor, address


@pytest.fixture
def teacher(service: Service) -> Visitor:
    visitor = Visitor(service.url)
    assert visitor.sign_in("opettaja@demo.example", service.password).status == 302
    return visitor


def opened(window: Windows, visitor: Visitor, **options: object) -> Window:
    own = window(**options)
    own.enter_as(visitor)
    return own


def is_in_order(own: Window) -> None:
    assert own.axe() == []
    assert own.too_wide() == []


def press(page: Page, name: str) -> None:
    """Press the button whose name begins so, by its key."""
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(f"^{name}")).first.press("Enter")


def ask(page: Page, title: str) -> str:
    """Ask by keys alone; return the address of the question."""
    page.get_by_role("link", name="Esitä kysymys").first.press("Enter")
    page.get_by_label("Kysymys lyhyesti").fill(title)
    press(page, "Kysy")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Miten")
    return page.url.partition("?")[0]


def test_a_question_is_asked_answered_and_settled(
    window: Windows, service: Service, learner: tuple[Visitor, str], teacher: Visitor
) -> None:
    title = f"Miten mittari valitaan {time.time_ns()}?"
    asker = opened(window, learner[0])
    asker.go(QUESTIONS)
    address = ask(asker.page, title)
    is_in_order(asker)
    visitor, _address = newcomer(service)
    visitor.fill(f"{RUN}ilmoittaudu/", {})
    other = opened(window, visitor, width=360, height=740)
    page = other.go(address)
    page.get_by_label("Vastauksesi").fill("Aloita tavoitteesta.")
    expect(page.locator("[data-draft-state]")).to_have_text(SAVED, timeout=PATIENCE)
    is_in_order(other)
    press(page, "Lähetä vastaus")
    expect(page.locator(".said__text").last).to_have_text("Aloita tavoitteesta.")
    expect(page.get_by_text("Uusi Henkilö")).to_have_count(0)
    desk = opened(window, teacher)
    page = desk.go(DESK)
    page.get_by_role("link", name=title).press("Enter")
    is_in_order(desk)
    press(page, "Merkitse ratkaisuksi")
    expect(page.get_by_text("Ratkaisu, opettajan merkitsemä")).to_be_visible()
    asker.go(address)
    expect(asker.page.get_by_text("Ratkaisu, opettajan merkitsemä")).to_be_visible()
    is_in_order(asker)


def test_a_question_like_the_one_being_typed_is_told_of(window: Windows, learner: tuple[Visitor, str]) -> None:
    own = opened(window, learner[0], color_scheme="dark")
    own.go(QUESTIONS)
    ask(own.page, "Miten palautejärjestelmä hankitaan?")
    page = own.go(f"{QUESTIONS}kysy/")
    page.get_by_label("Kysymys lyhyesti").press_sequentially("Miten palautejärjestelmä hankitaan meillä")
    expect(page.get_by_role("heading", name="Onko tätä jo kysytty?")).to_be_visible()
    is_in_order(own)


def test_everything_is_asked_and_answered_without_a_script(window: Windows, learner: tuple[Visitor, str]) -> None:
    own = opened(window, learner[0], scripts=False, width=360)
    page = own.go(QUESTIONS)
    address = ask(page, "Miten ilman skriptiä kysytään?")
    page.get_by_label("Vastauksesi").fill("Näin.")
    press(page, "Lähetä vastaus")
    expect(page.locator(".said__text").last).to_have_text("Näin.")
    page.goto(address)
    page.get_by_role("button", name=re.compile("^Poista näkyvistä")).first.click()
    expect(page.get_by_text("Poistettu näkyvistä").first).to_be_visible()
    page.get_by_role("button", name="Palauta näkyviin").first.click()
    expect(page.get_by_text("Palautettu näkyviin")).to_be_visible()


@pytest.fixture
def feedback(service: Service, learner: tuple[Visitor, str]) -> str:
    """The address of feedback on the learner's work."""
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "shell", "-c", FEEDBACK.format(email=learner[1])],
        env=environment(service.data, service.port, **service.more),
        capture_output=True,
        check=True,
    )
    return f"{RUN}tehtava/palaute-koe/palaute/"


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_feedback_is_read_answered_and_downloaded(
    window: Windows, learner: tuple[Visitor, str], feedback: str, width: int, scheme: str
) -> None:
    own = opened(window, learner[0], width=width, color_scheme=scheme, accept_downloads=True)
    page = own.go(feedback)
    expect(page.get_by_text("Lisää yksi lähde.").first).to_be_visible()
    page.get_by_role("link", name="Kommentti 1").press("Enter")
    expect(page.locator("#kommentti-1")).to_be_in_viewport()
    expect(page.locator("#kommentti-1")).to_contain_text("Kuinka pitkä?")
    page.locator("#kommentti-1 a").press("Enter")
    expect(page.locator("#kohta-1")).to_be_in_viewport()
    page.get_by_text("Palaute kopioitavana tekstinä").first.click()
    expect(page.locator("#as-text")).to_have_value(re.compile(r"Matka on pitkä \[1\]"))
    is_in_order(own)
    page.get_by_label("Viestisi").fill("Kiitos, lisään lähteen.")
    press(page, "Lähetä viesti")
    expect(page.locator(".said__text").last).to_have_text("Kiitos, lisään lähteen.")
    with page.expect_download() as download:
        page.get_by_role("link", name="Lataa PDF-tiedostona").press("Enter")
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_feedback_is_read_and_answered_without_a_script(
    window: Windows, learner: tuple[Visitor, str], feedback: str, teacher: Visitor
) -> None:
    own = opened(window, learner[0], scripts=False)
    page = own.go(feedback)
    expect(page.locator("mark.noted")).to_have_text("Matka on pitkä")
    page.get_by_label("Viestisi").fill("Riittääkö tilasto?")
    press(page, "Lähetä viesti")
    expect(page.locator(".said__text").last).to_have_text("Riittääkö tilasto?")
