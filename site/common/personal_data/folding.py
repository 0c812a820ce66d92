"""A text as the search for personal data reads it: disguises taken off, each letter one code point."""

import re
from itertools import zip_longest

from common.personal_data.wordlists import part


def _table() -> dict[int, str]:
    """What each code point is read as; full-width letters and digits are the ASCII ones that they look like."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for look_alikes, meant in part("fold"):
        table |= {ord(sign): to for sign, to in zip_longest(look_alikes, meant, fillvalue=meant[-1])}
    return table


_TABLE = _table()
# Outside the basic plane, where JavaScript counts two for one: pictures and scripts that no pattern asks for.
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_DROPPED = frozenset(part("dropped"))
_COMPOSED = {
    mark: dict(zip(letters, composed, strict=True)) for mark, letters, composed in part("composed")
}  # fmt: skip
_SHIFTING = re.compile(f"[{''.join(_DROPPED)}{''.join(_COMPOSED)}]")


def fold(text: str) -> tuple[str, list[int] | range]:
    """Return the folded text, and for each of its positions, the end included, the position in the text given.

    Spaces and dashes of all kinds become plain ones, what is invisible goes, a letter and its mark become one.
    """
    folded = _ASTRAL.sub("\ufffd", text.translate(_TABLE))
    if not _SHIFTING.search(folded):
        return folded, range(len(text) + 1)
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(folded):
        if letter in _DROPPED:
            continue
        composed = _COMPOSED[letter].get(letters[-1]) if letter in _COMPOSED and letters else None
        if composed:
            letters[-1] = composed
            continue
        letters.append(letter)
        places.append(place)
    return "".join(letters), [*places, len(text)]
