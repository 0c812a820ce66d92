"""Names on the tile map. SVG text does not wrap, so the lines are chosen here, from the widths of the letters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from common.hyphens import SOFT

LETTER_SIZE = 12
# Widths in hundredths of the letter size, of our own typeface in the weight of the map.
_WIDTHS = {
    letter: width
    for letters, width in {
        "iIj": 28, "l": 32, "frtJ-": 40, "z": 49, "sv": 52, "cyaåäoöekx": 56, "hnuL": 59, "bdpqFT": 61, "gEYPZ": 63,
        "SVRB": 69, "AÅÄCDUXK": 71, "GOÖQ": 75, "HNw": 77, "m": 88, "M": 90, "W": 96, " ": 23,
    }.items()
    for letter in letters
}  # fmt: skip
_OTHER = 60
# What a reader's own text spacing may add to a letter (WCAG 1.4.12), with room for another typeface.
_WIDENED = 20
_PARTS = re.compile(r"[^ -]+-?")
# How much longer than the room a word may be: so little narrower letters are not noticed.
_GIVES_WAY = 1.1
# The last parts of compound names: the only places where a longer word may be divided.
_SEAM = re.compile(r"(?<=\w{4})(?=(?:bothnia|botten|dalen|laakso|land|maa|fors)$)")


@dataclass(frozen=True)
class Line:
    """One line of a name, and the length that it is held to, or 0 where it may run freely.

    Where a word is divided the hyphen is drawn and no letter: it is no part of the name.
    """

    text: str
    length: int
    is_divided: bool = False

    @property
    def glue(self) -> str:
        """What comes before the next line when all of them are read as one text."""
        return "" if self.is_divided or self.text.endswith("-") else " "


def lines(name: str, room: int) -> list[Line]:
    """Break the name at spaces and hyphens, and a word that is far too long at its seam, to lines that fit the room.

    A line that is a little too long, or that readers' own spacing would make so, is held to its length: its letters
    give way, so that they never run into the next tile.
    """
    broken = [""]
    for part in _parts(name, room):
        glue = "" if not broken[-1] or broken[-1].endswith("-") else " "
        if not broken[-1].endswith(SOFT) and _width(broken[-1] + glue + part) <= room:
            broken[-1] += glue + part
        else:
            broken.append(part)
    return [_line(text, room) for text in broken if text]


def _parts(name: str, room: int) -> Iterator[str]:
    for part in _PARTS.findall(name):
        seam = _SEAM.search(part) if _width(part) > room * _GIVES_WAY else None
        if seam:
            yield part[: seam.start()] + SOFT
            yield part[seam.start() :]
        else:
            yield part


def _width(text: str) -> float:
    return sum(_WIDTHS.get(letter, _OTHER) for letter in text) * LETTER_SIZE / 100


def _line(text: str, room: int) -> Line:
    width = _width(text)
    if text.endswith(SOFT):
        return Line(text.removesuffix(SOFT), round(_width(text.removesuffix(SOFT))), is_divided=True)
    is_long = width + len(text) * _WIDENED * LETTER_SIZE / 100 > room
    return Line(text, round(min(width, room)) if is_long else 0)
