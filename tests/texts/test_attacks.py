"""Nothing that a text brings along runs, whichever way the text comes in."""

import json
import re
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest

from blog.models import PostPage
from common.fields import CleanRichTextBlock
from common.sanitise import sanitise
from tests.texts.attacks import ALL
from texts import BadText, Flat, read_body
from texts.addresses import known_address
from texts.comparing import inline, side_by_side

# All that may be in a text, sign for sign: where a tag can be nothing else, no reader of HTML can find another in it.
WORDS = r"[^<>&]|&(?:amp|lt|gt|nbsp|quot);"
SAFE = re.compile(
    rf"""(?:{WORDS}|</?(?:p|h2|h3|ul|ol|li|b|i|a|blockquote|br)>"""
    r"""|<a\ id="[0-9]+"\ linktype="(?:page|document)">|<a\ href="(?:https?://|mailto:|tel:)[^"<>`\s]+">)*""",
    re.VERBOSE,
)
SANITISED = re.compile(
    rf"""(?:{WORDS}|</?(?:p|h2|h3|h4|ul|ol|li|b|strong|i|em|a|sub|sup|blockquote|br)>|<a(?:\ [a-z]+="[^"]*")+>)*""",
    re.VERBOSE,
)
ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
PAGE_BODY: Any = PostPage._meta.get_field("body")


def of_page(markup: str) -> str:
    page = SimpleNamespace(body=markup)
    assert PAGE_BODY.value_to_string(page) == PAGE_BODY.pre_save(page, True) == page.body
    return str(page.body)


def of_block(markup: str) -> str:
    block = CleanRichTextBlock()
    return str(block.get_prep_value(block.to_python(markup)))


def of_json(text: str) -> str:
    words = " ".join(text.split())
    sent = {"text": f"{words}\n", "blocks": ["p"], "marks": [], "changes": []}
    change = {"id": "new-1", "start": 0, "end": 0, "with": {"text": f"{words} ", "blocks": []}}
    body = read_body(json.dumps(sent | {"changes": [change]}), "flat")
    return body.flat.html() + body.changes[0].replacement.html()


def of_shown(text: str) -> str:
    """Comparisons, their own tags taken out."""
    old, new = Flat.of_notation("alku loppu"), Flat.of_notation(f"alku {text} loppu")
    shown = [
        *(block.html for block in inline(old, new)),
        *(block.html for row in side_by_side(old, new) for block in (row.old, row.new) if block),
    ]
    return re.sub(r"</?(?:ins|del)>", "", "".join(shown))


# Presses everything, and follows no link but those that would run here.
PRESS_ALL = """() => {
    document.addEventListener("click", (event) => {
        const link = event.target.closest("a");
        if (link && !link.href.toLowerCase().startsWith("javascript:")) event.preventDefault();
    }, true);
    document.querySelectorAll("a, button, p, b, li").forEach((one) => one.click());
}"""
WAYS: dict[str, Callable[[str], str]] = {
    "HTML": lambda attack: Flat.of_html(attack).html(),
    "plain form": lambda attack: Flat.of_notation(attack).html(),
    "the words of a link": lambda attack: Flat.of_notation(f"[{attack}](https://a.fi/)").html(),
    "the address of a link": lambda attack: Flat.of_notation(f"[sana]({attack})").html(),
    "JSON": of_json,
    "what is shown": of_shown,
}
STORED: dict[str, Callable[[str], str]] = {"sanitiser": sanitise, "page": of_page, "block": of_block}


def test_there_are_attacks_enough() -> None:
    assert len(set(ALL)) >= 120


@pytest.mark.parametrize("way", WAYS)
def test_a_text_has_nothing_but_words_and_known_tags(way: str) -> None:
    for attack in ALL:
        html = WAYS[way](attack)
        assert SAFE.fullmatch(html), (attack, html)
        assert sanitise(html) == html or way == "what is shown", (attack, html)


@pytest.mark.parametrize("way", STORED)
def test_what_is_stored_is_sanitised(way: str) -> None:
    for attack in ALL:
        html = STORED[way](attack)
        assert SANITISED.fullmatch(html), (attack, html)
        assert sanitise(html) == html, (attack, html)
        for name, value in ATTRIBUTE.findall("".join(re.findall("<a[^>]*>", html))):
            assert name in {"href", "linktype", "id"}, (attack, html)
            address = re.sub(r"[\x00-\x20\x7f-\x9f]", "", unescape(value))
            scheme = SCHEME.match(address)
            assert not scheme or scheme[1].lower() in {"http", "https", "mailto", "tel"}, (attack, html)


def test_an_attack_is_no_address() -> None:
    addresses = [found for attack in ALL for found in re.findall(r"""(?:href|src)=["'](.*?)["']|\((.*)\)""", attack)]
    for address in {one for pair in addresses for one in pair if "hit" in one}:
        for candidate in (address, unescape(address), f" {address}", address.upper()):
            known = known_address(candidate)
            assert known is None or SAFE.fullmatch(f'<a href="{known}">'), candidate
        if known_address(address) is None:
            with pytest.raises(BadText):
                Flat.of_json({"text": "a", "blocks": [], "marks": [[0, 1, "a", address]]})


@pytest.mark.browser
def test_no_attack_runs_in_a_browser_and_most_would_have(chromium_path: str) -> None:
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=arguments)
        page = browser.new_page()
        page.route("**/*", lambda route: route.abort())
        page.add_init_script("window.hits = 0; window.hit = () => { window.hits += 1; };")

        def hits(html: str) -> int:
            page.goto("about:blank")
            page.set_content(html, wait_until="commit")
            page.evaluate(PRESS_ALL)
            page.wait_for_timeout(30)
            return int(page.evaluate("window.hits"))

        ways = [*WAYS.values(), *STORED.values()]
        assert hits("".join(f"<div>{way(attack)}</div>" for attack in ALL for way in ways)) == 0
        assert sum(hits(f"<div>{attack}</div>") > 0 for attack in ALL[:60]) > 25
        browser.close()
