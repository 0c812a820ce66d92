"""The editor's sample pages in a browser: made by the site, shown with its content security policy, sent nowhere."""

import json
import mimetypes
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright

from accounts.models import User
from common.csp import PUBLIC_HEADER
from common.stylesheets import SHEETS, joined
from tests.journeys.browsing import ARGUMENTS, Window

HOME = "http://editor.test"
WORDS = ("kirjoita", "ehdota", "lue", "monta")
# A text that somebody begins, on the page where writers do that.
UNSENT = "kesken"


@pytest.fixture(scope="module")
def html(django_db_setup: None, django_db_blocker: Any) -> dict[str, str]:
    """The pages, asked for before the browser starts: while it runs the database is out of reach."""
    with django_db_blocker.unblock():
        staff, _is_new = User.objects.get_or_create(email="editori@kunta.example", is_superuser=True, is_staff=True)
        client = Client()
        client.force_login(staff)
        addresses = {word: f"/en/tyylit/editori/{word}/" for word in WORDS} | {
            UNSENT: f"/blogi/kirjoita/{uuid.uuid4()}/"
        }
        pages = {word: client.get(address).content.decode() for word, address in addresses.items()}
        # Nothing is rolled back here: the tests that follow find neither a person nor a session.
        client.logout()
        staff.delete()
    return pages


@pytest.fixture(scope="module")
def browser(html: dict[str, str], chromium_path: str) -> Iterator[Browser]:
    # The tests are marked as needing the database, since it is made for such tests alone; none of them reads it.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield from _chromium(chromium_path)


def _chromium(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield chromium
        chromium.close()


class Desk(Window):
    """A window with the editor in it."""

    def __init__(self, browser: Browser, html: dict[str, str], **options: Any) -> None:
        super().__init__(browser, HOME, **options)
        self.html = html
        # What the page has put to the server as drafts.
        self.saved: list[dict[str, Any]] = []
        self.context.route("**/*", self._answer)

    def open(self, word: str = "kirjoita", *, flat: dict[str, Any] | None = None, notation: str = "") -> Page:
        """The sample page in one of its modes; with `flat` it begins with that text."""
        self.changed = self.html[word] if flat is None else with_text(self.html[word], flat, notation)
        page = self.go(f"{HOME}/{word}/")
        page.wait_for_selector(".editor--ready .editor__body")
        return page

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith("/luonnokset/"):
            return self._keep(route)
        if not path.startswith("/static/"):
            headers = {"Content-Security-Policy": PUBLIC_HEADER, "Content-Type": "text/html; charset=utf-8"}
            if path.strip("/") in self.html:
                return route.fulfill(body=self.changed, headers=headers)
            return route.fulfill(body="", headers=headers)
        name = path.removeprefix("/static/")
        found = finders.find(name)
        body = joined(name).encode() if name in SHEETS else Path(str(found)).read_bytes() if found else b""
        return route.fulfill(body=body, content_type=mimetypes.guess_type(name)[0] or "text/plain")

    def _keep(self, route: Route) -> None:
        if route.request.method == "PUT":
            sent: Any = route.request.post_data_json
            self.saved.append(sent["fields"])
        told = {"version": len(self.saved), "saved_at": "2026-11-22T12:00:00Z", "status": "open", "csrf": "x"}
        route.fulfill(json=told | {"fields": self.saved[-1] if self.saved else {}})

    @property
    def text(self) -> Any:
        return self.page.locator(".editor__body")

    def settle(self) -> None:
        """The browser tells of a moved caret, and the form is written, before the next frame but one."""
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def travel(self, key: str) -> None:
        """Move the caret by a key. ProseMirror hears nothing of the caret for 50 ms after it has drawn a change."""
        self.page.evaluate("new Promise((done) => setTimeout(done, 60))")
        self.text.press(key)
        self.settle()

    def value(self) -> dict[str, Any]:
        """What the form would send."""
        self.settle()
        sent: dict[str, Any] = json.loads(self.page.input_value("textarea[name=body]"))
        assert self.page.input_value("[name=body_format]") == "flat"
        return sent

    def select(self, words: str) -> None:
        """Select words of the text by the browser's own selection."""
        self.page.evaluate(SELECT, words)
        self.settle()

    def caret(self, words: str, *, at: str = "end") -> None:
        self.select(words)
        self.page.keyboard.press("ArrowRight" if at == "end" else "ArrowLeft")
        self.settle()

    def paste(self, html: str = "", text: str = "") -> None:
        self.page.evaluate(PASTE, [html, text])

    def heard(self) -> str:
        return self.page.locator(".editor [role=status]").inner_text().strip()


SELECT = """(words) => {
  const body = document.querySelector(".editor__body");
  body.focus();
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const parts = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const drawn = node.parentElement.closest("[contenteditable=false]");
    if (drawn && drawn !== body) continue;
    parts.push([node, text.length]);
    text += node.data;
  }
  const at = text.indexOf(words);
  if (at < 0) throw new Error(`no such words: ${words}`);
  const place = (offset, isEnd) => {
    const [node, start] = parts.findLast(([, start]) => (isEnd ? start < offset : start <= offset));
    return [node, offset - start];
  };
  const [from, to] = [place(at, false), place(at + words.length, true)];
  getSelection().setBaseAndExtent(...from, ...to);
  document.dispatchEvent(new Event("selectionchange"));
}"""
PASTE = """([html, text]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  if (text) data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""


def with_text(html: str, flat: dict[str, Any], notation: str) -> str:
    """The page with another text in its editor."""
    start = html.index("data-editor-body>") + len("data-editor-body>")
    end = html.index("</script>", start)
    page = html[:start] + json.dumps(flat).replace("<", "\\u003C") + html[end:]
    first = page.index("<textarea", page.index("data-editor="))
    inside = page.index(">", first) + 1
    return (
        page[:inside]
        + "\n"
        + notation.replace("&", "&amp;").replace("<", "&lt;")
        + page[page.index("</textarea>", inside) :]
    )


@pytest.fixture
def desk(browser: Browser, html: dict[str, str]) -> Iterator[Callable[..., Desk]]:
    """Opens windows; none of them may have seen a script error, a refusal of the policy or a request to elsewhere."""
    opened: list[Desk] = []

    def open_desk(**options: Any) -> Desk:
        opened.append(Desk(browser, html, **options))
        return opened[-1]

    yield open_desk
    complaints = [complaint for each in opened for complaint in [*each.complaints, *each.refusals()]]
    for each in opened:
        each.close()
    assert not complaints
