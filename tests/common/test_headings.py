"""Ids of headings and the table of contents made of them."""

import re
from pathlib import Path

from django.conf import settings

from common.headings import TAKEN, Ids, softened, with_ids

TEMPLATES = Path(settings.ROOT) / "templates"
NAMED = re.compile(r'"([\w/]+\.html)"')
SHOWS_TEXT = re.compile(r"{% (?:stream|rich) ")
OWN_ID = re.compile(r'\bid="([\w-]+)"')


def test_headings_get_ids_from_their_text() -> None:
    html, found = with_ids("<h2>Mitä teemme?</h2><p>x</p><h3>Ääni <b>kuuluu</b></h3>", Ids())
    assert html == '<h2 id="mita-teemme">Mitä teemme?</h2><p>x</p><h3 id="aani-kuuluu">Ääni <b>kuuluu</b></h3>'
    assert [(heading.level, heading.text) for heading in found] == [(2, "Mitä teemme?"), (3, "Ääni kuuluu")]


def test_equal_headings_get_different_ids() -> None:
    ids = Ids()
    names = [with_ids("<h2>Päätös</h2>", ids)[1][0].id for _ in range(3)]
    assert names == ["paatos", "paatos-2", "paatos-3"]


def test_a_heading_does_not_take_the_name_of_a_section_around_it() -> None:
    assert with_ids("<h2>Tehtävä</h2>", Ids())[1][0].id == "tehtava-2"


def test_the_names_of_the_frame_are_taken() -> None:
    assert with_ids("<h2>Sisältö</h2>", Ids())[1][0].id == "sisalto-2"


def test_a_heading_without_letters_still_gets_an_id() -> None:
    assert with_ids("<h2>???</h2>", Ids())[1][0].id == "kohta"


def test_an_empty_heading_is_left_alone() -> None:
    assert with_ids("<h2> </h2>", Ids()) == ("<h2> </h2>", [])


def test_long_words_of_headings_may_divide_and_their_marks_stay() -> None:
    html = '<h2 id="oikeudenmukaisuustyo">Oikeudenmukaisuustyö <b>on</b></h2><p>Oikeudenmukaisuustyö</p>'
    shown = softened(html, "fi").replace("\N{SOFT HYPHEN}", "|")
    assert shown == '<h2 id="oikeudenmukaisuustyo">Oikeuden|mukaisuus|työ <b>on</b></h2><p>Oikeudenmukaisuustyö</p>'


def used_by(name: str, seen: set[str]) -> set[str]:
    """The template and every template of ours that it names, whatever the tag."""
    file = TEMPLATES / name
    if name not in seen and file.exists():
        seen.add(name)
        for other in NAMED.findall(file.read_text()):
            used_by(other, seen)
    return seen


def test_no_heading_takes_a_name_of_its_page() -> None:
    names = [str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*_page.html")]
    pages = [name for name in names if SHOWS_TEXT.search((TEMPLATES / name).read_text()) and "styles" not in name]
    assert len(pages) >= 9
    used = set().union(*(used_by(name, set()) for name in pages))
    ids = {name for template in used for name in OWN_ID.findall((TEMPLATES / template).read_text())}
    assert {"sisalto", "toc"} <= ids
    assert sorted(ids - set(TAKEN)) == sorted(set(TAKEN) - ids) == []
