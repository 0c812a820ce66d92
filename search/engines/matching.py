"""From a query to FTS5 expressions in tiers: the documents of an earlier tier come first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from search.engines import spelling
from search.engines.schema import WHOLE_LEMMA
from search.engines.wanted import AskUnseen, Wanted, near, of_index, phrase, quoted, want
from search.engines.words import WordTable
from search.query import Query
from search.tokens import fold

_MOST_FOLDED = 5
# A word in more than this share of the documents finds nothing alone when the query has others.
_COMMON = 0.4
_FEWEST_COMMON = 20


@dataclass(frozen=True, slots=True)
class Tier:
    """What FTS5 is asked, and which typed words it replaces by which."""

    expression: str
    corrections: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask in turn, and what to highlight."""

    tiers: tuple[Tier, ...]
    wanted: tuple[Wanted, ...]


def plan(query: Query, table: WordTable, documents: int, ask: AskUnseen) -> Plan:
    """Lay out the tiers: all words, then with unknown ones replaced, then any word, then the last resorts."""
    typed = [want(word, table, ask) for word in query.words]
    choices = [[word] if word.count else _instead(word, table) or [word] for word in typed]
    best = [options[0] for options in choices]
    common = max(documents * _COMMON, _FEWEST_COMMON)
    rare = [word for word in best if word.count <= common] or best
    phrases = [*map(phrase, query.phrases)]
    tiers = []
    for place in range(max((len(options) for options in choices), default=1)):
        chosen = [options[min(place, len(options) - 1)] for options in choices]
        tiers.append(_tier([*(word.expression() for word in chosen), *phrases], " AND ", typed, chosen))
    renamed = _renamed(query, typed, best, table, ask)
    if renamed:
        # Before what is mistyped: a word that the index lacks may still be known by another name.
        tiers.insert(1 if best == typed else 0, renamed.tier)
    if len(best) + len(phrases) > 1:
        tiers.append(_tier([*(word.expression() for word in rare), *phrases], " OR ", typed, best))
    resorts = [(word, resort) for word in typed for resort in _last_resorts(word, table)]
    tiers += [_tier([resort.expression()], "", [word], [resort]) for word, resort in resorts]
    exclude = " OR ".join(_excluded(words, table, ask) for words in query.excluded)
    if exclude:
        tiers = [replace(tier, expression=f"({tier.expression}) NOT ({exclude})") for tier in tiers]
    others = [word for options in choices for word in options[1:]]
    # The small words of a long name would be marked everywhere.
    named = [word for word in renamed.words if word.count <= common / 2] if renamed else []
    return Plan(tuple(tiers), (*rare, *others, *named, *(resort for _word, resort in resorts)))


@dataclass(frozen=True, slots=True)
class Renamed:
    """The query with every name extended by its alternatives, and the words of those."""

    tier: Tier
    words: tuple[Wanted, ...]


def _renamed(query: Query, typed: list[Wanted], best: list[Wanted], table: WordTable, ask: AskUnseen) -> Renamed | None:
    """Extend neighbouring words that are a name by what else it may be called; None where none is."""
    expressions: list[str] = []
    words: list[Wanted] = []
    rest = dict(enumerate(best))
    for name, others in query.alternatives:
        first = next(i for i in range(len(typed)) if query.words[i : i + len(name)] == name)
        for place in range(first, first + len(name)):
            rest.pop(place, None)
        wanted = [[want(word, table, ask) for word in other] for other in others]
        words += [word for other in wanted for word in other]
        either = [_all(typed[first : first + len(name)])]
        either += [near(other) if len(other) > 1 else other[0].expression() for other in wanted]
        expressions.append(f"({' OR '.join(f'({one})' for one in either if one)})")
    tier = _tier(
        [*expressions, *(word.expression() for word in rest.values()), *map(phrase, query.phrases)],
        " AND ",
        [typed[place] for place in rest],
        rest.values(),
    )
    return Renamed(tier, tuple(words)) if expressions else None


def _all(words: Iterable[Wanted]) -> str:
    return " AND ".join(word.expression() for word in words)


def _tier(expressions: Iterable[str], joined_by: str, typed: Iterable[Wanted], used: Iterable[Wanted]) -> Tier:
    pairs = zip(typed, used, strict=True)
    return Tier(
        joined_by.join(expressions), {asked.typed: shown.typed for asked, shown in pairs if shown.typed != asked.typed}
    )


def _excluded(words: tuple[str, ...], table: WordTable, ask: AskUnseen) -> str:
    """An excluded word takes its inflected forms along, but not the compounds it is part of."""
    if len(words) > 1:
        return phrase(words)
    word = want(words[0], table, ask)
    lemmas = [f"{WHOLE_LEMMA} : {quoted(term)}" for term in word.terms]
    return " OR ".join([phrase(words), *lemmas])


def _instead(word: Wanted, table: WordTable) -> list[Wanted]:
    """What to ask for in place of a word that the index lacks: its parts, then near words, one a base form."""
    parts = [Wanted(" ".join(part[0] for part in word.parts), (), (), word.parts)] if len(word.parts) > 1 else []
    found: dict[tuple[str, ...], Wanted] = {}
    for suggestion in spelling.suggest(table.connection, table.generation, word.typed, table.frequency):
        meant = of_index(suggestion.term, table)
        found.setdefault(meant.terms or meant.surfaces, meant)
        if len(found) == spelling.MOST_SUGGESTIONS:
            break
    return [*parts, *found.values()]


def _last_resorts(word: Wanted, table: WordTable) -> list[Wanted]:
    """Words that differ by umlauts alone; for unknown words, those that begin alike."""
    rows = table.connection.execute(
        f"SELECT term FROM terms_{table.generation} WHERE folded = ? AND term <> ? LIMIT ?",
        (fold(word.typed), word.typed, _MOST_FOLDED),
    ).fetchall()
    resorts = [of_index(term, table) for (term,) in rows]
    resorts = [resort for resort in resorts if not set(resort.terms) <= set(word.terms)]
    if not word.count and len(word.typed) > 2:
        resorts.append(replace(word, prefix=True))
    return resorts
