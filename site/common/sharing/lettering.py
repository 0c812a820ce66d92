"""The site's letters in a picture. As in a browser, rare ones come from the fonts that hold them."""

import unicodedata
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from PIL import ImageDraw, ImageFont

FOLDER = Path(__file__).parents[1] / "static" / "fonts"
FILES = ("ov-grotesk", "ov-grotesk-more", "ov-grotesk-ext")
# A place that no font of letters fills: of private use.
NOBODYS = "\U000f0000"


@cache
def _font(file: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(FOLDER / f"{file}.woff2"), size)
    font.set_variation_by_axes([weight])
    return font


@lru_cache(maxsize=1024)
def _file_of(letter: str) -> str:
    """The font that has the letter; "" where none has: an emoji, or an invisible sign that was pasted with a text."""
    return FILES[0] if letter.isspace() else next((file for file in FILES if _has(file, letter)), "")


def _has(file: str, letter: str) -> bool:
    """Whether the font draws the letter, and not the box or the gap that it draws for any that it lacks."""
    return _drawn(file, letter) not in (b"", _drawn(file, NOBODYS))


@lru_cache(maxsize=1024)
def _drawn(file: str, letter: str) -> bytes:
    try:
        return bytes(_font(file, 20, 400).getmask(letter))
    except ValueError:
        # An invisible sign without a glyph leaves the layout nothing to draw, which it refuses.
        return b""


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
        # A letter and its accent may come as two signs; the fonts have them as one.
        letters = [(_file_of(letter), letter) for letter in unicodedata.normalize("NFC", text)]
        # Left out before the letters around it are put together, which stand as if it had never been there.
        written = [(file, letter) for file, letter in letters if file]
        runs = groupby(written, key=itemgetter(0))
        return [(_font(file, self.size, self.weight), "".join(letter for _file, letter in run)) for file, run in runs]
