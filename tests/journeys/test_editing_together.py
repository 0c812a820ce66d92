"""A writer and an editor side by side, by keys: from a draft begun without a connection to a dated correction."""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import Window
from tests.journeys.visitor import Visitor
from tests.serving import Service

pytestmark = pytest.mark.browser
SENTENCE = (
    "Ryhmä kokoontui keskiviikkoisin, ja jokaisella kerralla puolet lähti kesken, "
    "koska viimeinen bussi menee kolmelta. "
)
SAVED = re.compile("Tallennettu palvelimelle")


def enter(window: Callable[..., Window], service: Service, name: str, width: int) -> Window:
    visitor = Visitor(service.url)
    assert visitor.sign_in(f"{name}@demo.example", service.password).status == 302
    visit = window(width=width)
    visit.enter_as(visitor)
    return visit


def press(page: Page, name: str | re.Pattern[str], *, role: Any = "button") -> None:
    """Press what has the name by its key, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role(role, name=name).first.press("Enter")


def write_over(page: Page, words: str, instead: str) -> None:
    """Select the words in the editor and type others in their place."""
    text = page.locator(".editor__body")
    text.focus()
    page.evaluate(
        """(words) => {
            const walker = document.createTreeWalker(document.querySelector(".editor__body"), NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const at = node.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + words.length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return;
            }
            throw new Error(`“${words}” is not in the text`);
        }""",
        words,
    )
    page.wait_for_timeout(50)  # the editor hears of a selection in a task of the browser's own
    page.keyboard.type(instead)


def shown(visit: Window, words: str) -> None:
    expect(visit.page.locator("main")).to_contain_text(words)
    assert visit.axe() == []


@pytest.mark.parametrize("width", [360, 1280])
def test_from_a_draft_without_a_connection_to_a_dated_correction(
    width: int, service: Service, window: Callable[..., Window]
) -> None:
    title = f"Bussi on palvelun osa {width}"
    writer = enter(window, service, "kirjoittaja", width)
    editor = enter(window, service, "toimittaja", width)

    # The writer begins without a connection; what was written goes to the server when it is back.
    page = writer.go("/blogi/kirjoita/")
    press(page, re.compile("^Aloita"), role="link")
    writer.expected = ("net::ERR_INTERNET_DISCONNECTED",)
    writer.context.set_offline(True)
    page.locator("[name=title]").fill(title)
    page.locator("[name=lead]").fill("Palvelu oli auki, mutta sinne ei päässyt.")
    page.locator(".editor__body").focus()
    page.keyboard.insert_text(SENTENCE * 20)
    expect(page.locator("[data-draft-state]")).to_contain_text("Ei yhteyttä")
    writer.context.set_offline(False)
    expect(page.locator("[data-draft-state]")).to_contain_text(SAVED)
    page.locator("[name=author-0-title]").fill("Sosiaaliohjaaja")
    assert writer.axe() == []
    press(page, re.compile("^Tarkista"))
    assert writer.axe() == []
    page.locator("[name=consent]").press("Space")
    page.locator("[name=employer]").press("Space")
    press(page, "Lähetä toimitukselle")
    shown(writer, "toimi")
    page = writer.go("/blogi/kirjoitukseni/")
    own = str(page.get_by_role("link", name=title).first.get_attribute("href"))

    # An editor takes the text, suggests, comments and returns it.
    desk = editor.go("/hallinta/blogi/?nayta=uudet")
    press(desk, title, role="link")
    press(desk, "Ota")
    write_over(desk, "keskiviikkoisin", "keskiviikkona")
    expect(desk.locator("[data-draft-state]")).to_contain_text(SAVED)
    assert editor.axe() == []
    press(desk, "Tallenna ehdotukset")
    text = desk.url
    desk.locator(".comment-form summary").press("Enter")
    desk.locator("[name=comment_text]").fill("Mistä luku tulee?")
    press(desk, "Lähetä kommentti")
    press(desk, "Palauta kirjoittajalle", role="link")
    desk.locator("[name=words]").fill("Yksi ehdotus ja yksi kysymys.")
    press(desk, "Palauta kirjoittajalle")

    # The writer accepts, answers and sends back.
    page = writer.go(own)
    assert writer.axe() == []
    page.locator("[data-suggestion-accept]").first.press("Enter")
    expect(page.locator("[data-suggestion-card]").first).to_have_attribute("data-state", "accepted")
    expect(page.locator("[data-draft-state]")).to_contain_text(SAVED)
    press(page, re.compile("^Lähetä takaisin"))
    shown(writer, "toimi")

    # The writer approves; the editor changes a word after that, and asks again.
    editor.go(text)
    press(desk, "Pyydä kirjoittajan hyväksyntä", role="link")
    press(desk, "Pyydä kirjoittajan hyväksyntä")
    writer.go(own)
    press(page, re.compile("^Hyväksy versio"))
    editor.go(f"{text.partition('?')[0]}?tapa=muokkaa")
    write_over(desk, "keskiviikkona", "joka keskiviikko")
    press(desk, "Tee uusi versio")
    shown(editor, "Pyydä kirjoittajan hyväksyntä")
    press(desk, "Pyydä kirjoittajan hyväksyntä", role="link")
    press(desk, "Pyydä kirjoittajan hyväksyntä")
    writer.go(own)
    shown(writer, "joka keskiviikko")
    press(page, re.compile("^Hyväksy versio"))

    # It is scheduled, and then published at once after all.
    editor.go(text)
    press(desk, "Ajasta", role="link")
    day = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=30)
    desk.locator("[name=day]").fill(day.isoformat())
    press(desk, "Ajasta")
    shown(editor, "Ajastettu")
    press(desk, "Julkaise nyt")
    reader = window(width=width)
    reader.go("/blogi/")
    press(reader.page, title, role="link")
    shown(reader, "joka keskiviikko")
    post = reader.page.url

    # A correction waits for the writer, and is then dated on the page.
    editor.go(f"{text.partition('?')[0]}?tapa=korjaa")
    write_over(desk, "kolmelta", "neljältä")
    desk.locator("[name=note]").fill("Bussin lähtöaika korjattiin.")
    press(desk, "Pyydä kirjoittajaa hyväksymään korjaus")
    writer.go(own)
    shown(writer, "Bussin lähtöaika korjattiin.")
    press(page, re.compile("^Hyväksy versio"))
    reader.go(post)
    shown(reader, "Bussin lähtöaika korjattiin.")
    expect(reader.page.locator(".prose")).to_contain_text("neljältä")
