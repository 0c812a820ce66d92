"""Swedish compounds, for which there is no dictionary here: taken apart into words that the index itself knows.

Socialarbete is social and arbete where both are words of some text. Both are looked for by their stems, so the form in
which a word begins a compound (skol- of skola, arbets- of arbete) need not be known.
"""

from collections.abc import Iterable, Iterator

from search.analysis import stems
from search.engines.asking import Lexicon
from search.engines.wanted import Wanted

LANGUAGE = "sv"
_MARK = f"{LANGUAGE}#"
# Letters of the last word's stem and of the first word: shorter ones end and begin words by chance.
_SHORTEST_END = 4
_SHORTEST_START = 3
_MOST_COMPOUNDS = 20


def endings(stem: str) -> Iterator[str]:
    """The ends of a marked stem by which it may be found as a compound: none of another language."""
    if stem.startswith(_MARK):
        letters = stem.removeprefix(_MARK)
        for place in range(_SHORTEST_START, len(letters) - _SHORTEST_END + 1):
            yield letters[place:]


def ending_in(word: Wanted, lexicon: Lexicon) -> Wanted | None:
    """What finds the compounds of which the word is the last part; None where the index has none."""
    ends = {term.removeprefix(_MARK) for term in word.terms if term.startswith(_MARK)}
    ends = {end for end in ends if len(end) >= _SHORTEST_END}
    found = {
        (lemma.removeprefix(_MARK).removesuffix(end), lemma)
        for longer in (lexicon.ending_in(ends) if ends else ())
        for lemma in longer.lemmas
        for end in ends
        if lemma.startswith(_MARK) and lemma.endswith(end)
    }
    starts = {start: _stems_of_start(start) for start, _lemma in found if len(start) >= _SHORTEST_START}
    counts = lexicon.frequencies({stem for each in starts.values() for stem in each}) if starts else {}
    known = {start for start, each in starts.items() if any(counts.get(stem) for stem in each)}
    terms = sorted({lemma for start, lemma in found if start in known} - {*word.terms})
    return Wanted(word.typed, (word.typed,), tuple(terms[:_MOST_COMPOUNDS])) if terms else None


def taken_apart(word: Wanted, lexicon: Lexicon) -> Wanted | None:
    """The two words of a compound that the index lacks, the last one the longest; None where it has not both."""
    places = range(_SHORTEST_START, len(word.typed) - _SHORTEST_END + 1)
    halves = [(word.typed[:place], word.typed[place:]) for place in places]
    parts = {half: (_stems_of_start(half[0]), set(stems(half[1], LANGUAGE))) for half in halves}
    counts = lexicon.frequencies({stem for both in parts.values() for stem in set().union(*both)}) if parts else {}
    for half, both in parts.items():
        held = [tuple(stem for stem in sorted(each) if counts.get(stem)) for each in both]
        if all(held):
            return Wanted(" ".join(half), (), (), tuple(held))
    return None


def _stems_of_start(start: str) -> set[str]:
    """With and without the s that joins: arbetsgrupp, but busskort."""
    return {stem for form in _joined(start) for stem in stems(form, LANGUAGE)}


def _joined(start: str) -> Iterable[str]:
    return (start, start[:-1]) if start.endswith("s") and len(start) > _SHORTEST_START else (start,)
