"""Visiting the service without a browser: one person's connection, address and cookies."""

import itertools
import re
import threading
import time
from dataclasses import dataclass, field
from email.message import Message
from functools import cached_property
from http.client import HTTPConnection, HTTPException
from http.cookies import Morsel, SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

REDIRECTS = {301, 302, 303, 307, 308}
MOST_REDIRECTS = 8
TRIES = 3
_people = itertools.count(1)
_people_lock = threading.Lock()


def new_address() -> str:
    """An internet address that nobody else has here: limits count by address."""
    with _people_lock:
        number = next(_people)
    return f"10.{number // 65_536}.{number // 256 % 256}.{number % 256}"


@dataclass
class Answer:
    """What the service answered."""

    url: str
    status: int
    headers: Message
    body: bytes
    seconds: float = 0.0

    @cached_property
    def text(self) -> str:
        return self.body.decode()

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.text, "html.parser")

    @property
    def kind(self) -> str:
        return self.headers.get_content_type()

    @property
    def location(self) -> str:
        """Where a redirect leads: path and query."""
        return path_of(urljoin(self.url, self.headers.get("Location", "")))

    @property
    def set_cookies(self) -> "list[Morsel[str]]":
        found: list[Morsel[str]] = []
        for line in self.headers.get_all("Set-Cookie", []):
            found += SimpleCookie(line).values()
        return found

    @property
    def main(self) -> str:
        """The text of the page's own part, with single spaces."""
        part = self.soup.find("main") or self.soup
        return " ".join(part.get_text(" ").split())


def path_of(url: str) -> str:
    """The address within the site: no scheme, host or fragment."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@dataclass
class Visitor:
    """A person with a network address and cookies of their own. Paths go out exactly as they are given."""

    base: str
    address: str = field(default_factory=new_address)
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    keeps_cookies: bool = True
    _connection: HTTPConnection | None = None

    def get(self, path: str, *, follow: bool = False, **headers: str) -> Answer:
        return self._follow(self.ask("GET", path, headers=headers), follow)

    def post(self, path: str, data: dict[str, str] | None = None, *, follow: bool = False, **headers: str) -> Answer:
        """Send a form, with the cross-site token of the cookie where there is one."""
        pairs = dict(data or {})
        if self.csrf and "csrfmiddlewaretoken" not in pairs:
            pairs["csrfmiddlewaretoken"] = self.csrf
        headers.setdefault("Content_Type", "application/x-www-form-urlencoded")
        return self._follow(self.ask("POST", path, urlencode(pairs).encode(), headers), follow)

    def fill(self, path: str, data: dict[str, str], *, form: str = "", follow: bool = False) -> Answer:
        """Open the page, fill its form in (the one whose action holds `form`) and send it."""
        page = self.get(path)
        assert page.status == 200, f"{path} answered {page.status}"
        for each in page.soup.find_all("form", method=re.compile("post", re.IGNORECASE)):
            action = str(each.get("action") or path)
            if form in action and set(data) <= _names(each):
                return self.post(path_of(urljoin(page.url, action)), {**_filled(each), **data}, follow=follow)
        raise AssertionError(f"{path} has no form with the fields {sorted(data)}")

    def upload(self, path: str, data: dict[str, str], field_name: str, name: str, content: bytes) -> Answer:
        """Send a form with a file in it."""
        mark = "----file-in-a-form"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in {**data, "csrfmiddlewaretoken": self.csrf}.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{field_name}"; filename="{name}"\r\n\r\n'
        body = b"".join([*parts, head.encode(), content, f"\r\n--{mark}--\r\n".encode()])
        return self.ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={mark}"})

    def sign_in(self, email: str, password: str, next_page: str = "") -> Answer:
        query = f"?{urlencode({'next': next_page})}" if next_page else ""
        return self.fill(f"/tili/login/{query}", {"login": email, "password": password})

    @property
    def csrf(self) -> str:
        return next((value for name, value in self.cookies.items() if name.endswith("csrftoken")), "")

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        """One request; a connection that the server has closed meanwhile is opened again."""
        for trial in range(TRIES):
            try:
                return self._ask(method, path, body, headers or {})
            except (HTTPException, OSError):
                self._connection = None
                if trial == TRIES - 1:
                    raise
        raise AssertionError("unreachable")

    def _ask(self, method: str, path: str, body: bytes, more: dict[str, str]) -> Answer:
        parts = urlsplit(self.base)
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", parts.port or 80, timeout=60)
        headers = {
            "Host": parts.netloc,
            "X-Forwarded-For": self.address,
            **self.headers,
            **{name.replace("_", "-"): value for name, value in more.items()},
        }
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        began = time.perf_counter()
        self._connection.request(method, path, body or None, headers)
        response = self._connection.getresponse()
        content = response.read()
        answer = Answer(self.base + path, response.status, response.headers, content, time.perf_counter() - began)
        for cookie in answer.set_cookies if self.keeps_cookies else []:
            if cookie.value and cookie["max-age"] != "0":
                self.cookies[cookie.key] = cookie.value
            else:
                self.cookies.pop(cookie.key, None)
        return answer

    def _follow(self, answer: Answer, follow: bool) -> Answer:
        for _turn in range(MOST_REDIRECTS if follow else 0):
            if answer.status not in REDIRECTS:
                break
            answer = self.ask("GET", answer.location)
        return answer


def _names(form: Tag) -> set[str]:
    return {str(each["name"]) for each in form.select("[name]")}


def _filled(form: Tag) -> dict[str, str]:
    """The fields of a form with what they hold already."""
    values: dict[str, str] = {}
    for each in form.find_all(["input", "select", "textarea"]):
        name = str(each.get("name") or "")
        if not name or each.get("type") in {"submit", "button"}:
            continue
        if each.get("type") in {"checkbox", "radio"} and not each.has_attr("checked"):
            continue
        chosen = each.find("option", selected=True) if each.name == "select" else None
        if each.name == "select":
            values[name] = str(chosen.get("value") or "") if chosen else ""
        else:
            values[name] = str(each.get("value") or "") if each.name == "input" else each.get_text().lstrip("\n")
    return values
