"""How the picture looks: the title in our font, what kind of page it is, its pattern and the name of the site."""

from io import BytesIO
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from PIL import Image, ImageDraw

from common import pattern
from common.hyphens import SOFT, soften
from common.sharing.drawing import draw
from common.sharing.lettering import Lettering
from common.typography import typeset

SIZE = WIDTH, HEIGHT = 1200, 630
# The light colours of tokens.css (a test compares): a picture cannot follow the reader's own.
GROUND, INK, MUTED, KEY = "#f6f8f5", "#14201d", "#4a5752", "#e5a500"
AREAS = {
    "knowledge": ("#1d5c7d", "#8fb6cb", "#dce9ef"),
    "inclusion": ("#9f3820", "#dfa08c", "#f6e0d8"),
    "strategy": ("#2a6743", "#90bd9f", "#dcebe0"),
    "justice": ("#5b2f4a", "#bd98ae", "#eee1e9"),
}
BEAM, MARGIN = 14, 64
CELLS = (4, 6)
ART = HEIGHT * CELLS[0] // CELLS[1]
ROOM = WIDTH - ART - 2 * MARGIN
SIZES_OF_TITLE = (76, 68, 60, 54, 48, 42, 36)
MOST_LINES_HEIGHT = 330
LEADING = 1.1
COLOURS = 96
# The front page's house, from the roof down: (area, form, rows).
STOREYS = [("justice", "gable", 2), ("inclusion", "", 1), ("knowledge", "colonnade", 1), ("strategy", "", 1)]


class Shown(NamedTuple):
    """What the picture says; pages of which all of it is the same have the same picture."""

    title: str
    kind: str
    language: str
    area: str
    seed: str


def make(shown: Shown) -> bytes:
    """The picture as PNG, some tens of kilobytes."""
    picture = Image.new("RGB", SIZE, GROUND)
    canvas = ImageDraw.Draw(picture)
    _decorate(picture, canvas, shown)
    canvas.rectangle((0, 0, WIDTH, BEAM), fill=INK)
    if shown.kind:
        canvas.rectangle((MARGIN, 86, MARGIN + 26, 112), fill=_colours(shown.area)["pt-a"])
        Lettering(32, 600).write(canvas, (MARGIN + 42, 82), shown.kind, INK)
    _write_title(canvas, shown)
    mark = draw(render_to_string("components/_brand.html"), 72, 72, 2, {"currentColor": INK, "pt-k": KEY})
    picture.paste(mark, (MARGIN, HEIGHT - MARGIN - 72), mark)
    Lettering(38, 700).write(canvas, (MARGIN + 92, HEIGHT - MARGIN - 56), settings.SITE_NAME, INK)
    file = BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _colours(area: str) -> dict[str, str]:
    dark, middle, _tint = AREAS.get(area, (INK, MUTED, GROUND))
    return {"pt-a": dark, "pt-b": middle, "pt-k": KEY, "pt-l": INK, "pt-s": INK}


def _decorate(picture: Image.Image, canvas: ImageDraw.ImageDraw, shown: Shown) -> None:
    """The page's own pattern along the right edge; a page without an area has the house of the front page."""
    left = WIDTH - ART
    if shown.area in AREAS:
        canvas.rectangle((left, 0, WIDTH, HEIGHT), fill=AREAS[shown.area][2])
        svg = pattern.draw(shown.area, shown.seed, *CELLS)
        art = draw(svg, ART, HEIGHT, HEIGHT / (CELLS[1] * pattern.CELL), _colours(shown.area))
        picture.paste(art, (left, 0), art)
        return
    top = HEIGHT
    for area, form, rows in reversed(STOREYS):
        # Six cells across, whatever the form.
        scale = ART / (6 * pattern.CELL)
        height = round(rows * pattern.CELL * scale)
        top -= height
        if form != "gable":
            canvas.rectangle((left, top, WIDTH, top + height), fill=AREAS[area][2])
        art = draw(pattern.draw(area, "house", 6, rows, form), ART, height, scale, _colours(area))
        picture.paste(art, (left, top), art)
        canvas.rectangle((left, top - 3, WIDTH, top + 3) if form != "gable" else (0, 0, 0, 0), fill=INK)


def _write_title(canvas: ImageDraw.ImageDraw, shown: Shown) -> None:
    title = soften(typeset(shown.title, shown.language), shown.language)
    for size in SIZES_OF_TITLE:
        font, step = Lettering(size, 700), round(size * LEADING)
        lines = wrapped(title, font, ROOM)
        if len(lines) * step <= MOST_LINES_HEIGHT:
            break
    most = MOST_LINES_HEIGHT // step
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip(' ,.:;')}…"]
    for number, line in enumerate(lines):
        font.write(canvas, (MARGIN, 148 + number * step), line, INK)


def wrapped(text: str, font: Lettering, room: int) -> list[str]:
    """The text in lines that fit; a word that is too long by itself divides at its soft hyphens."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, font, room):
            longer = f"{lines[-1]} {piece}".strip()
            if font.length(longer) <= room:
                lines[-1] = longer
            else:
                lines.append(piece)
    return [line for line in lines if line]


def _pieces(word: str, font: Lettering, room: int) -> list[str]:
    whole = word.replace(SOFT, "")
    if font.length(whole) <= room:
        return [whole]
    # A word without any known place to divide may be cut between all its letters.
    seams = word.split(SOFT) if SOFT in word else list(word)
    pieces = [""]
    for part in seams:
        if pieces[-1] and font.length(f"{pieces[-1]}{part}-") > room:
            pieces[-1] += "-"
            pieces.append("")
        pieces[-1] += part
    return pieces
