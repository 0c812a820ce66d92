"""What the picture looks like: the site's own patterns and letters, whatever the title."""

import math
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from common import pattern
from common.sharing.drawing import draw, lines_of
from common.sharing.lettering import Lettering
from common.sharing.picture import AREAS, GROUND, HEIGHT, INK, KEY, MUTED, ROOM, WIDTH, Shown, make, wrapped
from home.styles.tokens import colours

LARGEST = 100 * 1024
COLOURS = {"pt-a": "#ff0000", "pt-b": "#00ff00", "pt-k": "#0000ff", "pt-l": "#000000", "pt-s": "#000000"}


def shown(title: str = "Otsikko", area: str = "knowledge", language: str = "fi") -> Shown:
    return Shown(title, "Blogi", language, area, "siemen")


@pytest.mark.parametrize(
    ("area", "title"),
    [
        ("knowledge", "Ilmiö"),
        ("inclusion", "Oikeudenmukaisuustyötä " * 12),
        ("strategy", "x" * 255),
        ("justice", "”Ei” <b>&amp; šakki – 日本語"),
        ("", "Asiakastyön tieto kantaa muutosta"),
    ],
)
def test_every_title_fits_in_a_small_file(area: str, title: str) -> None:
    made = make(shown(title, area))
    assert len(made) <= LARGEST
    picture = Image.open(BytesIO(made)).convert("RGB")
    assert picture.size == (WIDTH, HEIGHT)
    # The margin on the left and the room between the title and the name of the site stay free.
    ground = picture.getpixel((5, 300))
    assert {picture.getpixel((x, y)) for x in range(0, 60, 5) for y in range(20, HEIGHT, 5)} == {ground}
    assert {picture.getpixel((x, 488)) for x in range(60, WIDTH - 430, 3)} == {ground}


def test_its_colours_are_those_of_the_pages() -> None:
    light = colours("light")
    assert tuple(light[name] for name in ("ground", "ink", "ink-2", "key")) == (GROUND, INK, MUTED, KEY)
    assert {area: (light[area], light[f"{area}-mid"], light[f"{area}-tint"]) for area in AREAS} == AREAS


def test_the_same_page_has_the_same_picture_and_another_has_another() -> None:
    assert make(shown()) == make(shown())
    assert make(shown()) != make(shown("Toinen"))
    assert make(shown()) != make(shown(area="justice"))


def test_long_titles_are_written_smaller_and_long_words_divide() -> None:
    letters = Lettering(76, 700)
    lines = wrapped("Välfärds\N{SOFT HYPHEN}områdes\N{SOFT HYPHEN}fullmäktige", letters, ROOM)
    assert lines == ["Välfärds-", "områdes-", "fullmäktige"]
    assert all(letters.length(line) <= ROOM for line in lines)
    assert all(letters.length(line) <= ROOM for line in wrapped("x" * 255, letters, ROOM))
    assert wrapped("Kaksi sanaa", letters, ROOM) == ["Kaksi sanaa"]


@pytest.mark.parametrize(
    "sign",
    ["\N{SOFT HYPHEN}", "\N{ZERO WIDTH SPACE}", "\ufeff", "\N{LEFT-TO-RIGHT MARK}", "\N{BLACK HEART SUIT}\ufe0f"],
)
def test_signs_that_no_font_has_are_left_out(sign: str) -> None:
    plain = shown("Otsikko")
    assert make(plain._replace(title=f"Otsi{sign}kko", kind=f"Blo{sign}gi")) == make(plain)
    assert make(plain._replace(title=sign))


def test_an_accent_of_its_own_is_drawn_with_its_letter() -> None:
    assert make(shown("A\N{COMBINING DIAERESIS}iti")) == make(shown("Äiti"))


@pytest.mark.parametrize("letters", ["Ääkkösiä", "“quotes”", "šakki", "Đorđe", "½ × 3 €"])
def test_every_letter_of_the_sites_fonts_is_drawn(letters: str) -> None:
    for letter in letters.replace(" ", ""):
        canvas = Image.new("L", (120, 120))
        Lettering(60, 600).write(ImageDraw.Draw(canvas), (20, 20), letter, "white")
        assert canvas.getbbox(), letter


@pytest.mark.parametrize("area", list(AREAS))
def test_a_pattern_is_drawn_in_its_colours_with_a_key_member(area: str) -> None:
    picture = draw(pattern.draw(area, "siemen", 4, 6), 400, 600, 5, COLOURS)
    colours = {colour for _count, colour in picture.getcolors(maxcolors=400 * 600) or []}
    assert {(255, 0, 0, 255), (0, 0, 255, 255)} <= colours


def test_paths_become_corners() -> None:
    assert list(lines_of("M1 2h3v4l-3 0z")) == [[(1, 2), (4, 2), (4, 6), (1, 6), (1, 2)]]
    assert list(lines_of("M0 17 17 0v17zM0 20H5")) == [[(0, 17), (17, 0), (17, 17), (0, 17)], [(0, 20), (5, 20)]]


def test_arcs_keep_their_distance_from_the_centre() -> None:
    (arch,) = lines_of("M0 10a10 10 0 0 1 20 0")
    assert arch[-1] == pytest.approx((20, 10))
    assert all(math.dist(point, (10, 10)) == pytest.approx(10) for point in arch)
    assert min(y for _x, y in arch) == pytest.approx(0)
    (hollow,) = lines_of("M20 10a10 10 0 0 0-20 0")
    assert min(y for _x, y in hollow) == pytest.approx(0)
