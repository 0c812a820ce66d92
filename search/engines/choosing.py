"""What is asked for in the place of each typed word: itself, or where the index lacks it what may have been meant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from search.engines import compounds, spelling
from search.engines.asking import Lexicon
from search.engines.wanted import AskUnseen, Wanted, of_index, want
from search.query import Query

# A shorter part of a compound says little of it.
_LONG_PART = 6
# Each costs a journey to whoever has the dictionary.
_MOST_FORMS = 8
# A compound that nobody has written may be a slip for one that so many times as many documents hold.
_SHORTEST_MADE_UP = 8
_MORE_OFTEN = 3


@dataclass(frozen=True, slots=True)
class Within:
    """What a typed word stands in: the reader's language, in how many documents a word is common, whether it is all."""

    language: str
    common: float
    is_alone: bool


def choose(
    query: Query, typed: Sequence[Wanted], lexicon: Lexicon, ask: AskUnseen, within: Within
) -> tuple[Query, list[list[Wanted]]]:
    """Return for each typed word what to ask for, best first.

    Of the returned query's names those are names of it too that were only mistyped.
    """
    if query.exact:
        return query, [[word] for word in typed]
    choices, names = [], []
    for word in typed:
        options = _rather(word, lexicon) if word.count else _instead(word, lexicon, ask, within)
        meant = None if word.count or word.is_base else _nearly(word.typed, query, options)
        if meant:
            name, others = meant
            # No text has it: what is found has what else it is called.
            options = [Wanted(name, (name,), (name,))]
            names.append(((word.typed,), others))
        choices.append(options or [word])
    return replace(query, alternatives=(*query.alternatives, *names)), choices


def _nearly(typed: str, query: Query, options: Sequence[Wanted]) -> tuple[str, tuple[tuple[str, ...], ...]] | None:
    """The name that the word is a slip for, unless a word of the index is as near."""
    for word, name, others in query.mistyped:
        far = spelling.distance(typed, name)
        if word == typed and all(spelling.distance(typed, option.typed) > far for option in options):
            return name, others
    return None


def _rather(word: Wanted, lexicon: Lexicon) -> list[Wanted]:
    """What was meant by a compound that the dictionary puts together but nobody has written.

    The index knows it only as another reading of some word: kokemusasiantunti of kokemusasiantuntijoille.
    """
    if word.is_written or not word.parts or len(word.typed) < _SHORTEST_MADE_UP:
        return []
    near_ones = [near.term for near in spelling.suggest(lexicon, word.typed) if _is_likelier(near, word)]
    others = [meant for meant in of_index(near_ones, lexicon) if not {*meant.terms} & {*word.terms}]
    return [*others[:1], word] if others else []


def _is_likelier(near: spelling.NearWord, word: Wanted) -> bool:
    return near.frequency >= _MORE_OFTEN * word.count and spelling.is_one_slip(word.typed, near.term)


def _instead(word: Wanted, lexicon: Lexicon, ask: AskUnseen, within: Within) -> list[Wanted]:
    """What to ask for in place of a word that the index lacks: its parts, then near words, one a base form.

    Where none is near, a form that the index lacks may have been typed without umlauts. Of a compound that is all that
    was typed, one part is better than nothing.
    """
    known = lexicon.frequencies({base for part in word.parts for base in part})
    parts = []
    if len(word.parts) > 1 and all(any(known.get(base) for base in part) for part in word.parts):
        parts = [Wanted(" ".join(part[0] for part in word.parts), (), (), word.parts)]
    elif within.language == compounds.LANGUAGE and (two := compounds.taken_apart(word, lexicon)):
        parts = [two]
    found: dict[tuple[str, ...], Wanted] = {}
    farthest = spelling.LIKELIEST if word.is_base else spelling.FARTHEST
    near_ones = [near for near in spelling.suggest(lexicon, word.typed) if near.distance <= farthest]
    terms = [near.term for near in near_ones if near.frequency <= within.common]
    for meant in of_index(_not_foreign(word.typed, terms, lexicon, within.language), lexicon):
        found.setdefault(meant.terms or meant.surfaces, meant)
        if len(found) == spelling.MOST_SUGGESTIONS:
            break
    others = [*found.values()] or _with_umlauts(word, lexicon, ask)
    if within.is_alone and not others:
        others = _longest_part(word, known, within.common)
    return [*parts, *others]


def _with_umlauts(word: Wanted, lexicon: Lexicon, ask: AskUnseen) -> list[Wanted]:
    """A form that the index lacks of a word that it has, typed without umlauts."""
    if word.parts or word.is_base:
        return []
    forms = want(islice(spelling.with_umlauts(word.typed), _MOST_FORMS), lexicon, ask)
    return [form for form in forms if form.count][:1]


def _longest_part(word: Wanted, known: Mapping[str, int], common: float) -> list[Wanted]:
    """The longest part of a compound that the index has: two of them need not stand anywhere together."""
    held = [part for part in word.parts if 0 < max(known.get(base, 0) for base in part) <= common]
    longest = max(held, key=lambda part: len(part[0]), default=("",))
    return [Wanted(longest[0], (), (), (longest,))] if len(longest[0]) >= _LONG_PART else []


def _not_foreign(typed: str, terms: Sequence[str], lexicon: Lexicon, language: str) -> list[str]:
    """Leave out words of other languages than the reader's, unless a single slip in a long word makes them of it."""
    words = lexicon.words(set(terms)) if terms else {}
    return [
        term
        for term in terms
        if (len(typed) > spelling.SHORT and spelling.is_one_slip(typed, term))
        # A base form that is nowhere written as such is Finnish: those of other languages are not told.
        or language in ([of for of, word in words if word == term] or ["fi"])
    ]
