"""Structure patterns: a page's task area and id become a small, always identical SVG drawing.

Each of the four task areas owns one load-bearing form:

    knowledge  pillars   what is known carries everything above it
    inclusion  arches    every arch leans on its neighbours
    strategy   courses   bricks laid so that each rests on two below
    justice    trusses   the diagonal keeps the frame from giving way

Exactly one member in each drawing is the key member, drawn in the key colour. Colours are classes, never
attributes, so themes, dark mode and print follow the style sheet. The drawing is decoration: hidden from
assistive technology, and it never encodes a figure.
"""

import zlib
from collections.abc import Callable
from functools import lru_cache

CELL = 20
HIDDEN = 'aria-hidden="true" focusable="false"'
# Columns of a pillar cell as (x, width).
RHYTHMS = (((5.0, 10.0),), ((2.5, 5.0), (12.5, 5.0)), ((2.0, 3.0), (8.5, 3.0), (15.0, 3.0)))


class Dice:
    """Seeded xorshift dice: the same seed gives the same throws in every process and language."""

    def __init__(self, seed: str, crown: bool = False) -> None:
        self.crown = crown
        self.state = zlib.crc32(seed.encode()) ^ 0x9E3779B9 or 1
        for _ in range(8):  # near-equal seeds must not start alike
            self.roll(2)

    def roll(self, sides: int) -> int:
        x = self.state
        x ^= (x << 13) & 0xFFFFFFFF
        x ^= x >> 17
        x ^= (x << 5) & 0xFFFFFFFF
        self.state = x
        return x % sides

    def key_row(self, rows: int) -> int:
        """The row of the key member: thrown, or the top one in a drawing whose lower rows may be cut off."""
        row = self.roll(rows)
        return 0 if self.crown else row


def _rect(x: float, y: float, width: float, height: float, style: str) -> str:
    return f'<rect class="{style}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"/>'


def _path(line: str, style: str) -> str:
    return f'<path class="{style}" d="{line}"/>'


def _column(left: float, top: float, width: float, height: float) -> str:
    """One pillar with its capital and base."""
    shaft = height - 4.5
    return f"M{left - 1.5:g} {top:g}h{width + 3:g}v2.5h-1.5v{shaft:g}h1.5v2h-{width + 3:g}v-2h1.5v-{shaft:g}h-1.5z"


def pillars(dice: Dice, cols: int, rows: int, slab: int = 2) -> list[str]:
    out: list[str] = []
    key = (dice.roll(cols), dice.key_row(rows))
    last = -1
    for row in range(rows):
        for col in range(cols):
            pick = dice.roll(3)
            last = pick = (pick + 1) % 3 if pick == last else pick
            tone = "pt-a" if dice.roll(3) else "pt-b"
            for index, (x, width) in enumerate(RHYTHMS[pick]):
                style = "pt-k" if (col, row) == key and index == 0 else tone
                out.append(_path(_column(col * CELL + x, row * CELL + slab, width, CELL - slab), style))
        if slab:
            out.append(_rect(0, row * CELL, cols * CELL, slab, "pt-l"))
    return out


def colonnade(dice: Dice, cols: int, rows: int) -> list[str]:
    """Pillars without a slab, for the front page, where the page's own beam is the slab."""
    return pillars(dice, cols, rows, slab=0)


def arches(dice: Dice, cols: int, rows: int) -> list[str]:
    out: list[str] = []
    key = (dice.roll(max(cols - 1, 1)), dice.key_row(rows))
    for row in range(rows):
        y, shift, flip = (row + 1) * CELL, (row + rows) % 2 * 10, dice.roll(2)

        def tone(index: int, flip: int = flip) -> str:
            return "pt-a" if (index + flip + (dice.roll(4) == 0)) % 2 else "pt-b"

        if shift:  # half an arch at either end
            out.append(_path(f"M0 {y}v-20a10 10 0 0 1 10 10v10h-5v-10a5 5 0 0 0-5-5z", tone(1)))
            out.append(_path(f"M{cols * CELL} {y}v-20a10 10 0 0 0-10 10v10h5v-10a5 5 0 0 1 5-5z", tone(0)))
        for index in range(cols - 1 if shift else cols):
            style = "pt-k" if (index, row) == key else tone(index)
            x = index * CELL + shift
            out.append(_path(f"M{x} {y}v-10a10 10 0 0 1 20 0v10h-5v-10a5 5 0 0 0-10 0v10z", style))
        out.append(_rect(0, y - 2, cols * CELL, 2, "pt-l"))
    return out


def courses(dice: Dice, cols: int, rows: int) -> list[str]:
    out: list[str] = []
    width, lines, key_laid = cols * CELL, rows * 2, False
    key_line = dice.key_row(lines)
    for line in range(lines):
        x = 0
        while x < width:
            # The first brick alternates, so that joints never stand above each other at the edge.
            brick = (10 if line % 2 else 20) if x == 0 else (20, 20, 30, 10)[dice.roll(4)]
            brick = min(brick, width - x)
            style = ("pt-a", "pt-a", "pt-b")[dice.roll(3)]
            if line == key_line and not key_laid and x >= width // 3:
                style, key_laid = "pt-k", True
            out.append(_rect(x + 0.75, line * 10 + 0.75, brick - 1.5, 8.5, style))
            x += brick
    return out


def trusses(dice: Dice, cols: int, rows: int) -> list[str]:
    out: list[str] = []
    lines: list[str] = []
    key = dice.roll(cols * rows)
    key = key % cols if dice.crown else key
    for index in range(cols * rows):
        x, y, kind = index % cols * CELL, index // cols * CELL, dice.roll(5)
        style = "pt-k" if index == key else ("pt-a" if dice.roll(3) else "pt-b")
        if kind == 4:  # two struts that meet at the top
            out.append(_path(f"M{x} {y + CELL}l10-20 10 20z", style))
            lines.append(f"M{x} {y + CELL}l10-20 10 20")
        elif kind % 2:
            out.append(_path(f"M{x} {y + CELL}h{CELL}v-{CELL}z", style))
            lines.append(f"M{x} {y + CELL}l20-20")
        else:
            out.append(_path(f"M{x} {y}v{CELL}h{CELL}z", style))
            lines.append(f"M{x} {y}l20 20")
    lines += [f"M0 {y * CELL}H{cols * CELL}" for y in range(rows + 1)]
    lines += [f"M{x * CELL} 0V{rows * CELL}" for x in range(cols + 1)]
    return [*out, _path("".join(lines), "pt-s")]


def gable(dice: Dice, cols: int, rows: int) -> list[str]:
    """The roof of the front page: one wide truss."""
    width, height = cols * CELL, rows * CELL
    out: list[str] = []
    lines = [f"M0 {height}L{width / 2:g} 0L{width} {height}z"]
    key = cols // 2 - 1 + dice.roll(2)

    def top(index: int) -> float:
        return height - height * (1 - abs(index - cols / 2) / (cols / 2))

    for index in range(cols):
        left, right = index * CELL, (index + 1) * CELL
        style = "pt-k" if index == key else ("pt-a" if (index + dice.roll(2)) % 2 else "pt-b")
        # Struts lean towards the ridge: rising on the left half, falling on the right.
        foot, head, apex = (left, right, top(index + 1)) if index < cols / 2 else (right, left, top(index))
        out.append(_path(f"M{foot} {height}L{head} {apex:g}V{height}z", style))
        lines.append(f"M{foot} {height}L{head} {apex:g}V{height}")
    return [*out, _path("".join(lines), "pt-s")]


Form = Callable[[Dice, int, int], list[str]]
FORMS: dict[str, Form] = {"knowledge": pillars, "inclusion": arches, "strategy": courses, "justice": trusses}
NAMED_FORMS: dict[str, Form] = {"colonnade": colonnade, "gable": gable}


@lru_cache(maxsize=2048)
def draw(
    area: str, seed: str, cols: int = 3, rows: int = 3, form: str = "", extra: str = "", crown: bool = False
) -> str:
    """Return the SVG of the area's form, the same for the same arguments; an unknown area draws nothing.

    `seed` should never change with a name or a language: use the translation key of a page. `crown` keeps the key
    member in the top row, for drawings that narrow windows cut to that row.
    """
    if area not in FORMS:
        return ""
    body = "".join((NAMED_FORMS.get(form) or FORMS[area])(Dice(f"{area}:{seed}", crown), cols, rows))
    # Its frame is stroked, and the stroke needs room; in proportion, so that all forms are of one shape.
    across, down = (min(cols / min(cols, rows), 2), rows / min(cols, rows)) if area == "justice" else (0, 0)
    box = f"{-across:g} {-down:g} {cols * CELL + 2 * across:g} {rows * CELL + 2 * down:g}"
    classes = " ".join(filter(None, ["pattern", f"area-{area}", extra]))
    # Where the style sheet gives it another shape, the drawing is cut and never squeezed.
    return f'<svg class="{classes}" viewBox="{box}" preserveAspectRatio="xMidYMin slice" {HIDDEN}>{body}</svg>'
