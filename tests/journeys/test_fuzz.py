"""No address, however odd, makes the service fail or repeat what was sent as code."""

import re
from collections.abc import Callable

import pytest
from bs4 import Tag

from tests.journeys import fuzzing
from tests.journeys.places import LESSON
from tests.journeys.visitor import Answer, Visitor

LISTS = ["/teemat/", "/kurssit/", "/blogi/", "/tapahtumat/", "/verkosto/", "/aineistot/", "/en/events/", "/sv/natverk/"]
ADMIN_LISTS = [
    "/hallinta/pages/search/",
    "/hallinta/pages/",
    "/hallinta/images/",
    "/hallinta/documents/",
    "/hallinta/users/",
    "/hallinta/redirects/",
    "/hallinta/snippets/vocabulary/phenomenon/",
    "/hallinta/snippets/courses/question/",
    "/hallinta/snippets/organisations/organisation/",
    "/hallinta/snippets/events/event/",
    "/hallinta/choose-page/search/",
    "/hallinta/images/chooser/results/",
    "/hallinta/documents/chooser/results/",
    "/hallinta/snippets/choose/organisations/organisation/results/",
    "/hallinta/tag-autocomplete/",
    "/hallinta/reports/site-history/",
]
# An admin page costs a tenth of a second: what breaks search is tried on every one of them, the rest on one.
ADMIN_VALUES = ["%27", "%22", "%22%22%22", "%22a%20b", "%ff%fe", "%00", "*", "(", fuzzing.LONG, *fuzzing.REFLECTED[:2]]


def reflected(answer: Answer) -> list[str]:
    """Where what was sent has become markup: our mark in a tag's name, in a handler, in a script or an address."""
    if answer.kind != "text/html" or fuzzing.MARK not in answer.text:
        return []
    found = []
    for tag in answer.soup.find_all(True):
        assert isinstance(tag, Tag)
        for name, value in tag.attrs.items():
            runs = name.startswith("on") or (name in {"href", "src", "action"} and str(value).startswith("javascript:"))
            if fuzzing.MARK in name or (runs and fuzzing.MARK in str(value)):
                found.append(f"{answer.url[:120]}: {tag.name} {name}={value}")
        if tag.name == "script" and fuzzing.MARK in tag.get_text() and tag.get("type") not in {"application/json"}:
            found.append(f"{answer.url[:120]}: script")
    return found


def failures(visitor: Visitor, path: str, queries: list[str]) -> list[str]:
    found = []
    for query in queries:
        answer = visitor.get(f"{path}?{query}")
        if answer.status not in fuzzing.ALLOWED:
            found.append(f"{answer.status} {path}?{query[:80]}")
        if answer.headers.get("x"):
            found.append(f"header made by {path}?{query[:80]}")
        found += reflected(answer)
    return found


def parameters(visitor: Visitor, path: str) -> list[str]:
    """The names that the list's own form and links use."""
    soup = visitor.get(path).soup
    names = [str(tag["name"]) for tag in soup.select("main form[method=get] [name], main form[role=search] [name]")]
    links = [str(tag["href"]) for tag in soup.select("main a[href*='?']")]
    names += [name for link in links for name in re.findall(r"[?&]([\w-]+)=", link)]
    return [name for name in dict.fromkeys(names) if name != "page"]


@pytest.mark.parametrize("path", LISTS)
def test_lists_bear_any_query(stranger: Visitor, path: str) -> None:
    names = parameters(stranger, path)
    # Every parameter is read by the same code, so the first two stand for the others.
    assert not failures(stranger, path, fuzzing.queries([*names[:2], "tuntematon"][: len(names) + 1][:2]))


@pytest.mark.parametrize("path", ["/haku/", "/en/haku/"])
def test_search_bears_any_query(stranger: Visitor, path: str) -> None:
    queries = fuzzing.queries(["q"])
    names = ("laji", "teema", "ilmio", "alue", "kieli", "vuosi", "jarjestys", "tarkka")
    queries += [f"q=sosiaalityö&{name}={value}" for name in names for value in ("%27", "x", "", "99999", fuzzing.LONG)]
    queries = [query.replace("ö", "%C3%B6") for query in queries]
    queries += [f"q=kurssi&{query}" for query in fuzzing.queries([])]
    assert not failures(stranger, path, queries)


@pytest.mark.parametrize("path", ["/haku/ehdotukset/", "/sv/haku/kerro/"])
def test_what_stands_beside_the_search_bears_any_query(stranger: Visitor, path: str) -> None:
    assert not failures(stranger, path, fuzzing.queries(["q"], paged=False))


def test_the_search_for_programs_refuses_in_words(base: str) -> None:
    queries = [*fuzzing.queries(["q"], paged=False), *(f"q=kurssi&{query}" for query in fuzzing.queries(["page"]))]
    # Each from an address of its own: one may not ask so much in a minute.
    answers = [Visitor(base).get(f"/api/search/?{query}") for query in queries]
    odd = [answer for answer in answers if answer.status not in {200, 304, 400}]
    assert not odd
    assert not [a for a in answers if a.status == 400 and a.kind != "application/problem+json"]
    assert not [a for a in answers if a.kind == "text/html"]


def test_the_self_check_bears_any_answer(stranger: Visitor) -> None:
    form = stranger.get(LESSON).soup.select_one("form[data-selfcheck]")
    assert form is not None
    address = str(form["data-selfcheck"])
    asked = {str(tag["name"]): str(tag.get("value") or "") for tag in form.select("input[type=hidden]")}
    known = "&".join(f"{name}={value}" for name, value in asked.items())
    queries = [
        *fuzzing.queries(["a"], paged=False),
        *fuzzing.queries(["v"], paged=False),
        "a=-1",
        "a=99999999999999999999",
    ]
    queries += [
        f"{known}&{query}" for query in ("a=-1", "a=99", "a=x", "a=0&a=0", "a0=1&a1=1", f"a={fuzzing.REFLECTED[0]}")
    ]
    assert not failures(stranger, address, queries)
    assert not failures(stranger, LESSON, [f"{known}&{query}" for query in fuzzing.queries(["a"], paged=False)])


def test_odd_paths_are_refused_kindly(stranger: Visitor) -> None:
    paths = [
        "/%00", "/%ff%fe/", "/..%2f..%2fetc/passwd", "/media/..%2f..%2fdb.sqlite3", "/media/%2e%2e/%2e%2e/db.sqlite3",
        "/static/..%2fdb.sqlite3", "/static/%2e%2e/secret_key", "/tiedostot/1/..%2f..%2fsecret_key",
        "/tiedostot/99999999999999999999/a.pdf", "/kalenteri/00000000-0000-0000-0000-000000000000.ics",
        "/itsetarkistus/99999999999999999999/x/", "/" + "a/" * 500, "/" + "a" * 8_000, "/%E2%80%AE/", "/blogi/%27%22/",
        "/sv/../hallinta/", "//evil.example/", "/.git/config", "/.env", "/db.sqlite3", "/manage.py", "/a%0d%0aX:y/",
    ]  # fmt: skip
    answers = {path: stranger.get(path) for path in paths}
    bad = {path[:60]: answer.status for path, answer in answers.items() if answer.status not in {301, 302, 400, 404}}
    assert not bad
    outside = {
        path: answer.headers["Location"]
        for path, answer in answers.items()
        if "evil" in (answer.headers["Location"] or "")
    }
    assert not {path: place for path, place in outside.items() if place.startswith(("//", "http"))}


def test_odd_methods_and_headers_are_refused_kindly(stranger: Visitor) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"):
        for path in ("/", "/haku/?q=a", "/tapahtumat.ics", "/sitemap.xml"):
            assert stranger.ask(method, path).status < 500, (method, path)
    for headers in (
        {"Host": "evil.example"},
        {"X-Forwarded-For": "not an address"},
        {"X-Forwarded-For": "'" * 500},
        {"Cookie": "sessionid=" + "x" * 4_000},
        {"Cookie": 'sessionid=%00; csrftoken="; a=\\'},
        {"Accept-Language": "xx-" * 900},
        {"If-None-Match": '"' * 500},
        {"If-Modified-Since": "yesterday"},
        {"Range": "bytes=5-1"},
    ):
        for path in ("/", "/tili/login/", "/tapahtumat.ics"):
            answer = stranger.ask("GET", path, headers=headers)
            assert answer.status < 500, (headers, path)
    assert stranger.ask("GET", "/", headers={"Host": "evil.example"}).status == 400


@pytest.mark.parametrize("path", ADMIN_LISTS)
def test_the_admins_searches_bear_any_query(signed_in: Callable[[str], Visitor], path: str) -> None:
    administrator = signed_in("yllapito")
    assert administrator.get(path).status == 200
    queries = [f"q={value}" for value in ADMIN_VALUES] + ["p=0", "p=9999", "p=abc", "ordering=%27", "locale=xx"]
    assert not failures(administrator, path, queries)


def test_the_admins_page_search_bears_everything(signed_in: Callable[[str], Visitor]) -> None:
    assert not failures(signed_in("yllapito"), "/hallinta/pages/search/results/", fuzzing.queries(["q"]))
