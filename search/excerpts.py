"""Titles and excerpts with the found letters marked. Everything else is escaped."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from search.analysis import Word
from search.tokens import Token, tokens_among

LENGTH = 220
# Letters between word boundaries before the first mark of an excerpt.
_BEFORE = 60
Spans = Mapping[str, tuple[int, int]]


def spans_of(words: Iterable[Word], surfaces: set[str], terms: set[str]) -> dict[str, tuple[int, int]]:
    """Tell for each written word which letters were found: the whole word, or a part of a compound."""
    spans: dict[str, tuple[int, int]] = {}
    for word in words:
        if word.surface in surfaces or terms.intersection(word.lemmas):
            spans[word.surface] = (0, len(word.surface))
        else:
            parts = [part for part in word.parts if part.base in terms]
            if parts:
                widest = max(parts, key=lambda part: part.end - part.start)
                spans[word.surface] = (widest.start, widest.end)
    return spans


def _found(text: str, spans: Spans) -> list[tuple[Token, int, int]]:
    return [
        (token, token.start + spans[token.word][0], token.start + spans[token.word][1])
        for token in tokens_among(text, spans)
    ]


def marked(text: str, spans: Spans) -> str:
    """Return the whole text as HTML, found letters marked."""
    pieces, last = [], 0
    for _token, start, end in _found(text, spans):
        pieces += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return "".join([*pieces, escape(text[last:])])


def excerpt(texts: Sequence[str], spans: Spans) -> str:
    """Return the stretch with the most different found words, or the beginning of the first text."""
    best, best_text, best_count = 0, "", 0
    for text in texts:
        found = _found(text, spans)
        for place, (token, _start, _end) in enumerate(found):
            near = {t.word for t, _s, end in found[place : place + 12] if end <= token.start + LENGTH - _BEFORE}
            if len(near) > best_count:
                best, best_text, best_count = token.start, text, len(near)
    if not best_count:
        best_text = next((text for text in texts if text), "")
    start = _word_start(best_text, best - _BEFORE)
    end = _word_end(best_text, start + LENGTH)
    before, after = "…" if start else "", "…" if end < len(best_text) else ""
    return before + marked(best_text[start:end], spans) + after


def _word_start(text: str, place: int) -> int:
    """Return the beginning of the sentence or word at or before the place, 0 near the beginning."""
    if place <= 20:
        return 0
    sentence = max(text.rfind(mark, place - 40, place + _BEFORE) for mark in (". ", "? ", "! "))
    if sentence > 0:
        return sentence + 2
    space = text.find(" ", place)
    return space + 1 if 0 <= space < place + _BEFORE else place


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", place - 30, place + 1)
    return space if space > 0 else place
