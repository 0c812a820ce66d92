"""From a query to FTS5 expressions in tiers: the documents of an earlier tier come first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

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
    # The parts of a compound of the dictionary, each with its base forms.
    parts: tuple[tuple[str, ...], ...] = ()
    prefix: bool = False
    # The number of documents that hold the word, about.
    count: int = 0

    def expression(self) -> str:
        """Write the word for FTS5's MATCH; one without written forms asks for each of its parts."""
        if not self.surfaces:
            return f"({' AND '.join(_any(part) for part in self.parts)})"
        wanted = [f"{SURFACE} : {_quoted(surface)}" for surface in self.surfaces]
        wanted += [f"{SURFACE} : {_quoted(self.typed)} *"] if self.prefix else []
        wanted += [f"{LEMMA} : {_quoted(term)}" for term in self.terms]
        return f"({' OR '.join(wanted)})"

    def all_terms(self) -> tuple[str, ...]:
        """Everything that a document found by this word may be highlighted by."""
        return self.terms if self.surfaces else tuple(term for part in self.parts for term in part)


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


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _any(terms: Iterable[str]) -> str:
    return f"({' OR '.join(f'{LEMMA} : {_quoted(term)}' for term in terms)})"


def _phrase(words: Iterable[str]) -> str:
    return f"({SURFACE} : {_quoted(' '.join(words))})"


def want(word: str, table: WordTable, ask: AskUnseen) -> Wanted:
    """Look a typed word up in every language: the query's own isn't known."""
    terms: dict[str, None] = {}
    parts: tuple[tuple[str, ...], ...] = ()
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
        parts = _split(found, table) if language == "fi" else parts
    return Wanted(word, (word,), tuple(terms), parts, count=max(map(table.frequency, {word, *terms})))


def _split(word: Word, table: WordTable) -> tuple[tuple[str, ...], ...]:
    """Take a compound apart into the longest parts that the index holds; not one that was only guessed."""
    parts: list[tuple[str, ...]] = []
    place = 0
    while not any("#" in lemma for lemma in word.lemmas):
        bases: dict[int, list[str]] = {}
        for part in word.parts:
            if part.start == place:
                bases.setdefault(part.end, []).append(part.base)
        if not bases:
            break
        held = [end for end, names in bases.items() if any(map(table.frequency, names))]
        place = max(held) if held else min(bases)
        parts.append(tuple(bases[place]))
    return tuple(parts)


def plan(query: Query, table: WordTable, documents: int, ask: AskUnseen) -> Plan:
    """Lay out the tiers: all words, then with unknown ones replaced, then any word, then the last resorts."""
    typed = [want(word, table, ask) for word in query.words]
    choices = [[word] if word.count else _instead(word, table) or [word] for word in typed]
    best = [options[0] for options in choices]
    rare = [word for word in best if word.count <= documents * _COMMON] or best
    phrases = [_phrase(words) for words in query.phrases]
    tiers = []
    for place in range(max((len(options) for options in choices), default=1)):
        chosen = [options[min(place, len(options) - 1)] for options in choices]
        tiers.append(_tier([*(word.expression() for word in chosen), *phrases], " AND ", typed, chosen))
    if len(best) + len(phrases) > 1:
        tiers.append(_tier([*(word.expression() for word in rare), *phrases], " OR ", typed, best))
    resorts = [(word, resort) for word in typed for resort in _last_resorts(word, table)]
    tiers += [_tier([resort.expression()], "", [word], [resort]) for word, resort in resorts]
    exclude = " OR ".join(_excluded(words, table, ask) for words in query.excluded)
    if exclude:
        tiers = [replace(tier, expression=f"({tier.expression}) NOT ({exclude})") for tier in tiers]
    others = [word for options in choices for word in options[1:]]
    return Plan(tuple(tiers), (*rare, *others, *(resort for _word, resort in resorts)))


def _tier(expressions: Iterable[str], joined_by: str, typed: Iterable[Wanted], used: Iterable[Wanted]) -> Tier:
    pairs = zip(typed, used, strict=True)
    return Tier(
        joined_by.join(expressions), {asked.typed: shown.typed for asked, shown in pairs if shown.typed != asked.typed}
    )


def _excluded(words: tuple[str, ...], table: WordTable, ask: AskUnseen) -> str:
    """An excluded word takes its inflected forms along, but not the compounds it is part of."""
    if len(words) > 1:
        return _phrase(words)
    word = want(words[0], table, ask)
    lemmas = [f"{{title_lemma lemma}} : {_quoted(term)}" for term in word.terms]
    return " OR ".join([_phrase(words), *lemmas])


def _instead(word: Wanted, table: WordTable) -> list[Wanted]:
    """What to ask for in place of a word that the index lacks: its parts, then near words, one a base form."""
    parts = [Wanted(" ".join(part[0] for part in word.parts), (), (), word.parts)] if len(word.parts) > 1 else []
    found: dict[tuple[str, ...], Wanted] = {}
    for suggestion in spelling.suggest(table.connection, table.generation, word.typed, table.frequency):
        meant = _of_index(suggestion.term, table)
        found.setdefault(meant.terms or meant.surfaces, meant)
        if len(found) == spelling.MOST_SUGGESTIONS:
            break
    return [*parts, *found.values()]


def _of_index(term: str, table: WordTable) -> Wanted:
    """Turn a term of the index, a written word or a base form, to what it finds."""
    words = [table.get(term, language) for language in (*analysis.LANGUAGES, "")]
    lemmas = dict.fromkeys(lemma for word in words if word for lemma in word.lemmas)
    return Wanted(term, (term,), tuple(lemmas) or (term,))


def _last_resorts(word: Wanted, table: WordTable) -> list[Wanted]:
    """Words that differ by umlauts alone; for unknown words, those that begin alike."""
    rows = table.connection.execute(
        f"SELECT term FROM terms_{table.generation} WHERE folded = ? AND term <> ? LIMIT ?",
        (fold(word.typed), word.typed, _MOST_FOLDED),
    ).fetchall()
    resorts = [_of_index(term, table) for (term,) in rows]
    resorts = [resort for resort in resorts if not set(resort.terms) <= set(word.terms)]
    if not word.count and len(word.typed) > 2:
        resorts.append(replace(word, prefix=True))
    return resorts
