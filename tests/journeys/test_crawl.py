"""Every link of the site leads somewhere, and every page says what it is."""

import datetime
import itertools
import re
import xml.etree.ElementTree as ET
from collections import Counter
from urllib.parse import urljoin

import pytest

from tests.journeys.crawl import Crawl
from tests.journeys.visitor import Visitor, path_of

MOST_CLICKS = 4
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"
FRONTS = {"fi": "/", "sv": "/sv/", "en": "/en/"}
# The only sites that pages may lead to; a new one is looked at before it is added.
OUTSIDE = re.compile(r"https://(www\.)?(saavutettavuusvaatimukset|finlex|innokyla|stm|thl)\.fi/")


def test_the_numbers(crawl: Crawl) -> None:
    statuses = Counter(each.answer.status for each in crawl.seen.values())
    kinds = Counter(each.answer.kind for each in crawl.seen.values())
    links = sum(len(page.links) for page in crawl.pages)
    print(f"\n{len(crawl.seen)} addresses, {len(crawl.pages)} pages, {len(crawl.canonical)} canonical, {links} links")
    print(f"status {dict(statuses)}; kinds {dict(kinds)}")
    assert len(crawl.canonical) > 100
    assert kinds["application/pdf"] >= 8


def test_no_link_is_broken(crawl: Crawl) -> None:
    broken = {
        each.path: (
            each.answer.status,
            sorted({page.path for page in crawl.pages for x in page.links if x.target == each.path})[:3],
        )
        for each in crawl.seen.values()
        if each.answer.status not in {200, 301, 302}
    }
    assert not broken


def test_no_link_takes_a_detour(crawl: Crawl) -> None:
    """A link to a redirect costs a visit; only the icon's old address is one."""
    redirects = {each.path for each in crawl.seen.values() if each.answer.status in {301, 302}}
    assert redirects <= {"/favicon.ico"}


def test_every_fragment_has_its_target(crawl: Crawl) -> None:
    dead = [
        f"{link.source} -> {link.target}#{link.fragment}"
        for page in crawl.pages
        for link in page.links
        if link.fragment and link.target in crawl.seen and link.fragment not in crawl.seen[link.target].content.ids
    ]
    assert not dead


def test_no_id_is_used_twice(crawl: Crawl) -> None:
    twice = {
        page.path: [name for name, count in Counter(page.content.ids).items() if count > 1] for page in crawl.pages
    }
    assert not {path: names for path, names in twice.items() if names}


def test_links_outside_are_known(crawl: Crawl) -> None:
    assert not {url: sorted(pages)[:2] for url, pages in crawl.outside.items() if not OUTSIDE.match(url)}


@pytest.mark.parametrize("language", FRONTS)
def test_every_page_is_near_the_front_page(crawl: Crawl, language: str) -> None:
    clicks = crawl.clicks_from(FRONTS[language])
    pages = [page for page in crawl.canonical if page.language == language]
    far = {page.path: clicks.get(page.path) for page in pages if clicks.get(page.path, MOST_CLICKS + 1) > MOST_CLICKS}
    assert pages
    assert not far


def test_the_sitemap_is_the_set_of_canonical_pages(crawl: Crawl, stranger: Visitor) -> None:
    """The sitemap lists what is published; so this also tells that every published page can be reached."""
    sitemap = ET.fromstring(stranger.get("/sitemap.xml").text)
    listed = [entry.text or "" for entry in sitemap.iter(f"{SITEMAP}loc")]
    assert len(listed) == len(set(listed))
    assert set(listed) == {page.canonical for page in crawl.canonical}


def test_the_sitemap_names_the_same_alternates_as_the_pages(crawl: Crawl, stranger: Visitor) -> None:
    sitemap = ET.fromstring(stranger.get("/sitemap.xml").text)
    of_page = {page.canonical: page.alternates for page in crawl.canonical}
    different = {}
    for entry in sitemap.iter(f"{SITEMAP}url"):
        url = entry.findtext(f"{SITEMAP}loc") or ""
        listed = {str(each.get("hreflang")): str(each.get("href")) for each in entry.iter(f"{XHTML}link")}
        if len(listed) > 1 and listed != of_page.get(url):
            different[url] = (listed, of_page.get(url))
    assert not different


@pytest.mark.parametrize("language", FRONTS)
@pytest.mark.parametrize("what", ["title", "description"])
def test_titles_and_descriptions_tell_pages_apart(crawl: Crawl, language: str, what: str) -> None:
    texts: dict[str, list[str]] = {}
    for page in crawl.canonical:
        if page.language == language:
            texts.setdefault(getattr(page, what).strip(), []).append(page.path)
    assert not {text: found for text, found in texts.items() if len(found) > 1 or not text}


def test_titles_and_descriptions_have_a_sensible_length(crawl: Crawl) -> None:
    odd = {
        page.path: (len(page.title), len(page.description))
        for page in crawl.canonical
        if not (10 <= len(page.title) <= 120 and 40 <= len(page.description) <= 320)
    }
    assert not odd


def test_every_page_has_one_first_heading_and_no_gap_below_it(crawl: Crawl) -> None:
    wrong = {}
    for page in crawl.pages:
        levels = page.content.headings
        gaps = [(above, below) for above, below in itertools.pairwise(levels) if below > above + 1]
        if levels.count(1) != 1 or gaps:
            wrong[page.path] = (levels.count(1), gaps)
    assert not wrong


def test_every_page_says_its_language(crawl: Crawl) -> None:
    wrong = {}
    for page in crawl.pages:
        spoken = page.content.language
        if spoken != page.language or page.answer.headers["Content-Language"] != page.language:
            wrong[page.path] = (spoken, page.answer.headers["Content-Language"])
    assert not wrong


def test_canonical_addresses_are_absolute_and_answer(crawl: Crawl, base: str) -> None:
    wrong = {}
    for page in crawl.pages:
        if page.content.is_closed:
            continue
        target = crawl.seen.get(path_of(page.canonical))
        if not page.canonical.startswith(f"{base}/") or target is None or not target.is_page:
            wrong[page.path] = page.canonical
    assert not wrong


def test_alternates_are_absolute_include_the_page_and_point_back(crawl: Crawl) -> None:
    by_url = {page.canonical: page for page in crawl.canonical}
    wrong = []
    for page in crawl.canonical:
        if page.alternates.get(page.language) != page.canonical:
            wrong.append(f"{page.path} is not among its own alternates {page.alternates}")
        if page.alternates.get("x-default") != page.alternates.get("fi"):
            wrong.append(f"{page.path} has another page for those who read none of its languages")
        for code, url in page.alternates.items():
            if code == "x-default":
                continue
            other = by_url.get(url)
            if other is None or other.language != code or other.alternates != page.alternates:
                wrong.append(f"{page.path} -> {code} {url}")
    assert not wrong


def test_every_image_has_a_text_and_a_size(crawl: Crawl) -> None:
    assert not {page.path: page.content.bare_images for page in crawl.pages if page.content.bare_images}


def test_nothing_is_inline(crawl: Crawl) -> None:
    assert not {page.path: page.content.inline for page in crawl.pages if page.content.inline}


def test_links_to_another_language_say_so(crawl: Crawl) -> None:
    """A link that leads to a page in another language carries `lang` or `hreflang`: itself, above or within."""
    wrong = []
    for page in crawl.canonical:
        for link in page.content.references:
            url = urljoin(page.answer.url, link.href)
            target = crawl.seen.get(path_of(url)) if url.startswith(crawl.visitor.base) else None
            if target is None or not target.is_canonical or target.language == page.language:
                continue
            if target.language not in link.languages:
                wrong.append(f"{page.path} -> {target.path} ({link.text[:40]})")
    assert not wrong


def test_every_file_is_what_it_says(crawl: Crawl) -> None:
    starts = {
        "application/pdf": b"%PDF-1.",
        "text/calendar": b"BEGIN:VCALENDAR\r\n",
        "image/png": b"\x89PNG",
        "image/webp": b"RIFF",
    }
    wrong = [
        each.path
        for each in crawl.seen.values()
        if each.answer.status == 200 and not each.answer.body.startswith(starts.get(each.answer.kind, b""))
    ]
    assert not wrong


def test_calendar_files_are_whole(crawl: Crawl) -> None:
    files = [each for each in crawl.seen.values() if each.answer.kind == "text/calendar"]
    assert len(files) >= 4
    for file in files:
        lines = file.answer.body.decode().split("\r\n")
        unfolded = re.sub(r"\r\n[ \t]", "", file.answer.body.decode())
        assert max(len(line.encode()) for line in lines) <= 75, file.path
        assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT"), file.path
        for event in unfolded.split("BEGIN:VEVENT")[1:]:
            for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY"):
                assert len(re.findall(rf"^{name}[:;]", event, re.MULTILINE)) == 1, (file.path, name)


def test_feeds_are_well_formed(crawl: Crawl) -> None:
    feeds = [each for each in crawl.seen.values() if each.answer.kind == "application/atom+xml"]
    # Themes, blog, events and resources, in each language.
    assert len(feeds) == 4 * len(FRONTS)
    for feed in feeds:
        root = ET.fromstring(feed.answer.text)
        entries = root.findall(f"{ATOM}entry")
        assert entries, feed.path
        assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
        for entry in entries:
            link = entry.find(f"{ATOM}link")
            assert link is not None
            assert path_of(str(link.get("href"))) in crawl.seen, (feed.path, link.get("href"))


def test_crawlers_are_told_where_to_go(stranger: Visitor, base: str) -> None:
    robots = stranger.get("/robots.txt")
    assert robots.kind == "text/plain"
    assert f"Sitemap: {base}/sitemap.xml" in robots.text.splitlines()
    assert "Disallow: /hallinta/" in robots.text.splitlines()
    assert "Disallow: /" not in robots.text.splitlines()


def test_no_page_of_the_sitemap_is_closed_to_crawlers(crawl: Crawl, stranger: Visitor) -> None:
    closed = [
        line.split(": ")[1] for line in stranger.get("/robots.txt").text.splitlines() if line.startswith("Disallow")
    ]
    assert not [page.path for page in crawl.canonical if page.path.startswith(tuple(closed))]


def test_security_txt_is_valid(stranger: Visitor) -> None:
    answer = stranger.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    expires = datetime.datetime.fromisoformat(fields["Expires"])
    ahead = expires - datetime.datetime.now(datetime.UTC)
    assert answer.kind == "text/plain"
    assert fields["Contact"].startswith(("mailto:", "https://"))
    assert datetime.timedelta(days=30) < ahead < datetime.timedelta(days=365)


def test_a_stranger_gets_no_cookie(crawl: Crawl) -> None:
    """Nothing is kept about a visitor; the pages with a form of theirs alone need a token."""
    giving = {each.path for each in crawl.seen.values() if each.answer.set_cookies}
    assert giving
    forms = re.compile("/tili/|/blogi/(kirjoita|kommentoi)/")
    assert {path for path in giving if not forms.search(path)} == set()


def test_head_answers_like_get(crawl: Crawl, stranger: Visitor) -> None:
    sample = [page.path for page in crawl.canonical[::12]] + ["/sitemap.xml", "/robots.txt", "/healthz"]
    for path in sample:
        head = stranger.ask("HEAD", path)
        assert (head.status, head.body) == (200, b""), path
