"""A text as a person without the browser's editor sees it in a plain text box."""

import re

from texts.flat import LISTS, Flat
from texts.marks import Mark

SIGNS = {"strong": "**", "em": "*"}
PREFIXES = {"p": "", "h2": "## ", "h3": "### ", "ul": "- ", "quote": "> "}
# What at the beginning of a line would be read as the beginning of a heading, an item or a quote.
MARKER = re.compile(r"(?:#{1,6}|[-•–·])(?=[ \u00a0\u202f])|[0-9]{1,3}(?=[.)][ \u00a0\u202f])|>")
ADDRESS_SIGNS = re.compile(r"[()\\]")


def to_notation(flat: Flat) -> str:
    lines: list[str] = []
    start = 0
    before = ""
    number = 0
    for kind, end in zip(flat.blocks, flat.ends, strict=True):
        if before and not (kind == before and kind in LISTS):
            lines.append("")
        number = number + 1 if kind == before == "ol" else 1
        lines.append(_block(kind, number, _lines(flat, start, end)))
        start = end + 1
        before = kind
    return "\n".join(lines)


def _block(kind: str, number: int, lines: list[str]) -> str:
    """The lines of a block; those after the first tell by their beginning that they belong to it."""
    first = f"{number}. " if kind == "ol" else PREFIXES[kind]
    more = {"p": "", "quote": "> "}.get(kind, "  ")
    return f"\n{more}".join([first + lines[0], *lines[1:]])


def _lines(flat: Flat, start: int, end: int) -> list[str]:
    text = flat.text
    has_brackets = "](" in text[start:end] or any(mark.kind == "a" and start <= mark.start < end for mark in flat.marks)
    parts = []
    open_marks: tuple[Mark, ...] = ()
    for here, there, marks in flat.runs(start, end):
        parts.append(_signs(open_marks, marks, here))
        parts.append(_escaped(text[here:there], has_brackets=has_brackets))
        open_marks = marks
    parts.append(_signs(open_marks, (), end))
    return [_without_marker(line) for line in "".join(parts).split("\u2028")]


def _signs(before: tuple[Mark, ...], after: tuple[Mark, ...], place: int) -> str:
    """What ends at a place and what begins there: marks end inside a link that ends, and begin inside a new one."""
    ended = [mark for mark in before if mark.end == place]
    begun = [mark for mark in after if mark.start == place]
    return "".join(
        [
            *(SIGNS[mark.kind] for mark in ended if mark.kind != "a"),
            *(f"]({ADDRESS_SIGNS.sub(_backslashed, mark.value)})" for mark in ended if mark.kind == "a"),
            *("[" for mark in begun if mark.kind == "a"),
            *(SIGNS[mark.kind] for mark in begun if mark.kind != "a"),
        ]
    )


def _backslashed(found: re.Match[str]) -> str:
    return "\\" + found[0]


def _escaped(text: str, *, has_brackets: bool) -> str:
    return re.sub(r"[\\*\[\]]" if has_brackets else r"[\\*]", _backslashed, text)


def _without_marker(line: str) -> str:
    found = MARKER.match(line)
    if not found:
        return line
    # A number keeps its digits; the sign after it is what makes it an item.
    place = found.end() if found[0].isdigit() else 0
    return f"{line[:place]}\\{line[place:]}"
