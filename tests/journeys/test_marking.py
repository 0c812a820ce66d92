"""Teachers mark works in a browser: a queue by keys alone, two at once, on a phone without scripts."""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.journeys.visitor import Visitor
from tests.serving import ROOT, Service, environment

pytestmark = pytest.mark.browser
Windows = Callable[..., Window]
SAVED = re.compile("Tallennettu palvelimelle")
PATIENCE = 60_000
RUN = "vt-aina"
# Three works of an assignment of its own, handed in by people of whom nothing else is known, and its teachers.
WORKS = """
import datetime
from accounts.models import User
from django.utils import timezone
from learning.courses.models import Assignment, CourseRun, Criterion
from learning.study.models import Enrolment, RunAssignment, RunTeacher, Submission, SubmissionVersion
from learning.study.marking.commenting import keep_reusable
from texts import Flat
run = CourseRun.objects.get(code="vt-aina")
teacher, other = (User.objects.get(email=f"{{name}}@demo.example") for name in ("opettaja", "toimittaja"))
for person in (teacher, other):
    RunTeacher.objects.get_or_create(run=run, user=person, defaults=dict(role="teacher"))
words = {{"title": "Arvioitava {mark}", "instructions": "<p>Kirjoita.</p>"}}
task = Assignment.objects.create(course=run.course, code="arvioitava-{mark}", **words)
for place, title in enumerate(("Rakenne", "Lähteet"), start=1):
    Criterion.objects.create(assignment=task, sort_order=place, title=title, fulfils="On.", lacks="Ei.")
of_run = RunAssignment.objects.create(run=run, assignment=task, is_required=False)
keep_reusable(run=run, by=teacher, title="Valmis {mark}", text="Nimeä lähteet.", is_shared=False)
flat, now = Flat.of_notation("## Havainto\\n\\nMatka on pitkä ja toistuu."), timezone.now()
print("TASK", of_run.pk)
for number, name in enumerate(("Aino", "Eero", "Helmi")):
    learner = User.objects.create_user(f"{{name}}.{mark}@kunta.example".lower(), first_name=name, last_name="Oppija")
    place = Enrolment.objects.create(run=run, learner=learner, status="active")
    at = now - datetime.timedelta(days=3 - number)
    work = Submission.objects.create(enrolment=place, run_assignment=of_run, status="handed_in", handed_in_at=at)
    SubmissionVersion.objects.create(submission=work, number=1, body=flat.json(), words=6, handed_in_at=at)
    print("WORK", work.public_id)
"""


@dataclass
class Works:
    """An assignment of the run and the works that wait in it, the oldest first."""

    task: str
    ids: list[str]

    @property
    def queue(self) -> str:
        return f"/hallinta/toteutukset/{RUN}/arviointi/?tehtava={self.task}"

    def at(self, number: int) -> str:
        return f"/hallinta/toteutukset/{RUN}/arviointi/{self.ids[number]}/?tehtava={self.task}"


@pytest.fixture
def works(service: Service) -> Works:
    script = WORKS.format(mark=time.time_ns())
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "-v", "0", "-c", script]
    told = subprocess.run(
        command, env=environment(service.data, service.port), capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr
    return Works(re.findall(r"TASK (\d+)", told.stdout)[0], re.findall(r"WORK (\S+)", told.stdout))


@pytest.fixture
def as_teacher(window: Windows, service: Service) -> Callable[..., Window]:
    """Opens a window of the demonstration's teacher, or of another who teaches the run too."""

    def open_window(name: str = "opettaja", **options: object) -> Window:
        visitor = Visitor(service.url)
        assert visitor.sign_in(f"{name}@demo.example", service.password).status == 302
        own = window(**options)
        own.enter_as(visitor)
        return own

    return open_window


def is_in_order(own: Window) -> None:
    # Wagtail's own bar looks at the page of those who have a role, with the same tool.
    own.page.wait_for_load_state()
    own.page.wait_for_function("typeof axe !== 'object' || !axe._running")
    assert own.axe() == []
    assert own.too_wide() == []


def mark_by_keys(page: Page, words: str) -> None:
    """Criteria, outcome, feedback and giving without a mouse: numbers choose, and the focus goes on by itself."""
    page.locator("[data-rubric] input").first.focus()
    for key in ("1", "0", "1"):
        page.keyboard.press(key)
    expect(page.locator("#id_words")).to_be_focused()
    page.keyboard.type(words)
    expect(page.locator("#arvioi [data-draft-state]")).to_have_text(SAVED, timeout=PATIENCE)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-main]")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_queue_of_three_is_marked_by_keys_alone(works: Works, as_teacher: Callable[..., Window]) -> None:
    own = as_teacher()
    page = own.go(works.queue)
    is_in_order(own)
    page.get_by_role("link", name="Aino Oppija").press("Enter")
    for name in ("Aino", "Eero", "Helmi"):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"{name} Oppija")
        is_in_order(own)
        mark_by_keys(page, f"Hyvä työ, {name}: 1 askel.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Arviointi")
    expect(page.locator(".works")).to_have_count(0)
    page = own.go(works.at(0))
    expect(page.locator("#arvio .given__head")).to_have_text("Hyväksytty")
    expect(page.locator("#arvio .given")).to_contain_text("Hyvä työ, Aino: 1 askel.")
    is_in_order(own)


def test_number_keys_choose_nothing_where_they_are_switched_off(
    works: Works, as_teacher: Callable[..., Window]
) -> None:
    page = as_teacher().go(works.at(0))
    page.locator("[data-keys] > summary").press("Enter")
    page.get_by_label("Numeronäppäimet valitsevat").uncheck()
    page.reload()
    first = page.locator("[data-rubric] input").first
    first.focus()
    page.keyboard.press("0")
    expect(first).to_be_focused()
    expect(page.locator("[data-rubric] input:checked")).to_have_count(0)


def test_of_two_teachers_at_once_the_later_sees_both_texts(works: Works, as_teacher: Callable[..., Window]) -> None:
    one, other = as_teacher(), as_teacher("toimittaja", color_scheme="dark")
    other.expected = ("409",)
    one.go(works.at(0))
    page = other.go(works.at(0))
    expect(page.get_by_text("on avannut tämän työn")).to_be_visible()
    is_in_order(other)
    mark_by_keys(one.page, "Ensimmäisen sanat.")
    mark_by_keys(page, "Toisen sanat.")
    expect(page.get_by_role("alert").first).to_contain_text("Toinen opettaja on ehtinyt arvioida työn")
    expect(page.get_by_role("alert").first).to_contain_text("Ensimmäisen sanat.")
    expect(page.locator("#id_words")).to_have_value("Toisen sanat.")
    is_in_order(other)
    page.get_by_label("Miksi arviota muutetaan").fill("Sovimme asiasta.")
    with page.expect_navigation():
        page.locator("[data-main]").press("Enter")
    expect(page.locator("#arvio .given")).to_contain_text("Toisen sanat.")
    with page.expect_navigation():
        page.get_by_role("button", name="Peru muutos").press("Enter")
    expect(page.locator("#arvio .given")).to_contain_text("Ensimmäisen sanat.")
    is_in_order(other)


def test_words_of_the_text_are_chosen_and_commented_on(works: Works, as_teacher: Callable[..., Window]) -> None:
    own = as_teacher()
    page = own.go(works.at(1))
    page.get_by_role("document", name="Leipäteksti").get_by_text("pitkä").dblclick(position={"x": 30, "y": 10})
    page.get_by_role("button", name="Kommentoi").click()
    expect(page.locator("#id_quote")).to_have_value(re.compile(r"\S"))
    page.locator("#id_comment_text").fill("Kuinka pitkä?")
    with page.expect_navigation():
        page.get_by_role("button", name="Tallenna kommentti").press("Enter")
    expect(page.locator(".thread--open")).to_contain_text("Kuinka pitkä?")
    expect(page.locator(".editor--ready .anchor__number")).to_have_count(1)
    is_in_order(own)


def test_everything_is_done_on_a_phone_without_a_script(works: Works, as_teacher: Callable[..., Window]) -> None:
    own = as_teacher(scripts=False, width=360, height=740)
    own.expected = ("409", "422")
    page = own.go(works.queue)
    page.get_by_role("link", name="Aino Oppija").click()
    page.locator(".comment-form > summary").click()
    page.locator("#id_quote").fill("pitkä ja toistuu")
    page.locator("#id_comment_text").fill("Kuinka usein?")
    page.get_by_role("button", name="Tallenna kommentti").click()
    expect(page.locator(".thread--open")).to_contain_text("Kuinka usein?")
    page.get_by_label("Täydennettävä", exact=True).check()
    page.locator("#id_words").fill("Hyvä alku.")
    page.locator(".marking-insert > summary").click()
    page.get_by_role("button", name=re.compile("^Valmis")).first.click()
    expect(page.locator("#id_words")).to_have_value("Hyvä alku.\n\nNimeä lähteet.")
    expect(page.get_by_label("Täydennettävä", exact=True)).to_be_checked()
    page.get_by_role("button", name="Anna ja siirry seuraavaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Eero Oppija")
    own.go(works.at(0))
    expect(page.locator("#arvio .given__head")).to_have_text("Täydennettävä")


def test_a_narrow_window_and_the_dark_hold_all_of_the_page(works: Works, as_teacher: Callable[..., Window]) -> None:
    own = as_teacher(width=360, height=740, color_scheme="dark")
    for address in (works.queue, works.at(0), f"/hallinta/toteutukset/{RUN}/arviointi/valmiit/"):
        own.go(address)
        is_in_order(own)
