"""One address of each kind of page, and what a person does on it before we look."""

from playwright.sync_api import Locator, Page

from tests.journeys.visitor import Visitor

LESSON = "/kurssit/rakenteellinen-sosiaalityo-5-op/perusta/mita-laki-sanoo-ja-kuka-vastaa/"
PAGES = {
    "front page": "/",
    "themes": "/teemat/",
    "theme": "/teemat/yhteiskehittaminen/",
    "courses": "/kurssit/",
    "course": "/kurssit/rakenteellinen-sosiaalityo-5-op/",
    "module": "/kurssit/rakenteellinen-sosiaalityo-5-op/perusta/",
    "lesson": LESSON,
    "test lesson": "/kurssit/vaikuttavuustieto/oppitunnit/loppukoe/",
    "blog": "/blogi/",
    "post": "/blogi/kello-22-40/",
    "writing for the blog": "/blogi/kirjoita/",
    "events": "/tapahtumat/",
    "event": "/tapahtumat/verkoston-foorumi/",
    "network": "/verkosto/",
    "authority": "/verkosto/keski-suomen-hyvinvointialue/",
    "partner": "/verkosto/kohtaamispaikka-saimi/",
    "resources": "/aineistot/",
    "resource": "/aineistot/sanasto/",
    "drawing": "/aineistot/infograafi-raportin-matka/",
    "video": "/aineistot/video-havainnosta-muutokseen/",
    "glossary": "/sanasto/",
    "search": "/haku/",
    "found": "/haku/?q=rakenteellinen+sosiaality%C3%B6",
    "certificates": "/todistus/",
    "enrolment": "/opinnot/rsos5-2027pien/ilmoittaudu/",
    "standing page": "/tietoa/",
    "contact": "/yhteystiedot/",
    "privacy": "/tietosuoja/",
    "accessibility": "/saavutettavuus/",
    "sign-in": "/tili/login/",
    "sign-up": "/tili/signup/",
    "forgotten password": "/tili/password/reset/",
    "missing page": "/ei-ole-olemassa/",
}
# A run that the demonstration's learner is on; editors look at it as learners do.
STUDIED = "/opinnot/rsos5-2026s/"
# The kinds that only those who have signed in see. After a space: the link on the page that leads to the kind.
OWN_PAGES = {
    "own page": "/oma/",
    "name": "/oma/nimi/",
    "preferences": "/oma/asetukset/",
    "notes": "/oma/muistiinpanot/",
    "due dates": "/oma/kalenteri/",
    "run": STUDIED,
    "studied lesson": f"{STUDIED} .study-lessons a[href*=oppitunti]",
    "quiz": f"{STUDIED}visa/rsos5-perusta/",
    "questions": f"{STUDIED}kysymykset/",
    "asking": f"{STUDIED}kysymykset/kysy/",
    "course feedback": f"{STUDIED}kurssipalaute/",
    "own texts": "/blogi/kirjoitukseni/",
    "new text": "/blogi/kirjoita/00000000-0000-4000-8000-000000000001/",
    "own enrolment": f"{STUDIED}ilmoittaudu/",
    "addresses": "/tili/email/",
    "change of password": "/tili/password/change/",
    "second factor": "/tili/2fa/",
    "sessions": "/tili/sessions/",
    "signing out": "/tili/logout/",
}
# Of these, what the people of a run say among themselves: editors who do not teach it have no part in it.
AMONG_LEARNERS = ("questions", "asking")
# The kinds that send those who have signed in elsewhere.
DOORS = ("sign-in", "sign-up")


def resolved(path: str, person: Visitor) -> str:
    """Where the kind of page is: its address, or that of the first such link on the page before the space."""
    page, _space, leads_on = path.partition(" ")
    if not leads_on:
        return path
    link = person.get(page).soup.select_one(leads_on)
    assert link, f"{page} has no {leads_on}"
    return str(link["href"])


def address_in(language: str, path: str, person: Visitor) -> str:
    """Where the page is in the language: where its language switcher leads, with the same question."""
    path = resolved(path, person)
    _bare, *query = path.partition("?")
    link = person.get(path).soup.select_one(f".languages a[hreflang={language}]")
    assert link, f"{path} has no link to {language}"
    return "".join([str(link["href"]), *query])


def open_menu(page: Page) -> None:
    page.click(".menu-button")
    page.wait_for_selector(".site-nav a >> nth=0", state="visible")


def open_all(page: Page) -> None:
    """Open every accordion and every folded part of the page."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")


def send_empty(page: Page) -> None:
    """Send the form with what a person gets wrong, past the browser's own checks."""
    page.evaluate("document.querySelectorAll('main form').forEach((each) => (each.noValidate = true))")
    asking = page.locator("main form[method=post]:has([type=email], [type=password], [type=text])")
    asking.locator("button[type=submit]").first.click()
    page.wait_for_load_state()
    page.wait_for_selector("[aria-invalid=true], .error-summary, [role=alert]")


def ask_for_nothing(page: Page) -> None:
    """Search for what cannot be found."""
    open_all(page)
    field = page.locator("main input[type=search]").first
    field.fill("qzqzqz")
    field.press("Enter")
    page.wait_for_url("**=qzqzqz*")


def narrow(page: Page) -> None:
    """Choose the first choice of every group of the filters that has a result, one group after the other."""
    open_all(page)
    page.locator("form.filters :is([type=checkbox], [type=radio]:not([value='']))").first.check()
    page.locator("form.filters [type=submit]").click()
    page.wait_for_load_state()


def answer_question(page: Page) -> None:
    """Answer the first question of the page."""
    _answer(page, 0)


def answer_all(page: Page) -> None:
    """Answer every question of the page, whatever its kind."""
    for number in range(page.locator("form[data-selfcheck]").count()):
        _answer(page, number)


def focus_search(page: Page) -> None:
    """Type into the page's search field, opening the fold that it may be in."""
    open_all(page)
    page.locator("main input[type=search]").first.press_sequentially("sos")


def go_through_suggestions(page: Page) -> None:
    """Type into the site's search, wait for what is suggested and go to the second suggestion."""
    page.get_by_role("combobox").press_sequentially("sosiaalinen r")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")


def _answer(page: Page, number: int) -> None:
    form = page.locator("form[data-selfcheck]").nth(number)
    send_choice(form)
    form.locator("[role=status]").wait_for()


def send_choice(form: Locator) -> None:
    """Give the question an answer of its kind, right or wrong, and send it."""
    choices, lists = form.locator("[type=radio], [type=checkbox]"), form.locator("select")
    if choices.count():
        choices.first.check()
    for place in range(lists.count()):
        lists.nth(place).select_option(index=1)
    if form.locator("[type=text]").count():
        form.locator("[type=text]").fill("3")
    form.locator("button[type=submit]").click()
