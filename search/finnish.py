"""Finnish words through Voikko: every reading's base form, and the parts of compounds."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from search import voikko
from search.analysis import Part, Word, pieces, stand_in, stem

_PIECES = re.compile(r"\[([^\]]+)\]|([^\[\]]+)")
SHORTEST_TAIL = 4
VOWELS = set("aeiouyåäö")
MOST_LEMMAS = 12


class Piece(NamedTuple):
    """A compound part as Voikko describes it: written form, base form, other base forms, word class."""

    form: str
    base: str
    others: tuple[str, ...]
    word_class: str


def analyse(word: str) -> Word:
    """Return the terms of a lower-case word; one that Voikko doesn't know is guessed from its end."""
    if not any(letter.isalpha() for letter in word):
        return stand_in(word, "")
    if len(pieces(word, "-")) > 1:
        # Which hyphens a compound may have is told differently by the two Voikkos; piece by piece they agree.
        return _from_pieces(word)
    readings = _readings(word)
    if readings:
        return _known(word, readings)
    if _readings(word + "-"):
        return Word(word, (word, stem(word, "fi")))
    if len(pieces(word)) > 1:
        return _from_pieces(word)
    return _guess(word)


def _readings(word: str) -> list[list[Piece]]:
    found = ([_parse(part) for part in reading.split("[Bc]")] for reading in voikko.readings(word))
    return [reading for reading in found if not _run_together(reading)]


def _run_together(reading: list[Piece]) -> bool:
    """Whether the same vowel ends one part and begins the next: such a compound is written with a hyphen.

    So ohjaajan is no ohja-aika.
    """
    return any(
        before.form[-1:] == after.form[:1] and before.form[-1:] in VOWELS
        for before, after in pairwise(piece for piece in reading if piece.form)
    )


def _parse(description: str) -> Piece:
    """Read one part: `[Lt][Xp]ilmoittaa[X]ilmoittau[Xj]tua[X]tu[Ll][Ru]n[Xj]ut[X][Sn][Ny]ut`.

    Text in [Xp] is a base form; text in [Xj] completes the letters so far to the base form of a derived word.
    """
    form = base = word_class = mode = verb = ""
    others: list[str] = []
    for tag, text in _PIECES.findall(description):
        if text:
            form += text if not mode else ""
            base = {"Xp": text, "Xj": form + text}.get(mode, base)
        elif tag[0] == "X":
            mode = "" if tag == "X" else tag
        elif tag[0] == "L":
            verb = base if word_class == "Lt" else verb
            word_class = tag
        elif tag[0] == "R":
            # A participle is found by its verb too.
            others.append(verb or base)
        elif tag == "Tn4":
            others.append(base)
            base = f"{form}minen"
    base = (base or form).strip("-").replace("=", "").lower()
    return Piece(form, base, tuple(other.replace("=", "").lower() for other in others), word_class)


def _known(word: str, readings: list[list[Piece]]) -> Word:
    lemmas: dict[str, None] = {}
    parts: dict[Part, None] = {}
    for reading in readings:
        lemmas.update(dict.fromkeys(_bases(reading)))
        parts.update(dict.fromkeys(_parts(reading)))
    whole = set(lemmas)
    return Word(word, tuple(lemmas)[:MOST_LEMMAS], tuple(part for part in parts if part.base not in whole))


def _bases(reading: list[Piece]) -> Iterator[str]:
    """Name a run of parts as one word: all but the last as written. Hyphens go: itse-arviointi = itsearviointi."""
    head = "".join(piece.form for piece in reading[:-1]).replace("-", "")
    last = reading[-1]
    yield head + last.base.replace("-", "")
    for other in last.others:
        yield head + other.replace("-", "")
    if len(reading) > 1 and reading[0].word_class in {"Ll", "Lnl"}:
        # An adjective may inflect with the word it begins: uudenvuoden is uusivuosi.
        yield "".join(piece.base for piece in reading).replace("-", "")


def _parts(reading: list[Piece], offset: int = 0) -> Iterator[Part]:
    """Every run of neighbouring parts except the whole: ilmiö, työ, paja, ilmiötyö, työpaja."""
    starts = [offset]
    for piece in reading:
        starts.append(starts[-1] + len(piece.form))
    for first in range(len(reading)):
        for last in range(first, len(reading)):
            if last - first + 1 == len(reading):
                continue
            for base in _bases(reading[first : last + 1]):
                yield Part(base, starts[first], starts[last + 1])


def _from_pieces(word: str) -> Word:
    """Analyse hyphen and colon forms piece by piece: what follows a colon is an ending."""
    before_colon = word.split(":")[0]
    if before_colon != word and any(letter.isalpha() for letter in word):
        inner = analyse(before_colon)
        return Word(word, inner.lemmas, inner.parts)
    split = pieces(word)
    if len(split) < 2:
        return Word(word)
    parts: dict[Part, None] = {}
    lemmas: list[str] = []
    for piece, start in split:
        inner = analyse(piece)
        names = inner.lemmas or (piece,)
        parts.update(dict.fromkeys(Part(name, start, start + len(piece)) for name in names))
        parts.update(dict.fromkeys(Part(p.base, p.start + start, p.end + start) for p in inner.parts))
        head = word[:start].replace("-", "")
        lemmas = [head + name for name in inner.lemmas if "#" not in name]
    return Word(word, tuple(lemmas) or (stem(word.replace("-", ""), "fi"),), tuple(parts))


def _names(piece: str) -> tuple[str, ...]:
    """Name a loose piece by its base forms, or by its stem."""
    readings = _readings(piece) or _readings(piece + "-")
    return (_known(piece, readings).lemmas if readings else ()) or (piece, stem(piece, "fi"))


def _guess(word: str) -> Word:
    """Take the longest known end as the last part: hytetyöpajassa is found by työpaja."""
    stemmed = stem(word, "fi")
    for start in range(2, len(word) - SHORTEST_TAIL + 1):
        readings = [r for r in _readings(word[start:]) if r[-1].word_class in {"Ln", "Ll", "Lnl", "Lt"}]
        if not readings:
            continue
        head, tail = word[:start], _known(word[start:], readings)
        ends = [Part(lemma, start, len(word)) for lemma in tail.lemmas]
        inner = [Part(part.base, part.start + start, part.end + start) for part in tail.parts]
        lemmas = dict.fromkeys([*(head + lemma for lemma in tail.lemmas), stemmed])
        heads = [Part(name, 0, start) for name in _names(head)]
        return Word(word, tuple(lemmas), (*heads, *ends, *inner))
    return Word(word, (stemmed,))
