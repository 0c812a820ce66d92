"""From a query to FTS5 expressions in tiers: the documents of an earlier tier come first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from search import analysis
from search.analysis import Word
from search.engines import spelling
from search.engines.schema import LEMMA, SURFACE
from search.engines.words import WordTable
from search.query import Query
from search.tokens import fold

# Asks whoever has the dictionary; None: no answer in time.
AskUnseen = Callable[[str], Word | None]
_MOST_FOLDED = 5
# A word in more than this share of the documents finds nothing alone when the query has others.
_COMMON = 0.4


@dataclass(frozen=True, slots=True)
class Wanted:
    """A typed word: the written forms and the base forms and stems that it is found by."""

    typed: str
    surfaces: tuple[str, ...]
    terms: tuple[str, ...]
    prefix: bool = False

    def expression(self) -> str:
        """Write the word for FTS5's MATCH."""
        wanted = [f"{SURFACE} : {_quoted(surface)}" for surface in self.surfaces]
        wanted += [f"{SURFACE} : {_quoted(self.typed)} *"] if self.prefix else []
        wanted += [f"{LEMMA} : {_quoted(term)}" for term in self.terms]
        return f"({' OR '.join(wanted)})"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask in turn, what to highlight, and which words were replaced by which."""

    tiers: tuple[str, ...]
    wanted: tuple[Wanted, ...]
    corrections: dict[str, str]


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _phrase(words: Iterable[str]) -> str:
    return f"({SURFACE} : {_quoted(' '.join(words))})"


def want(word: str, table: WordTable, ask: AskUnseen) -> Wanted:
    """Look a typed word up in every language: the query's own isn't known."""
    terms: dict[str, None] = {}
    for language in analysis.LANGUAGES:
        found = table.get(word, language)
        if found is None and language == "fi":
            found = ask(word)
        if found is None and language == "fi":
            # Without a dictionary the word may itself be a base form, or have kin in the index.
            kin = table.of_same_stem(word, language)
            terms.update(dict.fromkeys([word, *(lemma for other in kin for lemma in other.lemmas)]))
        found = found or analysis.stand_in(word, language)
        terms.update(dict.fromkeys(found.lemmas))
    return Wanted(word, (word,), tuple(terms))


def plan(query: Query, table: WordTable, documents: int, ask: AskUnseen) -> Plan:
    """Lay out the tiers: all words, then with mistyped ones replaced, then any word, then the last resorts."""
    typed = [want(word, table, ask) for word in query.words]
    counts = [_frequency(word, table) for word in typed]
    choices = [
        [word] if count else _suggestions(word, table) or [word] for word, count in zip(typed, counts, strict=True)
    ]
    best = [options[0] for options in choices]
    phrases = [_phrase(words) for words in query.phrases]
    tiers = [_all(best, phrases)]
    for place in range(1, max((len(options) for options in choices), default=0)):
        tiers.append(_all([options[min(place, len(options) - 1)] for options in choices], phrases))
    if len(best) + len(phrases) > 1:
        rare = [w for w, count in zip(best, counts, strict=True) if count <= documents * _COMMON] or best
        tiers.append(" OR ".join([*(word.expression() for word in rare), *phrases]))
    resorts = [
        resort for word, count in zip(typed, counts, strict=True) for resort in _last_resorts(word, count, table)
    ]
    tiers += [word.expression() for word in resorts]
    exclude = " OR ".join(_excluded(words, table, ask) for words in query.excluded)
    return Plan(
        tuple(f"({tier}) NOT ({exclude})" if exclude else tier for tier in tiers),
        (*best, *(word for options in choices for word in options[1:]), *resorts),
        {
            word.typed: options[0].typed
            for word, options in zip(typed, choices, strict=True)
            if options[0].typed != word.typed
        },
    )


def _all(words: Sequence[Wanted], phrases: Sequence[str]) -> str:
    return " AND ".join([*(word.expression() for word in words), *phrases])


def _excluded(words: tuple[str, ...], table: WordTable, ask: AskUnseen) -> str:
    """An excluded word takes its inflected forms along, but not the compounds it is part of."""
    if len(words) > 1:
        return _phrase(words)
    word = want(words[0], table, ask)
    lemmas = [f"{{title_lemma lemma}} : {_quoted(term)}" for term in word.terms]
    return " OR ".join([_phrase(words), *lemmas])


def _frequency(word: Wanted, table: WordTable) -> int:
    return max(map(table.frequency, (*word.surfaces, *word.terms)))


def _suggestions(word: Wanted, table: WordTable) -> list[Wanted]:
    """Near words of the index, one for each base form, at most five."""
    found: dict[tuple[str, ...], Wanted] = {}
    near = spelling.suggest(table.connection, table.generation, word.typed, table.frequency)
    for suggestion in near:
        meant = _of_index(suggestion.term, table)
        found.setdefault(meant.terms or meant.surfaces, meant)
        if len(found) == spelling.MOST_SUGGESTIONS:
            break
    return list(found.values())


def _of_index(term: str, table: WordTable) -> Wanted:
    """Turn a term of the index, a written word or a base form, to what it finds."""
    words = [table.get(term, language) for language in (*analysis.LANGUAGES, "")]
    lemmas = dict.fromkeys(lemma for word in words if word for lemma in word.lemmas)
    return Wanted(term, (term,), tuple(lemmas) or (term,))


def _last_resorts(word: Wanted, count: int, table: WordTable) -> list[Wanted]:
    """Words that differ by umlauts alone; for unknown words, those that begin alike."""
    rows = table.connection.execute(
        f"SELECT term FROM terms_{table.generation} WHERE folded = ? AND term <> ? LIMIT ?",
        (fold(word.typed), word.typed, _MOST_FOLDED),
    ).fetchall()
    resorts = [_of_index(term, table) for (term,) in rows]
    resorts = [resort for resort in resorts if not set(resort.terms) <= set(word.terms)]
    if not count and len(word.typed) > 2:
        resorts.append(replace(word, prefix=True))
    return resorts
