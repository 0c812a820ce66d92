"""From a query to what is asked of an index, in tiers: the documents of an earlier tier come first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from search.analysis import stem
from search.engines import compounds
from search.engines.asking import All, Any, Clause, Field, Lexicon, Plan, Term, Tier, Without, Words
from search.engines.choosing import Within, choose
from search.engines.wanted import AskUnseen, Wanted, near, of_index, want
from search.query import Query
from search.tokens import fold

# A word in more than this share of the documents finds nothing alone when the query has others.
_COMMON = 0.4
_FEWEST_COMMON = 20
# What one asks with says nothing of what about: it leads to texts that ask too.
_ASKING = frozenset(
    "miten kuinka mistä missä mihin minne milloin koska miksi mikä mitä mitkä kuka ketkä kenelle keneltä kenen paljonko"
    " hur var vart varför när vem vilken vilket vilka vad how what where when why which whom whose".split()
)
# Each is a question of its own to the index, and the last to be asked.
_MOST_RESORTS = 12


def plan(query: Query, lexicon: Lexicon, ask: AskUnseen, language: str) -> Plan:
    """Lay out the tiers: all words, then with unknown ones replaced, then any word, then the last resorts.

    `language` is the reader's.
    """
    query, asking = _without_asking(query)
    typed = want(query.words, lexicon, ask)
    common = max(lexicon.documents() * _COMMON, _FEWEST_COMMON)
    within = Within(language, common, len(query.words) == 1 and not query.phrases)
    query, choices = choose(query, typed, lexicon, ask, within)
    best = [options[0] for options in choices]
    rare = [word for word in best if word.count <= common] or best
    phrases = [*map(Words, query.phrases)]
    tiers = [*_with_all(query, typed, choices, asking)]
    longer = _longer(best, lexicon) if language == compounds.LANGUAGE and not query.exact else {}
    if longer:
        tiers.insert(1, _in_compounds(query, typed, best, longer))
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
    others = [*(word for options in choices for word in options[1:]), *longer.values()]
    # The small words of a long name would be marked everywhere.
    names = [tuple(word for word in name if word.count <= common / 2) for name in (renamed.names if renamed else ())]
    named = [name[0] for name in names if len(name) == 1]
    highlighted = (*rare, *others, *named, *(resort for _word, resort in resorts))
    return Plan(tuple(tiers), highlighted, tuple(name for name in names if len(name) > 1), _missing(query, typed, best))


def _with_all(query: Query, typed: list[Wanted], choices: list[list[Wanted]], asking: int) -> Iterator[Tier]:
    """Ask for all words, each as the best that it may be, then as the next best …; a title may be the very question."""
    for place in range(max((len(options) for options in choices), default=1)):
        chosen = [options[min(place, len(options) - 1)] for options in choices]
        length = sum(word.length() for word in chosen) + sum(map(len, query.phrases))
        yield _tier([*_each(chosen), *map(Words, query.phrases)], typed, chosen, {length, length + asking})


def _longer(words: Iterable[Wanted], lexicon: Lexicon) -> dict[str, Wanted]:
    """The Swedish compounds that end in the words, by word."""
    found = {word.typed: compounds.ending_in(word, lexicon) for word in words}
    return {word: longer for word, longer in found.items() if longer}


def _in_compounds(query: Query, typed: list[Wanted], best: list[Wanted], longer: Mapping[str, Wanted]) -> Tier:
    """Ask for all words, of which some may be the end of a compound."""
    either = [
        Any((word.asked(), longer[word.typed].asked())) if word.typed in longer else word.asked() for word in best
    ]
    return _tier([*either, *map(Words, query.phrases)], typed, best, ())


def _missing(query: Query, typed: list[Wanted], best: list[Wanted]) -> tuple[str, ...]:
    """Words that the index lacks, that nothing is asked for in place of, and that no name holds."""
    named = {word for name, _others in query.alternatives for word in name}
    return tuple(
        word.typed
        for word, meant in zip(typed, best, strict=True)
        if not word.count and meant is word and word.typed not in named
    )


def _without_asking(query: Query) -> tuple[Query, int]:
    """Leave out the words that only ask, unless there are no others; and tell how many they were."""
    words = tuple(word for word in query.words if word not in _ASKING)
    asking = len(query.words) - len(words)
    if not asking or query.exact or not (words or query.phrases):
        return query, 0
    alternatives = tuple((name, others) for name, others in query.alternatives if _ASKING.isdisjoint(name))
    return replace(query, words=words, alternatives=alternatives), asking


@dataclass(frozen=True, slots=True)
class Renamed:
    """The query with every name extended by its alternatives, and those."""

    tier: Tier
    names: tuple[tuple[Wanted, ...], ...]
    # Whether slips in the names themselves were mended.
    is_mended: bool


def _renamed(query: Query, typed: list[Wanted], best: list[Wanted], lexicon: Lexicon, ask: AskUnseen) -> Renamed | None:
    """Extend neighbouring words that are a name by what else it may be called; None where none is."""
    asked: list[Clause] = []
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
        named = [_spelled(typed[place], best[place], query) for place in places]
        for place in places:
            rest.pop(place, None)
        changed |= _changed([typed[place] for place in places], named)
        either: list[Clause] = [All(_each(named))]
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


def _spelled(typed: Wanted, meant: Wanted, query: Query) -> Wanted:
    """A name may be known in spite of a slip in its ending, or anywhere, which is then mended like any other."""
    is_slip = any((typed.typed, meant.typed) == (word, name) for word, name, _others in query.mistyped)
    return meant if is_slip or stem(typed.typed, "fi") == stem(meant.typed, "fi") else typed


def _together(words: Sequence[Wanted]) -> Clause | None:
    return near(words) if len(words) > 1 else words[0].asked()


def _each(words: Iterable[Wanted]) -> tuple[Clause, ...]:
    return tuple(word.asked() for word in words)


def _tier(asked: Sequence[Clause], typed: Iterable[Wanted], used: Iterable[Wanted], lengths: Iterable[int]) -> Tier:
    return Tier(asked[0] if len(asked) == 1 else All(tuple(asked)), _changed(typed, used), frozenset(lengths))


def _changed(typed: Iterable[Wanted], used: Iterable[Wanted]) -> dict[str, str]:
    pairs = zip(typed, used, strict=True)
    return {asked.typed: shown.typed for asked, shown in pairs if shown.typed != asked.typed}


def _excluded(words: tuple[str, ...], lexicon: Lexicon, ask: AskUnseen) -> list[Clause]:
    """An excluded word takes its inflected forms along, but not the compounds it is part of."""
    if len(words) > 1:
        return [Words(words)]
    (word,) = want(words, lexicon, ask)
    return [Words(words), *(Term(Field.WHOLE, term) for term in word.terms)]


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
