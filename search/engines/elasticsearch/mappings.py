"""The two indices: the documents with their ready-made terms, and the words with their analyses."""

from typing import Any

from elasticsearch.dsl import Keyword, Mapping, Text, analyzer

from search import analysis
from search.engines.terms import COLUMNS

# Raise when a mapping or what is stored changes: indices of another version are built anew.
VERSION = f"4.{analysis.VERSION}"

# So many hits reach the ordering, which is the same for every engine.
MOST_HITS = 50_000
_READY = analyzer("ready", type="custom", tokenizer="whitespace")
# Fields of a document that are searched but never read back.
_NOT_KEPT = (*COLUMNS, "any", "begins")


def settings(shards: int) -> dict[str, Any]:
    """Settings of an index that is being filled; no copies and no refreshing until it is whole."""
    return {
        "number_of_shards": shards,
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        "max_result_window": MOST_HITS,
        "analysis": _READY.get_analysis_definition(),
        # Weights of combined fields must be one at least, so all are twice those of the embedded engine; k1 likewise.
        "similarity": {"default": {"type": "BM25", "k1": 2.4, "b": 0.75}},
    }


def documents() -> dict[str, Any]:
    """The mapping of the documents."""
    mapping = _mapping()
    for name in COLUMNS:
        mapping.field(name, Text(analyzer=_READY))
    # Every term of a document once, to count documents by, and what a suggestion may begin with.
    mapping.field("any", Text(analyzer=_READY, norms=False, index_options="docs"))
    mapping.field("begins", Text(analyzer=_READY, norms=False, index_options="docs"))
    mapping.field("access", Keyword(doc_values=False))
    # What stands for a row, the row, and what tells one content from another.
    mapping.field("number", "long")
    for name in ("row", "digest"):
        mapping.field(name, Keyword(index=False))
    for name in ("stored", "words"):
        mapping.field(name, Keyword(index=False, doc_values=False))
    mapping.meta("_source", {"excludes": list(_NOT_KEPT)})
    return dict(mapping.to_dict())


def words() -> dict[str, Any]:
    """The mapping of the words: `word` documents hold an analysis, `term` documents what mistyped words are near to."""
    mapping = _mapping()
    for name in ("stem", "folded", "keys", "endings"):
        mapping.field(name, Keyword(doc_values=False))
    mapping.field("length", "byte", doc_values=False)
    mapping.field("term", Keyword(index=False))
    for name in ("word", "analysis"):
        mapping.field(name, Keyword(index=False, doc_values=False))
    mapping.meta("_source", {"includes": ["word", "analysis"]})
    return dict(mapping.to_dict())


def _mapping() -> Mapping:
    mapping = Mapping()
    mapping.meta("dynamic", "strict")
    mapping.meta("_meta", {"version": VERSION})
    return mapping
