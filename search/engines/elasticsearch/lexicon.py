"""What planning asks about the words of the index: each question one request, remembered for the length of a search."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Q, Search

from search.analysis import LANGUAGES, Word
from search.engines.asking import MOST_ENDING_SO, MOST_FOLDED, MOST_OF_A_STEM
from search.engines.elasticsearch.connection import failure
from search.engines.elasticsearch.indices import Pair
from search.engines.elasticsearch.writing import Key, found_among, word_id
from search.engines.wanted import Wanted
from search.tokens import fold

_MOST_NEAR = 10_000
_EVERY = (*LANGUAGES, "")
# Reading what is stored of each would cost more than finding them.
_TERM: Mapping[str, Any] = {"_source": False, "stored_fields": "_none_", "docvalue_fields": ["term"]}


class ClusterLexicon:
    """The words as one search sees them; the Lexicon of the cluster.

    `client` gives one that answers within what is left of the search's time. Words of documents that `access` does not
    open count as unknown.
    """

    def __init__(self, client: Callable[[], Elasticsearch], names: Pair, access: Iterable[str]) -> None:
        self.wanted: dict[str, Wanted] = {}
        # The words of the documents that are shown, once those are known: what to mark is looked for among them.
        self.shown: list[str] = []
        self._client = client
        self._names = names
        self._access = list(access)
        self._words: dict[Key, Word | None] = {}
        self._folded: dict[str, list[str]] = {}
        self._frequencies: dict[str, int] = {}
        self._documents: int | None = None

    def look_ahead(self, surfaces: Iterable[str]) -> None:
        """Ask at once what is going to be asked of each typed word."""
        typed = list(dict.fromkeys(surfaces))
        if not typed:
            return
        keys = {word_id(language, surface): (language, surface) for surface in typed for language in _EVERY}
        searches: list[Mapping[str, Any]] = []
        ids = {"query": {"ids": {"values": [*keys]}}, "size": len(keys), "_source": ["word", "analysis"]}
        alike = [self._narrow(Q("term", folded=fold(surface)), MOST_FOLDED, **_TERM) for surface in typed]
        for request in (ids, *alike):
            searches += [{"allow_partial_search_results": False}, {**request, "track_total_hits": False}]
        answer: Any = self._client().msearch(
            index=self._names.words,
            searches=searches,
            filter_path="responses.hits.hits,responses.error,responses.status",
        )
        held, *folded = (_hits(response) for response in answer["responses"])
        self._words.update(dict.fromkeys(keys.values()))
        for hit in held:
            self._words[keys[hit["_id"]]] = Word.load(hit["_source"]["word"], hit["_source"]["analysis"])
        for surface, hits in zip(typed, folded, strict=True):
            self._folded[fold(surface)] = [hit["fields"]["term"][0] for hit in hits]

    def documents(self) -> int:
        if self._documents is None:
            self._counted([])
        return self._documents or 0

    def words(self, surfaces: AbstractSet[str]) -> dict[Key, Word]:
        keys = [(language, surface) for surface in surfaces for language in _EVERY]
        unknown = [key for key in keys if key not in self._words]
        if unknown:
            answer = self._client().mget(
                index=self._names.words,
                ids=[word_id(*key) for key in unknown],
                realtime=False,
                filter_path="docs.found,docs._source,docs.error",
            )
            for key, found in zip(unknown, answer["docs"], strict=True):
                if "error" in found:
                    raise failure(found.get("status", 500), found["error"])
                kept = found["_source"] if found.get("found") else None
                self._words[key] = Word.load(kept["word"], kept["analysis"]) if kept else None
        return {key: word for key in keys if (word := self._words[key])}

    def frequencies(self, terms: AbstractSet[str]) -> dict[str, int]:
        unknown = [term for term in terms if term not in self._frequencies]
        if unknown:
            self._frequencies |= self._counted(unknown)
        return {term: self._frequencies[term] for term in terms}

    def _counted(self, terms: Sequence[str]) -> dict[str, int]:
        """Return the number of documents that hold each term, of those that the reader may open."""
        search = Search().extra(size=0, track_total_hits=True).filter("terms", access=self._access)
        filters = {str(place): Q("term", any=term) for place, term in enumerate(terms)}
        if filters:
            search.aggs.bucket("terms", "filters", filters=filters)
        answer = self._client().search(
            index=self._names.documents,
            filter_path="hits.total.value,aggregations.terms.buckets.*.doc_count",
            **search.to_dict(),
        )
        self._documents = answer["hits"]["total"]["value"]
        buckets = answer["aggregations"]["terms"]["buckets"] if filters else {}
        return {term: buckets[str(place)]["doc_count"] for place, term in enumerate(terms)}

    def of_same_stem(self, stem: str) -> list[Word]:
        return self._analysed(Q("term", stem=stem), MOST_OF_A_STEM)

    def ending_in(self, ends: AbstractSet[str]) -> list[Word]:
        return self._analysed(Q("terms", endings=sorted(ends)), MOST_ENDING_SO)

    def _analysed(self, query: Any, most: int) -> list[Word]:
        hits = self._find(query, most, _source=["word", "analysis"])
        return [Word.load(hit["_source"]["word"], hit["_source"]["analysis"]) for hit in hits]

    def spelled_like(self, keys: AbstractSet[str], shortest: int, longest: int) -> list[str]:
        query = Q("terms", keys=sorted(keys)) & Q("range", length={"gte": shortest, "lte": longest})
        return self._terms(query, _MOST_NEAR)

    def folded_like(self, folded: str) -> list[str]:
        if folded not in self._folded:
            self._folded[folded] = self._terms(Q("term", folded=folded), MOST_FOLDED)
        return self._folded[folded]

    def found_by(self, terms: AbstractSet[str]) -> list[Word]:
        return [word for lines in self.shown for word in found_among(lines, terms)]

    def _terms(self, query: Any, most: int) -> list[str]:
        return [hit["fields"]["term"][0] for hit in self._find(query, most, **_TERM)]

    def _find(self, query: Any, most: int, **read: Any) -> list[Any]:
        answer: Any = self._client().search(
            index=self._names.words,
            filter_path="hits.hits._source,hits.hits.fields",
            track_total_hits=False,
            **self._narrow(query, most, **read),
        )
        return _hits(answer)

    def _narrow(self, query: Any, most: int, **read: Any) -> dict[str, Any]:
        return {"query": {"bool": {"filter": [query.to_dict()]}}, "size": most, "sort": ["_doc"], **read}


def _hits(response: Any) -> list[Any]:
    if "error" in response:
        raise failure(response["status"], response["error"])
    return list(response.get("hits", {}).get("hits", []))
