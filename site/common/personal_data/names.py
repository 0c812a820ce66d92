"""Finding full names that stand near a municipality in a folded text."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from common.personal_data.wordlists import Span, part, pattern, words

_WORD = pattern("name", "word")
_SENTENCE = pattern("name", "sentence")
_BETWEEN = pattern("name", "between")
_BEFORE = re.compile(f"([{part('address')['letter']}.-]+)( |: ?)$")
_TITLE = pattern("name", "titles")
_CREDIT = pattern("name", "credits")
_AFTER = pattern("name", "after")
_APPOSITION = pattern("name", "apposition")
_NOT_A_NAME = pattern("name", "not_surnames")
_ACADEMY = pattern("name", "academy")
_CASE = pattern("name", "case")
_INNER_CASE = pattern("name", "inner")
_GIVEN = frozenset(words("name", "given"))
_SURNAMES = frozenset(words("name", "surnames"))
_GIVEN_AS_SURNAMES = frozenset(words("name", "given_as_surnames"))
_PLACES_AS_SURNAMES = frozenset(words("name", "places_as_surnames"))
_LONGER_PLACES = re.compile("|".join(part("name")["longer_places"]))
# Each stem of each municipality, with its name.
_PLACES = {stem: row.split("|")[0] for row in words("name", "places") for stem in row.split("|")}
_LONGEST_ENDING = 9
_LONGEST_TITLE = 40
_MOST_GIVEN = 3
_LONGEST_BETWEEN = 12


class _Word:
    """A capitalised word of the text and where it stands."""

    def __init__(self, found: re.Match[str]) -> None:
        # A name in capitals is a name too.
        self.text = found[0].title() if found[0].isupper() else found[0]
        self.start, self.end = found.span()

    def is_given(self) -> bool:
        return self.text in _GIVEN or self.text.split("-")[0] in _GIVEN


def full_names(text: str) -> Iterator[Span]:
    """Spans of a given name and a surname, where a municipality is named in the same or a neighbouring sentence.

    Names of those who act in public are left out: after or before a title, with a year, in a company's name.
    """
    capitalised = [_Word(found) for found in _WORD.finditer(text)]
    names = list(_names(text, capitalised))
    if not names:
        return
    ends = [found.end() for found in _SENTENCE.finditer(text)]
    local = {bisect_right(ends, place) for place in _places(text, capitalised, names)}
    for start, end in names:
        sentence = bisect_right(ends, start)
        if local & {sentence - 1, sentence, sentence + 1} and not _is_public(text, start, end):
            yield start, end


def _names(text: str, capitalised: list[_Word]) -> Iterator[Span]:
    at = 0
    while at < len(capitalised) - 1:
        last = _surname(text, capitalised, at)
        if last:
            yield capitalised[at].start, capitalised[last].end
        at = last + 1 if last else at + 1


def _surname(text: str, capitalised: list[_Word], first: int) -> int:
    """The place of the word that ends the name which begins here, or 0."""
    at = first + 1
    if not _are_together(text, capitalised, at):
        return 0
    if not capitalised[first].is_given():
        return at if capitalised[first].text in _SURNAMES and capitalised[at].text in _GIVEN else 0
    while at - first < _MOST_GIVEN and capitalised[at].text in _GIVEN and _are_together(text, capitalised, at + 1):
        at += 1
    return at if _may_be_surname(capitalised[at].text) else 0


def _are_together(text: str, capitalised: list[_Word], later: int) -> bool:
    if later >= len(capitalised):
        return False
    start, end = capitalised[later - 1].end, capitalised[later].start
    return end - start <= _LONGEST_BETWEEN and bool(_BETWEEN.match(text[start:end]))


def _may_be_surname(word: str) -> bool:
    if word in _GIVEN:
        return word in _GIVEN_AS_SURNAMES
    if len(word) < 3 or _NOT_A_NAME.match(word):
        return False
    place, ending = _place(word)
    return not place or (place in _PLACES_AS_SURNAMES and not _INNER_CASE.match(ending))


def _places(text: str, capitalised: list[_Word], names: list[Span]) -> Iterator[int]:
    """Where municipalities are named, in any case, outside the names of people and of universities and courts."""
    starts = [start for start, _end in names]
    for word in capitalised:
        name = bisect_right(starts, word.start) - 1
        is_outside = name < 0 or word.start >= names[name][1]
        is_place = is_outside and word.text not in _GIVEN and _place(word.text)[0]
        if is_place and not _ACADEMY.match(text, word.end):
            yield word.start
    for found in _LONGER_PLACES.finditer(text):
        yield found.start()


def _place(word: str) -> tuple[str, str]:
    """The municipality that the word names and the ending it has; ('', '') where it names none."""
    for length in range(min(_LONGEST_ENDING, len(word) - 1)):
        stem, ending = word[: len(word) - length], word[len(word) - length :]
        if stem in _PLACES and _CASE.match(ending):
            return _PLACES[stem], ending
    return "", ""


def _is_public(text: str, start: int, end: int) -> bool:
    before = _BEFORE.search(text[max(0, start - _LONGEST_TITLE) : start])
    if before and (_is_title(before[1]) if before[2] == " " else _CREDIT.match(before[1])):
        return True
    if _AFTER.match(text, end):
        return True
    apposition = _APPOSITION.match(text, end)
    return apposition is not None and any(map(_is_title, re.split("[ ,]+", apposition[1])))


def _is_title(word: str) -> bool:
    return bool(_TITLE.search(word) or _TITLE.search(word.lower()))
