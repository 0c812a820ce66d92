"""The HTML of every kind of page is well formed, in each language; the Nu validator is asked where it is at hand.

The validator needs Java and the file vnu.jar (npm: vnu-jar):
`VNU_JAR=…/vnu.jar make test ARGS="-n 0 -m validator"`.
"""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.crawl import Crawl
from tests.journeys.places import LESSON, OWN_PAGES, PAGES, address_in
from tests.journeys.visitor import Answer, Visitor
from tests.journeys.wellformed import faults

LANGUAGES = ("fi", "sv", "en")
FORMS = ("sign-in", "sign-up", "forgotten password")
MOST_SECONDS = 600


def of_strangers(visitor: Visitor) -> Iterator[Answer]:
    """Every kind of page in each language, an answered question and the forms that were refused."""
    for path in PAGES.values():
        for language in LANGUAGES:
            yield visitor.get(address_in(language, path, visitor))
    yield from answered(visitor)
    for name in FORMS:
        yield visitor.fill(PAGES[name], {"email" if name != "sign-in" else "login": "x"})


def answered(visitor: Visitor) -> Iterator[Answer]:
    """A lesson with an answered question, as a page and as the part that a script asks for."""
    form = visitor.get(LESSON).soup.select_one("form[data-selfcheck]")
    assert form is not None
    given = "&".join(f"{each['name']}={each['value']}" for each in form.select("[type=hidden]"))
    yield visitor.get(f"{LESSON}?{given}&a=0")
    yield visitor.get(f"{form['data-selfcheck']}?{given}&a=0")


def of_members(visitor: Visitor) -> Iterator[Answer]:
    for path in OWN_PAGES.values():
        for language in LANGUAGES:
            yield visitor.get(address_in(language, path, visitor))


def test_every_kind_of_page_is_well_formed(stranger: Visitor) -> None:
    wrong = {answer.url: faults(answer.text) for answer in of_strangers(stranger)}
    assert len(wrong) > 3 * len(PAGES) - 5
    assert not {url: found for url, found in wrong.items() if found}


@pytest.mark.parametrize("role", ["opiskelija", "toimittaja"])
def test_the_pages_of_ones_own_are_well_formed(signed_in: Callable[[str], Visitor], role: str) -> None:
    wrong = {answer.url: faults(answer.text) for answer in of_members(signed_in(role))}
    assert not {url: found for url, found in wrong.items() if found}


@pytest.mark.parametrize(
    "part",
    [
        "<p><div></div></p>",
        "<ul><p></p></ul>",
        "<ul>text</ul>",
        "<div><li></li></div>",
        "<section><p></section>",
        "<b><i></b></i>",
        '<p id="a"></p><p id="a"></p>',
        '<p aria-describedby="nobody"></p>',
        '<label for="nobody">x</label>',
        '<img src="x">',
        '<p class="a" class="b"></p>',
        "<a href='#'><button>x</button></a>",
        "<details><p></p><summary></summary></details>",
        "<h2><div></div></h2>",
        "<div/>",
        '<p tabindex="2"></p>',
        "<figure><p></p><figcaption>x</figcaption><p></p></figure>",
        '<time datetime="2026-11-22T10:00:00.123456+02:00">x</time>',
        "<table><tr><td></td></tr></table>",
    ],
)
def test_planted_faults_are_seen(part: str) -> None:
    assert faults(part)


def test_what_is_right_is_left_alone() -> None:
    assert not faults(
        "<!DOCTYPE html><html lang='fi'><body><label>x <input id='a'></label><ul><li><a href='#a'>x<br>y</a></li></ul>"
        "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>"
        "<details><summary><h2>x</h2></summary><p>y</p></details>"
        "<figure><figcaption>x</figcaption><p>y</p></figure><figure><p>y</p><figcaption>x</figcaption></figure></body></html>"
    )


@pytest.mark.validator
def test_the_validator_finds_no_error(
    crawl: Crawl, stranger: Visitor, signed_in: Callable[[str], Visitor], tmp_path: Path
) -> None:
    pages = {page.path: page.answer.text for page in crawl.pages}
    pages |= {answer.url: answer.text for answer in [*of_strangers(stranger), *of_members(signed_in("toimittaja"))]}
    names = {}
    for number, (path, text) in enumerate(pages.items()):
        if "<!DOCTYPE" in text:
            file = tmp_path / f"{number}.html"
            file.write_text(text)
            names[file.name] = path
    command = ["java", "-jar", os.environ["VNU_JAR"], "--errors-only", "--format", "json", "--exit-zero-always"]
    run = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, timeout=MOST_SECONDS, check=True)
    messages = json.loads(run.stderr)["messages"]
    print(f"\n{len(names)} pages, {len(messages)} errors")
    assert not [f"{names[Path(each['url']).name]}:{each.get('lastLine')} {each['message']}" for each in messages]
