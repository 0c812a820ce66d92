"""The site's letters in a picture. As in a browser, rare ones come from the fonts that hold them."""

import unicodedata
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw, ImageFont

FOLDER = Path(__file__).parents[1] / "static" / "fonts"
FILES = ("ov-grotesk", "ov-grotesk-more", "ov-grotesk-ext")


@cache
def _font(file: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(FOLDER / f"{file}.woff2"), size)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=1024)
def _file_of(letter: str) -> str:
    """The font that has the letter; "" where none has: an emoji, or an invisible sign that was pasted with a text."""
    return next((file for file in FILES if _has(file, letter)), "")


def _has(file: str, letter: str) -> bool:
    try:
        return bool(_font(file, 20, 400).getmask(letter).getbbox())
    except ValueError:
        # An invisible sign without a glyph leaves the layout nothing to draw, which it refuses.
        return False


class Lettering:
    """Letters of one size and weight."""

    def __init__(self, size: int, weight: int) -> None:
        self.size, self.weight = size, weight

    def length(self, text: str) -> float:
        return sum(font.getlength(part) for font, part in self._parts(text))

    def write(self, canvas: ImageDraw.ImageDraw, place: tuple[float, float], text: str, colour: str) -> None:
        """Write one line whose highest letters begin at the place."""
        x, y = place
        for font, part in self._parts(text):
            canvas.text((x, y), part, font=font, fill=colour, anchor="la")
            x += font.getlength(part)

    def _parts(self, text: str) -> list[tuple[ImageFont.FreeTypeFont, str]]:
        # What no font has is left out. A letter and its accent may come as two signs; the fonts have them as one.
        groups = groupby(
            unicodedata.normalize("NFC", text), key=lambda letter: FILES[0] if letter.isspace() else _file_of(letter)
        )
        return [(_font(file, self.size, self.weight), "".join(letters)) for file, letters in groups if file]
