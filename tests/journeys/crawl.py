"""Following every link of the site, as a crawler would; what is found on the way is kept for the tests to judge."""

from collections import deque
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup

from tests.journeys.content import NOTHING, Content, read
from tests.journeys.visitor import Answer, Visitor, path_of

# Filters multiply: what is found on a page that is itself a narrowed list is not followed further, but for its pages.
STAYS_ON_LIST = {"page"}
# Every page has its own link to the one sign-in page; a few of them show whether they work.
MOST_SIGN_IN_LINKS = 6


@dataclass(frozen=True)
class Link:
    """A reference from a page to an address of the site."""

    source: str
    target: str
    fragment: str
    is_click: bool


@dataclass
class Visited:
    """A page or file that was reached, and in how many clicks."""

    path: str
    answer: Answer
    clicks: int
    links: list[Link] = field(default_factory=list)
    content: Content = NOTHING

    @property
    def is_page(self) -> bool:
        return self.answer.kind == "text/html" and self.answer.status == 200

    @property
    def has_query(self) -> bool:
        return "?" in self.path

    @property
    def canonical(self) -> str:
        return self.content.canonical

    @property
    def is_canonical(self) -> bool:
        is_open = self.is_page and not self.content.is_closed and not self.has_query
        return is_open and path_of(self.canonical) == self.path

    @property
    def title(self) -> str:
        return self.content.title

    @property
    def description(self) -> str:
        return self.content.description

    @property
    def alternates(self) -> dict[str, str]:
        return self.content.alternates

    @property
    def language(self) -> str:
        first = self.path.split("/")[1]
        return first if first in {"sv", "en"} else "fi"


@dataclass
class Crawl:
    """Everything that the front page leads to."""

    visitor: Visitor
    seen: dict[str, Visited] = field(default_factory=dict)
    outside: dict[str, set[str]] = field(default_factory=dict)

    def run(self, start: str = "/") -> "Crawl":
        waiting = deque([(start, 0)])
        while waiting:
            path, clicks = waiting.popleft()
            if path in self.seen:
                continue
            visited = Visited(path, self.visitor.get(path), clicks)
            self.seen[path] = visited
            if visited.is_page:
                # The tree is not kept: it is a hundred times as large as what is read from it.
                soup = BeautifulSoup(visited.answer.text, "html.parser")
                visited.content = read(soup)
                visited.links = list(self._links(visited, soup))
            elif visited.answer.status in {301, 302}:
                visited.links = [Link(path, visited.answer.location, "", True)]
            for link in visited.links:
                if _is_followed(path, link.target) and not self._is_one_more_sign_in(link.target):
                    waiting.append((link.target, clicks + link.is_click))
        return self

    def _is_one_more_sign_in(self, target: str) -> bool:
        if "?next=" not in target:
            return False
        return sum("?next=" in path for path in self.seen) >= MOST_SIGN_IN_LINKS and target not in self.seen

    @property
    def pages(self) -> list[Visited]:
        return [each for each in self.seen.values() if each.is_page]

    @property
    def canonical(self) -> list[Visited]:
        return [each for each in self.pages if each.is_canonical]

    def clicks_from(self, start: str) -> dict[str, int]:
        """How many clicks each address is from the one given."""
        clicks = {start: 0}
        waiting = deque([start])
        while waiting:
            path = waiting.popleft()
            for link in self.seen[path].links:
                if link.is_click and link.target in self.seen and link.target not in clicks:
                    clicks[link.target] = clicks[path] + 1
                    waiting.append(link.target)
        return clicks

    def _links(self, visited: Visited, soup: BeautifulSoup) -> "list[Link]":
        found = []
        for reference, is_click in references(soup):
            url, fragment = urldefrag(urljoin(visited.answer.url, reference))
            parts = urlsplit(url)
            if f"{parts.scheme}://{parts.netloc}" == self.visitor.base:
                found.append(Link(visited.path, path_of(url), fragment, is_click))
            else:
                self.outside.setdefault(url, set()).add(visited.path)
        return found


def references(soup: BeautifulSoup) -> "list[tuple[str, bool]]":
    """Every address in a page, and whether a person comes there by clicking."""
    # What is hidden, a script shows when it leads somewhere.
    found = [(str(tag["href"]), True) for tag in soup.find_all("a", href=True) if not tag.has_attr("hidden")]
    found += [(str(tag["href"]), False) for tag in soup.find_all("link", href=True)]
    for tag in soup.find_all(["img", "script", "source", "video", "track", "iframe"]):
        found += [(str(tag[name]), False) for name in ("src", "poster") if tag.has_attr(name)]
        found += [(part.split()[0], False) for part in str(tag.get("srcset") or "").split(",") if part.strip()]
    found += [(str(tag["action"]), False) for tag in soup.find_all("form", action=True) if tag.get("method") != "post"]
    return [(reference, is_click) for reference, is_click in found if not reference.startswith(("data:", "mailto:"))]


def _is_followed(path: str, target: str) -> bool:
    if "?" not in target:
        return True
    if "?" not in path:
        return True
    # With all values of a name: a filter may have several choices, and the links that take them back multiply.
    asked, there = parse_qs(urlsplit(path).query), parse_qs(urlsplit(target).query)
    changed = {name for name in asked.keys() | there.keys() if asked.get(name) != there.get(name)}
    return urlsplit(path).path == urlsplit(target).path and changed <= STAYS_ON_LIST
