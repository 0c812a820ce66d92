"""The tile map as it is drawn: every county once, each on a place of its own, and the list beside it says the same."""

import gzip
import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from django.conf import settings
from django.test import Client

from network.organisations.lettering import lines
from network.organisations.models import OrganisationIndexPage
from network.organisations.tilemap import GAP, MARGIN, SIDE
from tests.factories.pages import list_page, organisation, organisation_page
from vocabulary.models import Region

pytestmark = pytest.mark.django_db
# Rows and columns of the grid of rOpenGov's geofi, by county code; 90 and 91 are Helsinki and Åland.
GRID = {
    "21": (1, 3), "20": (2, 4), "19": (2, 3), "18": (2, 2), "17": (2, 1), "16": (3, 1), "13": (3, 3), "15": (3, 2),
    "14": (3, 4), "08": (4, 2), "06": (4, 1), "12": (4, 4), "09": (4, 3), "07": (5, 2), "11": (5, 4), "10": (5, 3),
    "05": (5, 1), "91": (6, 1), "03": (6, 2), "02": (6, 3), "01": (6, 4), "04": (7, 3), "90": (7, 2),
}  # fmt: skip
VOCABULARY = Path(settings.ROOT, "site/demo/content/vocabulary/regions.yaml")
LANGUAGES = ("fi", "sv", "en")
MOST_BYTES = 6_000


@dataclass
class Drawn:
    """One tile of the drawing."""

    name: str
    href: str
    is_current: bool
    texts: list[str]
    visible: str
    x: int
    y: int

    def meets(self, other: "Drawn") -> bool:
        return abs(self.x - other.x) < SIDE and abs(self.y - other.y) < SIDE


@pytest.fixture(autouse=True)
def regions() -> dict[str, Region]:
    """The regions of the vocabulary that the service is delivered with."""
    made = {}
    for row in yaml.safe_load(VOCABULARY.read_text()):
        names = {name: row[name] for name in row if name.startswith(("name_", "short_"))}
        made[row["code"]] = Region.objects.create(
            code=row["code"], tile_label=row["tile_label"], row=row["row"], column=row["col"], **names
        )
    return made


def section_of(client: Client, query: str = "", language: str = "fi") -> str:
    page = client.get(f"{list_page(OrganisationIndexPage, language).url}{query}").content.decode()
    found = re.search(r'<section aria-labelledby="regions">.*?</section>', page, re.DOTALL)
    assert found
    return found[0]


def drawing(section: str) -> ElementTree.Element:
    found = re.search(r"<svg.*?</svg>", section, re.DOTALL)
    assert found
    return ElementTree.fromstring(found[0])


def tiles_in(section: str) -> list[Drawn]:
    tiles = []
    for item in drawing(section).findall("g[@role='listitem']"):
        (inner,) = item
        x, y = re.findall(r"-?\d+", item.attrib["transform"])
        texts = [str(text.text) for text in inner.findall("text")]
        current = "aria-current" in inner.attrib
        name, href = inner.attrib["aria-label"], inner.attrib.get("href", "")
        visible = "".join(inner.itertext()).removesuffix(" 0")
        tiles.append(Drawn(name, href, current, texts, visible, x=int(x), y=int(y)))
    return tiles


def listed_in(section: str) -> set[tuple[str, str, bool]]:
    """The rows of the list as (text, address, whether it is the chosen one)."""
    (rows,) = re.findall(r'<ul aria-labelledby="regions-list">(.*?)</ul>', section, re.DOTALL)
    row = re.compile(r'<li>(?:<a href="(?P<href>[^"]*)"(?P<current> aria-current="true")?>)?(?P<text>[^<]+)')
    return {
        (each["text"], (each["href"] or "").replace("&amp;", "&"), bool(each["current"])) for each in row.finditer(rows)
    }


def test_the_vocabulary_has_the_counties_of_the_grid(regions: dict[str, Region]) -> None:
    assert {code: (region.row, region.column) for code, region in regions.items()} == GRID


def test_every_county_is_drawn_once_on_its_place(client: Client, regions: dict[str, Region]) -> None:
    tiles = tiles_in(section_of(client))
    assert {tile.name.partition(",")[0]: (tile.y, tile.x) for tile in tiles} == {
        regions[code].short_fi: ((row - 1) * (SIDE + GAP), (column - 1) * (SIDE + GAP))
        for code, (row, column) in GRID.items()
    }
    assert len(tiles) == len(GRID)
    assert [(tile.y, tile.x) for tile in tiles] == sorted((tile.y, tile.x) for tile in tiles), "the order of the keys"


def test_no_tile_covers_another_or_leaves_the_drawing(client: Client) -> None:
    section = section_of(client)
    tiles = tiles_in(section)
    assert not [(one.name, other.name) for one, other in combinations(tiles, 2) if one.meets(other)]
    left, top, width, height = map(int, drawing(section).attrib["viewBox"].split())
    assert all(left <= tile.x <= left + width - SIDE and top <= tile.y <= top + height - SIDE for tile in tiles)


def test_a_tile_stays_in_the_drawing_wherever_the_vocabulary_puts_it(
    client: Client, regions: dict[str, Region]
) -> None:
    Region.objects.filter(code="21").update(row=0, column=6)
    section = section_of(client)
    assert drawing(section).attrib["viewBox"] == f"0 {-SIDE - GAP} {5 * (SIDE + GAP) + SIDE} {7 * (SIDE + GAP) + SIDE}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", ["", "?alue=20", "?alue=10", "?alue=koko-maa", "?tyyppi=ngo&nimi=y%26d&alue=12"])
def test_the_list_says_what_the_map_says(client: Client, regions: dict[str, Region], query: str, language: str) -> None:
    for places in (["20"], ["20", "12"], ["12"], ["12"], ["12", "90", "91"]):
        organisation_page(organisation(regions=[regions[code] for code in places]))
    organisation_page(organisation(name_fi="y&d", regions=[regions["12"]]))
    section = section_of(client, query, language)
    tiles = tiles_in(section)
    assert {(tile.name, tile.href, tile.is_current) for tile in tiles} == listed_in(section)
    assert sum(tile.is_current for tile in tiles) == (query.count("alue=") - query.count("alue=koko-maa"))
    for tile in tiles:
        count = tile.texts[-1]
        assert tile.name.replace(",", "").startswith(tile.visible), "what is seen is what is said"
        assert (f" {count} " in tile.name) == (count != "0")
        assert bool(tile.href) == (count != "0" or tile.is_current)


def test_the_map_is_small_and_needs_neither_style_nor_script(client: Client, regions: dict[str, Region]) -> None:
    for code in GRID:
        organisation_page(organisation(regions=[regions[code]]))
    section = section_of(client, "?tyyppi=ngo&nimi=Yhdistys&alue=20")
    assert len(gzip.compress(section.encode())) < MOST_BYTES
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script", section)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_break_only_where_words_end_or_were_put_together(regions: dict[str, Region], language: str) -> None:
    divided = set()
    for region in regions.values():
        name = getattr(region, f"short_{language}")
        broken = lines(name, SIDE - 2 * MARGIN)
        assert len(broken) <= 3, "there is no room for more above the number"
        assert "".join(line.text + line.glue for line in broken).strip() == name
        if any(line.is_divided for line in broken):
            divided.add(tuple(line.text for line in broken))
    assert divided == ({("Kymmene", "dalen")} if language == "sv" else set())


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("Lappi", ["Lappi"]),
        ("Pohjois-Pohjanmaa", ["Pohjois-", "Pohjanmaa"]),
        ("Vantaa ja Kerava", ["Vantaa ja", "Kerava"]),
        ("Mellersta Österbotten", ["Mellersta", "Österbotten"]),
        ("Itä-Uusimaa", ["Itä-Uusimaa"]),
        ("", []),
    ],
)
def test_lines(name: str, broken: list[str]) -> None:
    assert [line.text for line in lines(name, 70)] == broken


def test_a_word_that_cannot_be_divided_is_held_to_the_tile() -> None:
    (line,) = lines("Mmmmmmmmmmmm", 70)
    assert line.length == 70
    assert lines("Lappi", 70)[0].length == 0
