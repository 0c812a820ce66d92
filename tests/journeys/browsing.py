"""A browser window that notices what goes wrong behind the page."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from tests.journeys.visitor import Visitor, new_address

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).with_name("axe.min.js")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HABITS = "best-practice"
# The browser reports what the policy refuses; the page keeps it for us.
LISTEN = """
window.refusals = [];
document.addEventListener("securitypolicyviolation",
    (event) => window.refusals.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
PATIENCE = 15_000


class Window:
    """One window with cookies of its own. `complaints` is what no page of ours may cause."""

    def __init__(
        self, browser: Browser, base: str, *, width: int = 1280, height: int = 900, scripts: bool = True, **options: Any
    ) -> None:
        self.base = base
        self.complaints: list[str] = []
        self.expected: tuple[str, ...] = ()
        self.undecided: list[str] = []
        self._waited_for: dict[int, Request] = {}
        self.context = browser.new_context(
            base_url=base,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            extra_http_headers={"X-Forwarded-For": new_address()},
            reduced_motion=options.pop("reduced_motion", "reduce"),
            **options,
        )
        self.context.set_default_timeout(PATIENCE)
        if scripts:
            self.context.add_init_script(LISTEN)
        self.page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self._complain(f"script error: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("requestfinished", self._ended)
        self.page.on("requestfailed", self._ended)

    def go(self, path: str) -> Page:
        """Open the address, wait until everything has come, and return the page."""
        self.page.goto(path, wait_until="load")
        return self.page

    def enter_as(self, visitor: Visitor) -> None:
        """Take over the cookies of someone who has signed in."""
        self.context.add_cookies(
            [{"name": name, "value": value, "url": self.base} for name, value in visitor.cookies.items()]
        )

    def refusals(self) -> list[str]:
        """What the content security policy has refused on this page."""
        return list(self.page.evaluate("window.refusals"))

    def axe(self, within: str = "", *, habits: bool = False) -> list[str]:
        """The accessibility violations of the page as it is now, a line each; with `habits` of good practice, too.

        What axe could not decide is kept in `undecided`.
        """
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE.read_text())
        options = {
            "runOnly": {"type": "tag", "values": [*STANDARDS, HABITS] if habits else STANDARDS},
            "resultTypes": ["violations", "incomplete"],
        }
        found = self.page.evaluate("([place, options]) => axe.run(place || document, options)", [within, options])
        self.undecided = _lines(found["incomplete"])
        return _lines(found["violations"])

    def too_wide(self) -> list[str]:
        """What makes the page scroll sideways: elements that reach beyond the window."""
        return list(self.page.evaluate(TOO_WIDE))

    def focused(self) -> dict[str, Any]:
        """The element that has the focus."""
        return dict(self.page.evaluate(FOCUSED))

    def unanswered(self) -> list[str]:
        """What the page has asked for and not been given in full: what a test that ran out of patience waits for."""
        return [f"{each.method} {each.url} ({each.resource_type})" for each in self._waited_for.values()]

    def close(self) -> None:
        self.context.close()

    def _complain(self, complaint: str) -> None:
        if not any(expected in complaint for expected in self.expected):
            self.complaints.append(f"{self.page.url}: {complaint}")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._complain(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        self._waited_for[id(request)] = request
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and f"{parts.scheme}://{parts.netloc}" != self.base:
            self._complain(f"asked another site: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self._complain(f"{response.status} for {response.url}")

    def _ended(self, request: Request) -> None:
        self._waited_for.pop(id(request), None)


def _lines(found: list[dict[str, Any]]) -> list[str]:
    return [
        f"{each['id']}: {node['target']} {node['html'][:120]} {_reason(node)}"
        for each in found
        for node in each["nodes"]
    ]


def _reason(node: dict[str, Any]) -> str:
    return " ".join(each["message"] for each in [*node["any"], *node["all"], *node["none"]])[:200]


TOO_WIDE = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((each) => each.getBoundingClientRect().right > width + 1)
    .map((each) => `${each.tagName}.${each.className} ${Math.round(each.getBoundingClientRect().right)} > ${width}`)
    .slice(0, 5);
}
"""
FOCUSED = """
() => {
  const ancestors = (each) => (each.parentElement ? [each.parentElement, ...ancestors(each.parentElement)] : []);
  const each = document.activeElement, box = each.getBoundingClientRect(), style = getComputedStyle(each);
  // Of a link that runs over two lines, the first line: the middle of both may be empty.
  const line = each.getClientRects()[0] || box;
  const middle = document.elementFromPoint(line.x + line.width / 2, line.y + Math.min(line.height / 2, 20));
  const label = each.closest("label") || (each.id && document.querySelector(`label[for="${CSS.escape(each.id)}"]`));
  return {
    tag: each.tagName.toLowerCase(), id: each.id, text: each.innerText || "", name: each.getAttribute("name") || "",
    href: each.getAttribute("href") || "", className: String(each.className),
    // A card may draw the outline around itself: on a pseudo-element or an ancestor.
    outline: [style, getComputedStyle(each, "::after"), ...ancestors(each).map((above) => getComputedStyle(above))]
      .some((drawn) => drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) > 0),
    shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    covered: !(middle && (each.contains(middle) || middle.contains(each) || (label && label.contains(middle)))),
    path: [...document.querySelectorAll("*")].indexOf(each),
  };
}
"""
