"""Every kind of answer carries the headers that keep browsers safe."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import pytest

from tests.journeys.crawl import Crawl
from tests.journeys.visitor import Answer, Visitor
from tests.serving import Service

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}


@dataclass(frozen=True)
class Kind:
    """A kind of answer: how to get it, and what is expected."""

    name: str
    status: int
    ask: Callable[[Visitor, Crawl], Answer]
    is_html: bool = True


def _first(kind: str) -> Callable[[Visitor, Crawl], Answer]:
    def ask(visitor: Visitor, crawl: Crawl) -> Answer:
        return visitor.get(next(each.path for each in crawl.seen.values() if each.answer.kind == kind))

    return ask


def _get(path: str, **headers: str) -> Callable[[Visitor, Crawl], Answer]:
    return lambda visitor, crawl: visitor.ask("GET", path, headers=headers)


KINDS = [
    Kind("front page", 200, _get("/")),
    Kind("page of another language", 200, _get("/en/blog/")),
    Kind("page only in Finnish", 200, _get("/sv/blogg/kello-22-40/")),
    Kind("list with a query", 200, _get("/tapahtumat/?aika=menneet")),
    Kind("search", 200, _get("/haku/?q=kurssi")),
    Kind("telling the editors", 200, _get("/haku/kerro/?q=kurssi")),
    Kind("suggestions", 200, _get("/haku/ehdotukset/?q=kur"), is_html=False),
    Kind("search for programs", 200, _get("/api/search/?q=kurssi"), is_html=False),
    Kind("refused search for programs", 400, _get("/api/search/"), is_html=False),
    Kind("description for programs", 200, _get("/api/openapi.json"), is_html=False),
    Kind("sign-in", 200, _get("/tili/login/")),
    Kind("redirect to sign-in", 302, _get("/oma/"), is_html=False),
    Kind("administration for a stranger", 302, _get("/hallinta/"), is_html=False),
    Kind("missing page", 404, _get("/ei-ole/")),
    Kind("missing page of the administration", 302, _get("/hallinta/ei-ole/"), is_html=False),
    Kind("missing slash", 301, _get("/blogi"), is_html=False),
    Kind("unreadable address", 400, _get("/%00")),
    Kind("wrong host", 400, _get("/", Host="evil.example")),
    Kind("form without its token", 403, lambda visitor, crawl: visitor.post("/tili/login/", {"login": "a@b.example"})),
    Kind("method not allowed", 405, lambda visitor, crawl: visitor.ask("OPTIONS", "/haku/"), is_html=False),
    Kind("JSON", 200, _get("/healthz"), is_html=False),
    Kind("readiness", 200, _get("/readyz"), is_html=False),
    Kind("robots", 200, _get("/robots.txt"), is_html=False),
    Kind("site map", 200, _get("/sitemap.xml"), is_html=False),
    Kind("manifest", 200, _get("/site.webmanifest"), is_html=False),
    Kind("feed", 200, _get("/blogi/syote.xml"), is_html=False),
    Kind("calendar", 200, _first("text/calendar"), is_html=False),
    Kind("document", 200, _first("application/pdf"), is_html=False),
    Kind("image", 200, _first("image/webp"), is_html=False),
    Kind("style sheet", 200, _first("text/css"), is_html=False),
    Kind("drawing", 200, _first("image/svg+xml"), is_html=False),
    Kind("missing file", 404, _get("/media/ei-ole.png")),
]


def policy(answer: Answer) -> dict[str, str]:
    """The content security policy, by directive."""
    parts = [
        part.split(None, 1) for part in answer.headers.get("Content-Security-Policy", "").split(";") if part.strip()
    ]
    return {part[0]: part[1] if len(part) > 1 else "" for part in parts}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_safe_headers(kind: Kind, stranger: Visitor, crawl: Crawl) -> None:
    answer = kind.ask(stranger, crawl)
    assert answer.status == kind.status
    if answer.status != 400:
        assert {name: answer.headers[name] for name in EVERYWHERE} == EVERYWHERE
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src" in policy(answer)
    # The inline scripts of Wagtail's administration are marked one by one.
    sources = {each for each in policy(answer).get("script-src", "").split() if not each.startswith("'nonce-")}
    assert sources <= {"'self'", "'none'"}
    assert "nonce-" not in answer.headers["Content-Security-Policy"] or "administration" in kind.name
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert "Server" not in answer.headers or not any(character.isdigit() for character in answer.headers["Server"])
    if kind.is_html and answer.status != 400:
        assert {name: policy(answer).get(name) for name in STRICT} == STRICT
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert answer.headers["X-Frame-Options"] in {"SAMEORIGIN", "DENY"}
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_kept_page_has_the_headers_of_a_fresh_one(stranger: Visitor, base: str) -> None:
    """The page cache answers the second visit."""
    first, second = Visitor(base).get("/teemat/"), Visitor(base).get("/teemat/")
    changing = {"date", "age"}
    assert second.body == first.body
    assert {name: value for name, value in second.headers.items() if name.lower() not in changing} == {
        name: value for name, value in first.headers.items() if name.lower() not in changing
    }


def test_personal_pages_stay_out_of_every_cache(signed_in: Callable[[str], Visitor], stranger: Visitor) -> None:
    learner = signed_in("opiskelija")
    for path in ("/", "/oma/", "/tili/email/", "/haku/?q=kurssi", "/blogi/"):
        control = learner.get(path).headers["Cache-Control"]
        assert "no-store" in control or ("private" in control and "max-age=0" in control), path
    assert "no-store" in stranger.get("/tili/login/").headers["Cache-Control"]
    assert "no-store" in stranger.get("/tili/password/reset/").headers["Cache-Control"]


def test_what_the_signed_in_see_is_not_kept_for_strangers(base: str, signed_in: Callable[[str], Visitor]) -> None:
    """A page that someone signed in has just opened comes to a stranger without a trace of them."""
    for path in ("/kurssit/", "/en/courses/", "/sv/"):
        signed_in("yllapito").get(path)
        page = Visitor(base).get(path)
        assert "/tili/login/" in page.text
        assert "/oma/" not in page.text.replace("robots", "")
        assert not page.set_cookies


def test_the_administration_loads_nothing_from_elsewhere(signed_in: Callable[[str], Visitor]) -> None:
    administrator = signed_in("yllapito")
    for path in ("/hallinta/", "/hallinta/users/", "/hallinta/pages/", "/hallinta/images/"):
        answer = administrator.get(path)
        rules = policy(answer)
        scripts, nonce = rules.pop("script-src").split()
        sources = {source for value in rules.values() for source in value.split()}
        assert answer.status == 200
        assert scripts == "'self'"
        assert re.fullmatch(r"'nonce-[\w-]{20,}'", nonce)
        assert sources <= {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:"}, path
        assert [name for name, value in rules.items() if "unsafe" in value] == ["style-src"], path
        assert rules["frame-ancestors"] == "'self'"
        assert rules["object-src"] == "'none'"


def test_documents_cannot_run_scripts(crawl: Crawl, stranger: Visitor) -> None:
    for each in crawl.seen.values():
        if each.path.startswith(("/media/", "/tiedostot/")):
            rules = policy(each.answer)
            assert rules["default-src"] == "'none'", each.path
            assert "script-src" not in rules


def test_wrong_host_tells_nothing(stranger: Visitor) -> None:
    answer = stranger.get("/", Host="evil.example")
    assert answer.status == 400
    assert "evil.example" not in answer.text
    assert "Traceback" not in answer.text


ELSEWHERE = [
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "http:///evil.example",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_to_another_site(stranger: Visitor, service: Service, target: str) -> None:
    """By no link, before signing in, by signing in, or when one is signed in already."""
    asked = quote(target, safe="")
    page = stranger.get(f"/tili/login/?next={asked}")
    links = [str(tag["href"]) for tag in page.soup.select("a[href]")]
    assert not [link for link in links if link.startswith(("//", "javascript:", "https://evil", "/\\"))]
    for path in ("/hallinta/login/", "/_util/login/", "/sv/_util/login/"):
        answer = stranger.get(f"{path}?next={asked}")
        assert re.match(r"/(sv/)?tili/login/", answer.headers["Location"])
    answers = [stranger.sign_in("opiskelija@demo.example", service.password, next_page=target)]
    answers += [
        stranger.get(f"/tili/login/?next={asked}"),
        stranger.post(f"/tili/logout/?next={asked}", {"next": target}),
    ]
    for answer in answers:
        assert answer.status == 302
        assert re.match(r"/\w*", answer.headers["Location"])
        assert "evil" not in answer.headers["Location"]
