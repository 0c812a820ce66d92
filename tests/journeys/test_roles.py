"""Whole visits: what each role comes here to do, from the first page to the last."""

import datetime
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.journeys.mail import link_in, wait_for_mail
from tests.journeys.people import new_email
from tests.journeys.places import LESSON, answer_question
from tests.journeys.visitor import Visitor
from tests.serving import Service

pytestmark = pytest.mark.browser
PATIENCE = 20_000
PARTNER_PAGE = "/verkosto/kohtaamispaikka-saimi/"


@pytest.fixture
def desk(window: Callable[..., Window], signed_in: Callable[[str], Visitor]) -> Callable[[str], Window]:
    """The administration as someone of the role sees it."""

    def open_desk(role: str) -> Window:
        own = window()
        # Wagtail's scripts warn of this and that; refused and failed requests and script errors still count.
        own.expected = ("console: ",)
        own.enter_as(signed_in(role))
        return own

    return open_desk


def edit_address(visitor: Visitor, title: str) -> str:
    """Where the page is edited, by the administration's own search, whose index the worker fills."""
    deadline = time.monotonic() + PATIENCE / 1_000
    while time.monotonic() < deadline:
        links = visitor.get(f"/hallinta/pages/search/?q={title}").soup.select("main a[href]")
        for link in links:
            if re.fullmatch(r"/hallinta/pages/\d+/edit/", str(link["href"])):
                return str(link["href"])
        time.sleep(0.5)
    raise AssertionError(f"The administration does not find {title}")


def send_form(page: Page, selector: str) -> None:
    """Press the button, in the footer's menu if it is there, and wait for the next page."""
    button = page.locator(selector).first
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown button").first.click()
    with page.expect_navigation(timeout=PATIENCE):
        button.click()


def test_a_visitor_learns_something_and_finds_an_event(window: Callable[..., Window]) -> None:
    own = window()
    page = own.go("/")
    page.click(".site-nav a[href='/teemat/']")
    page.click("main a[href='/teemat/vaikuttavuus/']")
    page.locator("main a[href^='/kurssit/']").first.click()
    page.wait_for_url("**/kurssit/**")
    if not page.locator("form[data-selfcheck]").count():
        page.locator("main a[href*='/kurssit/'][href*='/oppitunnit/'], main a[href*='/perusta/']").last.click()
    own.go(LESSON)
    answer_question(page)
    page.click(".to-search")
    page.fill("#q", "foorumi")
    page.press("#q", "Enter")
    page.locator("main .list a[href='/tapahtumat/verkoston-foorumi/']").click()
    page.wait_for_url("**/tapahtumat/verkoston-foorumi/")
    with page.expect_download() as download:
        page.click("main a[href$='.ics']")
    text = download.value.path().read_text()
    assert download.value.suggested_filename == "verkoston-foorumi.ics"
    assert "SUMMARY:Verkoston foorumi" in text
    assert re.search(r"DTSTART(;TZID=Europe/Helsinki)?:\d{8}T\d{6}", text)
    assert not own.context.cookies()


def test_a_partner_proposes_and_an_editor_publishes(
    desk: Callable[[str], Window], signed_in: Callable[[str], Visitor], service: Service, base: str
) -> None:
    marked = f"Paikka kohdata {datetime.datetime.now(datetime.UTC):%H%M%S}"
    address = edit_address(signed_in("kumppani"), "Saimi")
    partner = desk("kumppani")
    page = partner.go(address)
    page.fill("textarea[name=lead]", marked)
    send_form(page, "button[name=action-submit]")
    assert marked not in Visitor(base).get(PARTNER_PAGE).text
    wait_for_mail(service.data, "toimittaja@demo.example", about="Saimi")

    editor = desk("toimittaja")
    page = editor.go(address)
    assert page.input_value("textarea[name=lead]") == marked
    send_form(page, "button[data-workflow-action-name=approve]:not([data-launch-modal=true])")
    assert marked in Visitor(base).get(PARTNER_PAGE).text
    told = wait_for_mail(service.data, "kumppani@demo.example")
    assert PARTNER_PAGE in told.get_content() or "Saimi" in str(told["Subject"])
    # Others' pages stay out of the partner's reach.
    other = edit_address(signed_in("toimittaja"), "Keski-Suomen%20hyvinvointialue")
    assert signed_in("kumppani").get(other).status in {302, 403}


def test_a_teacher_changes_a_question_and_keeps_the_old_answers(
    desk: Callable[[str], Window], signed_in: Callable[[str], Visitor], base: str
) -> None:
    reader = Visitor(base)
    before = reader.get(LESSON).soup.select_one("form[data-selfcheck]")
    assert before is not None
    code, number = (str(before.select_one(f"[name={name}]")["value"]) for name in ("kysymys", "v"))  # type: ignore[index]
    questions = signed_in("opettaja").get(f"/hallinta/snippets/courses/question/?q={code}").soup
    address = next(
        str(tag["href"])
        for tag in questions.select("a[href*='/question/edit/']")
        if code in (tag.find_parent("tr") or tag).get_text()
    )
    teacher = desk("opettaja")
    page = teacher.go(address)
    prompt = page.input_value("textarea[name=prompt]")
    page.fill("textarea[name=prompt]", f"{prompt} (tarkennettu)")
    with page.expect_navigation(timeout=PATIENCE):
        page.locator("footer button[type=submit]").first.click()

    after = next(
        form for form in reader.get(LESSON).soup.select("form[data-selfcheck]") if form.select_one(f"[value='{code}']")
    )
    assert "(tarkennettu)" in after.get_text()
    assert int(str(after.select_one("[name=v]")["value"])) == int(number) + 1  # type: ignore[index]
    late = reader.get(f"{before['data-selfcheck']}?kysymys={code}&v={number}&a=0")
    assert late.status == 200
    assert "(tarkennettu)" not in late.text, "who answers the old question is judged by the old question"


def test_a_teacher_proposes_a_lesson_but_does_not_publish_it(
    desk: Callable[[str], Window], signed_in: Callable[[str], Visitor], base: str
) -> None:
    address = edit_address(signed_in("opettaja"), "Kysyt%C3%A4%C3%A4n%20yhdess%C3%A4")
    teacher = desk("opettaja")
    page = teacher.go(address)
    marked = "Tunnilla kysytään ja kuunnellaan."
    page.fill("textarea[name=lead]", marked)
    assert page.locator("button[name=action-publish]").count() == 0
    send_form(page, "button[name=action-submit]")
    lesson = "/kurssit/rakenteellinen-sosiaalityo-5-op/tietopohja/kysytaan-yhdessa/"
    assert marked not in Visitor(base).get(lesson).text


def test_a_coordinator_announces_an_event(
    desk: Callable[[str], Window], signed_in: Callable[[str], Visitor], base: str
) -> None:
    name = "Kevään verkostopäivä"
    coordinator = signed_in("koordinaattori")
    starts = datetime.datetime.now().astimezone() + datetime.timedelta(days=40)
    made = coordinator.fill(
        "/hallinta/snippets/events/event/add/",
        {
            "name_fi": name,
            "code": "kevaan-verkostopaiva",
            "type": "forum",
            "format": "remote",
            "sessions-0-starts": f"{starts:%d.%m.%Y} 12.00",
            "sessions-0-ends": f"{starts:%d.%m.%Y} 14.00",
        },
        form="event/add",
    )
    assert made.status == 302, made.main[:2_000]

    own = desk("koordinaattori")
    index = edit_address(coordinator, "Tapahtumat").split("/")[3]
    page = own.go(f"/hallinta/pages/add/events/eventpage/{index}/")
    page.fill("input[name=title]", name)
    page.locator("button[data-chooser-action-choose]:visible").first.click()
    dialog = page.locator(".modal:visible, [role=dialog]:visible").first
    dialog.locator("input[name=q]").fill("verkostop")
    dialog.locator("a:has-text('verkostopäivä')").first.click()
    expect(page.locator("input[name=event]")).not_to_have_value("")
    page.fill("textarea[name=lead]", "Etäpäivä kaikille verkoston toimijoille.")
    send_form(page, "button[name=action-publish]")

    visitor = Visitor(base)
    listed = visitor.get("/tapahtumat/")
    assert name in listed.main.replace("\xad", "")
    event = next(str(tag["href"]) for tag in listed.soup.select("main a[href]") if "verkostop" in str(tag["href"]))
    assert visitor.get(event).status == 200
    assert name in visitor.get("/tapahtumat.ics").text.replace("\r\n ", "")
    assert event in visitor.get("/sitemap.xml").text
    wait_until_found(visitor, "/haku/?q=verkostop%C3%A4iv%C3%A4", event)


def wait_until_found(visitor: Visitor, path: str, target: str) -> None:
    """The worker brings the index up to date within moments."""
    deadline = time.monotonic() + PATIENCE / 1_000
    while time.monotonic() < deadline:
        if target in visitor.get(path).text:
            return
        time.sleep(0.3)
    raise AssertionError(f"{target} was not found at {path}")


def test_an_administrator_invites_someone(signed_in: Callable[[str], Visitor], service: Service) -> None:
    address = new_email()
    administrator = signed_in("yllapito")
    form = administrator.get("/hallinta/users/new/").soup
    group = next(
        str(tag["value"])
        for tag in form.select("input[name=groups]")
        if "Toimittaj" in (tag.find_parent("label") or tag.parent or tag).get_text()
    )
    invited = administrator.fill(
        "/hallinta/users/new/",
        {"email": address, "first_name": "Uusi", "last_name": "Toimittaja", "groups": group},
        form="users/new",
    )
    assert invited.status == 302, invited.main[:1_500]
    person = Visitor(service.url)
    path = link_in(wait_for_mail(service.data, address), service.url)
    first = person.get(path)
    form_path = first.location if first.status == 302 else path
    password = "oma-uusi-salasana-31"
    chosen = person.fill(form_path, {"password1": password, "password2": password})
    assert chosen.status == 302, chosen.main
    assert person.sign_in(address, password).status == 302
    assert person.get("/hallinta/").status == 200
    assert person.get("/hallinta/users/").status in {302, 403}
