"""The site's own drawings as pixels: just as much SVG as patterns and the mark are made of.

Rectangles, and paths of straight lines and circular arcs; their classes say the colour.
"""

import math
import re
from collections.abc import Iterator, Mapping

from PIL import Image, ImageDraw

Point = tuple[float, float]
Colours = Mapping[str, str]

SHAPE = re.compile(r"<(rect|path)\b([^>]*)/>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
STEP = re.compile(r"[A-Za-z]|-?\d*\.?\d+")
NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7, "Z": 0}
ARC_STEPS = 24
STROKE = 1.6
# Drawn larger and made smaller: Pillow itself draws steps where a line is oblique.
OVER = 2


def draw(svg: str, width: int, height: int, scale: float, colours: Colours) -> Image.Image:
    """The shapes of the SVG on a transparent ground, `scale` pixels for each of its units."""
    picture = Image.new("RGBA", (width * OVER, height * OVER))
    canvas = ImageDraw.Draw(picture)
    scale *= OVER
    for kind, written in SHAPE.findall(svg):
        attributes = dict(ATTRIBUTE.findall(written))
        style = attributes.get("class") or attributes.get("fill", "")
        for line in _lines(kind, attributes):
            points = [(x * scale, y * scale) for x, y in line]
            if style == "pt-s":
                canvas.line(points, fill=colours[style], width=round(STROKE * scale), joint="curve")
            elif len(points) > 2:
                canvas.polygon(points, fill=colours[style])
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _lines(kind: str, attributes: dict[str, str]) -> Iterator[list[Point]]:
    if kind == "path":
        yield from lines_of(attributes["d"])
        return
    x, y, width, height = (float(attributes[name]) for name in ("x", "y", "width", "height"))
    yield [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def lines_of(path: str) -> Iterator[list[Point]]:
    """The parts of a path as corners, arcs cut into short lines."""
    line: list[Point] = []
    for command, numbers in _commands(path):
        kind, at = command.upper(), line[-1] if line else (0.0, 0.0)
        if kind == "M":
            if len(line) > 1:
                yield line
            line = [_moved(at, numbers, command)]
        elif kind == "Z":
            line.append(line[0])
        elif kind == "A":
            line += _arc(at, _moved(at, numbers[5:], command), numbers[0], clockwise=bool(numbers[4]))
        else:
            x = numbers[0] if kind != "V" else (0.0 if command.islower() else at[0])
            y = numbers[-1] if kind != "H" else (0.0 if command.islower() else at[1])
            line.append(_moved(at, [x, y], command))
    if len(line) > 1:
        yield line


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with its numbers; numbers that go on without a letter repeat it, as lines after a move."""
    steps = STEP.findall(path)
    command, place = "", 0
    while place < len(steps):
        if steps[place].isalpha():
            command, place = steps[place], place + 1
        count = NUMBERS[command.upper()]
        yield command, [float(step) for step in steps[place : place + count]]
        place += count
        command = {"M": "L", "m": "l"}.get(command, command)


def _moved(at: Point, numbers: list[float], command: str) -> Point:
    x, y = numbers
    return (at[0] + x, at[1] + y) if command.islower() else (x, y)


def _arc(start: Point, end: Point, radius: float, *, clockwise: bool) -> list[Point]:
    """The smaller arc of a circle between two points."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    across, down = end[0] - start[0], end[1] - start[1]
    half = math.hypot(across, down) / 2
    away = math.sqrt(max(radius**2 - half**2, 0)) / (2 * half) * (1 if clockwise else -1)
    centre = (middle[0] - down * away, middle[1] + across * away)
    begin = math.atan2(start[1] - centre[1], start[0] - centre[0])
    turn = math.atan2(end[1] - centre[1], end[0] - centre[0]) - begin
    if clockwise and turn <= 0:
        turn += 2 * math.pi
    elif not clockwise and turn >= 0:
        turn -= 2 * math.pi
    angles = [begin + turn * step / ARC_STEPS for step in range(1, ARC_STEPS + 1)]
    return [(centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)) for angle in angles]
