"""What is asked of an index, in the words of Elasticsearch."""

from collections.abc import Callable, Mapping

from elasticsearch.dsl.query import Bool, CombinedFields, ConstantScore, MatchPhrase, Prefix, Query, SpanNear, SpanTerm
from elasticsearch.dsl.query import Term as Exactly

from search.engines.asking import All, Any, Clause, Field, Near, Term, Without, Words
from search.engines.terms import COLUMNS, WEIGHTS

# Twice those of the embedded engine, because none may be under one; see the similarity in `mappings`.
_WEIGHTS = {name: weight * 2 for name, weight in zip(COLUMNS, WEIGHTS, strict=True)}
Scope = Mapping[Field, tuple[str, ...]]
EVERYWHERE: Scope = {
    Field.SURFACE: ("title_surface", "surface"),
    Field.LEMMA: ("title_lemma", "title_parts", "lemma", "parts"),
    Field.WHOLE: ("title_lemma", "lemma"),
}
IN_TITLES: Scope = {
    Field.SURFACE: ("title_surface",),
    Field.LEMMA: ("title_lemma", "title_parts"),
    Field.WHOLE: ("title_lemma",),
}
# A title that has what is asked only in parts of compounds isn't called so.
CALLED: Scope = {**IN_TITLES, Field.LEMMA: ("title_lemma",)}
# Of the words that begin alike, so many are told apart by how rare they are.
_MOST_BEGINNINGS = 50


def compiled(asked: Clause, scope: Scope = EVERYWHERE) -> Query:
    """Write what is asked as a query that finds the same as the embedded engine does, and scores it alike."""
    match asked:
        case Term(field, term, prefix):
            return _beginning(scope[field], term) if prefix else _term(scope[field], term)
        case Words(words):
            return _each(scope[Field.SURFACE], lambda name: MatchPhrase(name, {"query": " ".join(words)}))
        case Near(terms, distance):
            return _each(scope[Field.WHOLE], lambda name: _near(name, terms, distance))
        case All(parts):
            return Bool(must=[compiled(part, scope) for part in parts])
        case Any(parts):
            return Bool(should=[compiled(part, scope) for part in parts], minimum_should_match=1)
        case Without(wanted, unwanted):
            # What may not be there may be there nowhere.
            return Bool(must=[compiled(wanted, scope)], must_not=[compiled(unwanted)])


def _term(names: tuple[str, ...], term: str) -> Query:
    """One term in several columns, counted as if they were one text."""
    if len(names) == 1:
        return Exactly(names[0], {"value": term})
    return CombinedFields(query=term, fields=[f"{name}^{_WEIGHTS[name]}" for name in names])


def _beginning(names: tuple[str, ...], term: str) -> Query:
    rewrite = f"top_terms_{_MOST_BEGINNINGS}"
    scored = [Prefix(name, {"value": term, "rewrite": rewrite, "boost": _WEIGHTS[name]}) for name in names]
    others = ConstantScore(filter=_each(names, lambda name: Prefix(name, {"value": term})), boost=0)
    return Bool(should=[*scored, others], minimum_should_match=1)


def _near(name: str, terms: tuple[str, ...], distance: int) -> Query:
    # FTS5 counts everything between the first term and the last, the terms in the middle too.
    between = max(distance - max(len(terms) - 2, 0), 0)
    clauses = [SpanTerm(name, {"value": term}).to_dict() for term in terms]
    return SpanNear(clauses=clauses, slop=between, in_order=False, boost=_WEIGHTS[name])


def _each(names: tuple[str, ...], query: Callable[[str], Query]) -> Query:
    return Bool(should=[query(name) for name in names], minimum_should_match=1)
