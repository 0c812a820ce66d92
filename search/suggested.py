"""What is suggested, with the letters marked that were typed."""

from collections.abc import Sequence

from search.engines.suggesting import typed_words
from search.tokens import fold, tokens

# Fewer letters are found inside too many words.
_FEWEST_INSIDE = 4
# An inflected form and its base form begin alike: this many letters, and this share of what was typed.
_FEWEST = 3
_SHARE = 0.5


def pieces(text: str, typed: str) -> list[str]:
    """Cut a text into pieces of which every second one, from the second on, goes on as was typed."""
    wanted = [fold(word) for word in typed_words(typed)]
    cut, last = [], 0
    for token in tokens(text):
        word = fold(token.word)
        start, count = 0, _same(word, wanted)
        if not count:
            start, count = _inside(word, wanted)
        if count:
            start, end = token.start + start, min(token.start + start + count, token.end)
            cut += [text[last:start], text[start:end]]
            last = end
    return [*cut, text[last:]]


def _same(word: str, wanted: Sequence[str]) -> int:
    """With how many letters the word begins as one of the wanted; 0 where those are too few to tell."""
    counts = [(_begins_alike(word, each), len(each)) for each in wanted]
    return max((n for n, length in counts if n == length or n >= max(_FEWEST, _SHARE * length)), default=0)


def _inside(word: str, wanted: Sequence[str]) -> tuple[int, int]:
    """Where a later part of the word is one of the wanted, and its letters; the longest."""
    places = [(len(each), word.find(each)) for each in wanted if len(each) >= _FEWEST_INSIDE]
    length, place = max(((length, place) for length, place in places if place > 0), default=(0, 0))
    return place, length


def _begins_alike(one: str, other: str) -> int:
    same = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        same += 1
    return same
