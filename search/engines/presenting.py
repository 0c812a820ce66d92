"""What a reader sees of the hits: marked titles and excerpts, and other written forms. The same for every engine."""

from collections.abc import Iterable, Mapping, Sequence

from search.analysis import Word
from search.documents import Document
from search.engines import Hit, Results
from search.engines.asking import Lexicon, Plan
from search.engines.ranking import Arranged
from search.engines.spelling import offered
from search.engines.wanted import Wanted
from search.excerpts import Spans, excerpt, holds, marked, spans_of
from search.query import Query
from search.tokens import words_among

_MOST_FORMS = 3
_MOST_KEYWORDS = 3
_MARK = "<mark>"


def presented(
    query: Query, asked: Plan, arranged: Arranged, shown: Iterable[tuple[Document, float]], lexicon: Lexicon
) -> Results:
    """Make a page of results of what was found: `shown` are the documents of its page that are still there, scored."""
    surfaces, terms = _marked_by(asked.wanted)
    surfaces.update(word for phrase in query.phrases for word in phrase)
    of_names = _marked_by(word for name in asked.names for word in name)
    words = lexicon.found_by({*surfaces, *terms}.union(*of_names))
    # A word of a phrase need not be among those found by a term.
    alone = spans_of(words, surfaces, terms) | {surface: (0, len(surface)) for surface in surfaces}
    named = spans_of((word for word in words if word.surface not in alone), *of_names) if asked.names else {}
    spans = Spans(named | alone, _beside(asked.names, [word for word in words if word.surface in named]))
    own = spans_of(words, *_marked_by(word for word in asked.wanted if (word.typed,) == query.words))
    hits = tuple(hit(document, score, spans, len(query.words)) for document, score in shown)
    corrections = {} if arranged.tier is None else asked.tiers[arranged.tier].corrections
    missing = () if arranged.is_nothing or len(query.words) + len(query.phrases) < 2 else asked.missing
    near = offered(lexicon, query) if arranged.is_nothing else ()
    return Results(arranged.total, hits, arranged.facets, corrections, _forms(query, hits, own), near, missing)


def _marked_by(words: Iterable[Wanted]) -> tuple[set[str], set[str]]:
    """Return the written forms, and the base forms and stems, whose words are marked."""
    words = list(words)
    surfaces = {surface for wanted in words for surface in wanted.surfaces}
    return surfaces, {term for wanted in words for term in wanted.all_terms()}


def _beside(names: Iterable[Sequence[Wanted]], words: Iterable[Word]) -> dict[str, frozenset[str]]:
    """Return the written words of names of several words, each with those beside which it is marked."""
    places: dict[str, set[tuple[int, int]]] = {}
    for number, name in enumerate(names):
        for place, wanted in enumerate(name):
            for term in (*wanted.surfaces, *wanted.all_terms()):
                places.setdefault(term, set()).add((number, place))
    stands: dict[str, set[tuple[int, int]]] = {}
    standing: dict[tuple[int, int], set[str]] = {}
    for word in words:
        terms = (word.surface, *word.lemmas, *(part.base for part in word.parts))
        stands[word.surface] = set().union(*(places.get(term, ()) for term in terms))
        for each in stands[word.surface]:
            standing.setdefault(each, set()).add(word.surface)
    return {
        surface: frozenset[str]().union(
            *(standing.get((number, place + step), ()) for number, place in at for step in (-1, 1))
        )
        for surface, at in stands.items()
    }


def hit(document: Document, score: float, spans: Spans, enough: int = 1) -> Hit:
    """Mark what was found in a document; `score` is lower for a better match, `enough` the number of typed words."""
    texts = document.texts
    if document.attached and holds(document.title, spans, enough):
        # What the title tells need not be looked for in a long file.
        texts = texts[:-1]
    title, passage = marked(document.title, spans), excerpt(texts, spans, enough)
    keywords = [] if _MARK in title or _MARK in passage else [marked(word, spans) for word in document.keywords]
    return Hit(document, title, passage, -score, tuple(word for word in keywords if _MARK in word)[:_MOST_KEYWORDS])


def _forms(query: Query, hits: Iterable[Hit], spans: Mapping[str, tuple[int, int]]) -> tuple[str, ...]:
    """A few other written forms that one typed word finds, shortest first; only from what the reader may open."""
    if len(query.words) != 1 or query.phrases:
        return ()
    texts = (text for hit in hits for text in (hit.document.title, hit.document.lead, hit.document.body))
    others = {word for word, span in spans.items() if span == (0, len(word))} - set(query.words)
    told = {word for text in texts for word in words_among(text, others)} if others else set()
    return tuple(sorted(told, key=lambda form: (len(form), form))[:_MOST_FORMS])
