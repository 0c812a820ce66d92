"""The style sheets that browsers load."""

import re

from django.contrib.staticfiles import finders

from common.stylesheets import FOLDER, SHEETS, joined


def test_every_style_file_is_part_of_one_sheet() -> None:
    parts = [part for sheet in SHEETS.values() for part in sheet]
    assert {path.stem for path in FOLDER.glob("*.css")} == set(parts)
    assert len(parts) == len(set(parts))


def test_collecting_finds_the_joined_sheet() -> None:
    found = {path: storage for finder in finders.get_finders() for path, storage in finder.list([])}
    for name in SHEETS:
        assert found[name].open(name).read().decode() == joined(name)


def test_every_font_is_used_and_has_its_licence() -> None:
    fonts = FOLDER.parent / "fonts"
    named = set(re.findall(r"fonts/([\w-]+[.]woff2)", joined()))
    assert named == {path.name for path in fonts.glob("*.woff2")}
    assert {path.name for path in fonts.glob("LICENSE*")} == {"LICENSE-public-sans.txt", "LICENSE-source-serif-4.txt"}


def test_braces_balance_in_every_part() -> None:
    for part in [part for sheet in SHEETS.values() for part in sheet]:
        css = (FOLDER / f"{part}.css").read_text()
        assert css.count("{") == css.count("}"), part


def test_nothing_is_loaded_from_elsewhere() -> None:
    for name in SHEETS:
        assert not re.search(r"url\(\s*[\"']?(https?:)?//|@import", joined(name))


def test_the_fonts_of_rare_letters_hold_none_that_every_page_has() -> None:
    """A browser fetches a font when a page has one letter of its range; the soft hyphen is in every title."""
    ranges = re.findall(r"unicode-range: ([^;]+);", joined())
    assert len(ranges) == 4
    for each in ranges:
        spans = [part.strip().removeprefix("U+").split("-") for part in each.split(",")]
        rare = {code for span in spans for code in range(int(span[0], 16), int(span[-1], 16) + 1)}
        assert not rare & {ord(letter) for letter in "aåäöÅÄÖé”’–…\N{SOFT HYPHEN}\N{NO-BREAK SPACE}«»°§×·"} - {0xD7}
