"""From a query to what is asked of an index, in tiers: the documents of an earlier tier come first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from search.analysis import stem
from search.engines import spelling
from search.engines.asking import All, Any, Asked, Field, Lexicon, Plan, Term, Tier, Without, Words
from search.engines.wanted import AskUnseen, Wanted, near, of_index, want
from search.query import Query
from search.tokens import fold

# A word in more than this share of the documents finds nothing alone when the query has others.
_COMMON = 0.4
_FEWEST_COMMON = 20
# A shorter part of a compound says little of it.
_LONG_PART = 6
# Each costs a journey to whoever has the dictionary.
_MOST_FORMS = 8
# Each is a question of its own to the index, and the last to be asked.
_MOST_RESORTS = 12


@dataclass(frozen=True, slots=True)
class Within:
    """What a typed word stands in: the reader's language, in how many documents a word is common, whether it is all."""

    language: str
    common: float
    is_alone: bool


def plan(query: Query, lexicon: Lexicon, ask: AskUnseen, language: str) -> Plan:
    """Lay out the tiers: all words, then with unknown ones replaced, then any word, then the last resorts.

    `language` is the reader's.
    """
    typed = want(query.words, lexicon, ask)
    common = max(lexicon.documents() * _COMMON, _FEWEST_COMMON)
    alone = len(query.words) == 1 and not query.phrases
    meant = [
        [] if word.count or query.exact else _instead(word, lexicon, ask, Within(language, common, alone))
        for word in typed
    ]
    choices = [options or [word] for word, options in zip(typed, meant, strict=True)]
    best = [options[0] for options in choices]
    rare = [word for word in best if word.count <= common] or best
    phrases = [*map(Words, query.phrases)]
    tiers = []
    for place in range(max((len(options) for options in choices), default=1)):
        chosen = [options[min(place, len(options) - 1)] for options in choices]
        length = sum(word.length() for word in chosen) + sum(map(len, query.phrases))
        tiers.append(_tier([*_each(chosen), *phrases], typed, chosen, {length}))
    renamed = _renamed(query, typed, best, lexicon, ask)
    if renamed:
        # Before what is mistyped: a word that the index lacks may still be known by another name.
        tiers.insert(1 if best == typed or renamed.is_mended else 0, renamed.tier)
    if len(best) + len(phrases) > 1:
        tiers.append(Tier(Any((*_each(rare), *phrases)), _changed(typed, best)))
    resorts = [] if query.exact else [*islice(_resorts(typed, lexicon), _MOST_RESORTS)]
    tiers += [_tier([resort.asked()], [word], [resort], {1} if len(typed) == 1 else ()) for word, resort in resorts]
    excluded = [part for words in query.excluded for part in _excluded(words, lexicon, ask)]
    if excluded:
        tiers = [replace(tier, asked=Without(tier.asked, Any(tuple(excluded)))) for tier in tiers]
    others = [word for options in choices for word in options[1:]]
    # The small words of a long name would be marked everywhere.
    names = [tuple(word for word in name if word.count <= common / 2) for name in (renamed.names if renamed else ())]
    named = [name[0] for name in names if len(name) == 1]
    highlighted = (*rare, *others, *named, *(resort for _word, resort in resorts))
    return Plan(tuple(tiers), highlighted, tuple(name for name in names if len(name) > 1))


@dataclass(frozen=True, slots=True)
class Renamed:
    """The query with every name extended by its alternatives, and those."""

    tier: Tier
    names: tuple[tuple[Wanted, ...], ...]
    # Whether slips in the names themselves were mended.
    is_mended: bool


def _renamed(query: Query, typed: list[Wanted], best: list[Wanted], lexicon: Lexicon, ask: AskUnseen) -> Renamed | None:
    """Extend neighbouring words that are a name by what else it may be called; None where none is."""
    asked: list[Asked] = []
    names: list[tuple[Wanted, ...]] = []
    changed: dict[str, str] = {}
    lengths = {sum(map(len, query.phrases))}
    rest = dict(enumerate(best))
    # One journey to the index for the words of all names.
    want([word for _name, others in query.alternatives for other in others for word in other], lexicon, ask)
    for name, others in query.alternatives:
        first = next(i for i in range(len(typed)) if query.words[i : i + len(name)] == name)
        wanted = [want(other, lexicon, ask) for other in others]
        names += map(tuple, wanted)
        places = range(first, first + len(name))
        named = [_spelled(typed[place], best[place]) for place in places]
        for place in places:
            rest.pop(place, None)
        changed |= _changed([typed[place] for place in places], named)
        either: list[Asked] = [All(_each(named))]
        either += [one for one in map(_together, wanted) if one]
        asked.append(Any(tuple(either)))
        lengths = {length + size for length in lengths for size in {len(name), *map(len, others)}}
    if not asked:
        return None
    left = sum(word.length() for word in rest.values())
    tier = _tier(
        [*asked, *_each(rest.values()), *map(Words, query.phrases)],
        [typed[place] for place in rest],
        rest.values(),
        {left + length for length in lengths},
    )
    return Renamed(replace(tier, corrections={**tier.corrections, **changed}), tuple(names), bool(changed))


def _spelled(typed: Wanted, meant: Wanted) -> Wanted:
    """A name may be known in spite of a slip in its ending, which is then mended like any other."""
    return meant if stem(typed.typed, "fi") == stem(meant.typed, "fi") else typed


def _together(words: Sequence[Wanted]) -> Asked | None:
    return near(words) if len(words) > 1 else words[0].asked()


def _each(words: Iterable[Wanted]) -> tuple[Asked, ...]:
    return tuple(word.asked() for word in words)


def _tier(asked: Sequence[Asked], typed: Iterable[Wanted], used: Iterable[Wanted], lengths: Iterable[int]) -> Tier:
    return Tier(asked[0] if len(asked) == 1 else All(tuple(asked)), _changed(typed, used), frozenset(lengths))


def _changed(typed: Iterable[Wanted], used: Iterable[Wanted]) -> dict[str, str]:
    pairs = zip(typed, used, strict=True)
    return {asked.typed: shown.typed for asked, shown in pairs if shown.typed != asked.typed}


def _excluded(words: tuple[str, ...], lexicon: Lexicon, ask: AskUnseen) -> list[Asked]:
    """An excluded word takes its inflected forms along, but not the compounds it is part of."""
    if len(words) > 1:
        return [Words(words)]
    (word,) = want(words, lexicon, ask)
    return [Words(words), *(Term(Field.WHOLE, term) for term in word.terms)]


def _instead(word: Wanted, lexicon: Lexicon, ask: AskUnseen, within: Within) -> list[Wanted]:
    """What to ask for in place of a word that the index lacks: its parts, then near words, one a base form.

    Where none is near, a form that the index lacks may have been typed without umlauts. Of a compound that is all that
    was typed, one part is better than nothing.
    """
    known = lexicon.frequencies({base for part in word.parts for base in part})
    parts = []
    if len(word.parts) > 1 and all(any(known.get(base) for base in part) for part in word.parts):
        parts = [Wanted(" ".join(part[0] for part in word.parts), (), (), word.parts)]
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


def _resorts(typed: Iterable[Wanted], lexicon: Lexicon) -> Iterator[tuple[Wanted, Wanted]]:
    for word in typed:
        yield from ((word, resort) for resort in _last_resorts(word, lexicon))


def _last_resorts(word: Wanted, lexicon: Lexicon) -> list[Wanted]:
    """Words that differ by umlauts alone; for unknown words, those that begin alike."""
    terms = [term for term in lexicon.folded_like(fold(word.typed)) if term != word.typed]
    resorts = [resort for resort in of_index(terms, lexicon) if not set(resort.terms) <= set(word.terms)]
    if not word.count and len(word.typed) > 2:
        resorts.append(replace(word, prefix=True))
    return resorts
