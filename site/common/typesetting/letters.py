"""Texts in letters that the fonts have."""

import functools
import re
import unicodedata
from pathlib import Path
from typing import Any

LETTERS = Path(__file__).resolve().parent / "fonts" / "letters.txt"
LONGEST_WORD = 32
ZERO_WIDTH_SPACE = "\u200b"


def shown(value: Any) -> Any:
    """The same data, every text in it one that the fonts can show."""
    if isinstance(value, str):
        return in_known_letters(value)
    if isinstance(value, list):
        return [shown(each) for each in value]
    return {key: shown(each) for key, each in value.items()} if isinstance(value, dict) else value


def in_known_letters(text: str) -> str:
    """The text in letters that a font has: others are question marks, and pictures and unseen signs are left out.

    PDF/UA allows no empty boxes; unseen signs may turn the order of letters. A word without end gets places to break.
    """
    kept = "".join(map(_known, unicodedata.normalize("NFC", text)))
    return re.sub(rf"\S{{{LONGEST_WORD}}}", lambda word: word[0] + ZERO_WIDTH_SPACE, kept)


def _known(letter: str) -> str:
    if ord(letter) in _letters() and unicodedata.category(letter) not in {"Cc", "Cf"}:
        return letter
    if letter.isspace():
        return " "
    return "?" if letter.isalnum() else ""


@functools.cache
def _letters() -> frozenset[int]:
    lines = LETTERS.read_text(encoding="ascii").split()
    ends = [[int(end, 16) for end in line.split("-")] for line in lines]
    return frozenset(code for first, last in ends for code in range(first, last + 1))
