"""Titles and excerpts with the found letters marked. Everything else is escaped."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from search.analysis import Word
from search.tokens import Token, tokens_among

LENGTH = 220
# Letters between word boundaries before the first mark of an excerpt.
_BEFORE = 60
# The text of a file may have 200,000 letters: it is looked through in pieces, and not to its end at any price.
_PIECE = 8_000
_FAR = 24_000
# Between the words of a name.
_APART = 12


class Spans(dict[str, tuple[int, int]]):
    """For each written word which of its letters were found; `beside` has the words that count only beside others."""

    def __init__(
        self, found: Mapping[str, tuple[int, int]], beside: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        super().__init__(found)
        self.beside = beside or {}


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
    found = tokens_among(text, spans)
    if spans.beside:
        found = [token for place, token in enumerate(found) if _counts(place, found, spans.beside)]
    return [(token, token.start + spans[token.word][0], token.start + spans[token.word][1]) for token in found]


def _counts(place: int, found: Sequence[Token], beside: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word may stand alone, or stands beside one that belongs to it."""
    token = found[place]
    others = beside.get(token.word)
    if others is None:
        return True
    before, after = found[max(place - 1, 0) : place], found[place + 1 : place + 2]
    return any(other.word in others and token.start - other.end <= _APART for other in before) or any(
        other.word in others and other.start - token.end <= _APART for other in after
    )


def marked(text: str, spans: Spans) -> str:
    """Return the whole text as HTML, found letters marked."""
    pieces, last = [], 0
    for _token, start, end in _found(text, spans):
        pieces += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return "".join([*pieces, escape(text[last:])])


def excerpt(texts: Sequence[str], spans: Spans, enough: int = 1) -> str:
    """Return the stretch with the most different found words, or the beginning of the first text.

    Long texts are read only until there is a stretch with `enough` of them, or far enough with one of fewer.
    """
    best, best_text, best_count = 0, "", 0
    for text in texts:
        for begins, piece in _pieces(text):
            is_long = len(piece) < len(text)
            if is_long and best_count >= (max(enough, 1) if begins < _FAR else 1):
                break
            place, count = _densest(piece, spans)
            if count > best_count:
                best, best_text, best_count = begins + place, text, count
    if not best_count:
        best_text = next((text for text in texts if text), "")
    start = _word_start(best_text, best - _BEFORE)
    end = _word_end(best_text, start + LENGTH)
    before, after = "…" if start else "", "…" if end < len(best_text) else ""
    return before + marked(best_text[start:end], spans) + after


def holds(text: str, spans: Spans, enough: int) -> bool:
    """Whether as many different found words are in the text."""
    return len({token.word for token, _start, _end in _found(text, spans)}) >= max(enough, 1)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """A long text piece by piece, with where each begins; cut between words."""
    begins = 0
    while begins < len(text):
        ends = begins + _PIECE
        cut = text.rfind(" ", begins + 1, ends) if ends < len(text) else len(text)
        ends = cut if cut > begins else ends
        yield begins, text[begins:ends]
        begins = ends


def _densest(text: str, spans: Spans) -> tuple[int, int]:
    """Where the stretch with the most different found words begins, and how many there are."""
    best, most = 0, 0
    found = _found(text, spans)
    for place, (token, _start, _end) in enumerate(found):
        near = {t.word for t, _s, end in found[place : place + 12] if end <= token.start + LENGTH - _BEFORE}
        if len(near) > most:
            best, most = token.start, len(near)
    return best, most


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
