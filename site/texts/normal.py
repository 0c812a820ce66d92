"""The normal form of characters: composed (NFC), nothing invisible, one space between words, no empty block.

Each step tells where every place of the old text is in the new one: marks and suggestions stay with their words.
"""

import re
import unicodedata
from functools import cache

# Controls, halves of surrogate pairs, soft hyphens, zero-width signs, signs that turn the direction of others' text,
# and code points that are no characters. The joiners of emoji and of other scripts (U+200C, U+200D) are kept.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufdd0-\ufdef\ufff9-\uffff\U000e0000-\U000e007f]"
)
SPACE = re.compile("[\t \u1680\u2000-\u200a\u205f\u3000]")
BREAK = re.compile("[\x0b\x0c\r\x85\u2028\u2029]")
BLANK = "\u00a0\u202f \u2028"
IRREGULAR = re.compile(f"[{BLANK}][{BLANK}\n]|\n[{BLANK}\n]|^[{BLANK}\n]|[{BLANK}]$")
RUN = re.compile(f"[{BLANK}\n]+")


def characters(text: str) -> tuple[str, list[int] | None]:
    """The text of composed, visible characters, each space and break of one sort; and the new place of each old one.

    No list of places means that every character is where it was.
    """
    text = BREAK.sub("\u2028", SPACE.sub(" ", text))
    if unicodedata.is_normalized("NFC", text) and not UNSEEN.search(text):
        return text, None
    kept: list[str] = []
    places: list[int] = []
    length = 0
    for cluster in _clusters(text):
        composed = unicodedata.normalize("NFC", UNSEEN.sub("", cluster))
        places += [length + min(number, len(composed)) for number in range(len(cluster))]
        kept.append(composed)
        length += len(composed)
    text = "".join(kept)
    return text, [*places, length]


def _clusters(text: str) -> list[str]:
    """The text cut where no composition reaches over."""
    clusters: list[str] = []
    start = 0
    for place in range(1, len(text)):
        if not (unicodedata.combining(text[place]) or text[place] in _joining() or UNSEEN.match(text[place])):
            clusters.append(text[start:place])
            start = place
    return [*clusters, text[start:]]


@cache
def _joining() -> frozenset[str]:
    """Characters that are whole in themselves and yet compose with the one before: those of Hangul and of India."""
    found = {chr(code) for code in range(0x1161, 0x1200)}
    for code in range(0x900, 0x20000):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            found.add(chr(int(parts[1], 16)))
    return frozenset(found)


def spaces(text: str, blocks: tuple[str, ...]) -> tuple[str, tuple[str, ...], list[int] | None]:
    """Runs of white space made one sign, blocks without words left out; and the new place of each old character.

    A run with a line break in it is a line break; a non-breaking space alone stays one.
    """
    if not IRREGULAR.search(text):
        return text, blocks, None
    kept: list[str] = []
    kinds: list[str] = []
    places: list[int] = []
    number = length = last = 0
    for run in RUN.finditer(text):
        words = text[last : run.start()]
        places += range(length, length + len(words))
        kept.append(words)
        length += len(words)
        sign = _one(run[0]) if length else ""
        ends = run[0].count("\n")
        kinds += blocks[number : number + 1] if ends and sign == "\n" else []
        if run.end() == len(text) and sign != "\n":
            sign = ""
        number += ends
        places += _within_run(run[0], sign, length)
        kept.append(sign)
        length += len(sign)
        last = run.end()
    places += range(length, length + len(text) - last)
    kept.append(text[last:])
    text = "".join(kept)
    return text, tuple(kinds), [*places, len(text)]


def _one(run: str) -> str:
    if "\n" in run:
        return "\n"
    if "\u2028" in run:
        return "\u2028"
    return run if len(run) == 1 else " "


def _within_run(run: str, sign: str, length: int) -> list[int]:
    """Places inside a run: before its sign up to where the sign stands in it, after it from there on."""
    at = run.index(sign) if sign and sign in run else 0
    return [length if number <= at else length + len(sign) for number in range(len(run))]
