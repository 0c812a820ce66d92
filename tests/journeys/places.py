"""One address of each kind of page, and the states that a page can be in."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

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
    "events": "/tapahtumat/",
    "event": "/tapahtumat/verkoston-foorumi/",
    "network": "/verkosto/",
    "authority": "/verkosto/keski-suomen-hyvinvointialue/",
    "partner": "/verkosto/kohtaamispaikka-saimi/",
    "resources": "/aineistot/",
    "resource": "/aineistot/sanasto/",
    "search": "/haku/",
    "found": "/haku/?q=rakenteellinen+sosiaality%C3%B6",
    "standing page": "/tietoa/",
    "contact": "/yhteystiedot/",
    "privacy": "/tietosuoja/",
    "accessibility": "/saavutettavuus/",
    "sign-in": "/tili/login/",
    "sign-up": "/tili/signup/",
    "forgotten password": "/tili/password/reset/",
    "missing page": "/ei-ole-olemassa/",
}
# The kinds that only those who have signed in see.
OWN_PAGES = {
    "own page": "/oma/",
    "addresses": "/tili/email/",
    "change of password": "/tili/password/change/",
    "second factor": "/tili/2fa/",
    "sessions": "/tili/sessions/",
    "signing out": "/tili/logout/",
}


def open_menu(page: Page) -> None:
    button = page.locator(".menu-button")
    if button.is_visible():
        button.click()
        page.wait_for_selector(".site-nav a >> nth=0", state="visible")


def open_all(page: Page) -> None:
    """Open every accordion and every folded part of the page."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")


def send_empty(page: Page) -> None:
    """Send the form with what a person gets wrong, past the browser's own checks."""
    page.evaluate("document.querySelectorAll('main form').forEach((each) => (each.noValidate = true))")
    page.click("main form[method=post] button[type=submit] >> nth=0")
    page.wait_for_load_state()
    page.wait_for_selector("[aria-invalid=true], .error-summary, [role=alert]")


def answer_question(page: Page) -> None:
    """Answer the first question of the page that is answered by choosing."""
    form = page.locator("form[data-selfcheck]").first
    choice = form.locator("input[type=radio], input[type=checkbox]")
    if choice.count():
        choice.first.check()
    form.locator("button[type=submit]").click()
    form.locator("[role=status]").wait_for()


@dataclass(frozen=True)
class State:
    """A page in a state, in one language, width and colour scheme."""

    name: str
    path: str
    width: int
    scheme: str
    act: Callable[[Page], None] | None = None

    @property
    def label(self) -> str:
        return f"{self.name} {self.path[:24]} {self.width} {self.scheme}"


# Chosen so that every pair of language, width, scheme and state meets at least once.
STATES = [
    State("menu", "/", 360, "light", open_menu),
    State("menu", "/sv/", 360, "dark", open_menu),
    State("menu", "/en/", 360, "light", open_menu),
    State("form error", "/tili/login/", 360, "dark", send_empty),
    State("form error", "/sv/tili/signup/", 1280, "light", send_empty),
    State("form error", "/en/tili/password/reset/", 360, "light", send_empty),
    State("empty list", "/tapahtumat/?tyyppi=workshop&vuosi=1999&q=xyz", 1280, "dark"),
    State("empty list", "/sv/resurser/?q=qqqq", 360, "light"),
    State("empty list", "/en/network/?q=qqqq", 360, "dark"),
    State("filtered list", "/verkosto/?q=keski", 360, "light"),
    State("chosen region", "/sv/natverk/?alue=10", 360, "light", open_all),
    State("chosen region", "/en/network/?alue=12&avainkumppani=kylla", 1280, "dark"),
    State("filtered list", "/sv/evenemang/?aika=menneet", 1280, "dark"),
    State("filtered list", "/en/network/?page=2", 1280, "light", open_all),
    State("search with hits", "/haku/?q=kurssi", 360, "dark", open_all),
    State("search with hits", "/sv/haku/?q=kurs", 1280, "light"),
    State("search with hits", "/en/haku/?q=effectiveness", 1280, "dark"),
    State("search without hits", "/haku/?q=qzqzqz", 1280, "light"),
    State("search without hits", "/sv/haku/?q=qzqzqz", 360, "dark"),
    State("search without hits", "/en/haku/?q=qzqzqz", 360, "light"),
    State("answered", LESSON, 360, "dark", answer_question),
    State("answered", LESSON, 1280, "light", answer_question),
    State("opened", "/kurssit/vaikuttavuustieto/oppitunnit/loppukoe/", 360, "light", open_all),
    State("opened", LESSON, 1280, "dark", open_all),
    State("opened", "/teemat/vaikuttavuus/", 360, "dark", open_all),
    State("only in Finnish", "/sv/blogg/kello-22-40/", 360, "light"),
    State("only in Finnish", "/en/blog/kello-22-40/", 1280, "dark"),
    State("translated", "/sv/teman/verkningsfullhet/", 1280, "dark"),
    State("translated", "/en/themes/co-development/", 360, "light"),
    State("standing", "/sv/tillganglighet/", 360, "dark"),
    State("standing", "/en/privacy/", 1280, "light"),
    State("dark", "/", 1280, "dark"),
    State("dark", "/verkosto/", 1280, "dark", open_all),
    State("dark", "/kurssit/rakenteellinen-sosiaalityo-5-op/", 360, "dark", open_all),
    State("dark", "/blogi/kello-22-40/", 360, "dark"),
    State("dark", "/tapahtumat/verkoston-foorumi/", 1280, "dark"),
    State("dark", "/aineistot/sanasto/", 360, "dark"),
    State("missing", "/sv/finns-inte/", 360, "dark"),
    State("missing", "/en/does-not-exist/", 1280, "light"),
]
